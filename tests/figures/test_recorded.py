"""What matplotlib draws, kept as shapes and words: they stand where its pixels have them."""

from typing import Any

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from warpviz.figures.recorded import recorded
from warpviz.picture.marks.still import Shape, Still, Word

GREEN = (0, 128, 0)


@pytest.fixture(scope="module")
def drawn() -> tuple[Any, Any, Still, Any]:
    """A figure of 300×200 pixels, its axes, what was recorded of it, and its pixels."""
    figure = Figure((3.0, 2.0), dpi=100)
    canvas: Any = FigureCanvasAgg(figure)
    axes = figure.add_axes((0.2, 0.2, 0.7, 0.6))
    axes.set(xlim=(0, 10), ylim=(1, 1000), yscale="log", title="words", xlabel="$x^2$")
    axes.plot([0, 10], [10, 100], color="green", linewidth=2.88, alpha=0.5, label="line")
    axes.scatter([2, 4, 6], [10, 20, 30], color="red", s=30)
    axes.fill([1, 2, 2, 1], [2, 2, 4, 4], color="blue")
    axes.axvline(5, linestyle="--", color="black")
    axes.legend(loc="upper left")
    canvas.draw()
    before = np.asarray(canvas.buffer_rgba()).copy()
    still = recorded(figure, axes, (100, 50))
    canvas.draw()
    np.testing.assert_array_equal(before, np.asarray(canvas.buffer_rgba()))
    return figure, axes, still, before


def shapes(still: Still) -> list[Shape]:
    return [mark for mark in still.marks if isinstance(mark, Shape)]


def test_a_line_goes_where_the_axes_have_it(drawn: tuple[Any, Any, Still, Any]) -> None:
    _, _, still, _ = drawn
    (line,) = (one for one in shapes(still) if one.line == GREEN and one.part == "data")
    # Axes from 60 to 270 and, from below, 40 to 160; 10 and 100 of 1 … 1000 are thirds of it.
    np.testing.assert_allclose(line.points, [[160, 170], [370, 130]], atol=1e-6)
    assert line.width == pytest.approx(4.0) and line.opacity[1] == 0.5 and line.fill is None
    assert line.inside is not None
    assert [line.inside.x0, line.inside.y0, line.inside.x1, line.inside.y1] == pytest.approx(
        [160, 90, 370, 210]
    )


def test_dots_are_one_outline_and_its_places(drawn: tuple[Any, Any, Still, Any]) -> None:
    _, _, still, _ = drawn
    (dots,) = (one for one in shapes(still) if one.fill == (255, 0, 0))
    assert dots.places is not None and len(dots.places) == 3
    np.testing.assert_allclose(dots.places[:, 0], [202, 244, 286])
    # 30 points squared: a circle about (0, 0) of that area, 100/72 pixels a point.
    radius = np.sqrt(30) / 2 * 100 / 72
    np.testing.assert_allclose(np.hypot(*dots.points.T).max(), radius, rtol=0.02)


def test_fillings_dashes_and_ticks(drawn: tuple[Any, Any, Still, Any]) -> None:
    _, _, still, _ = drawn
    (block,) = (one for one in shapes(still) if one.fill == (0, 0, 255))
    np.testing.assert_allclose(sorted({*block.points[:, 0].tolist()}), [181, 202])
    (dashed,) = (one for one in shapes(still) if one.dashes)
    assert dashed.points[0, 0] == pytest.approx(265)
    ticks = [one for one in shapes(still) if one.places is not None and len(one.points) == 2]
    assert {160.0, 202.0, 370.0} <= {
        float(one.places[0, 0].round(6)) for one in ticks if one.places is not None
    }


def test_words_are_words_and_formulas_are_outlines(drawn: tuple[Any, Any, Still, Any]) -> None:
    _, _, still, _ = drawn
    words = {mark.text: mark for mark in still.marks if isinstance(mark, Word)}
    title = words["words"]
    assert title.align == 0.5 and title.at[0] == pytest.approx(265, abs=0.5)
    assert title.size == pytest.approx(12 * 100 / 72) and title.at[1] < 90
    assert words["line"].part == "key" and title.part == ""
    assert words["8"].part == "axis"
    assert "$x^2$" not in words and any(len(one.points) > 20 for one in shapes(still))


def test_scales_are_the_axes_own(drawn: tuple[Any, Any, Still, Any]) -> None:
    figure, axes, still, _ = drawn
    across, up = still.scales
    assert (across.kind, across.low, across.high) == ("linear", 0, 10)
    assert (up.kind, up.low, up.high) == ("log", 1, 1000)
    axes.set_xscale("symlog", linthresh=2, linscale=0.5)
    across, _ = recorded(figure, axes, (0, 0)).scales
    assert (across.kind, across.straight, across.stretch) == ("symlog", 2, 0.5)
