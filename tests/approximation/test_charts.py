"""Curves in films: where they lie, where they end, and what is said of dead networks."""

from typing import Any

import numpy as np
import pytest

import warpviz as wv
from warpviz.approximation.approximation import Approximation
from warpviz.approximation.dead_networks import dead_layer
from warpviz.approximation.figure import bucketed, draw_truth
from warpviz.approximation.learning import approximate
from warpviz.approximation.targets import Target, target_of
from warpviz.film.charts import SCALES
from warpviz.model.layers import Dense
from warpviz.picture.figure import FigureScene
from warpviz.theme import theme


def scene_of(*found: Approximation, **options: Any) -> FigureScene:
    film = wv.animate_approximation(list(found), size=(640, 320), fps=10, seconds=4, **options)
    assert isinstance(film.scene, FigureScene)
    return film.scene


def dead() -> Approximation:
    return approximate("exp", activation="relu", seed=7, steps=60)


@pytest.mark.slow
@pytest.mark.parametrize("look", ["dark", "light"])
def test_a_dead_network_is_drawn_where_it_is_and_named(look: str) -> None:
    found = dead()
    assert found.dead_layer == 3 and found(0.3) == 0.0
    film = wv.animate_approximation(found, size=(640, 320), theme=look)
    assert "and dead" in film.description
    scene = film.scene
    assert isinstance(scene, FigureScene)
    curve = scene.charts[0].curves[0]
    box = curve.inside
    assert box is not None
    last = curve.points[-1]
    # All of it inside the axes, level, and well below where the truth begins.
    assert np.ptp(last[:, 1]) < 1e-6 and box.y0 < last[0, 1] < box.y1
    pixels = film.frame(scene.acts - 1, 1.0).pixels.astype(int)
    colour = np.array(theme(look).classes[0])
    near = np.abs(pixels - colour).max(axis=2) < 90
    rows = np.flatnonzero(near[:, round(box.x0) + 30 : round(box.x1) - 30].mean(axis=1) > 0.9)
    # The curve's own row, and that of the marker nowhere: one line.
    upper = rows[rows < box.y1]
    assert len(upper) and np.abs(upper - last[0, 1]).max() <= 2


@pytest.mark.slow
def test_a_straight_line_has_no_corner_at_the_edge() -> None:
    found = approximate("exp", name="identity", activation="identity", steps=60, rate=0.02)
    curve = scene_of(found).charts[0].curves[0]
    for row in curve.points:
        chord = np.polyval(np.polyfit(row[:, 0], row[:, 1], 1), row[:, 0])
        np.testing.assert_allclose(row[:, 1], chord, atol=1e-6)


@pytest.mark.slow
def test_what_leaves_the_axes_is_cut_off_not_moved() -> None:
    found = approximate("1000 + sin(9*x)", layers=(6,), activation="identity", steps=60, rate=0.01)
    film = wv.animate_approximation(found, size=(640, 320), fps=10, seconds=4)
    scene = film.scene
    assert isinstance(scene, FigureScene)
    curve = scene.charts[0].curves[0]
    assert curve.inside is not None and (curve.points[0, :, 1] > curve.inside.y1).all()
    box = curve.inside
    rows = slice(round(box.y0) + 3, round(box.y1) - 3)
    columns = slice(round(box.x0) + 3, round(box.x1) - 3)
    still = scene.charts[0].backdrop[rows, columns]
    assert np.array_equal(film.frame(0, 0.0).pixels[rows, columns], still)


@pytest.mark.slow
def test_every_curve_of_a_film_ends_at_its_axes() -> None:
    found = [
        approximate("abs", name=name, layers=(4,), activation=name, steps=60)
        for name in ("relu", "sin")
    ]
    for scene in (scene_of(*found), scene_of(found[0])):
        assert all(c.inside is not None for chart in scene.charts for c in chart.curves)


@pytest.mark.slow
def test_below_stands_what_is_left() -> None:
    found = approximate("sin", layers=(6,), steps=300, rate=0.01)
    scene = scene_of(found, axes="linear")
    curve = scene.charts[1].curves[0]
    x = np.linspace(*found.target.limits, curve.points.shape[1])
    for k, row in ((0, curve.points[0]), (-1, curve.points[-1])):
        chain = found.run.chains()[0 if k == 0 else -1]
        rest = chain(x[:, None])[:, 0] - np.sin(x)
        slope, shift = np.polyfit(rest, row[:, 1], 1)
        np.testing.assert_allclose(row[:, 1], slope * rest + shift, atol=1e-4)
        assert slope < 0


