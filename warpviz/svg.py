"""Small drawings as SVG text, for notebooks: they need no library, and none is loaded."""

import math
from collections.abc import Iterable
from html import escape

from warpviz.colour import Colour, hexadecimal
from warpviz.theme import THEMES, Theme

LOOK: Theme = THEMES["light"]
FONT = "DejaVu Sans, Verdana, sans-serif"


def circle(x: float, y: float, radius: float, fill: Colour, edge: Colour) -> str:
    """A disc with an edge."""
    return (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:g}" fill="{hexadecimal(fill)}" '
        f'stroke="{hexadecimal(edge)}" stroke-width="0.6"/>'
    )


def _round(corners: int, turn: float, inner: float = 1.0) -> list[tuple[float, float]]:
    """Corners on a circle, every other one nearer to its middle."""
    angles = [turn + 2 * math.pi * k / corners for k in range(corners)]
    radii = [inner if k % 2 else 1.0 for k in range(corners)]
    return [(r * math.cos(a), r * math.sin(a)) for r, a in zip(radii, angles, strict=True)]


_ARMS = ((1.0, 3.0), (1.0, 1.0), (3.0, 1.0), (3.0, -1.0), (1.0, -1.0), (1.0, -3.0))
_OUTLINES: tuple[list[tuple[float, float]], ...] = (
    [],
    _round(4, math.pi / 4),
    _round(3, -math.pi / 2),
    _round(4, 0.0),
    [*_ARMS, *((-a, -b) for a, b in _ARMS)],
    _round(10, -math.pi / 2, 0.5),
    _round(3, math.pi / 2),
    _round(6, 0.0),
)
"""Corners of the markers of classes, in their order; the first is a disc."""


def mark(place: int, at: tuple[float, float], radius: float, fill: Colour, edge: Colour) -> str:
    """The marker of a class, as large as a disc of that radius.

    Args:
        place: of the marker among those of the theme.
        at: its middle, y downwards.
        radius: of the disc.
        fill: its colour.
        edge: that of its outline.
    """
    corners = _OUTLINES[place]
    if not corners:
        return circle(*at, radius, fill, edge)
    pairs = zip(corners, [*corners[1:], corners[0]], strict=True)
    area = abs(sum(a * d - b * c for (a, b), (c, d) in pairs)) / 2
    size = radius * math.sqrt(math.pi / area)
    points = " ".join(f"{at[0] + size * a:.1f},{at[1] + size * b:.1f}" for a, b in corners)
    return (
        f'<polygon points="{points}" fill="{hexadecimal(fill)}" '
        f'stroke="{hexadecimal(edge)}" stroke-width="0.6"/>'
    )


def line(start: tuple[float, float], end: tuple[float, float], colour: Colour, wide: float) -> str:
    """A straight line, fainter where it is thin."""
    (x0, y0), (x1, y1) = start, end
    return (
        f'<line x1="{x0:.1f}" y1="{y0:.1f}" x2="{x1:.1f}" y2="{y1:.1f}" '
        f'stroke="{hexadecimal(colour)}" stroke-width="{max(wide, 0.3):.2f}" '
        f'stroke-opacity="{min(1.0, 0.3 + wide / 3):.2f}"/>'
    )


def words(x: float, y: float, text: str, *, size: float = 12.0, anchor: str = "middle") -> str:
    """A line of text; `anchor` is start, middle or end."""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" text-anchor="{anchor}" '
        f'font-family="{FONT}" fill="{hexadecimal(LOOK.text)}">{escape(text)}</text>'
    )


def drawing(width: float, height: float, parts: Iterable[str], title: str) -> str:
    """A picture of so many pixels; the title is for those who cannot see it."""
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{height:.0f}" '
            f'viewBox="0 0 {width:.0f} {height:.0f}" role="img">',
            f"<title>{escape(title)}</title>",
            f'<rect width="100%" height="100%" fill="{hexadecimal(LOOK.background)}"/>',
            *parts,
            "</svg>",
        ]
    )
