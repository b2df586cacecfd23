"""Which painter paints which scene."""

from warpviz.picture.classic import ClassicPainter, ClassicScene
from warpviz.picture.figure import AnyScene, FigurePainter, FigureScene
from warpviz.picture.paint import Painter, Paints


def painter_of(scene: AnyScene) -> Paints:
    """The painter of a scene, by the scene's type."""
    if isinstance(scene, ClassicScene):
        return ClassicPainter.of(scene)
    return FigurePainter.of(scene) if isinstance(scene, FigureScene) else Painter.of(scene)
