"""Charts for films: matplotlib draws what stands still, and tells where places are on it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from warpviz.arrays import Floats, Pixels
from warpviz.figures.style import dress, rgb
from warpviz.motion.framing import Box
from warpviz.theme import Theme

DPI = 100
GENTLY = 100
"""From so many epochs on their axis is logarithmic: most is learnt in the first few."""


@dataclass(frozen=True, eq=False)
class Backdrop:
    """A chart that stands still.

    Attributes:
        corner: x, y of its top left corner in the whole picture.
        pixels: (h, w, 3).
        place: from data (N, 2) to pixels of the whole picture, y downwards.
    """

    corner: tuple[int, int]
    pixels: Pixels
    place: Callable[[Floats], Floats]


def backdrop(
    box: Box,
    theme: Theme,
    draw: Callable[[Any], None],
    em: float,
    right: float = 1.0,
    top: float = 2.6,
) -> Backdrop:
    """Draw axes into a box.

    Args:
        box: of the whole picture, in pixels.
        theme: the colours.
        draw: gets matplotlib's axes, dressed in the theme.
        em: size of the words, in pixels.
        right: room at the right of the axes, in em, and
        top: above them.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    width, height = round(box.width), round(box.height)
    figure = Figure((width / DPI, height / DPI), dpi=DPI, facecolor=rgb(theme.background))
    canvas: Any = FigureCanvasAgg(figure)
    left, bottom, above = 4.2 * em, 3.4 * em, top * em
    axes = figure.add_axes(
        (
            left / width,
            bottom / height,
            max(1 - (left + right * em) / width, 0.1),
            max(1 - (bottom + above) / height, 0.1),
        )
    )
    dress(axes, theme)
    points = 72 * em / DPI
    axes.tick_params(which="both", labelsize=0.8 * points, colors=rgb(theme.muted))
    draw(axes)
    for label in (axes.xaxis.label, axes.yaxis.label):
        label.set_fontsize(0.9 * points)
    title = axes.set_title(
        axes.get_title("left"), loc="left", fontsize=points, color=rgb(theme.text)
    )
    room = width - left - 0.3 * em
    letters = points
    while title.get_window_extent(canvas.get_renderer()).width > room and letters > 5:
        letters *= 0.94
        title.set_fontsize(letters)
    canvas.draw()
    pixels = np.asarray(canvas.buffer_rgba())[:, :, :3].copy()
    transform: Any = axes.transData.frozen()
    x, y = round(box.x0), round(box.y0)

    def place(data: Floats) -> Floats:
        there = transform.transform(np.asarray(data, dtype=np.float64))
        return np.column_stack([there[:, 0] + x, height - there[:, 1] + y])

    return Backdrop((x, y), pixels, place)


def loss_axes(
    axes: Any, epochs: Floats, curves: dict[str, Floats], theme: Theme, title: str = "loss"
) -> None:
    """Losses over epochs, faint: what has been learnt is drawn over it as the film goes on."""
    from matplotlib.ticker import FuncFormatter, LogLocator, NullFormatter

    every = np.concatenate(list(curves.values()))
    positive = every[every > 0]
    for number, losses in enumerate(curves.values()):
        colour = rgb(theme.classes[number % len(theme.classes)])
        axes.plot(epochs, losses, color=colour, alpha=0.3, linewidth=1.2)
    if len(positive) == len(every) and positive.max() > 5 * positive.min():
        axes.set_yscale("log")
        subs = (1.0,) if positive.max() > 300 * positive.min() else (1.0, 2.0, 5.0)
        axes.yaxis.set_major_locator(LogLocator(subs=subs, numticks=8))
        axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
        axes.yaxis.set_minor_formatter(NullFormatter())
    if epochs[-1] > GENTLY:
        axes.set_xscale("symlog", linthresh=1)
        axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
    axes.set_xlim(epochs[0], max(epochs[-1], epochs[0] + 1))
    axes.set_xlabel("epoch")
    axes.set_title(title, loc="left", color=rgb(theme.text))
    axes.grid(True, color=rgb(theme.muted), alpha=0.18, linewidth=0.6)
