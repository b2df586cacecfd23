from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from warpviz.own_theme import as_theme
from warpviz.studies.charts.chart import Chart, Line
from warpviz.studies.charts.drawing import drawn
from warpviz.studies.charts.figure import StudyFigure
from warpviz.theme import THEMES

X = np.array([0.0, 1.0, 10.0, 1000.0])


def line(name: str, middle: Any, runs: Any = None) -> Line:
    middle = np.asarray(middle, dtype=np.float64)
    return Line(name, X, middle, middle - 0.1, middle + 0.1, np.full(4, 9.0), runs)


def chart(kind: str, panels: int = 1) -> Chart:
    lines = (line("relu", [0.2, 0.4, 0.6, 0.9], np.arange(4)),
             line("$x$ _", [0.5, 0.5, 0.4, 0.3], np.arange(4, 8)))  # fmt: skip
    each = tuple((f"{k} units", lines) for k in range(panels))
    return Chart(kind, "epoch" if kind == "ribbon" else "loss", "fold", "activation", "", each,
                 labels=("epoch", "fold (share 0 … 1)"))  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("theme", THEMES)
def test_each_group_is_drawn_in_its_own_colour_on_the_themes_ground(
    theme: str, tmp_path: Path
) -> None:
    look = as_theme(theme)
    for kind in ("ribbon", "points", "scatter", "heat"):
        path = StudyFigure(chart(kind)).save(tmp_path / f"{kind}.png", theme=theme)
        pixels = np.asarray(Image.open(path).convert("RGB")).reshape(-1, 3)
        assert (pixels[0] == look.background).all()
        if kind != "heat":
            for colour in look.classes[:2]:
                near = np.abs(pixels.astype(int) - colour).max(axis=1) < 12
                assert near.sum() > 40, (kind, colour)


def test_axes_are_the_charts() -> None:
    figure = drawn(chart("ribbon", panels=4), as_theme("light"))
    axes = [each for each in figure.axes if each.get_visible()]
    assert [each.get_title() for each in axes] == [f"{k} units" for k in range(4)]
    assert axes[0].get_xscale() == "symlog" and axes[0].get_ylim() == pytest.approx((-0.04, 1.04))
    drawn_lines = axes[2].get_lines()
    np.testing.assert_array_equal(drawn_lines[0].get_xdata(), X)
    np.testing.assert_array_equal(drawn_lines[0].get_ydata(), [0.2, 0.4, 0.6, 0.9])
    (legend,) = figure.legends
    assert [text.get_text() for text in legend.get_texts()] == ["relu", r"\$x\$ _"]


def test_dots_of_chosen_networks_are_links_and_the_same_figure_is_the_same_text() -> None:
    figure = StudyFigure(chart("scatter"))
    text = figure.svg("dark", [2, 5])
    assert text.startswith("<svg") and text == figure.svg("dark", [2, 5])
    assert sorted(set(text.split('href="#run-')[k][0] for k in (1, 2))) == ["2", "5"]
    assert text.count("#run-") == 2 and "<script" not in text
