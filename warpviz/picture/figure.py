"""Charts that move, with a sheet beside them or alone.

What stands still (axes, ticks, words, contours) is a picture made once; over it run curves, whose
points are places on the picture.
"""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from warpviz.arrays import Floats, Pixels
from warpviz.colour import Colour
from warpviz.errors import WarpvizError
from warpviz.motion.framing import Box
from warpviz.motion.interpolate import lerp
from warpviz.picture.classic import ClassicScene
from warpviz.picture.clipping import within
from warpviz.picture.cloth import paint_lines
from warpviz.picture.kind import FIGURE, Kind
from warpviz.picture.marks.dots import marker_of
from warpviz.picture.marks.overlay import paint_markers
from warpviz.picture.marks.still import Ground, Still
from warpviz.picture.paint import Painter, Paints
from warpviz.picture.raster.blend import Canvas, Surface, levels
from warpviz.picture.scene import Scene
from warpviz.theme import Theme

INK = 2.2
"""Optical density in the middle of a curve."""
SOFT = 0.48
"""Pixels by which a line of hard edges must be wider to cover as much as ours, whose are soft."""
HEAD = {"radius": 1.7, "rim": 1.35}
"""Of the marker where a curve has grown to, in widths of the curve; and its outline over that."""


@dataclass(frozen=True, eq=False)
class Curve:
    """A line on a chart.

    Attributes:
        points: (K, M, 2) where it is at each keyframe, or (M, 2) where it grows; in pixels of the
            whole picture, y downwards.
        colour: of the line.
        width: in pixels.
        progress: (K,) up to which point, counted from 0, it has grown at each keyframe; None for a
            line that is whole.
        head: the class whose marker, in the colour of the line, is where it has grown to; None for
            no marker.
        ink: (M,) how much of its ink a growing line has from each point on; None for all.
        inside: what of the picture the line may touch; where it leaves that, it ends. None for
            everything.
        name: what it shows, "" where that need not be told.

    A point that is no number breaks the line.
    """

    points: Floats
    colour: Colour
    width: float = 2.0
    progress: Floats | None = None
    head: int | None = None
    ink: Floats | None = None
    inside: Box | None = None
    name: str = ""

    def at(self, k: int, t: float) -> Floats:
        """The points (m, 2) of act k at t."""
        if self.progress is None:
            if self.points.ndim == 2:
                return self.points
            last = min(k + 1, len(self.points) - 1)
            return lerp(self.points[k], self.points[last], t)
        place = float(lerp(self.progress[k], self.progress[min(k + 1, len(self.progress) - 1)], t))
        whole = int(place)
        end = lerp(
            self.points[whole], self.points[min(whole + 1, len(self.points) - 1)], place - whole
        )
        return np.vstack([self.points[: whole + 1], end])


@dataclass(frozen=True, eq=False)
class Chart:
    """A picture with curves.

    Attributes:
        corner: x, y of its top left corner in the whole picture.
        backdrop: (h, w, 3) what stands still; (h, w, 4) where the theme is transparent.
        curves: what moves, the first below.
        inside: its axes, in pixels of the whole picture, and
        still: what the backdrop shows, as vectors; None where nobody may need them.
        ground: what of it are heights, None for none.
    """

    corner: tuple[int, int]
    backdrop: Pixels
    curves: tuple[Curve, ...]
    inside: Box | None = None
    still: Still | None = None
    ground: Ground | None = None


@dataclass(frozen=True, eq=False)
class FigureScene:
    """Charts, and a sheet at the left if there is one.

    Attributes:
        size: width, height in pixels.
        theme: the colours.
        charts: pictures with curves.
        stops: K names of keyframes.
        cloth: a scene of its own at the left edge; None for none.
        headline: what the film is called.
        class_names: for the palette.
        language: of its words.
    """

    size: tuple[int, int]
    theme: Theme
    charts: tuple[Chart, ...]
    stops: tuple[str, ...]
    cloth: Scene | None = None
    headline: str = ""
    class_names: tuple[str, ...] = ()
    language: str = "en"

    @property
    def kind(self) -> Kind:
        """Of scene, for those who have to tell."""
        return FIGURE

    def __post_init__(self) -> None:
        for chart in self.charts:
            for curve in chart.curves:
                keys = len(curve.points) if curve.progress is None else len(curve.progress)
                moves = curve.progress is not None or curve.points.ndim == 3
                if moves and keys != len(self.stops):
                    raise WarpvizError(
                        f"FigureScene expects curves of {len(self.stops)} keyframes, got {keys}."
                    )

    @property
    def acts(self) -> int:
        """How many acts lead from the first keyframe to the last."""
        return len(self.stops) - 1


AnyScene: TypeAlias = Scene | ClassicScene | FigureScene


@dataclass(frozen=True, eq=False)
class FigurePainter:
    """Paints a `FigureScene`; what stands still is painted once."""

    scene: FigureScene
    base: Canvas
    cloth: Paints | None

    @classmethod
    def of(cls, scene: FigureScene) -> "FigurePainter":
        """Make a scene ready."""
        width, height = scene.size
        base = np.empty((3, height, width), dtype=np.float32)
        base[:] = np.array(scene.theme.background, dtype=np.float32)[:, None, None]
        for chart in scene.charts:
            x, y = chart.corner
            rows, columns, _ = chart.backdrop.shape
            _lay(base[:, y : y + rows, x : x + columns], chart.backdrop)
        return cls(scene, base, None if scene.cloth is None else Painter.of(scene.cloth))

    def paint(self, k: int, t: float) -> Pixels:
        """The picture (H, W, 3) of act k, counted from 0, at t in [0, 1]."""
        return np.moveaxis(levels(self.canvas(k, t)), 0, -1)

    def canvas(self, k: int, t: float) -> Canvas:
        """The same before its colours are whole numbers, (3, H, W)."""
        canvas = self.base.copy()
        if self.cloth is not None:
            sheet = self.cloth.canvas(k, t)
            canvas[:, : sheet.shape[1], : sheet.shape[2]] = sheet
        for chart in self.scene.charts:
            for curve in chart.curves:
                _paint(canvas, curve, k, t, self.scene.theme)
        return canvas


def _lay(canvas: Canvas, backdrop: Pixels) -> None:
    """Lay a chart's backdrop on a part of the canvas of its size."""
    planes = np.moveaxis(backdrop, -1, 0).astype(np.float32)
    if len(planes) == 3:
        canvas[:] = planes
    else:
        canvas += planes[3] / np.float32(255) * (planes[:3] - canvas)


def _paint(canvas: Surface, curve: Curve, k: int, t: float, theme: Theme) -> None:
    points = curve.at(k, t)
    box = curve.inside or Box(-np.inf, -np.inf, np.inf, np.inf)
    parts, owners = within(points, box)
    if len(parts):
        pairs = np.arange(2 * len(parts)).reshape(-1, 2)
        ink = np.full(len(pairs), INK)
        if curve.ink is not None:
            ink *= curve.ink[owners]
        paint_lines(canvas, pairs, ink, parts.reshape(-1, 2), curve.width, curve.colour)
    x, y = points[-1]
    # A pixel more: a line that ends on a side of the box has its marker there.
    inside = box.x0 - 1 <= x <= box.x1 + 1 and box.y0 - 1 <= y <= box.y1 + 1
    if curve.head is not None and inside:
        at = [(float(points[-1, 0]), float(points[-1, 1]))]
        marker, radius = marker_of(curve.head, theme), HEAD["radius"] * curve.width
        paint_markers(canvas, at, marker, HEAD["rim"] * radius, theme.outline)
        paint_markers(canvas, at, marker, radius, curve.colour)
