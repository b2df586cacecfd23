"""Lines that end at the sides of a rectangle: exact fractions are the oracle."""

from fractions import Fraction
from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from warpviz.motion.framing import Box
from warpviz.picture.clipping import within

BOX = Box(2.0, 3.0, 11.0, 7.0)
PLACES = st.tuples(st.integers(-20, 20), st.integers(-20, 20))


def inside(x: Fraction, y: Fraction) -> bool:
    return 2 <= x <= 11 and 3 <= y <= 7


@given(PLACES, PLACES)
def test_a_segment_keeps_what_lies_inside(start: tuple[int, int], end: tuple[int, int]) -> None:
    found, _ = within(np.array([start, end], dtype=float), BOX)
    way = end[0] - start[0], end[1] - start[1]
    # Every share of the way at which a side can be met, and the middles between them.
    shares = {Fraction(0), Fraction(1)}
    for axis, sides in ((0, (2, 11)), (1, (3, 7))):
        if way[axis]:
            shares |= {Fraction(side - start[axis], way[axis]) for side in sides}
    met = sorted(share for share in shares if 0 <= share <= 1)
    length = Fraction(0)
    for a, b in pairwise(met):
        middle = (a + b) / 2
        if inside(start[0] + middle * way[0], start[1] + middle * way[1]):
            length += b - a
    if start == end:
        return
    told = np.linalg.norm(np.diff(found, axis=1)) / max(float(np.hypot(*way)), 1e-9)
    assert abs(told - float(length)) < 1e-12
    corners = found.reshape(-1, 2)
    assert (corners >= [2 - 1e-12, 3 - 1e-12]).all() and (corners <= [11 + 1e-12, 7 + 1e-12]).all()


def test_what_is_no_number_breaks_the_line_and_huge_places_are_cut() -> None:
    line = np.array([[3.0, 4.0], [np.nan, np.nan], [5.0, 5.0], [5.0, -1e300], [6.0, np.inf]])
    parts, places = within(line, BOX)
    assert parts.tolist() == [[[5.0, 5.0], [5.0, 3.0]]] and places.tolist() == [2]
    assert within(np.zeros((1, 2)), BOX)[0].shape == (0, 2, 2)
