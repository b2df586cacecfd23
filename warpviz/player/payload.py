"""A film as the text that its player reads: what reproduces its states, not its frames."""

from collections.abc import Callable
from dataclasses import asdict, replace
from typing import Any, Protocol

from warpviz.motion.timeline import Timeline
from warpviz.own_theme import coloured
from warpviz.picture.classic import ClassicScene
from warpviz.picture.figure import AnyScene, FigureScene
from warpviz.picture.scene import NETWORK, PARTS, Scene
from warpviz.player.charts import chart_tree
from warpviz.player.packing import pack, quantised
from warpviz.player.panels import Tree, panel_tree
from warpviz.theme import THEMES, Theme, scheme, signs_of, themed

VERSION = 1


class Played(Protocol):
    """The side of an animation that the player sees."""

    @property
    def scene(self) -> AnyScene:
        """What is drawn."""

    @property
    def timeline(self) -> Timeline:
        """When."""

    @property
    def loop(self) -> int:
        """Total plays; 0 plays forever."""

    @property
    def autoplay(self) -> str:
        """When a page plays it by itself: a word of `AUTOPLAY`."""

    @property
    def description(self) -> str:
        """What is seen, in words."""

    @property
    def notes(self) -> tuple[str, ...]:
        """What whoever made the film should know."""


def payload(film: Played) -> str:
    """All that the player needs to draw a film, as base64 text for an inline script.

    Weights and input coordinates where these are smaller, else quantised keyframes; the motion's
    planes and angles, the camera's curves, the layout, both themes.
    """
    return pack(film_tree(film))


def film_tree(film: Played) -> Tree:
    """The same as a tree of plain values and arrays."""
    scene = film.scene
    return {
        "version": VERSION,
        "size": list(scene.size),
        "class_names": list(scene.class_names),
        "description": film.description,
        "notes": list(film.notes),
        "loop": film.loop,
        "timeline": timeline_tree(film.timeline),
        **_TREES[scene.kind.name](scene),
    }


def timeline_tree(timeline: Timeline) -> Tree:
    """How long each stop stays and each act moves, in seconds, how it eases, which they are.

    What moves evenly is under way from a stop's last frame on: a stop of one frame is a frame like
    all others.
    """
    acts, shown = timeline.acts, timeline.stops
    holds, moving = [0.0] * (acts + 1), [0.0] * acts
    for k, t, seconds in timeline:
        if t == 0.0:
            holds[k] += seconds
        elif t == 1.0:
            holds[k + 1] += seconds
        else:
            moving[k] += seconds
    frame = 1 / timeline.fps
    for k in shown[:-1] if timeline.ease == "linear" else ():
        moving[k] += frame
        holds[k] = max(holds[k] - frame, 0.0)
    return {
        "holds": [holds[stop] for stop in shown],
        "moving": [moving[k] for k in shown[:-1]],
        "ease": timeline.ease, "fps": timeline.fps, "first": shown[0], "acts": acts,
    }  # fmt: skip


def _worn(scene: Scene | FigureScene) -> Tree:
    """The themes that one may choose from, and which of them the film has."""
    # A page has its own background.
    own = replace(scene.theme, transparent=False)
    themes = _themes(scene, own)
    names = [name for name, known in themes.items() if known == own]
    themes |= {} if names else {"own": own}
    return {
        "theme": names[0] if names else "own",
        "themes": {name: _theme(theme) for name, theme in themes.items()},
    }


def _cloth(scene: Scene) -> Tree:
    return {
        "kind": "cloth",
        "size": list(scene.size),
        "class_names": list(scene.class_names),
        "headline": scene.headline,
        **_worn(scene),
        "show": [part for part in (*PARTS, NETWORK) if part in scene.show],
        "parts": [*PARTS, NETWORK],
        "panels": [panel_tree(panel) for panel in scene.panels],
    }


def _themes(scene: Scene | FigureScene, own: Theme) -> dict[str, Theme]:
    """Our themes for a scene's classes, which keep colours of their own in each."""
    count = len(scene.class_names)
    ours = {name: themed(known, count, own.ramp) for name, known in THEMES.items()}
    if own.ramp:
        return ours
    usual, numbers = ours[scheme(own)].classes, [str(k) for k in range(count)]
    changed = {
        number: colour
        for number, colour, known in zip(numbers, own.classes, usual, strict=False)
        if colour != known
    }
    return {name: coloured(known, changed, numbers) for name, known in ours.items()}


def _classic(scene: ClassicScene) -> Tree:
    return {
        "kind": "classic",
        "stops": list(scene.stops),
        "theme": "classic",
        "themes": {"classic": _theme(scene.theme)},
        "series": [asdict(series) for series in scene.series],
        "keyframes": quantised(scene.path.keyframes),
    }


def _figure(scene: FigureScene) -> Tree:
    return {
        "kind": "figure",
        "headline": scene.headline,
        **_worn(scene),
        "stops": list(scene.stops),
        "cloth": None if scene.cloth is None else _cloth(scene.cloth),
        "charts": [chart_tree(chart, scene.theme) for chart in scene.charts],
    }


def _theme(theme: Theme) -> Tree:
    told = asdict(theme)
    del told["transparent"]
    return {**told, "signs": signs_of(theme), "scheme": scheme(theme)}


_TREES: dict[str, Callable[[Any], Tree]] = {
    "cloth": _cloth,
    "classic": _classic,
    "figure": _figure,
}
