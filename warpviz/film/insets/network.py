"""A play's network as it is drawn beside the sheet, and the room for it.

chain ── columns, weights, ways around ──► Sketch ── means of the data, a box ──► Network

Each dense layer is a column of units, its activation lights them anew; a residual layer shows its
own layers and the way around them. A unit is as bright as its mean over the data is large, against
the largest root mean square of a unit of its state: that moves between stops as the states do, and
a state about 0 is dark.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from warpviz.arrays import Floats
from warpviz.film.play import Play
from warpviz.model.layers import Dense, Layer
from warpviz.model.residual import Residual
from warpviz.picture.layout import PanelLayout
from warpviz.picture.marks.network import LEVELS, Around, Bundle, Column, Network
from warpviz.picture.words.text import text_width

PITCH = {"wanted": 21.0, "least": 7.0}
"""Between units of a column: in units of the layout, and in pixels at least."""
RADIUS = {"apart": 0.34, "across": 0.3, "largest": 6.2, "least": 1.8}
"""Of a unit: over the distances to its neighbours, in units of the layout, and in pixels."""
MOST_UNITS = 8
"""Units of a column that are drawn; of more the first ones, and how many there are."""
BELOW = 0.75
"""From the lowest units to the line below what acts, over the letters' size."""
BELOW_DOTS = 1.7
"""What dots and a number below a column take more, likewise."""
BOW = 3.4
"""How high a bow reaches over the units, over the radius of a large one."""
BEND = tuple(np.linspace(0.0, np.pi, 17).tolist())


@dataclass(frozen=True, eq=False)
class Sketch:
    """A network without places; filled while the layers of a play are walked through.

    Attributes:
        widths: of the columns.
        sizes: (2, D) of columns that end a layer, of residual ones too: each unit's mean, and its
            root mean square.
        weights: (column before, column after, W, layer) each.
        arounds: (column before, column after, layer) each.
        spans: for each layer, the columns before and after it.
    """

    widths: list[int]
    sizes: dict[int, Floats] = field(default_factory=dict)
    weights: list[tuple[int, int, Floats, int]] = field(default_factory=list)
    arounds: list[tuple[int, int, int]] = field(default_factory=list)
    spans: list[tuple[int, int]] = field(default_factory=list)


def sketch_of(play: Play, x: Floats) -> tuple[Sketch, list[tuple[Floats, Floats]]]:
    """A play's network, and the sizes of the data (N, n) before and behind each of its layers."""
    sketch, sizes = Sketch([x.shape[1]], {0: _sizes(x)}), []
    for index, layer in enumerate(play.chain):
        start, before = len(sketch.widths) - 1, _sizes(x)
        x = _walk(sketch, layer, index, x)
        sketch.spans.append((start, len(sketch.widths) - 1))
        sizes.append((before, _sizes(x)))
    return sketch, sizes


def _sizes(x: Floats) -> Floats:
    return np.stack([x.mean(axis=0), np.sqrt((x**2).mean(axis=0))])


def _walk(sketch: Sketch, layer: Layer, act: int, x: Floats) -> Floats:
    """Add what a layer has to the sketch; what it makes of x."""
    start = len(sketch.widths) - 1
    if isinstance(layer, Residual):
        inner = x
        for one in layer.chain.layers:
            inner = _walk(sketch, one, act, inner)
        if len(sketch.widths) - 1 == start:
            _column(sketch, np.eye(x.shape[1]), act)
        sketch.arounds.append((start, len(sketch.widths) - 1, act))
        x = x + inner
    else:
        if isinstance(layer, Dense):
            _column(sketch, layer.weight, act)
        x = layer(x)
    sketch.sizes[len(sketch.widths) - 1] = _sizes(x)
    return x


def _column(sketch: Sketch, weight: Floats, act: int) -> None:
    sketch.widths.append(len(weight))
    last = len(sketch.widths) - 1
    sketch.weights.append((last - 1, last, weight, act))


