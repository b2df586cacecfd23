"""Films on paper: stills of moments, and strips with a picture of every stop."""

import itertools
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from warpviz.arrays import Pixels
from warpviz.atomic import replacing
from warpviz.colour import Colour
from warpviz.errors import WarpvizError
from warpviz.figures.files import STILLS
from warpviz.figures.style import rgb
from warpviz.film.reel.reel import Reel
from warpviz.output.stills import write_png
from warpviz.picture.figure import FigureScene
from warpviz.picture.film import Written
from warpviz.picture.frame import Frame
from warpviz.picture.scene import Scene

PAGE = (595.0, 842.0)
"""A4 in points."""
MARGIN = 36.0
GAP = 12.0
WIDE = 4
"""Pictures in a row of a strip that has no pages."""
NARROW = 2
"""Pictures in a row of a page, where all on one page would be too small."""
LEAST = 120.0
"""Points of height that a picture on a page has at least."""
PAPER = (".png", ".svg", ".pdf")
"""Suffixes of what is printed."""


def moment_at(film: Reel, place: float) -> tuple[int, float]:
    """A place counted in stops, such as 2.5, as an act and its time.

    Raises:
        WarpvizError: the film has no such place.
    """
    acts = film.timeline.acts
    if not 0 <= place <= acts:
        raise WarpvizError(f"at expects 0 to {acts}, the film's stops, got {place:g}.")
    act = min(int(place), max(acts - 1, 0))
    return act, place - act


def save_still(film: Reel, path: Path, place: float) -> Written:
    """Write one moment as .png, .svg or .pdf.

    Args:
        film: the film.
        path: the file.
        place: counted in stops from 0, the input.

    Raises:
        WarpvizError: the film has no such place, or the path cannot be written.
    """
    k, t = moment_at(film, place)
    if path.suffix.lower() == ".png":
        return write_png(film.frame(k, t), path, text=_words(film))
    width, height = film.size
    page = _page((width, height), scene_of(film).theme.background)
    _draw(page, film, k, t, (0.0, 0.0), 1.0)
    return _write([page], path, film)


