"""Figures as files: .svg, .pdf and .png by matplotlib, the same bytes for the same picture."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from warpviz.atomic import check_writable, replacing
from warpviz.errors import WarpvizError
from warpviz.figures.letters import with_directions, with_letters
from warpviz.figures.settings import settled

FIGURES: Mapping[str, dict[str, Any]] = {
    ".svg": {"format": "svg", "metadata": {"Date": None, "Creator": "warpviz"}},
    ".pdf": {"format": "pdf", "metadata": {"CreationDate": None, "Creator": "warpviz"}},
    ".png": {"format": "png", "metadata": {"Software": "warpviz"}, "dpi": 200},
}
"""How each suffix is written: without the time, so that equal pictures are equal files."""


def figure_format(path: str | os.PathLike[str]) -> dict[str, Any]:
    """How a still is written, by its suffix.

    Raises:
        WarpvizError: for a suffix that no still has.
    """
    suffix = Path(path).suffix.lower()
    if suffix not in FIGURES:
        raise WarpvizError(
            f"Cannot write {os.fspath(path)}: a still's suffix is one of {', '.join(FIGURES)}, "
            f"got '{suffix}'."
        )
    return FIGURES[suffix]


SUFFIXES = (".svg", ".pdf", ".png")


def check_plot(path: str | os.PathLike[str]) -> Path:
    """Tell before any work whether a plot can be written there.

    Raises:
        WarpvizError: for another suffix, or a path that cannot be written.
    """
    path = Path(path)
    if path.suffix.lower() not in SUFFIXES:
        raise WarpvizError(f"A plot is written as {', '.join(SUFFIXES)}, got '{path}'.")
    return check_writable(path)


REAL_TEXT: Mapping[str, Any] = {"svg.fonttype": "none", "pdf.fonttype": 42}
"""Words stay words in vectors, so that they can be searched and edited."""


def save_figure(
    make: Callable[[], Any],
    path: str | os.PathLike[str],
    *,
    settings: Mapping[str, Any] = REAL_TEXT,
    **style: Any,
) -> Path:
    """Write a figure of matplotlib, whole or not at all; equal figures are equal files.

    Args:
        make: makes the figure, under the settings that it is written with.
        path: ends in .svg, .pdf or .png.
        settings: of matplotlib, put back at once.
        style: further arguments of `Figure.savefig`.

    Raises:
        WarpvizError: for another suffix, or a path that cannot be written.
    """
    where = check_plot(path)
    told = FIGURES[where.suffix.lower()]["metadata"]
    # The names of an SVG's parts are random unless salted.
    chosen: Any = {**settings, "svg.hashsalt": "warpviz"}
    with settled(chosen):
        figure = make()
        with_letters(figure)
        with replacing(where) as draft:
            figure.savefig(draft, metadata=told, **style)
            if where.suffix.lower() == ".svg":
                draft.write_text(with_directions(draft.read_text("utf-8")), "utf-8", newline="\n")
    return where
