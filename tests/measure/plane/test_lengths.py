import math

import numpy as np
import pytest
from scipy.special import ellipe  # type: ignore[import-untyped]

from warpviz.data import load_data
from warpviz.measure.measured_sheet import MeasuredSheet, slopes_at
from warpviz.measure.plane.lengths import length_factor, mean_stretch
from warpviz.measure.plane.turning import straight_lines
from warpviz.model import Chain, Dense, mlp

SQUARE = (-1.0, 1.0, -1.0, 1.0)


def test_mean_stretch_is_the_elliptic_integral() -> None:
    smaller = np.array([0.0, 1e-13, 1e-9, 1e-3, 0.2, 0.9, 1.0, 3.0])
    expected = [2 / math.pi * 3 * ellipe(1 - (s / 3) ** 2) for s in smaller]
    np.testing.assert_allclose(mean_stretch(np.full(8, 3.0), smaller), expected, rtol=1e-12)
    assert mean_stretch(np.zeros(1), np.zeros(1)).tolist() == [0.0]


@pytest.mark.parametrize("n", [2, 3, 4])
def test_the_expected_length_factor_of_a_relu_layer_drawn_as_he(n: int) -> None:
    published = {2: 0.71227, 3: 0.79092, 4: 0.83856}[n]
    law = sum(
        math.comb(n, k) / 2**n * math.sqrt(2) * math.gamma((k + 1) / 2) / math.gamma(k / 2)
        for k in range(1, n + 1)
    )
    assert math.sqrt(2 / n) * law == pytest.approx(published, abs=5e-6)
    rng = np.random.default_rng(n)
    axes = np.linalg.qr(rng.normal(size=(n, n)))[0][:, :2]
    found = []
    for _ in range(400):
        layer = Dense(rng.normal(size=(n, n)) * math.sqrt(2 / n), np.zeros(n), "relu")
        *_, slopes = slopes_at(Chain([layer]), rng.normal(size=(50, n)), axes)
        found.append(length_factor(slopes, np.ones(50)) or 0.0)
    error = float(np.std(found)) / math.sqrt(len(found))
    assert float(np.mean(found)) == pytest.approx(published, abs=4 * error)
    assert error < 0.02


def test_length_factor_against_long_random_lines() -> None:
    chain = mlp([2, 4, 3], "relu", seed=3).logits()
    sheet = MeasuredSheet.of(chain, load_data("xor", n=40), SQUARE)
    *_, slopes = sheet.slopes(chain)
    lines, weights = straight_lines(SQUARE)
    images = chain(lines.reshape(-1, 2)).reshape(*lines.shape[:2], -1)
    there, back = (np.linalg.norm(np.diff(x, axis=1), axis=2).sum(axis=1) for x in (lines, images))
    assert length_factor(slopes, sheet.areas) == pytest.approx(
        (weights @ back) / (weights @ there), rel=0.01
    )


def test_nothing_has_no_length() -> None:
    assert length_factor(np.zeros((0, 2, 2)), np.zeros(0)) is None
    assert length_factor(np.zeros((1, 2, 2)), np.ones(1)) == 0.0