def save_strip(film: Reel, path: Path) -> Written:
    """Write a picture of every stop as .png, .svg or, on pages of A4, .pdf.

    Raises:
        WarpvizError: the path cannot be written.
    """
    places = [moment_at(film, stop) for stop in range(film.timeline.acts + 1)]
    width, height = film.size
    if path.suffix.lower() == ".png":
        return write_png(Frame(_sheet(film, places), 1), path, text=_words(film))
    untracked = film.showing(_without_track(scene_of(film)))
    ground = untracked.scene.theme.background
    if path.suffix.lower() == ".svg":
        columns = min(WIDE, len(places))
        rows = -(-len(places) // columns)
        size = (columns * width + (columns - 1) * GAP, rows * height + (rows - 1) * GAP)
        pages = [_page(size, ground)]
        _lay(pages[0], untracked, places, columns, (0.0, 0.0), 1.0)
        return _write(pages, path, film)
    columns, rows, scale = _fitted(len(places), width, height)
    pages = []
    for first in range(0, len(places), columns * rows):
        page = _page(PAGE, ground)
        some = places[first : first + columns * rows]
        _lay(page, untracked, some, columns, (MARGIN, MARGIN), scale)
        pages.append(page)
    return _write(pages, path, film)


def _fitted(count: int, width: int, height: int) -> tuple[int, int, float]:
    """Columns, rows and scale of pictures on a page: as large as all fit, if that is large enough.

    >>> columns, rows, scale = _fitted(7, 640, 480)
    >>> columns, rows, round(scale, 2)
    (2, 4, 0.38)
    """
    inner = (PAGE[0] - 2 * MARGIN + GAP, PAGE[1] - 2 * MARGIN + GAP)

    def scaled(columns: int, rows: int) -> float:
        return min((inner[0] / columns - GAP) / width, (inner[1] / rows - GAP) / height)

    choices = [(c, -(-count // c)) for c in range(1, WIDE + 1)]
    best = max(choices, key=lambda choice: scaled(*choice))
    if scaled(*best) * height >= LEAST:
        return *best, scaled(*best)
    columns = NARROW if width < 2 * height else 1
    scale = (inner[0] / columns - GAP) / width
    return columns, max(int(inner[1] // (height * scale + GAP)), 1), scale


def scene_of(film: Reel) -> Scene:
    """The scene of a film that can be drawn as vectors.

    Raises:
        WarpvizError: the classic film cannot.
    """
    if isinstance(film.scene, FigureScene):
        raise WarpvizError("A film with a chart has no strip; write .png with --at for a still.")
    if not isinstance(film.scene, Scene):
        raise WarpvizError("The classic film is drawn in pixels; write .png instead of vectors.")
    return film.scene


def _without_track(scene: Scene) -> Scene:
    return replace(scene, show=scene.show - {"track"})


def _sheet(film: Reel, places: Sequence[tuple[int, float]]) -> Pixels:
    """All pictures in one, in rows."""
    columns = min(WIDE, len(places))
    rows = -(-len(places) // columns)
    width, height = film.size
    gap = round(GAP)
    size = (rows * (height + gap) - gap, columns * (width + gap) - gap, 3)
    sheet = np.empty(size, dtype=np.uint8)
    sheet[:] = film.scene.theme.background
    for number, (k, t) in enumerate(places):
        row, column = divmod(number, columns)
        y, x = row * (height + gap), column * (width + gap)
        sheet[y : y + height, x : x + width] = film.frame(k, t).pixels
    return sheet


def _page(size: tuple[float, float], ground: Colour) -> Any:
    """A figure whose one axes has points as units, y downwards."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(size[0] / 72, size[1] / 72), dpi=72, facecolor=rgb(ground))
    axes = figure.add_axes((0.0, 0.0, 1.0, 1.0))
    axes.set(xlim=(0, size[0]), ylim=(size[1], 0))
    axes.set_axis_off()
    axes.set_autoscale_on(False)
    return figure


def _lay(
    page: Any,
    film: Reel,
    places: Sequence[tuple[int, float]],
    columns: int,
    corner: tuple[float, float],
    scale: float,
) -> None:
    """Draw moments in rows, from the left to the right."""
    width, height = film.size
    for number, (k, t) in enumerate(places):
        row, column = divmod(number, columns)
        x = corner[0] + column * (width * scale + GAP)
        y = corner[1] + row * (height * scale + GAP)
        _draw(page, film, k, t, (x, y), scale)


def _draw(
    page: Any, film: Reel, k: int, t: float, corner: tuple[float, float], scale: float
) -> None:
    from matplotlib import rc_context

    from warpviz.picture.paper import Paper, draw_moment

    axes = page.axes[0]
    used = max((artist.get_zorder() for artist in axes.get_children()), default=0)
    # Images keep their own pixels: matplotlib's blending of neighbours would join them.
    with rc_context({"image.composite_image": False}):
        order = itertools.count(int(used) + 1)
        draw_moment(Paper(axes, corner, scale, order), scene_of(film), k, t)
    # An image brings its own limits along.
    size = page.get_size_inches() * 72
    axes.set(xlim=(0, size[0]), ylim=(size[1], 0))


def _write(pages: Sequence[Any], path: Path, film: Reel) -> Written:
    """Write pages as .svg or .pdf: real text, the same bytes for the same film."""
    from matplotlib import rc_context
    from matplotlib.backends.backend_pdf import PdfPages

    settings: Any = {
        "svg.hashsalt": "warpviz", "svg.fonttype": "none", "pdf.fonttype": 42,
        "image.composite_image": False,
    }  # fmt: skip
    words = {"Title": film.title, "Creator": "warpviz"}
    with replacing(path) as draft, rc_context(settings):
        if path.suffix.lower() == ".svg":
            about = {**words, "Description": film.description, "Date": None}
            style = {**STILLS[".svg"], "metadata": about}
            pages[0].savefig(draft, facecolor=pages[0].get_facecolor(), **style)
        else:
            about = {**words, "Subject": film.description, "CreationDate": None}
            with PdfPages(draft, metadata=about) as book:
                for page in pages:
                    book.savefig(page, facecolor=page.get_facecolor())
    return Written(path, 1, 0.0, path.stat().st_size)


def _words(film: Reel) -> dict[str, str]:
    words = {"Title": film.title, "Description": film.description}
    return {key: text for key, text in words.items() if text}
