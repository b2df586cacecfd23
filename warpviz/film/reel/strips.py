"""Films on paper: stills of moments, and strips with a picture of every stop."""

import itertools
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import numpy as np

from warpviz.arrays import Pixels
from warpviz.atomic import replacing
from warpviz.colour import Colour
from warpviz.errors import WarpvizError
from warpviz.figures.files import FIGURES
from warpviz.figures.letters import with_directions
from warpviz.figures.settings import settled
from warpviz.figures.style import rgb
from warpviz.film.reel.pages import GAP, MARGIN, fitted, page_size
from warpviz.film.reel.reel import Reel
from warpviz.output.stills import STILLS, write_still
from warpviz.picture.film import Written
from warpviz.picture.frame import Frame
from warpviz.picture.kind import refuse
from warpviz.picture.scene import Scene

WIDE = 4
"""Pictures in a row of a strip that has no pages."""


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
    """Write one moment as .svg, .pdf or in pixels.

    Args:
        film: the film.
        path: the file.
        place: counted in stops from 0, the input.

    Raises:
        WarpvizError: the film has no such place, or the path cannot be written.
    """
    k, t = moment_at(film, place)
    if path.suffix.lower() in STILLS:
        return write_still(film.frame(k, t), path, text=_words(film))
    width, height = film.size
    page = _page((width, height), _ground(film))
    _draw(page, film, k, t, (0.0, 0.0), 1.0)
    return _write([page], path, film)


def save_strip(film: Reel, path: Path, page: str = "a4") -> Written:
    """Write a picture of every stop as .svg, in pixels or, on pages, .pdf.

    Args:
        film: the film.
        path: the file.
        page: of a .pdf, see `page_size`.

    Raises:
        WarpvizError: the path cannot be written.
    """
    places = [moment_at(film, stop) for stop in film.timeline.stops]
    width, height = film.size
    if path.suffix.lower() in STILLS:
        sheet = write_still(Frame(_sheet(film, places), 1), path, text=_words(film))
        return replace(sheet, frames=len(places))
    untracked = film.showing(_without_track(scene_of(film)))
    ground = _ground(film)
    if path.suffix.lower() == ".svg":
        columns = min(WIDE, len(places))
        rows = -(-len(places) // columns)
        size = (columns * width + (columns - 1) * GAP, rows * height + (rows - 1) * GAP)
        pages = [_page(size, ground)]
        _lay(pages[0], untracked, places, columns, (0.0, 0.0), 1.0)
        return replace(_write(pages, path, film), frames=len(places))
    paper = page_size(page)
    columns, rows, scale = fitted(len(places), width, height, paper)
    # In the middle across; from the top down on sheets, in the middle of slides.
    left = (paper[0] - columns * (width * scale + GAP) + GAP) / 2
    used = min(rows, -(-len(places) // columns)) * (height * scale + GAP) - GAP
    top = MARGIN if paper[0] < paper[1] else (paper[1] - used) / 2
    pages = []
    for first in range(0, len(places), columns * rows):
        sheet = _page(paper, ground)
        some = places[first : first + columns * rows]
        _lay(sheet, untracked, some, columns, (left, top), scale)
        pages.append(sheet)
    return replace(_write(pages, path, film), frames=len(places))


def scene_of(film: Reel) -> Scene:
    """The scene of a film that can be drawn as vectors.

    Raises:
        WarpvizError: it cannot.
    """
    refuse(film.scene.kind.no_vectors)
    return cast(Scene, film.scene)


def _without_track(scene: Scene) -> Scene:
    return replace(scene, show=scene.show - {"track"})


def _sheet(film: Reel, places: Sequence[tuple[int, float]]) -> Pixels:
    """All pictures in one, in rows."""
    columns = min(WIDE, len(places))
    rows = -(-len(places) // columns)
    width, height = film.size
    gap = round(GAP)
    ground = (0, 0, 0, 0) if film.transparent else film.scene.theme.background
    size = (rows * (height + gap) - gap, columns * (width + gap) - gap, len(ground))
    sheet = np.empty(size, dtype=np.uint8)
    sheet[:] = ground
    for number, (k, t) in enumerate(places):
        row, column = divmod(number, columns)
        y, x = row * (height + gap), column * (width + gap)
        sheet[y : y + height, x : x + width] = film.frame(k, t).pixels
    return sheet


def _ground(film: Reel) -> Colour | None:
    """What pages are painted with first; None for nothing."""
    theme = scene_of(film).theme
    return None if theme.transparent else theme.background


@settled({})
def _page(size: tuple[float, float], ground: Colour | None) -> Any:
    """A figure whose one axes has points as units, y downwards."""
    from matplotlib.figure import Figure

    figure = Figure(
        figsize=(size[0] / 72, size[1] / 72),
        dpi=72,
        facecolor="none" if ground is None else rgb(ground),
    )
    axes = figure.add_axes((0.0, 0.0, 1.0, 1.0))
    axes.set_axis_off()
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
    from warpviz.picture.paper import Paper, draw_moment

    axes = page.axes[0]
    used = max((artist.get_zorder() for artist in axes.get_children()), default=0)
    # Images keep their own pixels: matplotlib's blending of neighbours would join them.
    with settled({"image.composite_image": False}):
        order = itertools.count(int(used) + 1)
        draw_moment(Paper(axes, corner, scale, order), scene_of(film), k, t)
    # Now, as an image brings its own limits along.
    size = page.get_size_inches() * 72
    axes.set(xlim=(0, size[0]), ylim=(size[1], 0))


def _write(pages: Sequence[Any], path: Path, film: Reel) -> Written:
    """Write pages as .svg or .pdf: real text, the same bytes for the same film."""
    from matplotlib.backends.backend_pdf import PdfPages

    settings: Any = {
        "svg.hashsalt": "warpviz", "svg.fonttype": "none", "pdf.fonttype": 42,
        "image.composite_image": False,
    }  # fmt: skip
    words = {"Title": film.title, "Creator": "warpviz"}
    with replacing(path) as draft, settled(settings):
        if path.suffix.lower() == ".svg":
            about = {**words, "Description": film.description, "Date": None}
            style = {**FIGURES[".svg"], "metadata": about}
            pages[0].savefig(draft, facecolor=pages[0].get_facecolor(), **style)
            if style.get("format") == "svg":
                draft.write_text(with_directions(draft.read_text("utf-8")), "utf-8", newline="\n")
        else:
            about = {**words, "Subject": film.description, "CreationDate": None}
            with PdfPages(draft, metadata=about) as book:
                for page in pages:
                    book.savefig(page, facecolor=page.get_facecolor())
    return Written(path, 1, 0.0, path.stat().st_size)


def _words(film: Reel) -> dict[str, str]:
    words = {"Title": film.title, "Description": film.description}
    return {key: text for key, text in words.items() if text}
