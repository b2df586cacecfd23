"""The classic picture: a scatter plot whose axes follow the data.

scene, k, t ──► points ──► limits ──► places ──► dots, series by series ──► ticks and numbers
"""

import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from warpviz.arrays import Floats, Pixels
from warpviz.colour import Colour
from warpviz.errors import WarpvizError
from warpviz.languages.language import language_of
from warpviz.motion.framing import Box
from warpviz.motion.trajectory import Trajectory
from warpviz.picture.axes import nice_step, tick_label
from warpviz.picture.kind import CLASSIC, Kind
from warpviz.picture.marks.outlined import outlined, paint_outlined
from warpviz.picture.marks.overlay import THINNEST, paint_bar
from warpviz.picture.raster.blend import Canvas, levels
from warpviz.picture.raster.memory import keep_memory
from warpviz.picture.words.text import put_text, text_width
from warpviz.theme import Theme

OUTLINE = 1.0
"""Width of a dot's outline, half of it inside the radius, at the size of `DRAWN_FOR`."""
DRAWN_FOR = (600, 400)
"""The size at which lengths in pixels are meant; at others they are in proportion."""
MARGINS = {"x0": 54, "y0": 34, "x1": 18, "y1": 32}
"""Around the plot's frame."""
MOST_STEPS = (10, 8)
"""Of the level axis, and of the upright one."""
TICK = {"length": 4, "below": 1, "beside": 3, "size": 11}
"""A tick, from there to its number below or beside it, and the number's size, at least `LEAST`."""
LEGEND = {"up": 14, "before": 6, "apart": 18, "size": 12, "dots": 4}
"""From the frame up to the names' middle; beside a dot's radius from a name to its dot, and from
there to the name before; the names' size, at least `LEAST`; as many dots lie upon each other as it
takes to be seen as well as a cloud is."""
LEAST = 9
"""Pixels of letters."""
WIDEN = 1.06
"""The axes' range over the data's."""
FLATTEST = 0.01
"""The least range that an axis shows, over the film's largest: states may collapse to a point."""

CLASSIC_THEME = Theme(
    background=(255, 255, 255),
    text=(0, 0, 0),
    muted=(60, 60, 60),
    line=(128, 128, 128),
    outline=(0, 0, 0),
    classes=((255, 0, 0), (0, 0, 255)),
    cloth=((255, 0, 0), (0, 0, 255)),
    doubt=(128, 128, 128),
    shade=(0, 0, 0),
    creases=((0, 0, 0),),
    boundary=(0, 0, 0),
)


@dataclass(frozen=True)
class Series:
    """Dots of one kind.

    Attributes:
        name: in the legend.
        colour: of the filling; the outline is black.
        radius: in pixels at the size of `DRAWN_FOR`.
        count: how many.
    """

    name: str
    colour: Colour
    radius: float
    count: int


@dataclass(frozen=True, eq=False)
class ClassicScene:
    """What the classic film shows.

    Attributes:
        path: keyframes (K, N, 2) of all dots, series after series.
        series: in the order in which they are drawn.
        size: width, height in pixels.
        font: the font file.
        theme: the colours around the dots.
        headline: what the film is called, "" for nothing in particular; it is not drawn.
        language: of its words.
    """

    path: Trajectory
    series: tuple[Series, ...]
    size: tuple[int, int]
    font: Path
    theme: Theme = CLASSIC_THEME
    headline: str = ""
    language: str = "en"

    @property
    def kind(self) -> Kind:
        """Of scene, for those who have to tell."""
        return CLASSIC

    @property
    def stops(self) -> tuple[str, ...]:
        """The names of the states."""
        say = language_of(self.language)
        layers = range(1, len(self.path.keyframes))
        return (say("input"), *(say("layer {number}", number=k) for k in layers))

    def __post_init__(self) -> None:
        _, points, width = self.path.keyframes.shape
        dots = sum(one.count for one in self.series)
        if (points, width) != (dots, 2) or not dots:
            raise WarpvizError(
                f"ClassicScene expects keyframes of shape (K, {dots}, 2), as many points as its "
                f"series have dots and at least one, got {self.path.keyframes.shape}."
            )

    @property
    def class_names(self) -> tuple[str, ...]:
        """The names of the series that are classes: all but the first, the grid."""
        return tuple(one.name for one in self.series[1:])

    @property
    def unit(self) -> float:
        """The length of a pixel of the original, in pixels."""
        return min(self.size[0] / DRAWN_FOR[0], self.size[1] / DRAWN_FOR[1])


def limits(points: Floats, least: float) -> tuple[Floats, Floats]:
    """The axes' range: the data's, at least `least`, widened.

    Args:
        points: (2, N), a row for each coordinate.
        least: in units of the data.

    Returns:
        low (2,), high (2,).

    >>> low, high = limits(np.array([[0.0, 2.0], [5.0, 5.0]]), least=1.0)
    >>> low.round(2).tolist(), high.round(2).tolist()
    ([-0.06, 4.47], [2.06, 5.53])
    """
    low, high = points.min(axis=1), points.max(axis=1)
    middle, reach = (low + high) / 2, np.maximum(high - low, least) * (WIDEN / 2)
    return middle - reach, middle + reach