def network_of(play: Play, x: Floats, layout: PanelLayout, font: Path) -> Network | None:
    """A play's network in the box of its panel; None where that has none.

    Args:
        play: what is played.
        x: (N, n) all of the data.
        layout: the panel's places.
        font: the font file.
    """
    box = layout.network
    if box is None:
        return None
    sketch, sizes = sketch_of(play, x)
    acts = tuple((act.layer, *sketch.spans[act.layer]) for act in play.acts)
    stops = (0, *(after for _, _, after in acts))
    small, unit = layout.small, layout.unit
    over = BOW * RADIUS["largest"] * unit if sketch.arounds else 0.0
    least = max(PITCH["least"], 0.5 * PITCH["wanted"] * unit)
    most = _most(box.height - BELOW * small - over, least)
    cut = max(sketch.widths) > most
    if cut:
        most = _most(box.height - (BELOW + BELOW_DOTS) * small - over, least)
    room = box.height - (BELOW + BELOW_DOTS * cut) * small - over
    drawn = [min(width, most) for width in sketch.widths]
    pitch = min(PITCH["wanted"] * unit, room / max(drawn))
    apart = box.width / len(drawn)
    radius = max(
        min(RADIUS["apart"] * pitch, RADIUS["across"] * apart, RADIUS["largest"] * unit),
        RADIUS["least"],
    )
    middle = (over + room) / 2
    places = [
        np.column_stack(
            [np.full(n, (column + 0.5) * apart), middle + pitch * (np.arange(n) - (n - 1) / 2)]
        )
        for column, n in enumerate(drawn)
    ]
    lit = _lit(sketch, play, sizes, stops)
    foot = max(float(each[-1, 1]) for each in places) + radius + BELOW * small
    more = _more(sketch.widths, most, apart, small, font)
    return Network(
        columns=tuple(
            Column(each, lit[c][:, : len(each)], len(each) < sketch.widths[c], more[c])
            for c, each in enumerate(places)
        ),
        bundles=tuple(
            _bundle(before, after, weight[: drawn[after], : drawn[before]], weight, act)
            for before, after, weight, act in sketch.weights
        ),
        arounds=tuple(
            Around(_bow(places, before, after, radius), act)
            for before, after, act in sketch.arounds
        ),
        acts=acts,
        stops=stops,
        radius=radius,
        foot=foot + BELOW_DOTS * small * cut,
    )


def _most(room: float, least: float) -> int:
    """How many units a column has room for."""
    return max(min(MOST_UNITS, int(room / least)), 2)


def _more(
    widths: Sequence[int], most: int, apart: float, small: int, font: Path
) -> tuple[str, ...]:
    """How many units each shortened column has, "" for others and where there is no room."""
    cut = [False, *(width > most for width in widths), False]
    found = []
    for column, width in enumerate(widths):
        alone = not (cut[column] or cut[column + 2])
        room = (1.0 + 0.8 * alone) * apart
        fits = text_width(str(width), font, small) <= room
        found.append(str(width) if cut[column + 1] and fits else "")
    return tuple(found)


def _bundle(before: int, after: int, shown: Floats, weight: Floats, act: int) -> Bundle:
    """Weights (n_out, n_in) that are shown, in sizes of the layer's largest."""
    largest = float(np.abs(weight).max()) or 1.0
    sizes = (np.sign(shown) * np.ceil(LEVELS * np.abs(shown) / largest)).astype(np.int64)
    outputs, inputs = np.nonzero(sizes)
    return Bundle(before, after, np.column_stack([inputs, outputs]), sizes[outputs, inputs], act)


def _bow(places: Sequence[Floats], before: int, after: int, radius: float) -> Floats:
    """A bow (P, 2) over the columns of a residual layer."""
    (x0, y0), (x1, y1) = places[before][0], places[after][0]
    top = min(float(each[0, 1]) for each in places[before : after + 1])
    turns = np.array(BEND)
    along = (1 - np.cos(turns)) / 2
    feet = (1 - along) * y0 + along * y1 - 1.2 * radius
    lift = top - (BOW - 1.2) * radius - np.minimum(y0, y1)
    return np.column_stack([x0 + along * (x1 - x0), feet + np.sin(turns) * lift])


def _lit(
    sketch: Sketch,
    play: Play,
    sizes: Sequence[tuple[Floats, Floats]],
    stops: Sequence[int],
) -> list[Floats]:
    """For each column (K, U): how its units are lit at each stop."""
    lit = [np.zeros((len(stops), width)) for width in sketch.widths]
    lit[0][0] = _brightness(sketch.sizes[0])
    for k, act in enumerate(play.acts, start=1):
        before, after = sizes[act.layer]
        for column in range(len(lit)):
            lit[column][k] = lit[column][k - 1]
        first, last = sketch.spans[act.layer]
        for column in range(first + 1, last):  # within a residual layer
            lit[column][k] = _brightness(sketch.sizes[column])
        done = np.arange(after.shape[1]) <= act.unit
        lit[last][k] = _brightness(after if act.unit < 0 else np.where(done, after, before))
    return lit


def _brightness(sizes: Floats) -> Floats:
    mean, size = sizes
    return np.asarray(mean / (float(size.max()) or 1.0))
