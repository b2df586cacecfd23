import math
from typing import Any

import numpy as np

from warpviz.data import Dataset, load_data
from warpviz.measure.columns import NETWORK_COLUMNS, STOP_COLUMNS
from warpviz.measure.known import Network
from warpviz.model import Activation, Chain, Dense, mlp

COLUMNS: dict[str, Any] = {**STOP_COLUMNS, **NETWORK_COLUMNS}


def test_every_column_says_what_it_is() -> None:
    assert len(COLUMNS) == len(STOP_COLUMNS) + len(NETWORK_COLUMNS), "a name in both tables"
    for name, column in COLUMNS.items():
        assert name == column.name and name.isidentifier() and name == name.lower()
        assert column.meaning.endswith(".") and column.group.isidentifier(), name
        assert column.kind in (float, int, bool, tuple), name


def test_values_are_of_their_kind_or_none() -> None:
    network = Network.of(mlp([2, 3, 2], "tanh", seed=0), load_data("moons", n=60))
    dead = Network.of(
        Chain([Dense(np.zeros((3, 2)), np.zeros(3), "relu"), Dense.of(3, 2)]),
        load_data("moons", n=60),
    )
    for known in (network, dead):
        found: list[tuple[Any, Any]] = []
        for stop in known.stops():
            found += [(column, column.of(stop)) for column in STOP_COLUMNS.values()]
        found += [(column, column.of(known)) for column in NETWORK_COLUMNS.values()]
        for column, value in found:
            if value is not None:
                assert isinstance(value, column.kind), (column.name, value)
                assert column.kind is not float or math.isfinite(value), (column.name, value)


def test_stops_are_the_states_of_the_split_chain() -> None:
    # |x|, as relu(x) and relu(-x): no line parts 0 from -1 and 1, and the fold alone does.
    chain = Chain([Dense(np.array([[1.0, 0.0], [-1.0, 0.0]]), np.zeros(2)), Activation("relu")])
    data = Dataset(np.array([[-1.0, 0.0], [0.0, 0.0], [1.0, 0.0]]), np.array([1, 0, 1]))
    stops = list(Network.of(chain, data).stops())
    assert [stop.separable for stop in stops] == [False, False, True]
    for k, stop in enumerate(stops):
        np.testing.assert_array_equal(stop.state, chain[:k](data.x))
