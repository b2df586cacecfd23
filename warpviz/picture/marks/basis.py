"""The unit vectors of an affine act: arrows that move as the sheet does, and their determinant."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

import numpy as np

from warpviz.arrays import Floats
from warpviz.motion.framing import Lens
from warpviz.motion.trajectory import Trajectory
from warpviz.picture.layout import PanelLayout
from warpviz.picture.marks.overlay import THINNEST, paint_polygon, paint_strokes
from warpviz.picture.raster.blend import Surface
from warpviz.picture.words.text import put_text
from warpviz.theme import Theme, signs_of

ARROW = {"line": 2.4, "halo": 1.5, "head": 9.0, "wide": 0.42, "least": 0.6,
         "overlap": 0.2, "grows": 2.4, "name": 0.95, "aside": 0.55,
         "letter": 0.62, "plate": 0.6}  # fmt: skip
"""In units of the layout an arrow's line, the ground's colour on each side of it, and its head;
half the head's width over its length; the least unit for heads; the part of a head that its line
reaches into, so that no seam shines through; how much the ground around a head grows it. Over the
letters' size from the tip on to the middle of a name, and aside, away from the other vector; and
what a letter takes of a row: a name that would lie on another one stands below it. The opacity of
the ground behind names, that they are read over dots too."""
TINT = {"opacity": 0.42, "edge": 1.2, "ink": 0.9, "faint": 0.2}
"""What the vectors span: its opacity, the width of its border in units of the layout and the
border's opacity; an area below `faint` of the smaller of 1 and the act's own is fainter."""
COME = 0.09
"""The part of an act in which vectors of another act come or go."""
EXPONENT = 1e6
"""From here on a number has an exponent."""


@dataclass(frozen=True, eq=False)
class Basis:
    """The unit vectors of the space that an affine act acts on, and where they go.

    Attributes:
        path: of the vectors' foot and their 1 to 3 tips, as they are seen: before the act, behind
            it, and where another act follows behind that one.
        length: of the vectors, 1 wherever that can be seen.
        times: what stands before their names, such as "0.5·"; "" for length 1.
        square: whether the act leads to a space of as many dimensions, so that it has a
            determinant; else the area (length, volume) of what the vectors span is told.
        before: what stands before the number, such as "det = ".
        behind: what stands behind it.
        digits: behind the number's point.
        end: the number behind the act.
    """

    path: Trajectory
    length: float
    times: str
    square: bool
    before: str
    behind: str
    digits: int
    end: float

    def value(self, points: Floats) -> float:
        """The determinant, or the size of what is spanned, of foot and tips (n + 1, 3)."""
        return spanned((points[1:] - points[0]) / self.length, self.square)

    def told(self, value: float) -> str:
        """The number with its words."""
        return f"{self.before}{plain(value, self.digits)}{self.behind}"


def spanned(vectors: Floats, square: bool) -> float:
    """The determinant of vectors (n, 3) in the first n axes; else the size that they span.

    >>> spanned(np.array([[0.0, 2.0, 0.0], [1.0, 0.0, 0.0]]), True)
    -2.0
    >>> spanned(np.array([[3.0, 0.0, 4.0]]), False)
    5.0
    """
    if square:
        return float(np.linalg.det(vectors[:, : len(vectors)]))
    return float(np.sqrt(max(np.linalg.det(vectors @ vectors.T), 0.0)))


def plain(value: float, digits: int) -> str:
    """A number with so many digits behind its point, a real minus, an exponent if it is large.

    >>> plain(-1.366, 2), plain(-0.001, 2), plain(2.34e7, 2)
    ('−1.37', '0.00', '2.3e7')
    """
    if abs(value) >= EXPONENT:
        mantissa, exponent = f"{value:.1e}".split("e")
        return f"{mantissa}e{int(exponent)}".replace("-", "−")
    text = f"{value:.{digits}f}"
    return text.replace("-", "−") if float(text) else text.removeprefix("-")


class Shown(NamedTuple):
    """A basis at a moment: which act of its path, when in it, and how clearly it is seen."""

    basis: Basis
    k: int
    t: float
    opacity: float


def shown_bases(bases: Sequence[Basis | None], k: int, t: float) -> Iterator[Shown]:
    """The vectors that are seen in act k at t.

    At a stop those of the act before stay, with what became of them; where it has none, those of
    the next stand ready. In an act without any, and in the next one, they go.
    """
    if not bases:
        return
    if t == 1.0:
        k, t = k + 1, 0.0
    past = bases[k - 1] if k > 0 else None
    own = bases[k] if k < len(bases) else None
    if t == 0.0:
        if past is not None:
            yield Shown(past, 0, 1.0, 1.0)
        elif own is not None:
            yield Shown(own, 0, 0.0, 1.0)
        return
    if past is not None and t < COME:
        yield Shown(past, 1, t, 1.0 - t / COME)
    if own is not None:
        coming = 1.0 if past is None else min(max(t / COME - 1.0, 0.0), 1.0)
        if coming > 0:
            yield Shown(own, 0, t, coming)
    elif k + 1 < len(bases) and (later := bases[k + 1]) is not None and t > 1.0 - COME:
        yield Shown(later, 0, 0.0, 1.0 - (1.0 - t) / COME)


def outline(points: Floats) -> list[Floats]:
    """The parallelograms (4, 3) that foot and tips (n + 1, 3) span; none of one vector."""
    foot, tips = points[0], points[1:]
    return [np.stack([foot, a, a + b - foot, b]) for a, b in combinations(tips, 2)]


def paint_basis(
    canvas: Surface,
    layout: PanelLayout,
    bases: Sequence[Basis | None],
    lens: Lens,
    moment: tuple[int, float],
    font: Path,
    theme: Theme,
) -> None:
    """Draw the vectors of a moment, what they span, and the number.

    Args:
        canvas: (3, H, W), changed in place.
        layout: the panel's places.
        bases: one an act, None for acts without.
        lens: of the moment.
        moment: act k and t.
        font: the font file.
        theme: colours.
    """
    for basis, k, t, opacity in shown_bases(bases, *moment):
        points = basis.path.at(k, t)
        value = basis.value(points) if k == 0 else basis.end
        colour = signs_of(theme)[int(value < 0)]
        faint = TINT["faint"] * (min(1.0, abs(basis.end)) or 1.0)
        clear = opacity * min(1.0, abs(value) / faint)
        clear = clear if clear > 1e-3 else 0.0
        for corners in outline(points):
            places, _ = lens.project(corners)
            paint_polygon(canvas, places, colour, TINT["opacity"] * clear)
            width = max(THINNEST, TINT["edge"] * layout.unit)
            ends = [(*places[i], *places[(i + 1) % 4]) for i in (1, 2)]
            lines = [((a, b), (c, d)) for a, b, c, d in ends]
            paint_strokes(canvas, lines, width, colour, TINT["ink"] * opacity)
        places, _ = lens.project(points)
        _arrows(canvas, layout, places, theme, opacity)
        _names(canvas, layout, basis, places, font, theme, opacity)
        if layout.basis is not None:
            told = basis.told(value)
            put_text(canvas, told, layout.basis, theme.text, font, layout.small, opacity=opacity)


def _arrows(
    canvas: Surface, layout: PanelLayout, places: Floats, theme: Theme, opacity: float
) -> None:
    unit, foot = layout.unit, places[0]
    line = max(2 * THINNEST, ARROW["line"] * unit)
    halo = ARROW["halo"] * unit
    for more, colour in ((halo, theme.background), (0.0, theme.text)):
        for tip in places[1:]:
            way = tip - foot
            length = float(np.hypot(*way))
            if length < THINNEST:
                continue
            ahead = way / length
            head = min(ARROW["head"] * max(unit, ARROW["least"]), length)
            neck = tip - head * ahead
            across = ARROW["wide"] * head * np.array([-ahead[1], ahead[0]])
            end = neck + ARROW["overlap"] * head * ahead
            shaft = [((foot[0], foot[1]), (end[0], end[1]))]
            paint_strokes(canvas, shaft, line + 2 * more, colour, opacity)
            grown = 1.0 + ARROW["grows"] * more / head
            middle = (tip + neck) / 2
            corners = np.stack([tip, neck + across, neck - across])
            paint_polygon(canvas, middle + grown * (corners - middle), colour, opacity)


def _names(
    canvas: Surface,
    layout: PanelLayout,
    basis: Basis,
    places: Floats,
    font: Path,
    theme: Theme,
    opacity: float,
) -> None:
    safe, small = layout.safe, layout.small
    placed: list[tuple[float, float]] = []
    for index, tip in enumerate(places[1:]):
        way = tip - places[0]
        ahead = way / max(float(np.hypot(*way)), 1e-9)
        side = np.array([-ahead[1], ahead[0]]) * (1.0 if index == 0 else -1.0)
        at = tip + small * (ARROW["name"] * ahead + ARROW["aside"] * side)
        x = float(min(max(at[0], safe.x0 + small), safe.x1 - small))
        y = float(min(max(at[1], safe.y0 + small / 2), safe.y1 - small / 2))
        name = f"{basis.times}e{'₁₂₃'[index]}"
        wide = ARROW["letter"] * small * len(name)
        for across, down in placed:
            if abs(x - across) < wide and abs(y - down) < small:
                y = down + small
        placed.append((x, y))
        half = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]]) * [wide / 2, small / 2]
        paint_polygon(canvas, half + np.array([x, y]), theme.background, ARROW["plate"] * opacity)
        put_text(canvas, name, (x, y), theme.text, font, small, (0.5, 0.5), opacity)
