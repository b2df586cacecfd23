"""Pages of strips: their sizes by name, and how many pictures fit on one."""

from warpviz.errors import WarpvizError

MARGIN = 36.0
"""Around a page's pictures, in points."""
GAP = 12.0
"""Between pictures, in points."""
MOST_COLUMNS = 4
NARROW = 2
"""Pictures in a row of a page, where all on one page would be too small."""
LEAST = 120.0
"""Points of height that a picture on a page has at least."""
PAGES = {
    "a3": (842.0, 1191.0),
    "a4": (595.0, 842.0),
    "a5": (420.0, 595.0),
    "letter": (612.0, 792.0),
    "legal": (612.0, 1008.0),
}
"""Width and height in points, upright; "a4-landscape" lies."""
SLIDE = 540.0
"""Height of a page that is given by its ratio, in points: that of a slide."""
SLENDER = 4.0
"""The longer side of such a page over the shorter one at most."""


def page_size(name: str) -> tuple[float, float]:
    """Width and height of a page in points.

    Args:
        name: a name of `PAGES`, with "-landscape" if it lies, or a ratio such as "16:9".

    Raises:
        WarpvizError: for any other.

    >>> page_size("a4"), page_size("A5-landscape"), page_size("16:9")
    ((595.0, 842.0), (595.0, 420.0), (960.0, 540.0))
    """
    word, _, turned = name.strip().lower().partition("-")
    if word in PAGES and turned in ("", "portrait", "landscape"):
        width, height = PAGES[word]
        return (height, width) if turned == "landscape" else (width, height)
    try:
        across, down = (float(part) for part in name.split(":"))
        ratio = across / down
    except (ValueError, ZeroDivisionError):
        ratio = 0.0
    if not 1 / SLENDER <= ratio <= SLENDER:
        raise WarpvizError(
            f"page expects {', '.join(PAGES)}, one of them with -landscape, or a ratio such as "
            f"16:9, from 1:4 to 4:1, got {name!r}."
        )
    return round(SLIDE * ratio, 2), SLIDE


def slide_size(name: str) -> tuple[float, float]:
    """Width and height of a slide in points: as a page, but paper lies, unless named portrait.

    >>> slide_size("4:3"), slide_size("a4"), slide_size("a4-portrait")
    ((720.0, 540.0), (842.0, 595.0), (595.0, 842.0))
    """
    lies = name.strip().lower() in PAGES
    return page_size(f"{name.strip()}-landscape" if lies else name)


def fitted(
    count: int, width: int, height: int, page: tuple[float, float]
) -> tuple[int, int, float]:
    """Columns, rows and scale of pictures on a page: as large as all fit, if that is large enough.

    >>> columns, rows, scale = fitted(7, 640, 480, PAGES["a4"])
    >>> columns, rows, round(scale, 2)
    (2, 4, 0.38)
    """
    inner = (page[0] - 2 * MARGIN + GAP, page[1] - 2 * MARGIN + GAP)

    def scaled(columns: int, rows: int) -> float:
        return min((inner[0] / columns - GAP) / width, (inner[1] / rows - GAP) / height)

    choices = [(c, -(-count // c)) for c in range(1, MOST_COLUMNS + 1)]
    best = max(choices, key=lambda choice: scaled(*choice))
    if scaled(*best) * height >= LEAST:
        return *best, scaled(*best)
    columns = NARROW if width < 2 * height else 1
    scale = min((inner[0] / columns - GAP) / width, (inner[1] - GAP) / height)
    return columns, max(int(inner[1] // (height * scale + GAP)), 1), scale
