"""How long unit vectors are drawn, where they start, and what is told of them, by hand."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

import warpviz as wv
from tests.scenes import panel_of
from warpviz.film.insets.basis import _feet, _lengths, _told
from warpviz.film.options import Staging
from warpviz.film.play import Play
from warpviz.languages.language import ENGLISH
from warpviz.motion.trajectory import Trajectory


def seen(points: Any) -> Any:
    return SimpleNamespace(path=SimpleNamespace(keyframes=[np.asarray(points, dtype=float)]))


@pytest.mark.parametrize(
    ("reach", "lengths"),
    [
        (1.0, [1.0, 0.2, 0.1, 0.05]), (10.0, [1.0, 2.0, 1.0, 0.5]), (10.1, [2.0, 1.0]),
        (20.0, [5.0, 2.0, 1.0]), (100.0, [20.0, 10.0, 5.0]), (0.03, [1.0, 0.01, 0.005, 0.002]),
        (0.0, [1.0]),
    ],
)  # fmt: skip
def test_lengths_are_one_and_then_round_ones(reach: float, lengths: list[float]) -> None:
    assert [*_lengths(seen([[0, 0, 0], [reach, reach / 2, 0]]), 0)][: len(lengths)] == lengths


def test_vectors_start_at_the_origin_or_amid_the_sheet_and_on_it() -> None:
    first, second = _feet(seen([[5, 5, 0], [9, 5, 0], [6.5, 6.9, 0], [5, 9, 0]]), 0, 2)
    assert first.tolist() == [0, 0] and second.tolist() == [6.5, 6.9]


@pytest.mark.parametrize(
    ("weight", "before", "behind"),
    [
        ([[2.0, 0.0], [0.0, 3.0]], "det = ", ""), ([[1.0], [2.0]], "length = ", ""),
        ([[1, 0], [0, 1], [1, 1]], "area = ", ""), ([[1, 1, 1]], "volume = ", ", rank 3 → 1"),
        ([[1, 1, 1], [2, 2, 2]], "volume = ", ", rank 3 → 1"),
        ([[1.0, 2.0]], "area = ", ", rank 2 → 1"),
    ],
)  # fmt: skip
def test_what_vectors_span_is_told_with_its_number(weight: Any, before: str, behind: str) -> None:
    matrix = np.array(weight, dtype=float)
    n_out, n_in = matrix.shape
    frames = np.zeros((2, 1 + n_in, 3))
    frames[0, 1:, :n_in], frames[1, 1:, :n_out] = 0.5 * np.eye(n_in), 0.5 * matrix.T
    path = Trajectory(frames, np.array([n_in, n_out]))
    told = _told(path, 0.5, matrix, ENGLISH)
    assert (told.before, told.behind, told.times, told.length) == (before, behind, "0.5·", 0.5)
    size = np.sqrt(np.linalg.det(matrix.T @ matrix)) if n_out >= n_in else 0.0
    assert told.end == pytest.approx(size) and told.square == (n_in == n_out)
    assert _told(path, 1.0, matrix, ENGLISH).times == ""


@pytest.mark.parametrize(
    ("size", "digits"),
    [(12.0, 2), (1.0, 2), (0.11, 2), (0.09, 3), (0.0012, 4), (2e-5, 6), (2e-6, 6), (9e-7, 2)],
)
def test_small_numbers_have_two_digits_of_their_own(size: float, digits: int) -> None:
    frames = np.zeros((2, 2, 3))
    frames[:, 1, 0] = 1.0, size
    path = Trajectory(frames, np.array([1, 1]))
    assert _told(path, 1.0, np.array([[size]]), ENGLISH).digits == digits


def test_where_units_act_in_turn_vectors_go_with_the_first_of_them() -> None:
    chain = wv.mlp([2, 2, 2], "relu", seed=3)
    data = wv.load_data("rings", n=40)
    film = wv.animate(chain, data, one_by_one=True, show=("basis",), size=(320, 240))
    basis = panel_of(film).bases[0]
    assert basis is not None and len(basis.path.keyframes) == 3
    states = Play.of(chain, Staging(one_by_one=True)).states(basis.path.keyframes[0][:, :2])
    for keyframe, state in zip(basis.path.keyframes, states, strict=False):
        np.testing.assert_allclose(keyframe[:, :2], state, atol=1e-12)