@pytest.mark.slow
@pytest.mark.parametrize("scales", SCALES)
def test_the_axes_of_losses_are_as_asked(scales: str) -> None:
    found = approximate("abs", layers=(4,), steps=200, rate=0.01)
    curve = scene_of(found, axes=scales).charts[-1].curves[0]
    steps, losses = bucketed(found.run.losses)
    across, up = SCALES[scales]
    for axis, values, scale in ((0, steps, across), (1, losses, up)):
        told = np.log(values) if scale == "log" else values
        slope, shift = np.polyfit(told, curve.points[:, axis], 1)
        np.testing.assert_allclose(curve.points[:, axis], slope * told + shift, atol=1e-4)


@pytest.mark.slow
def test_a_loss_of_zero_leaves_a_logarithmic_axis_below() -> None:
    found = approximate("0*x", layers=(3,), activation="relu", seed=2, steps=40, rate=0.5)
    curve = scene_of(found, axes="loglog").charts[-1].curves[0]
    zero = found.run.losses == 0
    if zero.any() and not zero.all():
        assert curve.inside is not None and curve.points[-1, 1] > curve.inside.y1 + 1000
    with pytest.raises(wv.WarpvizError, match="did you mean 'loglog'"):
        wv.animate_approximation(found, axes="loglo")


def test_the_drawn_truth_of_a_step_jumps() -> None:
    from matplotlib.figure import Figure

    for target, gaps in ((target_of("step"), 1), (target_of("sign(sin(9*x))"), 6)):
        axes = Figure().subplots()
        draw_truth(target, axes, theme("dark"))
        y = np.asarray(axes.lines[0].get_ydata(), dtype=float)
        values = y[np.isfinite(y)]
        assert set(np.round(values, 12)) <= {-1.0, 0.0, 1.0}
        steps = np.diff(y)
        # Gaps, not slopes; sign(0) = 0 stands between two of them.
        assert np.nansum(np.abs(steps)) == 0
        assert np.isnan(y).sum() == gaps


def test_dead_and_alive() -> None:
    alive = wv.Chain([
        Dense(np.array([[1.0], [-1.0]]), np.array([-0.999, -2.0]), "relu"),
        Dense(np.array([[1.0, 1.0]]), np.zeros(1)),
    ])  # fmt: skip
    # A unit that answers on a thousandth of the limits answers.
    assert dead_layer(alive, (-1.0, 1.0)) is None and dead_layer(alive, (-1.0, 0.9)) == 1
    for activation in ("tanh", "leaky_relu:0.2", "identity", "gelu"):
        assert dead_layer(wv.mlp([1, 4, 1], activation, softmax=False), (-1.0, 1.0)) is None


def test_huge_values_are_drawn() -> None:
    target = Target("huge", (-1.0, 1.0), lambda x: 1e250 * x)
    found = Approximation("", target, approximate("abs", layers=(4,), steps=40).run)
    film = wv.animate_approximation(found, size=(320, 240))
    assert film.frame(0, 0.5).pixels.shape == (240, 320, 3)


@pytest.mark.slow
def test_no_ink_is_laid_outside_the_axes() -> None:
    # Curves that cross the axes on their way: a steep line over a flat truth.
    target = target_of("0.01*x")
    run = approximate("exp", layers=(4,), activation="identity", steps=40, rate=0.05).run
    film = wv.animate_approximation(Approximation("", target, run), size=(640, 320))
    scene = film.scene
    assert isinstance(scene, FigureScene)
    outside = np.ones((320, 640), dtype=bool)
    still = np.zeros((320, 640, 3), dtype=np.uint8)
    crosses = False
    for chart in scene.charts:
        x, y = chart.corner
        rows, columns, _ = chart.backdrop.shape
        still[y : y + rows, x : x + columns] = chart.backdrop
        for curve in chart.curves:
            box = curve.inside
            assert box is not None
            # Half a line's width may lie over a side, and the marker of the loss.
            room = 3 if curve.head is None else 12
            outside[
                round(box.y0) - room : round(box.y1) + room,
                round(box.x0) - room : round(box.x1) + room,
            ] = False
            heights = curve.points[..., 1]
            crosses |= bool((heights.min() < box.y0 - 9) or (heights.max() > box.y1 + 9))
    assert crosses
    for k in (0, scene.acts // 2, scene.acts - 1):
        assert np.array_equal(film.frame(k, 0.5).pixels[outside], still[outside])