@dataclass(frozen=True, eq=False)
class ClassicPainter:
    """Paints the classic scene; what does not change from frame to frame is made once.

    Attributes:
        scene: what is painted.
        box: the plot's frame, in whole pixels.
        least: the least range that an axis shows, in units of the data.
        base: (3, H, W) what stands still: background, frame, legend.
    """

    scene: ClassicScene
    box: Box
    least: float
    base: Canvas

    @classmethod
    def of(cls, scene: ClassicScene) -> "ClassicPainter":
        """Make a scene ready."""
        keep_memory()
        (width, height), unit = scene.size, scene.unit
        margin = {side: round(pixels * unit) for side, pixels in MARGINS.items()}
        right, bottom = width - margin["x1"], height - margin["y1"]
        box = Box(margin["x0"], margin["y0"], right, bottom)
        base = np.empty((3, height, width), dtype=np.float32)
        base[:] = np.array(scene.theme.background, dtype=np.float32)[:, None, None]
        states = scene.path.keyframes
        largest = float((states.max(axis=1) - states.min(axis=1)).max())
        painter = cls(scene, box, FLATTEST * largest or 1.0, base)
        painter._frame_and_legend()
        return painter

    def paint(self, k: int, t: float) -> Pixels:
        """The picture (H, W, 3) of act k, counted from 0, at t in [0, 1]."""
        # A view, the channels apart in memory: so it is made, and looked up, fastest.
        return levels(self.canvas(k, t)).transpose(1, 2, 0)

    def canvas(self, k: int, t: float) -> Canvas:
        """The same before its colours are whole numbers, (3, H, W)."""
        canvas = self.base.copy()
        # A row for each coordinate: numpy is ten times as fast along the long axis.
        at = self.scene.path.at(k, t).T.copy()
        low, high = limits(at, self.least)
        box = self.box
        at -= low[:, None]
        at *= (np.array([box.width, -box.height]) / (high - low))[:, None]
        at += np.array([[box.x0], [box.y1]])
        first = 0
        for one in self.scene.series:
            self._dots(canvas, at[:, first : first + one.count].T, one)
            first += one.count
        self._ticks(canvas, low, high)
        return canvas

    def _dots(self, canvas: Canvas, at: Floats, one: Series) -> None:
        radius, line = one.radius * self.scene.unit, OUTLINE * self.scene.unit
        paint_outlined(canvas, at, outlined(radius, line), one.colour, radius + line + 1)

    def _frame_and_legend(self) -> None:
        scene, box, base, unit = self.scene, self.box, self.base, self.scene.unit
        thin, colour = max(THINNEST, unit), scene.theme.text
        for x in (box.x0, box.x1):
            paint_bar(base, x, box.y0, x + thin, box.y1 + thin, colour)
        for y in (box.y0, box.y1):
            paint_bar(base, box.x0, y, box.x1 + thin, y + thin, colour)
        small = max(LEAST, round(LEGEND["size"] * unit))
        x, y = box.x1, box.y0 - LEGEND["up"] * unit
        for one in reversed(scene.series):
            x -= text_width(one.name, scene.font, small)
            put_text(base, one.name, (x, y), colour, scene.font, small, (0, 0.5))
            x -= (one.radius + LEGEND["before"]) * unit
            self._dots(base, np.full((LEGEND["dots"], 2), (x, y)), one)
            x -= (one.radius + LEGEND["apart"]) * unit

    def _ticks(self, canvas: Canvas, low: Floats, high: Floats) -> None:
        box, unit, theme, font = self.box, self.scene.unit, self.scene.theme, self.scene.font
        small, thin = max(LEAST, round(TICK["size"] * unit)), max(THINNEST, unit)
        length, below, beside = (TICK[part] * unit for part in ("length", "below", "beside"))
        for axis, most in enumerate(MOST_STEPS):
            step = nice_step(high[axis] - low[axis], most)
            for i in range(math.ceil(low[axis] / step), math.floor(high[axis] / step) + 1):
                share = (i * step - low[axis]) / (high[axis] - low[axis])
                label = tick_label(i * step, step)
                if axis == 0:
                    x, y = box.x0 + share * box.width, box.y1 + thin
                    paint_bar(canvas, x, y, x + thin, y + length, theme.text)
                    at, align = (x + thin / 2, y + length + below), (0.5, 0.0)
                else:
                    x, y = box.x0, box.y1 - share * box.height
                    paint_bar(canvas, x - length, y, x, y + thin, theme.text)
                    at, align = (x - length - beside, y + thin / 2), (1.0, 0.5)
                put_text(canvas, label, at, theme.text, font, small, align)
