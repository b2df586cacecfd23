"""A chain as a drawing of its units and weights, for notebooks."""

from collections.abc import Sequence

import numpy as np

from warpviz import svg
from warpviz.model.code import shape_of
from warpviz.model.layers import Dense, Layer, Step, steps_of
from warpviz.model.residual import SIGN, Add, Keep

UNITS = 12
"""Of a layer that are drawn; of more the last places are dots."""
COLUMNS = 12
"""Of layers that are drawn; of more the middle is left out."""
STEP_X, STEP_Y = 96.0, 26.0
RADIUS = 8.0
EDGE = 3.0
"""Width of a layer's heaviest weight, in pixels."""


def network(layers: Sequence[Layer]) -> str:
    """An SVG: units as circles, weights as lines, their width the size, their colour the sign.

    What a layer does to its sums stands below it. Layers without weights add no units.
    """
    steps = steps_of(layers)
    dense = [layer for layer in steps if isinstance(layer, Dense)]
    title = f"{shape_of(_widths(dense))}, {sum(w.size for d in dense for w in d.parameters):,} "
    title += "parameters"
    if not dense:
        names = ", then ".join(map(str, layers)) or "the identity"
        return svg.drawing(320, 40, [svg.words(160, 25, names)], names)
    below = _below(steps)
    shown = list(range(len(dense)))
    if len(dense) > COLUMNS:
        shown = [*shown[: COLUMNS - 2], len(dense) - 1]
    widths = [dense[0].n_in, *(dense[k].n_out for k in shown)]
    rows = min(max(widths), UNITS)
    height = STEP_Y * rows + 84
    places = [_column(n, 48 + STEP_X * i, 16 + STEP_Y * rows / 2) for i, n in enumerate(widths)]
    parts: list[str] = []
    for i, k in enumerate(shown):
        if i and k != shown[i - 1] + 1:  # what leads here is left out
            x = 48 + STEP_X * (i + 0.5)
            for line, word in enumerate([f"{k - shown[i - 1] - 1} more", "layers", "…"]):
                parts.append(svg.words(x, 8 + STEP_Y * rows / 2 + 13 * line, word, size=10))
            continue
        parts += _weights(dense[k], places[i], places[i + 1])
    ends = (svg.LOOK.cloth[1], svg.LOOK.muted)
    for i, (column, width) in enumerate(zip(places, widths, strict=True)):
        fill = ends if i == 0 else (svg.LOOK.background, svg.LOOK.text)
        parts += [svg.circle(x, y, RADIUS, *fill) for x, y in column]
        x = 48 + STEP_X * i
        if width > len(column):
            parts.append(svg.words(x, column[-1][1] + STEP_Y, f"⋮ {width:,}", size=11))
        parts += [
            svg.words(x, STEP_Y * rows + 36 + 13 * line, word, size=10)
            for line, word in enumerate(["input"] if i == 0 else below[shown[i - 1]][:2])
        ]
    wide = 96 + STEP_X * len(shown)
    parts.append(svg.words(wide / 2, height - 10, title, size=11))
    return svg.drawing(wide, height, parts, title)


def _widths(dense: Sequence[Dense]) -> list[int]:
    return [layer.n_in for layer in dense[:1]] + [layer.n_out for layer in dense]


def _below(layers: Sequence[Step]) -> list[list[str]]:
    """For each dense layer the names of what acts on its sums, short enough to stand there."""
    names: list[list[str]] = []
    for layer in layers:
        if isinstance(layer, Dense):
            names.append([] if layer.activation == "identity" else [layer.function.label])
        elif names and not isinstance(layer, Keep):
            names[-1].append(SIGN if isinstance(layer, Add) else str(layer))
    return [[f"{name:.14}" for name in some] for some in names]


def _column(width: int, x: float, middle: float) -> list[tuple[float, float]]:
    """Where the units of a layer stand; the last place is kept for dots where they are many."""
    count = width if width <= UNITS else UNITS - 1
    top = middle - STEP_Y * (min(width, UNITS) - 1) / 2
    return [(x, top + STEP_Y * i) for i in range(count)]


def _weights(
    layer: Dense, before: list[tuple[float, float]], after: list[tuple[float, float]]
) -> list[str]:
    largest = max(float(np.abs(layer.weight).max()), 1e-300)
    minus, plus = svg.LOOK.classes[:2]
    return [
        svg.line(
            start, end, minus if layer.weight[u, j] < 0 else plus,
            EDGE * abs(float(layer.weight[u, j])) / largest,
        )
        for u, end in enumerate(after)
        for j, start in enumerate(before)
        if layer.weight[u, j] != 0
    ]  # fmt: skip
