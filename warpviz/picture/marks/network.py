"""A small drawing of the whole network beside its sheet: units, weights, and what acts."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from warpviz.arrays import Floats, Ints
from warpviz.colour import Colour
from warpviz.motion.framing import Box
from warpviz.picture.layout import PanelLayout
from warpviz.picture.marks.overlay import THINNEST, paint_markers, paint_strokes
from warpviz.picture.raster.blend import Surface
from warpviz.picture.words.text import put_text
from warpviz.theme import Theme, signs_of

LEVELS = 4
"""Weights are drawn in so many sizes, up to the largest of their layer."""
EDGE = {"thin": 0.55, "more": 0.4, "rest": 0.4, "ramp": 0.15, "arc": 0.8}
"""The width of the smallest weights and what each size adds, in units of the layout; the opacity
of layers that rest, against one that acts; the part of an act in which that comes and goes; the
opacity of the way around a residual layer."""
UNIT = {"ring": 1.1, "bar": 2.4, "sign": 0.9, "beside": 0.55, "step": 0.75, "dot": 0.24}
"""A unit's outline and the line below what acts, in units of the layout; the size of the + where
a residual layer adds, over the small letters', and how far it stands beside, over its size; below
a shortened column the distance of dots and their radius, over a unit's."""


class Column(NamedTuple):
    """The units of one state, or of one layer within a residual one.

    Attributes:
        places: (U, 2) the units that are drawn, in pixels from the box's corner.
        lit: (K, U) −1 … 1 at each stop: the unit's mean over the data, against the largest root
            mean square of a unit of its state; 0 where the column is not reached yet.
        cut: whether some units are not drawn: dots stand for them.
        more: how many there are, below the dots; "" where there is no room for it.
    """

    places: Floats
    lit: Floats
    cut: bool
    more: str


class Bundle(NamedTuple):
    """The weights between two columns.

    Attributes:
        before: the column that they come from.
        after: where they lead to.
        ends: (E, 2) units of both.
        sizes: (E,) whole numbers −LEVELS … LEVELS, none 0.
        act: the layer of the chain that they belong to.
    """

    before: int
    after: int
    ends: Ints
    sizes: Ints
    act: int


class Around(NamedTuple):
    """The way around a residual layer: its points (P, 2), and the layer."""

    points: Floats
    act: int


@dataclass(frozen=True, eq=False)
class Network:
    """A network as it is drawn.

    Attributes:
        columns: in order.
        bundles: of weights.
        arounds: of residual layers.
        acts: K − 1, the layer that acts, and its columns before and after.
        stops: K, the column of each state.
        radius: of a unit in pixels.
        foot: y of the line below what acts, from the box's corner.
    """

    columns: tuple[Column, ...]
    bundles: tuple[Bundle, ...]
    arounds: tuple[Around, ...]
    acts: tuple[tuple[int, int, int], ...]
    stops: tuple[int, ...]
    radius: float
    foot: float

    def acting(self, k: int, t: float) -> tuple[int, float]:
        """The layer that acts in act k at t, and how much, 0 … 1; −1 at a stop."""
        if t in (0.0, 1.0) or not self.acts:
            return -1, 0.0
        return self.acts[k][0], min(1.0, t / EDGE["ramp"], (1.0 - t) / EDGE["ramp"])

    def bar(self, k: int, t: float) -> tuple[float, float]:
        """From where to where the line below what acts is drawn: it creeps from stop to stop."""
        last = min(k + 1, len(self.stops) - 1)
        x0, x1 = (self._across(self.stops[stop]) for stop in (k, last))
        left, right = x0 + (x1 - x0) * max(0.0, 2 * t - 1), x0 + (x1 - x0) * min(1.0, 2 * t)
        return left - self.radius, right + self.radius

    def _across(self, column: int) -> float:
        return float(self.columns[column].places[0, 0])


def lit_at(column: Column, k: int, t: float) -> Floats:
    """(U,) how each unit is lit in act k at t."""
    last = min(k + 1, len(column.lit) - 1)
    lit: Floats = (1.0 - t) * column.lit[k] + t * column.lit[last]
    return lit


