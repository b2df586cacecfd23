"""Which painter paints which kind of scene."""

from collections.abc import Callable
from typing import Any

from warpviz.picture.classic import ClassicPainter
from warpviz.picture.figure import AnyScene, FigurePainter
from warpviz.picture.paint import Painter, Paints

PAINTERS: dict[str, Callable[[Any], Paints]] = {
    "cloth": Painter.of,
    "classic": ClassicPainter.of,
    "chart": FigurePainter.of,
}


def painter_of(scene: AnyScene) -> Paints:
    """The painter of a scene."""
    return PAINTERS[scene.kind.name](scene)
