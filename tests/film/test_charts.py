"""Axes of losses, as matplotlib tells them."""

from typing import Any

import numpy as np
import pytest
from matplotlib.figure import Figure

from warpviz.errors import WarpvizError
from warpviz.film.charts import GENTLY, backdrop, check_scales, loss_axes
from warpviz.motion.framing import Box
from warpviz.theme import THEMES

DARK = THEMES["dark"]


def axes_of(epochs: list[float], losses: list[float], scales: str | None = None) -> Any:
    axes = Figure().add_subplot()
    loss_axes(axes, np.array(epochs), {"a": np.array(losses)}, DARK, scales=scales)
    return axes


@pytest.mark.parametrize(
    ("epochs", "across"),
    [([0, 50, 100], "linear"), ([0, 50, 101], "symlog"), ([0, 101, 100], "linear")],
)
def test_many_epochs_are_told_by_their_logarithm(epochs: list[float], across: str) -> None:
    assert GENTLY == 100
    axes = axes_of(epochs, [1.0, 0.9, 0.8])
    assert axes.get_xscale() == across
    assert axes.get_xlim() == (epochs[0], epochs[-1])


@pytest.mark.parametrize(
    ("losses", "up"),
    [
        ([1.0, 0.5, 0.19], "log"), ([1.0, 0.5, 0.21], "linear"), ([1.0, 0.1, 0.0], "linear"),
        ([1.0, np.nan, 0.1], "log"),
    ],
)  # fmt: skip
def test_losses_that_fall_far_are_told_by_their_logarithm(losses: list[float], up: str) -> None:
    assert axes_of([0, 1, 2], losses).get_yscale() == up


@pytest.mark.parametrize(
    ("name", "across", "up"),
    [("linear", "linear", "linear"), ("semilogx", "log", "linear"), ("semilogy", "linear", "log"),
     ("loglog", "log", "log")],
)  # fmt: skip
def test_names_are_those_of_matplotlibs_own_plots(name: str, across: str, up: str) -> None:
    axes = axes_of([1, 2, 3], [2.0, 1.0, 0.5], check_scales(name))
    assert (axes.get_xscale(), axes.get_yscale()) == (across, up)
    low, high = axes.get_ylim()
    assert low <= 0.5 and high > 2.0
    with pytest.raises(WarpvizError, match="did you mean 'loglog'"):
        check_scales("logleg")


def test_places_on_a_backdrop_are_where_matplotlib_drew_them() -> None:
    box = Box(100, 50, 400, 290)

    def dot(axes: Any) -> None:
        axes.set(xlim=(0, 10), ylim=(0, 4))
        axes.plot([7.5], [3.0], "s", color=(1, 0, 0), markersize=6, markeredgewidth=0)
        axes.set_title("a long title " * 3, loc="left")

    drawn = backdrop(box, DARK, dot, 14.0)
    assert drawn.corner == (100, 50) and drawn.pixels.shape == (240, 300, 3)
    (place,) = drawn.place(np.array([[7.5, 3.0]]))
    rows, columns = np.nonzero((drawn.pixels == (255, 0, 0)).all(axis=2))
    assert place == pytest.approx([100 + columns.mean() + 0.5, 50 + rows.mean() + 0.5], abs=1)
    # The axes' own corners are those of the box that lines end at.
    corners = drawn.place(np.array([[0.0, 0.0], [10.0, 4.0]]))
    inside = drawn.inside
    assert corners.ravel() == pytest.approx([inside.x0, inside.y1, inside.x1, inside.y0], abs=0.5)
    # A title that is too long is written smaller: its last letters stay inside.
    assert (drawn.pixels[:30, -2:] == DARK.background).all()
