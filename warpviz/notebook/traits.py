"""The traits of a film in a notebook; needs anywidget.

Another trait of the player is a line here with `sync=True`, its name in `SHARED`, and an entry of
TRAITS in js/ui/outside/messages.js.
"""

import math
from typing import Any

import traitlets

from warpviz.errors import WarpvizError
from warpviz.film.reel.animation import Animation
from warpviz.film.reel.notebook import poster_of
from warpviz.names import unknown_name
from warpviz.notebook.twoway import TwoWay
from warpviz.player.page import CONTROLS, MOST
from warpviz.player.payload import film_tree

SHARED = ("theme", "speed", "view", "probes", "step", "playing")
"""What both sides may set, in the order in which a page takes them."""
STILL = {"yaw": 0.0, "pitch": 0.0, "zoom": 1.0, "panX": 0.0, "panY": 0.0}
"""The film's own view."""
MOST_PROBES = 8
ROUNDING = 1e-9  # of a step, where a browser's numbers come back


class Traits(TwoWay):
    """See `FilmWidget`."""

    step = traitlets.Float(0.0).tag(sync=True)
    playing = traitlets.Bool(False).tag(sync=True)
    speed = traitlets.Float(1.0).tag(sync=True)
    theme = traitlets.Unicode().tag(sync=True)
    view = traitlets.Dict(STILL).tag(sync=True)
    probes: traitlets.List[Any] = traitlets.List().tag(sync=True)

    def __init__(
        self, film: Animation, *, playing: bool | None, theme: str | None, **given: Any
    ) -> None:
        """Make the page; `given` are first values of traits."""
        text, tree = film.to_html(), film_tree(film)
        if len(text) > MOST:
            raise WarpvizError(
                f"widget expects a player of at most {MOST / 1e6:.0f} MB, got {len(text) / 1e6:.0f}"
                ' MB; save the film with .save("fold.html").'
            )
        panels = (tree.get("cloth") or tree).get("panels", ())
        self._film_shown = film
        self._last = len(film.chapters) - 1
        self._themes = tuple(tree["themes"])
        self._features = {panel["features"] for panel in panels if panel["origin"] is not None}
        width, height = film.size
        super().__init__(
            SHARED,
            _page=text,
            _title=film.title,
            _size=[width, height + CONTROLS],
            _autoplay=film.autoplay if playing is None else "seen" if playing else "0",
            playing=bool(playing),
            theme=tree["theme"] if theme is None else theme,
            **given,
        )

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        """The widget, and the film's poster where no widget lives."""
        shown = super()._repr_mimebundle_(**kwargs)
        if shown is None:
            return None
        data, *more = shown if isinstance(shown, tuple) else (shown,)
        poster = poster_of(self._film_shown)
        data = {**data, "image/png": poster, "text/plain": repr(self._film_shown)}
        return (data, *more) if more else data

    @traitlets.validate("step")
    def _step_within(self, proposal: Any) -> float:
        step = float(proposal["value"])
        if not -ROUNDING <= step <= self._last + ROUNDING:
            raise WarpvizError(
                f"step expects a place from 0 to {self._last}, the film's stops, got {step:g}."
            )
        return min(max(step, 0.0), float(self._last))

    @traitlets.validate("speed")
    def _speed_forward(self, proposal: Any) -> float:
        speed = float(proposal["value"])
        if not 0 < speed < math.inf:
            raise WarpvizError(f"speed expects a number above 0, got {speed:g}.")
        return speed

    @traitlets.validate("theme")
    def _theme_known(self, proposal: Any) -> str:
        known = (*self._themes, "auto") if len(self._themes) > 1 else self._themes
        if proposal["value"] not in known:
            raise unknown_name("theme", proposal["value"], known)
        return str(proposal["value"])

    @traitlets.validate("view")
    def _view_whole(self, proposal: Any) -> dict[str, float]:
        given = proposal["value"]
        for name, value in given.items():
            if name not in STILL:
                raise unknown_name("part of a view", name, STILL)
            if not _finite(value) or (name == "zoom" and value <= 0):
                raise WarpvizError(f"view expects a number for {name}, got {value!r:.40}.")
        return {**STILL, **{name: float(value) for name, value in given.items()}}

    @traitlets.validate("probes")
    def _probes_on_the_plane(self, proposal: Any) -> list[tuple[float, ...]]:
        given = proposal["value"]
        if given and not self._features:
            raise WarpvizError(
                "probes expect a film whose network is known; this one shows states alone."
            )
        if len(given) > MOST_PROBES:
            raise WarpvizError(f"probes expect {MOST_PROBES} points at most, got {len(given)}.")
        for point in given:
            if not _is_point(point) or len(point) not in self._features:
                told = " or ".join(str(count) for count in sorted(self._features))
                raise WarpvizError(f"probes expect points of {told} numbers, got {point!r:.60}.")
        return [tuple(float(value) for value in point) for point in given]


def _finite(value: object) -> bool:
    return isinstance(value, int | float) and math.isfinite(value)


def _is_point(point: Any) -> bool:
    """Whether it is a row of numbers: a tuple, a list or an array."""
    try:
        return all(math.isfinite(float(value)) for value in point) and len(point) > 0
    except (TypeError, ValueError):
        return False
