"""What stands still on a chart, as vectors: shapes and words, for whoever draws them elsewhere."""

from dataclasses import dataclass

from warpviz.arrays import Floats
from warpviz.colour import Colour
from warpviz.motion.framing import Box


@dataclass(frozen=True, eq=False)
class Shape:
    """An outline that is filled, stroked, or both.

    Attributes:
        points: (M, 2) in pixels of the whole picture, y downwards; a row that is no number begins
            a new outline.
        fill: its colour, None for none.
        line: of its edge, None for none.
        width: of the edge, in pixels.
        opacity: of fill and edge, 0 … 1 each.
        dashes: lengths of strokes and gaps in pixels, () for a whole line.
        places: (P, 2) where the outline is drawn, each the place of its (0, 0); None for once,
            where it is.
        inside: what of the picture it may touch, None for all.
        part: "axis" of what tells the axes, "data" of what lies on them, "key" of what belongs to
            a key, whose parts stay as far from each other as they are; "" of all else.
    """

    points: Floats
    fill: Colour | None = None
    line: Colour | None = None
    width: float = 1.0
    opacity: tuple[float, float] = (1.0, 1.0)
    dashes: tuple[float, ...] = ()
    places: Floats | None = None
    inside: Box | None = None
    part: str = ""


@dataclass(frozen=True)
class Word:
    """A line of text.

    Attributes:
        text: what it says.
        at: x, y in pixels of the whole picture, y downwards, of a place on its baseline.
        align: which place that is: 0 its start, 0.5 its middle, 1 its end.
        size: of its letters, the em in pixels.
        angle: of its baseline in degrees, counter-clockwise.
        colour: of its letters.
        opacity: 0 … 1.
        part: as of `Shape`.
    """

    text: str
    at: tuple[float, float]
    align: float
    size: float
    angle: float
    colour: Colour
    opacity: float = 1.0
    part: str = ""


Mark = Shape | Word


@dataclass(frozen=True)
class Scale:
    """What an axis of a chart measures.

    Attributes:
        kind: linear, log or symlog.
        low: the value at its beginning, left or below.
        high: at its end.
        straight: of symlog: up to this size it is linear, from there logarithmic.
        stretch: of symlog: the linear part's half, in decades.
    """

    kind: str
    low: float
    high: float
    straight: float = 1.0
    stretch: float = 1.0


AROUND = {"em": 0.034, "small": 0.8, "tick": 0.3}
"""Of what stands around a ground: the em of its words over the picture's height; in em, words at
its axes, and a tick's length."""


@dataclass(frozen=True, eq=False)
class Ground:
    """Heights below a chart's curves, coloured in bands, on which the axes are the map.

    Attributes:
        heights: (B, A) positive, a row for every place of the upright axis.
        levels: (L,) rising, where a band ends and the next begins; the highest takes all above.
        colours: L of them, of the bands from each level on.
        logarithmic: whether heights are seen by their logarithms.
        along: for each curve of the chart how high it runs at each of its points, (M,).
        names: of the two axes.
    """

    heights: Floats
    levels: Floats
    colours: tuple[Colour, ...]
    logarithmic: bool
    along: tuple[Floats, ...]
    names: tuple[str, str]


@dataclass(frozen=True, eq=False)
class Still:
    """What stands still on a chart.

    Attributes:
        marks: the first below.
        scales: of the level axis and of the upright one.
    """

    marks: tuple[Mark, ...]
    scales: tuple[Scale, Scale]
