import re
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from warpviz.data import Dataset
from warpviz.errors import WarpvizError

X = np.arange(8.0).reshape(4, 2)


def test_fields_are_checked_copies() -> None:
    x, y = X.copy(), np.array([0, 1, 1, 0], dtype=np.uint8)
    data = Dataset(x, y)  # type: ignore[arg-type]
    x[:] = 0
    assert np.array_equal(data.x, X) and data.y.dtype == np.intp
    assert data.n_classes == 2 and data.class_names == ("0", "1") and len(data) == 4
    with pytest.raises(ValueError, match="read-only"):
        data.x[0, 0] = 1.0
    with pytest.raises(ValueError, match="read-only"):
        data.y[0] = 1


def test_more_features_and_named_classes() -> None:
    data = Dataset(np.zeros((2, 5)), np.array([0, 2]), ("a", "b", "c"))
    assert data.n_classes == 3 and data.x.shape == (2, 5)


@pytest.mark.parametrize(
    ("x", "y", "names", "message"),
    [
        ([[0.0, np.nan], [1.0, 2.0]], [0, 1], (), "finite x"),
        ([[0.0, np.inf], [1.0, 2.0]], [0, 1], (), "finite x"),
        (X, [1, 1, 1, 1], (), "at least two classes, got 1"),
        (X, [0, 0, 0, 0], ("a",), "at least two classes, got 1"),
        (np.zeros((0, 2)), [], (), "at least two classes, got 0"),
        (X[:, :0], [0, 1, 0, 1], (), "at least one feature, got 0"),
        (X[:, 0], [0, 1, 0, 1], (), "shape (N, D), got (4,)"),
        (X, [0, 1], (), "a label for each of 4 points, got 2"),
        (X, [[0, 1, 0, 1]], (), "y of shape (N,), got (1, 4)"),
        (X, [0, 1, 0.5, 1], (), "whole numbers from 0"),
        (X, [0, -1, 0, 1], (), "whole numbers from 0"),
        (X, [0, np.nan, 0, 1], (), "whole numbers from 0"),
        (X, ["a", "b", "a", "b"], (), "whole numbers, got something else"),
        ([["a", "b"]], [0], (), "x to be numbers"),
        (X, [0, 1, 0, 10**9], (), "at most 1000 classes"),
        (X, [0, 1, 2, 0], ("a", "b"), "labels from 0 to 1"),
    ],
)
def test_errors(x: Any, y: Any, names: tuple[str, ...], message: str) -> None:
    with pytest.raises(WarpvizError, match=re.escape(message)):
        Dataset(x, y, names)


def test_a_name_is_as_long_as_it_was_before_it_was_written_out() -> None:
    names = ("\x1b" * 200, "\U0001ffff\ud800\n" * 66)
    x, y = X[:2], np.array([0, 1])
    data = Dataset(x, y, names)
    assert len(data.class_names[0]) == 1200
    assert replace(data, name="again").class_names == data.class_names
    with pytest.raises(WarpvizError, match="at most 200 letters, got 201"):
        Dataset(x, y, ("\x1b" * 201, "b"))


def test_what_is_too_large_to_be_standardised_is_told_with_its_name() -> None:
    data = Dataset(1e300 * X + 1e300, np.array([0, 1, 0, 1]), name="stars")
    with pytest.raises(WarpvizError, match=r"^Data 'stars' reaches 8e\+300, too large .* --raw\.$"):
        data.standardised()
    with pytest.raises(WarpvizError, match="finite mean and scale"):
        data.standardised(np.zeros(2), np.zeros(2))
