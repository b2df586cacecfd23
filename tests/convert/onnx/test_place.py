"""Which axes of a tensor count points, against what numpy makes of the same shapes."""

import numpy as np
import pytest

from warpviz.convert.onnx.place import POINTS, Place, places
from warpviz.errors import WarpvizError


def rows(place: Place, array: np.ndarray) -> np.ndarray:
    """The points of an array (N, D), as a place says where they are."""
    moved = np.moveaxis(array, range(place.start, place.stop), range(place.stop - place.start))
    count = int(np.prod(moved.shape[: place.stop - place.start]))
    return moved.reshape(count, -1)


CASES = [
    ((6, 2, 3), [6, -1]), ((6, 2, 3), [-1, 6]), ((6, 2, 3), [0, 6]), ((6, 2, 3), [6, 3, 2]),
    ((6, 2, 3), [6, 1, 6]), ((6, 4), [-1, 2, 2]), ((6, 1), [-1]), ((1, 5), [5]), ((1, 5), [5, 1]),
    ((1, 1, 1, 5), [-1]), ((6, 4), [1, 6, 4]), ((6, 4), [2, 3, 4]),
]  # fmt: skip


@pytest.mark.parametrize(("sides", "shape"), CASES)
def test_a_reshape_keeps_points_as_they_are(sides: tuple[int, ...], shape: list[int]) -> None:
    x = np.arange(np.prod(sides)).reshape(sides)
    y = x.reshape([sides[k] if side == 0 else side for k, side in enumerate(shape)])
    place = Place(sides, 0, 1)
    behind = place.reshaped(shape)
    assert behind.sides == y.shape
    np.testing.assert_array_equal(rows(behind, y), rows(place, x))


@pytest.mark.parametrize("shape", [[3, -1], [-1, 3], [24], [4, 6], [5, -1]])
def test_a_reshape_that_mixes_points_is_refused(shape: list[int]) -> None:
    with pytest.raises(WarpvizError, match="mixed"):
        Place((6, 4), 0, 1).reshaped(shape)


def test_sides_that_are_not_known() -> None:
    many = Place((None, 2, 3), 0, 1)
    assert many.reshaped([-1, 6]) == many.reshaped([0, 6]) == Place((None, 6), 0, 1)
    assert many.reshaped([POINTS, -1]) == many.grouped(1) == Place((None, 6), 0, 1)
    assert many.reshaped([1, 6]) == many.grouped(0) == Place((1, 6), 0, 1)  # one point at a time
    unknown = Place((None, None), 0, 1)
    assert unknown.reshaped([-1, 3]) == Place((None, 3), 0, 1)
    assert unknown.grouped(1) == unknown.reshaped([0, -1]) == unknown
    with pytest.raises(WarpvizError, match="mixed"):
        many.reshaped([-1, -1])


def test_axes_come_and_go() -> None:
    columns = Place((5, None), 1, 2)
    assert columns.turned([1, 0]) == Place((None, 5), 0, 1)
    assert columns.with_ones([0]) == Place((1, 5, None), 2, 3)
    assert Place((None, 1, 5), 0, 1).without([1]) == Place((None, 5), 0, 1)
    assert Place((1, 5), 0, 1).without([0]) == Place((5,), 0, 0)
    assert Place((None, 8, 9, 1), 0, 1).turned([0, 3, 1, 2]) == Place((None, 1, 8, 9), 0, 1)
    with pytest.raises(WarpvizError, match="another order"):
        Place((None, 8, 9), 0, 1).turned([0, 2, 1])
    with pytest.raises(WarpvizError, match="more than one number"):
        Place((None, 8, 9), 0, 1).without([1])


@pytest.mark.parametrize("shape", [(), (1,), (4,), (3, 1), (3, 4), (1, 3, 4), (1, 1, 3, 4)])
def test_constants_are_spread_as_numpy_does(shape: tuple[int, ...]) -> None:
    x = np.random.default_rng(0).normal(size=(6, 3, 4))
    value = np.random.default_rng(1).normal(size=shape)
    numbers, behind = Place((6, 3, 4), 0, 1).spread(value)
    expected = x + value
    assert behind.sides == expected.shape
    np.testing.assert_array_equal(x.reshape(6, -1) + numbers, expected.reshape(6, -1))


@pytest.mark.parametrize(
    ("shape", "why"), [((6, 3, 4), "each point"), ((5,), "do not fit"), ((6, 1, 1), "each point")]
)
def test_constants_that_are_not_of_one_point(shape: tuple[int, ...], why: str) -> None:
    with pytest.raises(WarpvizError, match=why):
        Place((6, 3, 4), 0, 1).spread(np.ones(shape))


def test_the_likeliest_places_come_first() -> None:
    assert [*places(None)] == [Place((None, None), 0, 1)]
    assert [*places((5,))] == [Place((5,), 0, 0)]
    assert [*places((None,))] == [Place((None,), 0, 1)]
    assert [(p.start, p.stop) for p in places((2, 3, 4))] == [(0, 1), (0, 2), (0, 0)]
