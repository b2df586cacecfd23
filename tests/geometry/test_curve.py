"""Kinks of a piecewise linear chain of one feature, by hand; midpoints of smooth ones."""

import numpy as np
import pytest

from warpviz.errors import WarpvizError
from warpviz.geometry.curve import curve_for, kinks
from warpviz.model import Chain, Dense, mlp


def test_kinks_are_vertices() -> None:
    # |x| − 1 from relu(x) and relu(−x), then its relu: kinks at 0, and at −1 and 1.
    chain = Chain(
        [
            Dense(np.array([[1.0], [-1.0]]), np.zeros(2), "relu"),
            Dense(np.array([[1.0, 1.0]]), np.array([-1.0]), "relu"),
        ]
    )
    sheet = curve_for(chain, -2.3, 2.9)
    places = sheet.vertices[:, 0]
    for kink in (-1.0, 0.0, 1.0):
        assert np.abs(places - kink).min() < 1e-12
    assert sheet.exact and sheet.n_cells == 0
    assert (kinks(chain, 0, sheet), kinks(chain, 1, sheet)) == (1, 2)
    assert places[0] == -2.3 and places[-1] == 2.9 and (np.diff(places) > 0).all()
    (line,) = sheet.lines
    np.testing.assert_array_equal(line.vertices, np.arange(len(places)))


@pytest.mark.parametrize("seed", range(3))
def test_a_piecewise_linear_chain_is_straight_between_vertices(seed: int) -> None:
    chain = mlp([1, 5, 4, 2], "relu", seed=seed)
    chain = chain.with_parameters([p + 0.1 * (p.ndim == 1) for p in chain.parameters()])
    places = curve_for(chain, -3.0, 3.0).vertices
    for state, middle in zip(
        chain.logits().states(places),
        chain.logits().states((places[1:] + places[:-1]) / 2), strict=True,
    ):  # fmt: skip
        np.testing.assert_allclose(middle, (state[1:] + state[:-1]) / 2, atol=1e-9)


def test_a_smooth_chain_is_off_by_less_than_half_a_pixel_of_a_thousand() -> None:
    chain = mlp([1, 6, 2], "sin", seed=1)
    chain = chain.with_parameters([4 * p for p in chain.parameters()])
    places = curve_for(chain, -3.0, 3.0).vertices
    state = chain[:1](places)
    off = chain[:1]((places[1:] + places[:-1]) / 2) - (state[1:] + state[:-1]) / 2
    assert np.linalg.norm(off, axis=1).max() < 1e-3 * np.ptp(state, axis=0).max()


def test_a_line_without_length() -> None:
    with pytest.raises(WarpvizError, match="x0 < x1, got 1,1"):
        curve_for(mlp([1, 2]), 1.0, 1.0)
