"""Axes, ticks and scale bar: what the picture's lengths mean."""

import math
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from warpviz.axis import Axis
from warpviz.motion.framing import Box
from warpviz.picture.layout import PanelLayout
from warpviz.picture.marks.overlay import THINNEST, Line, paint_strokes
from warpviz.picture.raster.blend import Surface
from warpviz.picture.words.text import put_text, shortened, text_width
from warpviz.theme import Theme

ROUND = (1.0, 2.0, 5.0, 10.0)
"""What a step may be, times a power of ten."""
MOST_STEPS = 5
"""Of an axis."""
FAR = 100
"""An axis this many steps from 0 has long numbers anyway: an exponent would make them longer."""
PLAIN = (5e-3, 1e5)
"""Steps from here to there are written without an exponent."""
BAR = {"least": 0.08, "gap": 0.4, "end": 0.22, "line": 1.4}
"""The scale bar: the panel's width that it has at least; from it to its number, and half of its end
strokes, over the number's size; its line's width in units of the layout."""
AXES = {
    "tick": 0.25, "away": 1.5, "apart": 0.3, "name": 0.4, "upper": 0.6, "line": 1.1, "ink": 0.7,
    "below": 0.5, "rise": 0.2, "border": 3,
}  # fmt: skip
"""A plane's axes: a tick over its number's size, and the number's distance over the tick; between
two numbers, over their size; the axes' names over the safe area's width, at most; the line's width
in units of the layout, and its opacity; the upright axis' name reaches so much of its height above
the axis' end, and below that end its numbers begin, over their size; from the panel's border to a
number, in pixels."""


def nice_step(span: float, most: int) -> float:
    """The smallest of 1, 2, 5 × 10ⁿ that divides a span into at most `most` steps.

    >>> nice_step(2.2, 5), nice_step(37.0, 4)
    (0.5, 10.0)
    """
    raw = span / most
    power = 10.0 ** math.floor(math.log10(raw))
    for factor in ROUND:
        if factor * power >= raw * (1 - 1e-12):
            return factor * power
    return ROUND[-1] * power


@lru_cache(maxsize=1024)
def tick_label(value: float, step: float, plain: bool = False) -> str:
    """A tick's label with the digits that its step needs, and a true minus sign.

    Args:
        value: a multiple of the step.
        step: from tick to tick.
        plain: without an exponent, because the axis is far from 0.

    >>> tick_label(-0.5, 0.25), tick_label(1.1e6, 1e5), tick_label(0.0, 0.5)
    ('−0.50', '1.1e6', '0')
    """
    count = round(value / step)
    if count == 0:
        return "0"
    # The number of digits after the point that tell neighbours apart; 0.25 needs two.
    digits = max(0, math.ceil(-math.log10(step) - 1e-9) + (0 if _one_digit(step) else 1))
    text = f"{count * step:.{digits}f}"
    if not PLAIN[0] <= step < PLAIN[1] and not plain:
        power = math.floor(math.log10(abs(count * step)) + 1e-12)
        more = power - math.floor(math.log10(step) + 1e-12) + (0 if _one_digit(step) else 1)
        mantissa, exponent = f"{count * step:.{max(0, more)}e}".split("e")
        text = f"{mantissa}e{int(exponent)}"
    return text.replace("-", "−")


def _one_digit(step: float) -> bool:
    """Whether a step is 1 … 9 × 10ⁿ."""
    lead = step / 10.0 ** math.floor(math.log10(step) + 1e-12)
    return abs(lead - round(lead)) < 1e-6


def paint_scale(
    canvas: Surface,
    layout: PanelLayout,
    units_per_pixel: float,
    font: Path,
    theme: Theme,
    opacity: float = 1.0,
) -> None:
    """Draw a bar of a round length, so that the zoom stays honest."""
    if opacity <= 0:
        return
    x1, y = layout.scale
    # A round length just above 8 % of the panel is at most 20 % of it.
    step = nice_step(units_per_pixel * BAR["least"] * layout.box.width, 1)
    pixels = step / units_per_pixel
    tick = BAR["end"] * layout.small
    label = tick_label(step, step)
    x1 -= text_width(label, font, layout.small) + BAR["gap"] * layout.small
    at = (x1 + BAR["gap"] * layout.small, y)
    put_text(canvas, label, at, theme.muted, font, layout.small, (0, 0.5), opacity)
    x0 = x1 - pixels
    lines: list[Line] = [
        ((x0, y), (x1, y)), ((x0, y - tick), (x0, y + tick)), ((x1, y - tick), (x1, y + tick))
    ]  # fmt: skip
    paint_strokes(canvas, lines, max(THINNEST, BAR["line"] * layout.unit), theme.muted, opacity)