def edges_at(network: Network, bundle: Bundle) -> Iterator[tuple[int, list[tuple[int, int]]]]:
    """The weights of a bundle by size, the smallest first: size, and the ends of each."""
    for level in range(1, LEVELS + 1):
        for size in (-level, level):
            ends = [(int(a), int(b)) for a, b in bundle.ends[bundle.sizes == size]]
            if ends:
                yield size, ends


def paint_network(
    canvas: Surface,
    layout: PanelLayout,
    network: Network,
    moment: tuple[int, float],
    font: Path,
    theme: Theme,
) -> None:
    """Draw a network at a moment of its panel.

    Args:
        canvas: (3, H, W), changed in place.
        layout: the panel's places, with a box for it.
        network: what is drawn.
        moment: act k and t.
        font: the font file.
        theme: colours.
    """
    box = layout.network
    if box is None:
        return
    layer, much = network.acting(*moment)
    unit, signs = layout.unit, signs_of(theme)
    for bundle in network.bundles:
        active = EDGE["rest"] + (1.0 - EDGE["rest"]) * much * (bundle.act == layer)
        before, after = (network.columns[c].places for c in (bundle.before, bundle.after))
        for size, ends in edges_at(network, bundle):
            level = abs(size)
            lines = [(_at(box, before[a]), _at(box, after[b])) for a, b in ends]
            width = EDGE["thin"] + EDGE["more"] * level
            paint_strokes(
                canvas, lines, max(THINNEST, width * unit), signs[int(size < 0)],
                active * level / LEVELS,
            )  # fmt: skip
    for around in network.arounds:
        _around(canvas, layout, box, around, much * (around.act == layer), font, theme)
    doing = network.acts[moment[0]] if layer >= 0 else (-1, -1, -1)
    for index, column in enumerate(network.columns):
        # Where no weights act, the units themselves do.
        own = layer >= 0 and doing[1] == doing[2] == index
        rim = theme.text if own else theme.muted
        _units(canvas, layout, box, network, column, lit_at(column, *moment), rim, font, theme)
    left, right = network.bar(*moment)
    line = [((box.x0 + left, box.y0 + network.foot), (box.x0 + right, box.y0 + network.foot))]
    paint_strokes(canvas, line, max(2 * THINNEST, UNIT["bar"] * unit), theme.text)


def _at(box: Box, place: Floats) -> tuple[float, float]:
    return box.x0 + float(place[0]), box.y0 + float(place[1])


def _around(
    canvas: Surface,
    layout: PanelLayout,
    box: Box,
    around: Around,
    much: float,
    font: Path,
    theme: Theme,
) -> None:
    points = [_at(box, point) for point in around.points]
    opacity = EDGE["arc"] + (1.0 - EDGE["arc"]) * much
    colour = theme.text if much > 0 else theme.muted
    lines = list(pairwise(points))
    paint_strokes(canvas, lines, max(THINNEST, UNIT["ring"] * layout.unit), colour, opacity)
    size = round(UNIT["sign"] * layout.small)
    x, y = points[-1]
    put_text(canvas, "+", (x + UNIT["beside"] * size, y), colour, font, size, (0.5, 1.0))


def _units(
    canvas: Surface,
    layout: PanelLayout,
    box: Box,
    network: Network,
    column: Column,
    lit: Floats,
    rim: Colour,
    font: Path,
    theme: Theme,
) -> None:
    radius, signs = network.radius, signs_of(theme)
    places = [_at(box, place) for place in column.places]
    inner = radius - max(THINNEST, UNIT["ring"] * layout.unit)
    for place, value in zip(places, lit.tolist(), strict=True):
        share, colour = min(abs(value), 1.0), signs[int(value < 0)]
        red, green, blue = (
            int(a + share * (b - a) + 0.5) for a, b in zip(theme.background, colour, strict=True)
        )
        paint_markers(canvas, [place], "circle", radius, rim)
        paint_markers(canvas, [place], "circle", inner, (red, green, blue))
    if column.cut:
        (x, y), step = places[-1], UNIT["step"] * radius
        dots = [(x, y + radius + i * step) for i in (1, 2, 3)]
        paint_markers(canvas, dots, "circle", UNIT["dot"] * radius, theme.muted)
        at = (x, y + radius + 4 * step)
        put_text(canvas, column.more, at, theme.muted, font, layout.small, (0.5, 0.0))
