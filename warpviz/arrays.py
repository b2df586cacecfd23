"""Array types.

Letters mean axes: N points, D width, K keyframes, V vertices, C classes, H×W pixels.
"""

from typing import TypeAlias, TypeVar

import numpy as np
import numpy.typing as npt

Floats: TypeAlias = npt.NDArray[np.float64]
Ints: TypeAlias = npt.NDArray[np.intp]
"""What may serve as an index: as wide as the machine's addresses, in a browser 32 bits."""
Longs: TypeAlias = npt.NDArray[np.int64]
"""Keys that are products, sums of many, what kernels take: 64 bits everywhere."""
Pixels: TypeAlias = npt.NDArray[np.uint8]
Bools: TypeAlias = npt.NDArray[np.bool_]


T = TypeVar("T", bound=np.generic)


def paired(first: Ints, second: Ints, span: int) -> Longs:
    """Two whole numbers as one: first · span + second, which may need more bits than an index.

    Args:
        first: from 0.
        second: from 0, below the span.
        span: a whole number from 1.

    >>> paired(np.array([2]), np.array([3]), 10)
    array([23])
    """
    return first.astype(np.int64) * span + second


def unpaired(keys: Longs, span: int) -> tuple[Ints, Ints]:
    """The two whole numbers of `paired`, which serve as indices again.

    >>> unpaired(np.array([23]), 10)
    (array([2]), array([3]))
    """
    first, second = np.divmod(keys, span)
    return first.astype(np.intp), second.astype(np.intp)


def distinct(values: npt.NDArray[T]) -> npt.NDArray[T]:
    """Each value of an array once, rising; of `numpy.unique`, which loads masked arrays for it.

    >>> distinct(np.array([[3, 1], [1, 2]]))
    array([1, 2, 3])
    """
    rising = np.sort(values, axis=None)
    fresh = np.ones(len(rising), dtype=np.bool_)
    fresh[1:] = rising[1:] != rising[:-1]
    return rising[fresh]


def row_most(rows: Floats) -> Floats:
    """(N,) the largest number of each row (N, D): numpy's own way is slow where rows are short.

    >>> row_most(np.array([[1.0, 3.0], [2.0, 0.0]]))
    array([3., 2.])
    """
    if not 0 < rows.shape[1] <= SHORT:
        return np.asarray(rows.max(axis=1))
    most = rows[:, 0].copy()
    for column in range(1, rows.shape[1]):
        np.maximum(most, rows[:, column], out=most)
    return most


SHORT = 16
"""Numbers of a row that is short."""

GRAIN = float(2**20)
"""Places in a pixel."""


def snap(places: Floats) -> Floats:
    """Round places in a picture to 2⁻²⁰ pixel, so that sums of areas are exact.

    And a point between two pixels, as much is that is symmetric, falls to the same one on every
    processor, whatever the last digits are that it computes.
    """
    rounded: Floats = np.rint(places * GRAIN)
    rounded *= 1.0 / GRAIN
    return rounded
