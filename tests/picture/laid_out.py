"""Pictures as they are laid out, and what stands where in a panel."""

from warpviz.motion.framing import Box
from warpviz.picture.layout import PanelLayout, lay_out
from warpviz.picture.scene import SHOWN
from warpviz.picture.words.fonts import bundled_font
from warpviz.picture.words.legend import legend_width
from warpviz.picture.words.text import text_width

FONT = bundled_font()
SIZES = [(240, 180), (320, 240), (640, 480), (600, 400), (1920, 1080), (3840, 2160), (360, 440)]
CAPTIONS = ("input (x₁, x₂)", "layer 2 · affine 3→3 → tanh", "logits")
SHORT, LONG = ("a", "b"), ("Setosa of the north", "Versicolor", "Virginica", "None of these")


def placed(
    size: tuple[int, int],
    panels: int = 1,
    names: tuple[str, ...] = SHORT,
    show: frozenset[str] = SHOWN,
    headline: str = "",
) -> tuple[PanelLayout, ...]:
    titles = ("",) if panels == 1 else tuple(f"relu {i}" for i in range(panels))
    return lay_out(size, titles, CAPTIONS, names, show, FONT, headline)


def rows_of(layout: PanelLayout, names: tuple[str, ...]) -> dict[str, Box]:
    """Where everything around the safe area is drawn."""
    em, small = layout.em, layout.small
    longest = max(text_width(text, FONT, layout.caption_em) for text in CAPTIONS)
    x, y = layout.caption
    found = {"caption": Box(x, y, x + longest, y + 1.17 * em)}
    if layout.title:
        found["title"] = Box(
            layout.title[0], layout.title[1], layout.title[0] + 3 * em, layout.title[1] + 1.17 * em
        )
    if layout.legend:
        right, top = layout.legend
        found["legend"] = Box(
            right - legend_width(layout.legend_names, FONT, small), top, right, top + 1.17 * small
        )
    x0, x1, rail = layout.track
    found["track"] = Box(x0, rail - 0.2 * em, x1, rail + 0.2 * em)
    found["scale"] = Box(x0, layout.scale[1] - 0.3 * small, x1, layout.scale[1] + 0.3 * small)
    return found


def overlap(a: Box, b: Box) -> float:
    return min(
        min(a.x1, b.x1) - max(a.x0, b.x0),
        min(a.y1, b.y1) - max(a.y0, b.y0),
    )
