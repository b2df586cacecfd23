"""Lines of LaTeX as pictures: no TeX is needed.

ziamath sets them, matrices on the axis and brackets as tall as what they hold; where it is not
installed matplotlib's mathtext does, which has no matrices: columns of stacked entries instead.
"""

import re
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from warpviz.atomic import check_writable, replacing
from warpviz.colour import hexadecimal
from warpviz.errors import WarpvizError
from warpviz.explain.formulas.breaking import Row, aligned, broken
from warpviz.explain.formulas.outlines import Outline, outline, typesetter
from warpviz.figures.files import save_figure
from warpviz.own_theme import ThemeLike, as_theme

SUFFIXES = (".svg", ".pdf", ".png", ".tex")
SIZE = 16
"""Of letters, in points."""
GAP = 0.6 * SIZE
"""Between lines and around all, in points."""
WIDEST = 200 * 72.0
"""Points; a longer line is better written layer by layer."""

OPERATOR = re.compile(
    r"(?:(?<=[\d})])|(?<=[^A-Za-z\\][A-Za-z])) (?=\\(?:operatorname|max|min|sin|cos|tanh|ln)\b)"
)
"""The space between a factor and an operator's name."""


def check_picture(path: Path, theme: ThemeLike) -> None:
    """Tell before any work whether a formula can be drawn there.

    Raises:
        WarpvizError: for another suffix or theme, or a path that cannot be written.
    """
    if path.suffix.lower() not in SUFFIXES:
        raise WarpvizError(f"A formula is written as {', '.join(SUFFIXES)}, got '{path}'.")
    as_theme(theme)
    check_writable(path)


def mathtext(line: str) -> str:
    """LaTeX as mathtext knows it: rows of a matrix or of cases as columns of stacked entries."""

    def stacked(found: re.Match[str]) -> str:
        rows = [row.strip().split(" & ") for row in found.group(2).split(r"\\")]
        columns = [r"\substack{" + r" \\ ".join(one) + "}" for one in zip(*rows, strict=True)]
        left, right = ("(", ")") if found.group(1) == "pmatrix" else (r"\{", ".")
        return rf"\left{left}" + r" \; ".join(columns) + rf"\right{right}"

    line = line.replace(r"\le ", r"\leq ")
    line = re.sub(r"\\begin\{(pmatrix|cases)\}(.*?)\\end\{\1\}", stacked, line)
    return f"${line}$"


def save_lines(lines: Sequence[str], path: Path, theme: ThemeLike) -> Path:
    """Draw lines below one another, long ones in rows, or write the LaTeX of all into a .tex."""
    check_picture(path, theme)
    if path.suffix.lower() == ".tex":
        with replacing(path) as draft:
            draft.write_text(aligned(lines) + "\n", "utf-8", newline="\n")
        return path
    colours = as_theme(theme)
    rows = [row for line in lines for row in broken(line)]
    drawn = partial(_drawn, rows, hexadecimal(colours.background), hexadecimal(colours.text))
    return save_figure(drawn, path, settings={"mathtext.fontset": "cm"}, facecolor="auto")


def _drawn(rows: Sequence[Row], background: str, ink: str) -> Any:
    """A figure as large as its rows."""
    from matplotlib.figure import Figure

    figure = Figure(facecolor=background, dpi=200)
    set_rows = [(_set(row), row.indent * SIZE) for row in rows]
    width = max(x + one.width for one, x in set_rows) + 2 * GAP
    height = sum(one.height + GAP for one, _ in set_rows) + GAP
    if width > WIDEST or height > WIDEST:
        raise WarpvizError(
            f"The formula is {width / 72:.0f} by {height / 72:.0f} inches large; draw it layer "
            "by layer, with form='layers' (--form layers), or write its LaTeX."
        )
    figure.set_size_inches(width / 72, height / 72)
    top = height - GAP
    for one, x in set_rows:
        _draw(figure, one, GAP + x, top, ink)
        top -= one.height + GAP
    return figure


def _set(row: Row) -> Outline:
    """The outline of a row: a sign in front of a number is no subtraction."""
    text = spaced(rf"{{}} {row.latex}" if row.indent else row.latex)
    if typesetter() is None:
        return outline(mathtext(text), SIZE)
    return outline(re.sub(r"(\(|, ?|= |\\quad )- ?", r"\1{-}", text), SIZE)


def spaced(line: str) -> str:
    r"""A thin space between a factor and an operator's name, as TeX sets it.

    >>> spaced(r"y = 1.249 \max(0, x_{1} \tanh(z)) - \sin(x)")
    'y = 1.249 \\, \\max(0, x_{1} \\, \\tanh(z)) - \\sin(x)'
    """
    return OPERATOR.sub(r" \\, ", line)


def _draw(figure: Any, one: Outline, x: float, top: float, ink: str) -> None:
    """Put an outline where its left and upper edge are told, in points from below."""
    from matplotlib.patches import PathPatch
    from matplotlib.transforms import Affine2D

    place = Affine2D().translate(x, top - one.top).scale(1 / 72) + figure.dpi_scale_trans
    patch = PathPatch(one.path, facecolor=ink, linewidth=0, transform=place)
    figure.add_artist(patch)
