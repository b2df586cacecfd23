"""Plots of functions that are faster than the picture; the pixels themselves are asked."""

from pathlib import Path

import numpy as np
import pytest
from matplotlib.figure import Figure
from PIL import Image

import warpviz as wv
from warpviz.errors import WarpvizError
from warpviz.figures.function import plane_values, plot_function, save_plot
from warpviz.model.layers import Dense
from warpviz.theme import theme


def sine(*frequencies: float) -> wv.Chain:
    weight = np.array(frequencies)[:, None]
    return wv.Chain(
        [Dense(weight, np.zeros(len(weight)), "sin"), Dense(np.ones((1, len(weight))), np.zeros(1))]
    )


def rule(k: int, n_out: int, n_in: int, activation: str = "identity") -> Dense:
    """The documents' rule: weight[j, i] = 100 k + 10 j + i, bias[j] = 10 k + j, all from 1."""
    j, i = np.ogrid[1 : n_out + 1, 1 : n_in + 1]
    return Dense(
        (100 * k + 10 * j + i).astype(float), np.arange(1.0, n_out + 1) + 10 * k, activation
    )


DOCUMENTS = wv.Chain([rule(1, 4, 2, "sin"), rule(2, 4, 4, "sin"), rule(3, 2, 4)])


@pytest.mark.slow
@pytest.mark.parametrize("look", ["dark", "light"])
def test_a_thousand_periods_are_a_band_in_every_column_of_pixels(tmp_path: Path, look: str) -> None:
    path = save_plot(sine(1256.637), tmp_path / "s.png", limits=(0, 5), theme_name=look)
    with Image.open(path) as image:
        pixels = np.asarray(image.convert("RGB")).astype(int)
    colour = np.array(theme(look).classes[0])
    inked = np.abs(pixels - colour).max(axis=2) < 12
    columns = np.flatnonzero(inked.sum(axis=0) > 100)
    assert len(columns) > 0.75 * pixels.shape[1]
    assert (np.diff(columns) == 1).all()
    tall = inked[:, columns[2:-2]].sum(axis=0)
    # Nothing but the legend may lie over it.
    assert np.median(tall) > 0.75 * pixels.shape[0] and tall.min() > 0.65 * pixels.shape[0]


@pytest.mark.slow
def test_it_says_that_it_is_filled_and_where_one_can_see_the_wave_it_does_not() -> None:
    for limits, told in (((0.0, 5.0), True), ((0.0, 0.02), False)):
        axes = Figure().subplots()
        plot_function(sine(1256.637), axes, limits=limits)
        assert ("filled where it turns within a pixel" in axes.get_title("left")) is told


@pytest.mark.slow
def test_two_outputs_are_each_traced() -> None:
    chain = wv.Chain([Dense(np.array([[1.0], [5000.0]]), np.zeros(2), "sin")])
    axes = Figure().subplots()
    plot_function(chain, axes, limits=(0, 3))
    slow, fast = axes.lines
    assert np.isfinite(np.asarray(slow.get_ydata(), float)).all()
    assert np.isnan(np.asarray(fast.get_ydata(), float)).mean() > 0.5
    assert len(axes.collections) >= 1


@pytest.mark.slow
def test_a_plane_that_is_noise_is_refused_and_the_limits_that_are_named_show_it() -> None:
    with pytest.raises(WarpvizError, match="would look like noise; choose narrower") as error:
        plane_values(DOCUMENTS, (-1, 1, -1, 1), 1)
    named = str(error.value).rsplit(" ", 1)[1].rstrip(".")
    limits = [float(v) for v in named.split(",")]
    x, y, values = plane_values(DOCUMENTS, limits, 1)
    # Between the points it is what the colours say, seen on a grid of other points.
    u = np.random.default_rng(5).uniform(0, 1, (500, 2))
    points = np.array([x[0], y[0]]) + u * [np.ptp(x), np.ptp(y)]
    nearest = values[
        np.abs(y[:, None] - points[:, 1]).argmin(axis=0),
        np.abs(x[:, None] - points[:, 0]).argmin(axis=0),
    ]
    off = np.abs(DOCUMENTS(points)[:, 0] - nearest)
    assert np.quantile(off, 0.95) < 0.2 * np.ptp(values)


@pytest.mark.parametrize("frequency", [3.0, 60.0, 120.0])
def test_planes_get_as_many_points_as_they_need(frequency: float) -> None:
    chain = wv.Chain([Dense(np.array([[frequency, 0.0]]), np.zeros(1), "sin")])
    x, _, values = plane_values(chain, (-1, 1, -1, 1), 1)
    np.testing.assert_allclose(values[0], np.sin(frequency * x), atol=1e-12)
    between = np.random.default_rng(1).uniform(-1, 1, 3000)
    off = np.abs(np.interp(between, x, values[0]) - np.sin(frequency * between))
    assert np.quantile(off, 0.99) <= 2 / 24 * 1.1


@pytest.mark.parametrize("scale", [1e-4, 0.37, 1.0, 53.0, 0.0])
def test_the_levels_of_a_plane_are_round_numbers(scale: float) -> None:
    chain = wv.Chain([Dense(np.array([[scale, 0.3 * scale]]), np.array([0.1]), "tanh")])
    axes = Figure().subplots()
    plot_function(chain, axes)
    (drawn,) = axes.collections
    levels = np.asarray(drawn.levels)  # type: ignore[attr-defined]
    values = chain(np.random.default_rng(0).uniform(-1, 1, (500, 2)))
    assert levels[0] <= values.min() and values.max() <= levels[-1]
    step = levels[1] - levels[0]
    # Every level is a whole number of steps, and the step has two digits at most.
    np.testing.assert_allclose(levels / step, np.round(levels / step), atol=1e-4)
    assert float(f"{step:.1e}") == pytest.approx(step, rel=1e-6)
    ticks = list(axes.figure.axes[1].get_yticks())
    assert 1 <= len(ticks) <= 9 and set(ticks) <= set(levels)
