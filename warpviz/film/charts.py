"""Charts for films: matplotlib draws what stands still, and tells where places are on it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from warpviz.arrays import Floats, Pixels
from warpviz.colour import Colour
from warpviz.figures.letters import with_letters
from warpviz.figures.settings import settled
from warpviz.figures.style import dress, rgb
from warpviz.languages.language import ENGLISH, Language
from warpviz.motion.framing import Box
from warpviz.names import unknown_name
from warpviz.picture.figure import Chart, Curve
from warpviz.picture.marks.still import Ground, Still
from warpviz.theme import Theme

DPI = 100
GENTLY = 100
"""From so many epochs on their axis is logarithmic: most is learnt in the first few."""


SCALES = {
    "linear": ("linear", "linear"),
    "semilogx": ("log", "linear"),
    "semilogy": ("linear", "log"),
    "loglog": ("log", "log"),
}
"""Name → the scales of steps and of losses."""


def check_scales(name: str) -> str:
    """Refuse a name that `SCALES` does not have."""
    if name not in SCALES:
        raise unknown_name("kind of axes", name, SCALES)
    return name


@dataclass(frozen=True, eq=False)
class Backdrop:
    """A chart that stands still.

    Attributes:
        corner: x, y of its top left corner in the whole picture.
        pixels: (h, w, 3).
        place: from data (N, 2) to pixels of the whole picture, y downwards.
        inside: the axes, in pixels of the whole picture.
        still: the same as the pixels, as vectors.
    """

    corner: tuple[int, int]
    pixels: Pixels
    place: Callable[[Floats], Floats]
    inside: Box
    still: Still

    def chart(self, curves: Sequence[Curve], ground: Ground | None = None) -> Chart:
        """The chart on which curves move, on a ground if it has one."""
        return Chart(self.corner, self.pixels, tuple(curves), self.inside, self.still, ground)


@settled({})
def backdrop(
    box: Box,
    theme: Theme,
    draw: Callable[[Any], None],
    em: float,
    right: float = 1.0,
    top: float = 2.6,
    bottom: float = 3.4,
) -> Backdrop:
    """Draw axes into a box.

    Args:
        box: of the whole picture, in pixels.
        theme: the colours.
        draw: gets matplotlib's axes, dressed in the theme.
        em: size of the words, in pixels.
        right: room at the right of the axes, in em.
        top: room above them, in em.
        bottom: room below them, in em.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    from warpviz.figures.recorded import recorded

    width, height = round(box.width), round(box.height)
    figure = Figure((width / DPI, height / DPI), dpi=DPI, facecolor=rgb(theme.background))
    canvas: Any = FigureCanvasAgg(figure)
    left = 4.2 * em
    axes = figure.add_axes(
        (
            left / width,
            bottom * em / height,
            max(1 - (left + right * em) / width, 0.1),
            max(1 - (bottom + top) * em / height, 0.1),
        )
    )
    dress(axes, theme)
    points = 72 * em / DPI
    axes.tick_params(which="both", labelsize=0.8 * points, colors=rgb(theme.muted))
    draw(axes)
    with_letters(figure)
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
    if theme.transparent:
        for ground in (figure.patch, axes.patch):
            ground.set_alpha(0.0)
        canvas.draw()
        pixels = np.asarray(canvas.buffer_rgba()).copy()
    transform: Any = axes.transData.frozen()
    x, y = round(box.x0), round(box.y0)

    def place(data: Floats) -> Floats:
        there = transform.transform(np.asarray(data, dtype=np.float64))
        return np.column_stack([there[:, 0] + x, height - there[:, 1] + y])

    sides = axes.get_window_extent(canvas.get_renderer())
    left, right = x + float(sides.x0), x + float(sides.x1)
    inside = Box(left, y + height - float(sides.y1), right, y + height - float(sides.y0))
    return Backdrop((x, y), pixels, place, inside, recorded(figure, axes, (x, y)))


def loss_axes(
    axes: Any,
    epochs: Floats,
    curves: dict[str, Floats],
    theme: Theme,
    title: str | None = None,
    scales: str | None = None,
    inks: Sequence[Colour] = (),
    say: Language = ENGLISH,
) -> None:
    """Losses over epochs, faint: what has been learnt is drawn over it as the film goes on.

    Args:
        axes: matplotlib's.
        epochs: (E,).
        curves: losses (E,) by name.
        theme: the colours.
        title: over the axes; None is that these are losses.
        scales: a name of `SCALES`; None takes what shows most.
        inks: a colour each; () are those of the classes.
        say: the language.
    """
    from matplotlib.ticker import FuncFormatter, LogLocator, NullFormatter

    every = np.concatenate(list(curves.values()))
    every = every[np.isfinite(every)]
    positive = every[every > 0]
    for number, (name, losses) in enumerate(curves.items()):
        colour = rgb((inks or theme.classes)[number % len(inks or theme.classes)])
        axes.plot(epochs, losses, color=colour, alpha=0.3, linewidth=1.2, label=name)
    falls = len(positive) == len(every) and positive.max() > 5 * positive.min()
    gently = "symlog" if epochs[-1] > GENTLY else "linear"
    across, up = (gently, "log" if falls else "linear") if scales is None else SCALES[scales]
    # A loss of 0 has no place on a logarithmic axis: the curve leaves it below.
    if up == "log" and len(positive):
        low, high = float(positive.min()), float(positive.max())
        axes.set_yscale("log")
        if scales is not None:
            axes.set_ylim(low / 1.5, high * 1.5)
        subs = (1.0,) if high > 300 * low else (1.0, 2.0, 5.0)
        axes.yaxis.set_major_locator(LogLocator(subs=subs, numticks=8))
        axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
        axes.yaxis.set_minor_formatter(NullFormatter())
    elif scales is not None:
        axes.set_ylim(0.0, 1.05 * float(every.max()) or 1.0)
    if across != "linear":
        axes.set_xscale(across, **({"linthresh": 1} if across == "symlog" else {}))
        axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
    axes.set_xlim(epochs[0], max(epochs[-1], epochs[0] + 1))
    axes.set_xlabel(say("epoch"))
    axes.set_title(say("loss") if title is None else title, loc="left", color=rgb(theme.text))
    axes.grid(True, color=rgb(theme.muted), alpha=0.18, linewidth=0.6)
