"""Lines of LaTeX as pictures, by matplotlib's mathtext: no TeX is needed."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from warpviz.atomic import check_writable, replacing
from warpviz.colour import hexadecimal
from warpviz.errors import WarpvizError
from warpviz.theme import theme as theme_named

SUFFIXES = (".svg", ".pdf", ".png", ".tex")
SIZE = 16
"""Of letters, in points."""
STACK, QUAD = r"\substack{", r" \; "
WIDEST = 200.0
"""Inches; a longer line is better written layer by layer."""


def check_picture(path: Path, theme: str) -> None:
    """Tell before any work whether a formula can be drawn there.

    Raises:
        WarpvizError: for another suffix or theme, or a path that cannot be written.
    """
    if path.suffix.lower() not in SUFFIXES:
        raise WarpvizError(f"A formula is written as {', '.join(SUFFIXES)}, got '{path}'.")
    theme_named(theme)
    check_writable(path)


def mathtext(line: str) -> str:
    """LaTeX as mathtext knows it, which has no matrices: columns of stacked entries instead."""

    def stacked(found: re.Match[str]) -> str:
        rows = [row.strip().split(" & ") for row in found.group(1).split(r"\\")]
        columns = [STACK + " \\\\ ".join(entries) + "}" for entries in zip(*rows, strict=True)]
        return rf"\left({QUAD.join(columns)}\right)"

    line = re.sub(r"\\begin\{pmatrix\}(.*?)\\end\{pmatrix\}", stacked, line)
    return f"${line}$"


def save_lines(lines: Sequence[str], latex: str, path: Path, theme: str) -> Path:
    """Draw lines below one another, or write the LaTeX of all into a .tex."""
    check_picture(path, theme)
    if path.suffix.lower() == ".tex":
        with replacing(path) as draft:
            draft.write_text(latex + "\n", encoding="utf-8")
        return path
    from matplotlib import rc_context
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    colours = theme_named(theme)
    background, ink = hexadecimal(colours.background), hexadecimal(colours.text)
    with rc_context({"mathtext.fontset": "cm", "svg.hashsalt": "warpviz"}):
        figure = Figure(facecolor=background, dpi=200)
        canvas: Any = FigureCanvasAgg(figure)
        texts = [figure.text(0, 0, mathtext(line), fontsize=SIZE, color=ink) for line in lines]
        renderer = canvas.get_renderer()
        boxes = [text.get_window_extent(renderer) for text in texts]
        gap = 0.6 * SIZE * figure.dpi / 72
        width = max(box.width for box in boxes) + 2 * gap
        height = sum(box.height + gap for box in boxes) + gap
        if width > WIDEST * figure.dpi or height > WIDEST * figure.dpi:
            raise WarpvizError(
                f"The formula is {width / figure.dpi:.0f} inches wide; draw it layer by layer, "
                "with form='layers' (--form layers), or write its LaTeX."
            )
        figure.set_size_inches(width / figure.dpi, height / figure.dpi)
        top = height - gap
        for text, box in zip(texts, boxes, strict=True):
            # A text stands on its baseline; its box may begin below.
            text.set_position((gap / width, (top - box.height - box.y0) / height))
            top -= box.height + gap
        told = {"Date": None} if path.suffix.lower() == ".svg" else None
        told = {"CreationDate": None} if path.suffix.lower() == ".pdf" else told
        with replacing(path) as draft:
            figure.savefig(draft, facecolor=background, metadata=told)
    return path
