"""The colours of a whole film, where a format has a palette."""

from warpviz.arrays import Pixels
from warpviz.output.palette import build_palette
from warpviz.picture.figure import AnyScene
from warpviz.picture.paint import Paints

COLOURS = 80
"""In a film's palette: twice as many make a file an eighth larger, and no picture better to see."""


def palette_of(scene: AnyScene, acts: int, painter: Paints, colours: int) -> Pixels:
    """(P, 3): one palette, from the stops and the middle of an act."""
    last = max(acts, 1) - 1
    moments = [*((k, 0.0) for k in range(last + 1)), (last // 2, 0.5), (last, 1.0)]
    theme = scene.theme
    keep = (theme.background, theme.text, *theme.classes[: len(scene.class_names)])
    return build_palette((painter.paint(k, t)[..., :3] for k, t in moments), colours, keep)
