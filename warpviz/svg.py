"""Small drawings as SVG text, for notebooks: they need no library, and none is loaded."""

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
