"""Laws of polar motion: ends, determinants, no choice of a library."""

import math
from collections.abc import Callable
from typing import Any
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.examples import examples
from tests.motion.matrices import TIMES, random_frame, turn_of, weights
from warpviz.arrays import Floats
from warpviz.motion.polar import Turn

SETTINGS = examples(150)


def whole_map(turn: Turn, t: float) -> Floats:
    """A(t) as a square, in the space that has one axis more where W mirrors."""
    size, extra = len(turn.stretch), turn.extra
    scaled = np.eye(size + extra)
    scaled[:size, :size] += t * (turn.stretch - np.eye(size))
    return turn.rotation.matrix(t) @ scaled


@SETTINGS
@given(weights, st.integers(0, 100))
def test_both_ends_are_hit(weight: Floats, seed: int) -> None:
    rng = np.random.default_rng(seed)
    n_out, n_in = weight.shape
    bias, points = rng.normal(size=(n_out,)), np.zeros((5, 8))
    points[:, :n_in] = rng.normal(size=(5, n_in))
    turn = Turn.of(weight, bias)
    width = max(weight.shape) + turn.extra
    assert np.array_equal(turn.at(points, 0.0), points[:, :width])
    end = np.zeros((5, width))
    end[:, :n_out] = points[:, :n_in] @ weight.T + bias
    np.testing.assert_allclose(turn.at(points, 1.0), end, rtol=0, atol=1e-12)
    half = turn.matrix(0.5)
    assert half.shape == (width, n_in)
    np.testing.assert_allclose(half, whole_map(turn, 0.5)[:, :n_in], rtol=0, atol=1e-13)


@SETTINGS
@given(weights)
def test_stretch_is_the_root_of_the_gram_matrix(weight: Floats) -> None:
    turn = turn_of(weight)
    n_in = weight.shape[1]
    gram = np.zeros_like(turn.stretch)
    gram[:n_in, :n_in] = weight.T @ weight
    np.testing.assert_allclose(turn.stretch @ turn.stretch, gram, rtol=0, atol=1e-12)
    assert np.all(np.linalg.eigvalsh(turn.stretch) >= -1e-13)
    known = np.linalg.svd(weight, compute_uv=False)
    np.testing.assert_allclose(turn.stretches, known, rtol=0, atol=1e-12)
    assert turn.rank == np.linalg.matrix_rank(weight, tol=1e-9)


@SETTINGS
@given(weights)
def test_determinant_stays_positive(weight: Floats) -> None:
    turn = turn_of(weight)
    full = turn.rank == max(weight.shape)
    assert turn.extra == int(full and np.linalg.slogdet(weight)[0] < 0) == int(turn.reflects)
    for t in TIMES:
        assert np.linalg.slogdet(whole_map(turn, t))[0] > 0
    if full:
        area = np.linalg.det(whole_map(turn, 1.0))
        np.testing.assert_allclose(area, abs(np.linalg.det(weight)), rtol=1e-9)


@pytest.mark.slow
@SETTINGS
@given(weights)
def test_rotation_is_orthogonal_and_has_no_jump(weight: Floats) -> None:
    turn = turn_of(weight)
    planes = turn.rotation.planes
    gram = planes @ planes.transpose(0, 2, 1)
    np.testing.assert_allclose(gram, np.broadcast_to(np.eye(2), gram.shape), rtol=0, atol=1e-13)
    assert np.all(turn.rotation.angles > 0) and np.all(turn.rotation.angles <= math.pi)
    assert np.all(np.diff(turn.angles) <= 0)
    size, step = turn.rotation.size, 1 / 32
    largest = max(1.0, float(np.linalg.norm(turn.stretch, 2)))
    # |d/dt R·B| ≤ θ·|B| + |P − I|
    slope = math.pi * largest + float(np.linalg.norm(turn.stretch - np.eye(len(turn.stretch)), 2))
    last = turn.matrix(0.0)
    for t in np.arange(step, 1 + step, step):
        rotation, here = turn.rotation.matrix(t), turn.matrix(t)
        np.testing.assert_allclose(rotation @ rotation.T, np.eye(size), rtol=0, atol=1e-13)
        assert np.linalg.norm(here - last, 2) <= 1.001 * slope * step
        last = here


Factors = Callable[..., Any]


def groups(values: Floats) -> list[Floats]:
    """Index groups of equal values, in an order that has equal values beside each other."""
    cuts = np.flatnonzero(np.abs(np.diff(values)) > 1e-12 * max(1.0, np.abs(values).max())) + 1
    return np.split(np.arange(len(values)), cuts)


def another_svd(real: Factors, rng: np.random.Generator) -> Factors:
    """As true a decomposition as the library's, with every free choice made otherwise."""

    def svd(matrix: Floats, *args: Any, **kwargs: Any) -> Any:
        left, values, right = real(matrix, *args, **kwargs)
        if len(values) == 0:
            return left, values, right
        for group in groups(values):
            mix = random_frame(rng, len(group))
            left[:, group] = left[:, group] @ mix
            if values[group[0]] < 1e-12 * max(1.0, values[0]):  # a null space: sides are free
                mix = random_frame(rng, len(group))
            right[group] = mix.T @ right[group]
        return left, values, right

    return svd


def another_eigh(real: Factors, rng: np.random.Generator) -> Factors:
    def eigh(matrix: Floats) -> Any:
        values, vectors = real(matrix)
        for group in groups(values) if len(values) else []:
            vectors[:, group] = vectors[:, group] @ random_frame(rng, len(group))
            if np.iscomplexobj(vectors):
                vectors[:, group] *= np.exp(1j * rng.uniform(0, 7))
        return values, vectors

    return eigh


@pytest.mark.slow
@SETTINGS
@given(weights, st.integers(0, 100))
def test_no_choice_of_the_library_changes_the_film(weight: Floats, seed: int) -> None:
    rng = np.random.default_rng(seed)
    plain = turn_of(weight)
    with (
        patch.object(np.linalg, "svd", another_svd(np.linalg.svd, rng)),
        patch.object(np.linalg, "eigh", another_eigh(np.linalg.eigh, rng)),
    ):
        other = turn_of(weight)
    assert other.extra == plain.extra
    for t in (0.2, 0.5, 0.8):
        np.testing.assert_allclose(other.matrix(t), plain.matrix(t), rtol=0, atol=1e-9)
        np.testing.assert_allclose(whole_map(other, t), whole_map(plain, t), rtol=0, atol=1e-9)
