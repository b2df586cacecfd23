"""Lines along which units bend, counted by hand."""

import numpy as np
import pytest

from warpviz.film.words.crossings import crossings
from warpviz.model import ACTIVATIONS

X, Y = np.random.default_rng(0).uniform(-1, 1, (2, 60))
RELU, STEP = ACTIVATIONS["relu"], ACTIVATIONS["step"]


@pytest.mark.parametrize(
    ("units", "count"),
    [
        ([X], 1), ([X + 2], 0), ([X - 2], 0), ([X, Y], 2), ([X, X + 0.3], 2),
        ([X, 3 * X, -0.5 * X], 1), ([0 * X], 0), ([X, 0 * X, X + 9], 1),
        ([X - X.min()], 0), ([X - X.max()], 0), ([X - X.min() - 1e-14], 0),
        ([1e9 * X, X], 1),
    ],
)  # fmt: skip
def test_units_that_are_zero_in_the_same_places_are_one_line(
    units: list[np.ndarray], count: int
) -> None:
    z = np.column_stack(units)
    assert crossings(RELU, z) == count
    assert crossings(STEP, z) == count


def test_smooth_functions_fold_where_their_slope_changes_its_sign() -> None:
    gelu, sine = ACTIVATIONS["gelu"], ACTIVATIONS["sin"]
    at = -0.7517915247
    assert crossings(gelu, np.column_stack([X, X + at - 1.01, X + 3])) == 1
    # cos z = 0 at odd multiples of π/2: in [−7, 7] four, in [−4, 4] two.
    ramp = np.linspace(-1, 1, 81)
    assert crossings(sine, np.column_stack([7 * ramp])) == 4
    assert crossings(sine, np.column_stack([4 * ramp, -4 * ramp])) == 2
    assert crossings(sine, np.full((5, 1), 0.3)) == 0


def test_of_known_creases_those_of_different_lines_count() -> None:
    assert crossings(RELU, np.zeros((3, 9)), {0: 4, 5: 4, 7: 1}) == 2
    assert crossings(RELU, X[:, None], {}) == 0
