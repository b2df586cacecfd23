"""`widget`: a film in a notebook that Python reads and drives."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol, overload

import numpy as np

from warpviz.arguments import kinds_checked
from warpviz.arrays import Floats
from warpviz.data.dataset import Dataset
from warpviz.errors import WarpvizError
from warpviz.film.reel.animation import Animation
from warpviz.laboratory.making import Lab
from warpviz.model.chain import Chain
from warpviz.player.page import points_of


class FilmWidget(Protocol):
    """A film in a notebook, as `widget` gives it: an anywidget.

    What is set here is seen there, and what one does there is read here:

    Attributes:
        step: where the film is, counted in stops from 0, the input; 2.5 is half-way through act 3.
        playing: whether it plays, as long as it is seen.
        speed: how fast, 1 is the film's own.
        theme: a name of the film's themes, or "auto" for the system's.
        view: as it is turned (radians), zoomed and moved (pixels of the film): yaw, pitch, zoom,
            panX, panY; those that are not given are the film's own.
        probes: points of the input plane that are followed through the network, eight at most.
    """

    step: float
    playing: bool
    speed: float
    theme: str
    view: Mapping[str, float]
    probes: Sequence[Sequence[float]]

    def observe(self, handler: Callable[[Any], Any], names: str | Sequence[str] = ...) -> None:
        """Call a function with each change, see traitlets: `change["new"]` is what is new."""

    def close(self) -> None:
        """Take the film out of the notebook, and free what it held there."""


class LabWidget(Protocol):
    """A laboratory in a notebook, as `widget` gives it: an anywidget.

    What is set here is seen there, and what one does there is read here:

    Attributes:
        chain: the network, as it is taken hold of and trained.
        data: the points, as they are chosen and painted.
        step: where the film is, counted in stops.
        theme: a name of the themes, or "auto" for the system's.
    """

    chain: Chain
    data: Dataset
    step: float
    theme: str

    def observe(self, handler: Callable[[Any], Any], names: str | Sequence[str] = ...) -> None:
        """Call a function with each change, see traitlets: `change["new"]` is what is new."""

    def close(self) -> None:
        """Take the laboratory out of the notebook, and free what it held there."""


@overload
def widget(
    film: Animation,
    *,
    step: float = ...,
    playing: bool | None = ...,
    speed: float = ...,
    theme: str | None = ...,
    view: Mapping[str, float] | None = ...,
    probes: Sequence[Sequence[float]] | Floats = ...,
) -> FilmWidget: ...
@overload
def widget(film: Lab, *, step: float = ..., theme: str | None = ...) -> LabWidget: ...
@kinds_checked
def widget(
    film: Animation | Lab,
    *,
    step: float = 0.0,
    playing: bool | None = None,
    speed: float = 1.0,
    theme: str | None = None,
    view: Mapping[str, float] | None = None,
    probes: Sequence[Sequence[float]] | Floats = (),
) -> FilmWidget | LabWidget:
    """A film's player as a widget of a notebook, in JupyterLab, VS Code, Colab and marimo.

    w = wv.widget(wv.animate(chain, data))
    w.step = 3.5
    w.probes = [(0.5, -1)]
    w.observe(lambda change: print(change["new"]), "step")

    A laboratory, `w = wv.widget(wv.lab())`, has its chain and data as traits: `w.chain`, `w.data`.

    Args:
        film: any film that has a player, or a laboratory, of which step and theme may be told.
        step: where it stands first; this and the others as `FilmWidget` says.
        playing: None as the film's `autoplay` says.
        speed: how fast it plays.
        theme: None is the film's own.
        view: None is the film's own.
        probes: points that are followed from the beginning; the film's own where none are told.

    Raises:
        WarpvizError: anywidget is not there, the film has no player or one that is too large, or a
            value is none that the film can take.
    """
    try:
        from warpviz.notebook.held import Held
        from warpviz.notebook.traits import Traits
    except ImportError as error:
        raise WarpvizError(
            "widget needs anywidget; install it with: pip install 'warpviz[notebook]'."
        ) from error
    if isinstance(film, Lab):
        held: LabWidget = Held(film, step=step, theme=theme)
        return held
    if isinstance(probes, str) or not isinstance(probes, Sequence | np.ndarray):
        raise WarpvizError(f"widget expects probes such as [(0.5, -1)], got {probes!r:.40}.")
    begin = list(probes) if len(probes) else points_of(film.scene)
    given = {"step": step, "speed": speed, "view": dict(view or {}), "probes": begin}
    made: FilmWidget = Traits(film, playing=playing, theme=theme, **given)
    return made