def paint_axes(
    canvas: Surface,
    layout: PanelLayout,
    origin: tuple[float, float],
    units_per_pixel: float,
    axes: Sequence[Axis],
    font: Path,
    theme: Theme,
    opacity: float,
) -> None:
    """Draw the axes of a plane state along the left and the lower side of the safe area.

    Args:
        canvas: (3, H, W), changed in place.
        layout: the panel's places.
        origin: where the state's origin is, in pixels.
        units_per_pixel: of the state.
        axes: the horizontal coordinate and the vertical one, where there is one; ticks are round
            in their own units.
        font: the font file.
        theme: colours.
        opacity: 0 … 1.
    """
    safe: Box = layout.safe
    small = layout.small
    thin = max(THINNEST, AXES["line"] * layout.unit)
    level: list[Line] = [((safe.x0, safe.y1), (safe.x1, safe.y1))]
    upright: list[Line] = [((safe.x0, safe.y0), (safe.x0, safe.y1))]
    tick = AXES["tick"] * small
    away = AXES["away"] * tick
    span = units_per_pixel * min(safe.width, safe.height)

    def put(text: str, at: tuple[float, float], anchor: tuple[float, float]) -> None:
        put_text(canvas, text, at, theme.muted, font, small, anchor, opacity)

    across = axes[0]
    name = shortened(across.name, font, small, AXES["name"] * safe.width)
    name_at = safe.x1 - text_width(name, font, small)
    left, right = ((x - origin[0]) * units_per_pixel for x in (safe.x0, safe.x1))
    free = -math.inf
    for u, label in ticks(across, left, right, span):
        x = origin[0] + u / units_per_pixel
        level.append(((x, safe.y1), (x, safe.y1 + tick)))
        half = text_width(label, font, small) / 2
        if free < x - half and x + half < name_at - AXES["apart"] * small:
            put(label, (x, safe.y1 + tick), (0.5, 0.0))
            free = x + half + AXES["apart"] * small
    low, high = ((origin[1] - y) * units_per_pixel for y in (safe.y1, safe.y0))
    for u, label in ticks(axes[1], low, high, span) if len(axes) > 1 else ():
        y = origin[1] - u / units_per_pixel
        upright.append(((safe.x0 - tick, y), (safe.x0, y)))
        if y > safe.y0 + AXES["below"] * small:
            # A long label may cross the axis, but not the panel's border.
            border = layout.box.x0 + AXES["border"]
            edge = max(safe.x0 - away, border + text_width(label, font, small))
            put(label, (edge, y), (1.0, 0.5))
    # One after the other: together they would span the whole panel.
    for lines in (level, upright if len(axes) > 1 else []):
        paint_strokes(canvas, lines, thin, theme.muted, AXES["ink"] * opacity)
    put(name, (safe.x1, safe.y1 + tick), (1.0, 0.0))
    if len(axes) > 1:
        upper = shortened(axes[1].name, font, small, AXES["upper"] * safe.width)
        put(upper, (safe.x0 + away, safe.y0), (0.0, AXES["rise"]))


def ticks(axis: Axis, low: float, high: float, span: float) -> list[tuple[float, str]]:
    """Where an axis has ticks, and what they say: round numbers in its own units.

    Args:
        axis: the coordinate.
        low: where it begins, and
        high: where it ends.
        span: the length that has at most `MOST_STEPS` steps.

    >>> ticks(Axis("load", 5000.0, 100.0), -1.0, 2.1, 5.0)
    [(-1.0, '4900'), (0.0, '5000'), (1.0, '5100'), (2.0, '5200')]
    """
    step = nice_step(span * axis.factor, MOST_STEPS)
    first, last = axis.own(low), axis.own(high)
    plain = max(abs(first), abs(last)) >= FAR * step
    return [
        (axis.back(i * step), tick_label(i * step, step, plain))
        for i in range(math.ceil(first / step - 1e-9), math.floor(last / step + 1e-9) + 1)
    ]
