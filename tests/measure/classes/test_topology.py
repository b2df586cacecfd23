import sys

import numpy as np
import pytest
from ripser import ripser

from warpviz.arrays import Floats
from warpviz.data import load_data
from warpviz.errors import WarpvizError
from warpviz.measure.classes.topology import _betti, betti_numbers, joined, landmarks, of_graph
from warpviz.model import Chain, Dense


def rings(seed: int) -> tuple[Floats, np.ndarray]:
    """A disc and a ring around it, points at random."""
    rng = np.random.default_rng(seed)
    labels, turn = np.repeat([0, 1], 250), rng.uniform(0, 2 * np.pi, 500)
    radius = np.where(labels == 0, 0.5 * np.sqrt(rng.random(500)), rng.uniform(0.8, 1.2, 500))
    return radius[:, None] * np.column_stack([np.cos(turn), np.sin(turn)]), labels


def square(seed: int) -> Dense:
    """A layer of tanh whose map is a turn, a shear and a shift: of full rank."""
    rng = np.random.default_rng(seed)
    turn = np.linalg.qr(rng.normal(size=(2, 2)))[0]
    return Dense(turn @ np.array([[1.3, 0.4], [0.0, 0.9]]), rng.normal(size=2) / 5, "tanh")


def test_layers_of_tanh_keep_the_rings_until_the_first_map_with_a_kernel() -> None:
    x, y = rings(0)
    kernel = Dense(np.array([[1.0, 0.5]]), np.zeros(1), "tanh")
    *kept, flat = Chain([square(1), square(2), kernel]).states(x)
    assert [betti_numbers(state, y) for state in kept] == [((1, 1), (0, 1))] * 3
    assert betti_numbers(flat, y) == ((1, 1), (0, 0))


@pytest.mark.many(quick=1)
@pytest.mark.parametrize("width", [2, 5])
def test_the_numbers_are_those_of_another_program(width: int) -> None:
    rng = np.random.default_rng(width)
    for _ in range(3):
        x = rng.normal(size=(120, width)) * rng.random(width)
        # As round as a ball before, so that the graph of the points is that of `betti_numbers`.
        x = x - x.mean(axis=0)
        values, axes = np.linalg.eigh(np.cov(x.T, bias=True))
        near = joined(x @ axes / np.sqrt(values))
        distance = np.where(near, 1.0, 9.0)
        np.fill_diagonal(distance, 0.0)
        diagrams = ripser(distance, distance_matrix=True, thresh=2.0, maxdim=1)["dgms"]
        expected = tuple((int(np.isinf(each[:, 1]).sum()),) for each in diagrams)
        assert betti_numbers(x, np.zeros(120, dtype=int)) == expected


@pytest.mark.parametrize("seed", range(6))
def test_graphs_of_few_edges_against_another_program(seed: int) -> None:
    # So few that no triangle, no ring or no edge may be left.
    rng = np.random.default_rng(seed)
    near = np.triu(rng.random((12, 12)) < 0.05 * seed, 1)
    near = near | near.T
    distance = np.where(near, 1.0, 9.0)
    np.fill_diagonal(distance, 0.0)
    diagrams = ripser(distance, distance_matrix=True, thresh=2.0, maxdim=1)["dgms"]
    assert of_graph(near) == tuple(int(np.isinf(each[:, 1]).sum()) for each in diagrams)


def test_landmarks_lie_evenly_whatever_the_pattern() -> None:
    # A lattice whose rows are twenty times denser than its columns.
    rows = np.stack(np.meshgrid(np.arange(20) / 20, np.arange(400) / 400), -1).reshape(-1, 2)
    chosen = landmarks(rows)
    distance = np.linalg.norm(chosen[:, None] - chosen, axis=2) + 9 * np.eye(len(chosen))
    cover = np.linalg.norm(rows[:, None] - chosen, axis=2).min(axis=1).max()
    # Farthest points are a net: none nearer to another than the farthest point is to all of them.
    assert len(chosen) == 150 and distance.min() >= cover - 1e-12
    assert landmarks(chosen) is chosen
    assert betti_numbers(rows, np.zeros(len(rows), dtype=int)) == ((1,), (0,))


def test_the_data_sets_are_what_they_look_like() -> None:
    for name, expected in (("rings", ((1, 1), (0, 1))), ("moons", ((1, 1), (0, 0)))):
        data = load_data(name)
        assert betti_numbers(data.x, data.y) == expected, name


def test_joined_are_neighbours_and_their_neighbours(monkeypatch: pytest.MonkeyPatch) -> None:
    from warpviz.measure.classes import topology

    monkeypatch.setattr(topology, "NEIGHBOURS", 2)
    near = joined(np.arange(7.0)[:, None])
    # The ends' two neighbours are both on one side.
    expected = np.abs(np.subtract.outer(np.arange(7), np.arange(7)))
    assert near[3].tolist() == [True, True, True, False, True, True, True]
    assert not near[0, 5] and not near.diagonal().any() and (near == near.T).all()
    assert (expected[near] <= 4).all()


def test_points_that_are_few_or_equal() -> None:
    assert betti_numbers(np.ones((9, 3)), np.repeat([0, 4], [1, 8])) == ((1, 1), (0, 0))
    assert betti_numbers(np.array([[0.0], [1.0]]), np.zeros(2, dtype=int)) == ((1,), (0,))
    apart = np.repeat([0.0, 1e9], 60)[:, None] + np.random.default_rng(0).random((120, 1))
    assert betti_numbers(apart, np.zeros(120, dtype=int)) == ((2,), (0,))


def test_without_gudhi_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "gudhi", None)
    with pytest.raises(WarpvizError, match=r"need gudhi; install it with: pip install"):
        betti_numbers(np.random.default_rng(0).random((9, 2)), np.zeros(9, dtype=int))


def test_a_class_that_is_one_point_is_one_piece() -> None:
    assert _betti(np.zeros((0, 2))) == (0, 0) and _betti(np.ones((9, 2))) == (1, 0)
    # One but for rounding, and two.
    near = np.array([[0.1 + 0.2, 1.0], [0.3, 1.0]])
    assert len(np.unique(near, axis=0)) == 2 and _betti(near) == (1, 0)
