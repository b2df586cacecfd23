"""Which painter paints which kind of scene, and how one is painted without its background.

Each brush lays its colour over what is behind: c' = p·c + s, with p what it lets through. So is a
whole picture of a background b: p·b + s. On black it is s, on white s + 255·p, and their difference
is what shines through: no brush has to know, and every edge is as soft as on the film's own
background (two backgrounds suffice: Smith & Blinn, Blue Screen Matting, SIGGRAPH 1996).
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from warpviz.arrays import Pixels
from warpviz.colour import Colour
from warpviz.picture.classic import ClassicPainter
from warpviz.picture.figure import AnyScene, FigurePainter, FigureScene
from warpviz.picture.paint import Painter, Paints
from warpviz.picture.raster.blend import Canvas, translucent

PAINTERS: dict[str, Callable[[Any], Paints]] = {
    "cloth": Painter.of,
    "classic": ClassicPainter.of,
    "figure": FigurePainter.of,
}


def painter_of(scene: AnyScene) -> Paints:
    """The painter of a scene."""
    painter = PAINTERS[scene.kind.name]
    return Matte.of(scene, painter) if scene.theme.transparent else painter(scene)


BLACK: Colour = (0, 0, 0)
WHITE: Colour = (255, 255, 255)


@dataclass(frozen=True, eq=False)
class Matte:
    """Paints a scene whose theme is transparent.

    Attributes:
        scene: what is painted.
        on_black: paints it on black.
        on_white: paints it on white.
    """

    scene: AnyScene
    on_black: Paints
    on_white: Paints

    @classmethod
    def of(cls, scene: AnyScene, painter: Callable[[Any], Paints]) -> "Matte":
        """Make a scene ready, for a painter of its kind."""
        return cls(scene, *(painter(_on(scene, ground)) for ground in (BLACK, WHITE)))

    def canvas(self, k: int, t: float) -> Canvas:
        """What lies on black, (3, H, W)."""
        return self.on_black.canvas(k, t)

    def paint(self, k: int, t: float) -> Pixels:
        """The picture (H, W, 4) of act k, counted from 0, at t in [0, 1]."""
        pixels = translucent(self.on_black.canvas(k, t), self.on_white.canvas(k, t))
        pixels[pixels[..., 3] == 0] = 0  # Nobody sees them, and so they pack best.
        return pixels


def _on(scene: AnyScene, ground: Colour) -> AnyScene:
    """The scene on a background of one colour."""
    theme = replace(scene.theme, background=ground, transparent=False)
    if isinstance(scene, FigureScene) and scene.cloth is not None:
        return replace(scene, theme=theme, cloth=replace(scene.cloth, theme=theme))
    return replace(scene, theme=theme)


def on_ground(pixels: Pixels, ground: Colour) -> Pixels:
    """A picture (H, W, 4) laid on a background of one colour: (H, W, 3).

    >>> on_ground(np.array([[[200, 100, 0, 128]]], dtype=np.uint8), (0, 0, 255)).tolist()
    [[[100, 50, 127]]]
    """
    opacity = pixels[..., 3:] / 255
    laid = opacity * pixels[..., :3] + (1 - opacity) * np.array(ground)
    return np.asarray(np.rint(laid).astype(np.uint8))
