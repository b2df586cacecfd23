"""The drawing of a network: its weights and the means of its states, told by numpy."""

from typing import Any

import numpy as np
import pytest

import warpviz as wv
from tests.scenes import panel_of
from warpviz.errors import WarpvizError
from warpviz.film.insets.network import MOST_UNITS
from warpviz.picture.marks.network import LEVELS, Network, edges_at, lit_at
from warpviz.theme import THEMES

RINGS = wv.load_data("rings", n=120, seed=0)
NET = wv.mlp([2, 3, 4, 2], "relu", seed=1)


def network(chain: wv.Chain = NET, **options: Any) -> Network:
    drawn = panel_of(wv.animate(chain, RINGS, network=True, **options)).network
    assert drawn is not None
    return drawn


def against(state: Any) -> Any:
    """What a state's units are lit by."""
    return state.mean(axis=0) / np.sqrt((state**2).mean(axis=0)).max()


def test_units_are_lit_by_the_means_of_the_states() -> None:
    drawn = network()
    states = NET.logits().split().states(RINGS.x)
    assert drawn.stops == (0, 1, 1, 2, 2, 3)
    for stop, (column, state) in enumerate(zip(drawn.stops, states, strict=True)):
        np.testing.assert_allclose(drawn.columns[column].lit[stop], against(state), atol=1e-12)
    for number, units in enumerate(drawn.columns):
        own = [stop for stop, one in enumerate(drawn.stops) if one == number]
        assert not units.lit[: own[0]].any()
        assert (units.lit[own[-1] :] == units.lit[own[-1]]).all()


def test_between_stops_means_go_as_the_states_do() -> None:
    column = network().columns[1]
    middle = (column.lit[1] + column.lit[2]) / 2
    np.testing.assert_allclose(lit_at(column, 1, 0.5), middle, atol=1e-12)
    np.testing.assert_array_equal(lit_at(column, 4, 1.0), column.lit[5])


def test_one_unit_after_the_other_is_lit() -> None:
    column = network(one_by_one=True).columns[1]
    states = wv.animate(NET, RINGS, one_by_one=True)
    assert len(column.lit) == len(panel_of(states).stops)
    z, h = NET.logits().split().states(RINGS.x)[1:3]
    half = np.column_stack([h[:, :1], z[:, 1:]])
    np.testing.assert_allclose(column.lit[2], against(half), atol=1e-12)


def test_weights_have_their_signs_and_sizes() -> None:
    weights = [layer.weight for layer in NET if isinstance(layer, wv.Dense)]
    for bundle, weight in zip(network().bundles, weights, strict=True):
        shares = weight / np.abs(weight).max()
        assert len(bundle.sizes) == weight.size
        for (unit_in, unit_out), size in zip(bundle.ends, bundle.sizes, strict=True):
            share = shares[unit_out, unit_in]
            assert np.sign(size) == np.sign(share)
            assert (abs(size) - 1) / LEVELS < abs(share) <= abs(size) / LEVELS
        drawn = [end for _, ends in edges_at(network(), bundle) for end in ends]
        assert sorted(drawn) == sorted(map(tuple, bundle.ends.tolist()))


def test_a_residual_layer_shows_its_own_layers_and_the_way_around() -> None:
    rng = np.random.default_rng(0)
    inner = wv.Chain([
        wv.Dense(rng.normal(size=(5, 3)), np.zeros(5), "relu"),
        wv.Dense(rng.normal(size=(3, 5)), np.zeros(3)),
    ])  # fmt: skip
    first = wv.Dense(rng.normal(size=(3, 2)), np.zeros(3))
    chain = wv.Chain([first, wv.Residual(inner), wv.Residual(wv.Chain([wv.Activation("tanh")]))])
    drawn = network(chain)
    assert [len(column.places) for column in drawn.columns] == [2, 3, 5, 3, 3]
    assert [around.act for around in drawn.arounds] == [1, 2]
    (x0, y0), (x1, y1) = drawn.arounds[0].points[0], drawn.arounds[0].points[-1]
    assert x0 == drawn.columns[1].places[0, 0] and x1 == drawn.columns[3].places[0, 0]
    assert y0 == y1 and drawn.arounds[0].points[:, 1].min() < drawn.columns[2].places[0, 1]
    state = inner[:1](chain[:1](RINGS.x))
    np.testing.assert_allclose(drawn.columns[2].lit[2], against(state), atol=1e-12)
    np.testing.assert_allclose(drawn.columns[4].lit[3], against(chain(RINGS.x)), atol=1e-12)
    one_to_one = drawn.bundles[-1]
    assert (
        one_to_one.ends.tolist() == [[0, 0], [1, 1], [2, 2]] and (one_to_one.sizes == LEVELS).all()
    )


def test_what_acts_is_marked() -> None:
    drawn = network()
    across = [float(column.places[0, 0]) for column in drawn.columns]
    for k, t, left, right in (
        (0, 0.0, 0, 0), (0, 0.5, 0, 1), (1, 0.5, 1, 1), (2, 1.0, 2, 2), (4, 1.0, 3, 3),
    ):  # fmt: skip
        expected = (across[left] - drawn.radius, across[right] + drawn.radius)
        assert drawn.bar(k, t) == pytest.approx(expected)
    assert drawn.acting(0, 0.5) == (0, 1.0) and drawn.acting(3, 0.5)[0] == 3
    assert drawn.acting(2, 0.0) == (-1, 0.0)


def test_wide_layers_are_shortened() -> None:
    drawn = network(wv.mlp([2, 128, 2], "tanh", seed=0))
    assert [(len(one.places), one.cut, one.more) for one in drawn.columns] == [
        (2, False, ""), (MOST_UNITS, True, "128"), (2, False, ""),
    ]  # fmt: skip
    small = network(wv.mlp([2, 128, 2], "tanh", seed=0), size=(240, 180))
    assert 2 <= len(small.columns[1].places) <= MOST_UNITS


def test_a_palette_tells_signs_apart() -> None:
    film = wv.animate(NET, RINGS, network=True, size=(240, 180))
    colours = set(map(tuple, film.palette.tolist()))
    assert {THEMES["dark"].creases[0], THEMES["dark"].creases[3]} <= colours
    assert len(colours) == len(wv.animate(NET, RINGS, size=(240, 180)).palette)


def test_a_model_of_one_feature_has_one_too() -> None:
    x = np.linspace(-1, 1, 50)
    drawn = panel_of(wv.animate(wv.mlp([1, 3, 2], "tanh"), x, x > 0, network=True)).network
    assert drawn is not None and [len(one.places) for one in drawn.columns] == [1, 3, 2]


def test_films_of_other_kinds_refuse_it() -> None:
    with pytest.raises(WarpvizError, match="has no option network"):
        wv.animate([RINGS.x, 2 * RINGS.x], RINGS.y, network=True)
    with pytest.raises(WarpvizError, match="has no option network"):
        wv.animate_training(wv.train(NET, RINGS, epochs=2), RINGS, network=True)  # type: ignore[call-arg]
    assert panel_of(wv.animate(NET, RINGS)).network is None
