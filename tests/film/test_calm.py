import numpy as np
import pytest

from tests.scenes import panel_of
from warpviz.data import make_data
from warpviz.film.build import animate
from warpviz.film.reel.animation import Animation
from warpviz.model import Chain, Dense, mlp
from warpviz.training.loop import train


def largest_step(animation: Animation) -> float:
    """How far a dot moves between neighbouring frames at most, over the panel's height."""
    panel = panel_of(animation)
    vertices, before, largest = len(panel.sheet.vertices), None, 0.0
    for moment in animation.timeline:
        points = panel.path.at(moment.k, moment.t)
        places, _ = panel.camera.project(points, moment.k, moment.t)
        dots = places[vertices:]
        if before is not None:
            largest = max(largest, float(np.hypot(*(dots - before).T).max()))
        before = dots
    return largest / panel.layout.box.height


@pytest.mark.slow
@pytest.mark.parametrize("widths", [(2, 100, 2), (2, 16, 16, 16, 2), (2, 3, 3, 2)], ids=str)
@pytest.mark.parametrize("activation", ["relu", "tanh"])
def test_no_dot_jumps_at_the_defaults(widths: tuple[int, ...], activation: str) -> None:
    data = make_data("rings", n=300)
    chain = train(mlp(widths, activation, seed=0), data, epochs=60).chain
    assert largest_step(animate(chain, data)) <= 0.06


@pytest.mark.many(quick=1)
@pytest.mark.parametrize("widths", [(2, 2, 1, 2, 2), (2, 5, 1, 2), (2, 1, 4, 4, 2)], ids=str)
@pytest.mark.parametrize("dead", [1, 2])
def test_no_dot_jumps_where_all_collapses_to_a_point(widths: tuple[int, ...], dead: int) -> None:
    chain = mlp(widths, "relu", seed=3)
    layers = list(chain)
    layer = layers[min(dead, len(layers) - 3)]
    assert isinstance(layer, Dense)
    # All units of one layer stay below zero.
    at = layers.index(layer)
    layers[at] = Dense(layer.weight, layer.bias - 4.0, layer.activation)
    assert largest_step(animate(Chain(layers), make_data("rings", n=100))) <= 0.06


@pytest.mark.many(quick=1)
@pytest.mark.parametrize(
    ("seed", "widths"),
    [(1008, (2, 1, 2, 4, 2)), (1041, (2, 4, 2, 2, 1, 2)), (1045, (2, 4, 1, 2, 2, 2))],
)
def test_no_dot_jumps_where_a_state_shrinks_to_almost_a_point(
    seed: int, widths: tuple[int, ...]
) -> None:
    rng = np.random.default_rng(seed)
    rng.integers(1, 5, rng.integers(2, 5))
    layers = [
        Dense(
            layer.weight * rng.choice([1, 3]),
            layer.bias + rng.normal(size=layer.bias.shape) - rng.choice([0, 1]),
            layer.activation,
        )
        if isinstance(layer, Dense)
        else layer
        for layer in mlp(widths, "relu", seed=seed - 1000)
    ]
    film = animate(Chain(layers), make_data("rings", n=60), size=(320, 240))
    assert largest_step(film) <= 0.06


@pytest.mark.slow
def test_seconds_that_are_asked_for_are_kept() -> None:
    data = make_data("rings", n=100)
    chain = mlp([2, 8, 8, 2], "tanh", seed=0)
    asked = animate(chain, data, seconds=1.0).timeline
    assert set(asked.lengths) == {1.0}
    assert len(asked) == 20 * asked.acts + 1
    calm = animate(chain, data).timeline
    assert all(length >= 1.0 for length in calm.lengths)
