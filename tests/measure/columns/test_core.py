import math
from collections.abc import Callable

import numpy as np
import pytest

from warpviz.data import Dataset
from warpviz.geometry.straight.kinks import kinks
from warpviz.geometry.straight.pieces import subdivide
from warpviz.geometry.straight.polygons import Polygons
from warpviz.measure.columns import STOP_COLUMNS
from warpviz.measure.known import Network
from warpviz.model import Chain, Dense

CORNERS = Dataset(np.array([[-1.0, -1.0], [1.0, 1.0]]), np.array([0, 1]))
"""Points whose sheet is −1.1 … 1.1."""


def column(name: str, chain: Chain) -> list[object]:
    return [STOP_COLUMNS[name].value(stop) for stop in Network.of(chain, CORNERS).stops()]


@pytest.mark.parametrize("lines", [1, 2, 5, 12])
def test_lines_in_general_position_make_as_many_regions_as_they_can(lines: int) -> None:
    # Tangents of a small circle, no two parallel and no three through a point: all cross nearby.
    turn = (np.arange(lines) + 0.3) * math.pi / lines
    weight = np.array([np.cos(turn), np.sin(turn)]).T
    bias = 0.02 * np.sin(np.arange(lines) ** 2 + 1.0)
    chain = Chain([Dense(weight, bias, "relu")])
    assert column("regions", chain) == [1, 1, 1 + lines + math.comb(lines, 2)]
    assert column("regions_ratio", chain) == [1.0, 1.0, 1.0]


def test_folding_four_times_a_layer_makes_four_times_the_regions() -> None:
    # |2 |x| − 1| on either axis, by relu(± …): each layer folds the square along two lines.
    fold = Dense(np.array([[1.0, 0], [-1, 0], [0, 1], [0, -1]]), np.zeros(4), "relu")
    halves = np.array([[1.0, 1, 0, 0], [0, 0, 1, 1]])
    again = Dense(2 * fold.weight @ halves, -fold.weight @ np.full(2, 1.1), "relu")
    deeper = [Dense(again.weight, again.bias, "relu") for _ in range(3)]
    found = column("regions", Chain([fold, *deeper]))
    assert found[2::2] == [4, 16, 64, 256]
    # Of a hardtanh both bends of every unit count.
    assert column("regions_ratio", Chain([Dense(np.eye(2), np.zeros(2), "hardtanh")]))[-1] == 9 / 11


def of_many(drawn: Callable[[np.random.Generator], int], times: int) -> tuple[float, float]:
    """The mean of what is drawn, and four standard errors."""
    rng = np.random.default_rng(0)
    found = np.array([drawn(rng) for _ in range(times)])
    return float(found.mean()), 4 * float(found.std()) / math.sqrt(times)


def test_expected_breakpoints_of_a_layer_on_an_interval() -> None:
    # m (2/π) arctan(a σ_w / σ_b): −b/w is Cauchy.
    def drawn(rng: np.random.Generator) -> int:
        chain = Chain([Dense(rng.normal(size=(16, 1)), 0.5 * rng.normal(size=16), "relu")])
        places = kinks(chain, -1.0, 1.0)
        assert places is not None
        return len(places) - 2

    law = 16 * 2 / math.pi * math.atan(1 / 0.5)
    assert law == pytest.approx(11.277, abs=5e-4)
    mean, error = of_many(drawn, 600)
    assert mean == pytest.approx(law, abs=error) and error < 0.35


@pytest.mark.slow
def test_expected_regions_of_a_layer_in_a_disc() -> None:
    # A line meets the disc with the probability R / √(R² + γ²), two lines cross in it with
    # 1 − γ / √(R² + γ²), γ = σ_b / σ_w.
    turn = np.linspace(0, 2 * np.pi, 180, endpoint=False)
    disc = Polygons(
        np.column_stack([np.cos(turn), np.sin(turn)]), np.arange(180), np.array([0, 180])
    )

    def drawn(rng: np.random.Generator) -> int:
        pieces = subdivide(
            Chain([Dense(rng.normal(size=(8, 2)), rng.normal(size=8), "relu")]), disc
        )
        assert pieces is not None
        return len(pieces.polygons)

    law = 1 + 8 / math.sqrt(2) + math.comb(8, 2) * (1 - 1 / math.sqrt(2))
    assert law == pytest.approx(14.858, abs=5e-4)
    mean, error = of_many(drawn, 1200)
    assert mean == pytest.approx(law, abs=error) and error < 0.8


def test_areas_and_ranks_of_a_relu_of_both_axes() -> None:
    data = Dataset(np.array([[1.0, 1.0], [1.0, -1.0], [-1.0, 1.0], [-1.0, -1.0]]), np.arange(4) % 2)
    chain = Chain([Dense(3 * np.eye(2), np.zeros(2), "relu")])
    *_, last = Network.of(chain, data).stops()
    found = {name: STOP_COLUMNS[name].value(last) for name in STOP_COLUMNS}
    assert found["log_area"] == pytest.approx(math.log(9))
    assert found["collapsed"] == pytest.approx(0.75)
    assert [found[f"rank_{rank}"] for rank in range(3)] == [0.25, 0.5, 0.25]
