"""Loss landscapes as stills, in files."""

import os
from functools import partial
from io import BytesIO
from pathlib import Path
from textwrap import fill
from typing import Any

import numpy as np

from warpviz.errors import WarpvizError
from warpviz.figures.files import save_figure
from warpviz.figures.style import dress, rgb
from warpviz.landscapes.ground import draw_landscape, draw_surface
from warpviz.landscapes.heights import Heights
from warpviz.landscapes.paths import legend_for
from warpviz.languages.language import ENGLISH, Language, language_of
from warpviz.own_theme import ThemeLike, as_theme
from warpviz.theme import Theme

KINDS = ("contours", "surface")
POINTS = 10
"""Size of the words, and"""
EM = 0.0289
"""that in parts of the picture's height; and"""
SMALLEST = 11.0
"""their least, in pixels."""
NO_BREAK = "\N{NO-BREAK SPACE}"


def save_landscape(
    land: Heights,
    path: str | os.PathLike[str],
    *,
    kind: str = "contours",
    theme_name: ThemeLike = "light",
    fit: bool = False,
    size: tuple[int, int] | None = None,
    language: str = "en",
) -> Path:
    """Draw a landscape into a .svg, .pdf or .png.

    Args:
        land: what to draw.
        path: the file.
        kind: one of `KINDS`.
        theme_name: a theme, see `as_theme`.
        fit: draw the line that was fitted beside it, over exp; for the line's landscape.
        size: in pixels; None is 900×720, wider with the fit.
        language: of its words.

    Raises:
        WarpvizError: for another suffix or kind, or a path that cannot be written.
    """
    check_kind(kind)
    say = language_of(language)
    size = size or ((1560, 720) if fit else (900, 720))
    look = as_theme(theme_name)
    make = partial(_figure, land, look, kind, fit, size, say)
    return save_figure(make, path, transparent=look.transparent)


def plotted(land: Heights) -> bytes:
    """A landscape's contours as a PNG, for notebooks."""
    file = BytesIO()
    still = _figure(land, as_theme("light"), "contours", False, (640, 520), ENGLISH)
    still.savefig(file, format="png")
    return file.getvalue()


def _figure(
    land: Heights, colours: Theme, kind: str, fit: bool, size: tuple[int, int], say: Language
) -> Any:
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    columns = 2 if fit else 1
    width, height = size
    em = max(SMALLEST, min(EM * height, 0.8 * EM * width / columns))
    # All that is measured in points grows with the picture, never below what can be read.
    dpi = 72 * em / POINTS
    back = rgb(colours.background)
    figure = Figure((width / dpi, height / dpi), dpi, facecolor=back, layout="constrained")
    FigureCanvasAgg(figure)
    surface = kind == "surface"
    axes = figure.add_subplot(1, columns, 1, projection="3d" if surface else None)
    dress(axes, colours)
    legend = legend_for(width / columns / em, height / em)
    title = (
        ""
        if legend == "none"
        else wrapped(say(land.what), width / (1 if surface else columns) / em)
    )
    style: Any = {"color": rgb(colours.text), "fontsize": 0.9 * POINTS}
    if surface:
        # Axes in 3-D stand in the middle of a tall picture, and so would their title.
        figure.suptitle(title, **style)
        high = 0.5 + 1.3 * (1 + title.count("\n"))
        side = min(width / columns, height) / em
        draw_surface(land, axes, side, legend=legend, below=1.0 - high * em / height, say=say)
    else:
        draw_landscape(land, axes, legend=legend, say=say)
        axes.set_title(title, **style)
    if fit:
        beside = figure.add_subplot(1, columns, 2)
        dress(beside, colours)
        draw_line(land, beside, colours, narrow=legend != "long")
    return figure


def wrapped(words: str, room: float) -> str:
    """Words in lines that fit into so many em, and of about one length; "76 %" stays whole."""
    words = words.replace(" %", NO_BREAK + "%")
    letters = max(room / 0.56, 12.0)
    lines = max(1, int(np.ceil(len(words) / letters)))
    even = fill(words, max(int(np.ceil(1.15 * len(words) / lines)), 12), break_long_words=False)
    fits = all(len(line) <= letters for line in even.splitlines())
    broken = even if fits else fill(words, int(letters), break_long_words=False)
    return broken.replace(NO_BREAK, " ")


def check_kind(kind: str) -> None:
    """Refuse a kind of still that there is not.

    Raises:
        WarpvizError: for such a name.
    """
    if kind not in KINDS:
        raise WarpvizError(f"kind expects {' or '.join(KINDS)}, got '{kind}'.")


def draw_line(
    land: Heights, axes: Any, colours: Theme, *, learnt: bool = True, narrow: bool = False
) -> None:
    """Draw exp, and the line that was fitted to it, into matplotlib's axes."""
    x = np.linspace(0.0, 1.0, 100)
    axes.plot(x, np.exp(x), "--", color=rgb(colours.muted), label="exp(x)")
    if learnt:
        weight, bias = next(iter(land.paths.values()))[-1]
        told = f"{weight:.3f} x{chr(10) if narrow else ' '}+ {bias:.3f}"
        axes.plot(x, weight * x + bias, color=rgb(colours.classes[0]), label=told)
    axes.set_xlim(0, 1)
    axes.set_ylim(-0.2, 3.0)
    axes.set_xlabel("x")
    axes.legend(
        frameon=False, labelcolor="linecolor", loc="upper left", handlelength=1.0,
        handletextpad=0.5, borderaxespad=0.2,
    )  # fmt: skip
