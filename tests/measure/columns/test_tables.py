import math
from typing import Any

import numpy as np
import pytest

from warpviz.data import Dataset, load_data
from warpviz.measure.columns import NETWORK_COLUMNS, STOP_COLUMNS, Column
from warpviz.measure.known import Network
from warpviz.model import Activation, Chain, Dense, mlp

COLUMNS: dict[str, Any] = {**STOP_COLUMNS, **NETWORK_COLUMNS}


def test_every_column_says_what_it_is() -> None:
    assert len(COLUMNS) == len(STOP_COLUMNS) + len(NETWORK_COLUMNS), "a name in both tables"
    for name, column in COLUMNS.items():
        assert name == column.name and name.isidentifier() and name == name.lower()
        assert column.meaning.endswith(".") and column.group.isidentifier(), name
        assert column.kind in (float, int, bool, tuple, list), name


def values(known: Network) -> list[tuple[Column[Any], Any]]:
    """Every column of every stop, and of the network."""
    stops = [(c, c.value(stop)) for stop in known.stops() for c in STOP_COLUMNS.values()]
    return stops + [(c, c.value(known)) for c in NETWORK_COLUMNS.values()]


def checked(known: Network) -> None:
    for column, value in values(known):
        if value is not None:
            assert isinstance(value, column.kind), (column.name, value)
            assert not isinstance(value, float) or math.isfinite(value), (column.name, value)


RNG = np.random.default_rng(0)
ODD = {
    "moons": load_data("moons", n=60),
    "two points": Dataset(np.array([[1.0, 2.0], [0.0, 1.0]]), np.array([0, 1])),
    "equal points": Dataset(np.tile([[1.0, 2.0], [0.0, 1.0]], (20, 1)), np.tile([0, 1], 20)),
    "one place": Dataset(np.tile([[1.0, 2.0]], (20, 1)), np.tile([0, 1], 10)),
    "a line": Dataset(np.linspace(0, 1, 60).reshape(-1, 1) * [1.0, 0.0], np.arange(60) % 2),
    "three classes": Dataset(RNG.normal(size=(60, 2)), np.arange(60) % 3),
    "one feature": Dataset(RNG.normal(size=(50, 1)), np.arange(50) % 2),
    "five features": Dataset(RNG.normal(size=(50, 5)), np.arange(50) % 2),
    "small": Dataset(RNG.normal(size=(40, 2)) * 1e-150, np.arange(40) % 2),
    "huge": Dataset(RNG.normal(size=(40, 2)) * 1e150, np.arange(40) % 2),
    "far away": Dataset(RNG.normal(size=(40, 2)) + 1e12, np.arange(40) % 2),
}


def tried(data: Dataset, *activations: str) -> None:
    """All columns of networks that are drawn, dead, saturated, and beyond float64."""
    for activation in activations:
        chain = mlp([data.x.shape[1], 3, 2, data.n_classes], activation, seed=0)
        for scale in (1.0, 0.0, 1e9, 1e120):
            scaled = [scale * array for array in chain.parameters()]
            checked(Network.of(chain.with_parameters(scaled), data))


@pytest.mark.many(quick=3)
@pytest.mark.parametrize("name", ODD)
def test_values_are_of_their_kind_or_none(name: str) -> None:
    tried(ODD[name], "relu", "step")


@pytest.mark.slow
def test_so_are_those_of_smooth_networks() -> None:
    tried(ODD["equal points"], "gelu", "sin")


def test_what_is_undefined_is_none() -> None:
    dead = Chain([Dense(np.zeros((3, 2)), np.zeros(3), "relu"), Dense.of(3, 2)])
    known = Network.of(dead, ODD["moons"])
    last = list(known.stops())[2]
    found = {name: column.value(last) for name, column in STOP_COLUMNS.items()}
    assert {name for name, value in found.items() if value is None} == {
        "fisher",
        "fuzziness",
        "log_area",
        "folded",
        "overlap",
        *("nc1", "nc2_lengths", "nc2_angles", "nc2_widest", "nc3", "nc4"),
        *("cka_input", "cka_before", "two_nn"),
    }
    assert found["separable"] is False and found["collapsed"] == 1.0
    assert (found["rank_0"], found["rank_1"], found["rank_2"]) == (1.0, 0.0, 0.0)
    assert found["length_factor"] == found["turning"] == found["crease_length"] == 0.0
    assert found["betti_0"] == (1, 1) and found["betti_1"] == (0, 0)
    assert NETWORK_COLUMNS["dead_units"].value(known) == 3


def test_a_sheet_that_no_layer_folds_does_not_lie_over_itself() -> None:
    # Square layers of tanh are one to one; steep ones press the sheet thinner than its squares.
    told = []
    for seed, scale in ((0, 1.0), (1, 2.0), (2, 3.0), (0, 6.0), (1, 9.0)):
        chain = mlp([2, 2, 2, 2, 2], "tanh", seed=seed)
        steep = chain.with_parameters([scale * array for array in chain.parameters()])
        *_, last = Network.of(steep, ODD["moons"]).stops()
        assert STOP_COLUMNS["folded"].value(last) == 0.0
        told.append(STOP_COLUMNS["overlap"].value(last))
    assert told[0] == pytest.approx(1.0, abs=1e-3) and None in told
    assert all(each is None or each == pytest.approx(1.0, abs=0.1) for each in told), told


def test_the_input_is_what_it_is() -> None:
    stop = next(iter(Network.of(mlp([2, 3, 2], "relu", seed=0), ODD["moons"]).stops()))
    expected = {"log_area": 0.0, "collapsed": 0.0, "rank_2": 1.0, "regions": 1, "overlap": 1.0}
    expected |= {"regions_ratio": 1.0, "folded": 0.0, "length_factor": 1.0, "turning": 0.0}
    expected |= {"crease_length": 0.0, "local_complexity": 0.0, "cka_input": 1.0}
    for name, value in expected.items():
        assert STOP_COLUMNS[name].value(stop) == pytest.approx(value, abs=1e-12), name
    assert STOP_COLUMNS["cka_before"].value(stop) is None


def test_stops_are_the_states_of_the_split_chain() -> None:
    # |x|, as relu(x) and relu(-x): no line parts 0 from -1 and 1, and the fold alone does.
    chain = Chain([Dense(np.array([[1.0, 0.0], [-1.0, 0.0]]), np.zeros(2)), Activation("relu")])
    data = Dataset(np.array([[-1.0, 0.0], [0.0, 0.0], [1.0, 0.0]]), np.array([1, 0, 1]))
    stops = list(Network.of(chain, data).stops())
    assert [stop.separable for stop in stops] == [False, False, True]
    for k, stop in enumerate(stops):
        np.testing.assert_array_equal(stop.state, chain[:k](data.x))
