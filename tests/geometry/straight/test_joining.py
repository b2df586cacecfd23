from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tests.examples import examples
from warpviz.arrays import Ints
from warpviz.geometry.straight.joining import join


def segments_of(walks: list[tuple[int, Ints]]) -> list[tuple[int, int, int]]:
    return sorted(
        (tag, min(a, b), max(a, b)) for tag, walk in walks for a, b in pairwise(walk.tolist())
    )


@examples(100)
@given(
    st.sets(
        st.tuples(st.integers(0, 2), st.integers(0, 9), st.integers(0, 9)).filter(
            lambda s: s[1] < s[2]
        )
    )
)
def test_joining_uses_each_segment_once(wanted: set[tuple[int, int, int]]) -> None:
    given_ = np.array(sorted(wanted), dtype=np.int64).reshape(-1, 3)
    assert segments_of(join(given_[:, 1:], given_[:, 0])) == sorted(wanted)


def test_a_loop_closes_and_a_crossing_ends_lines() -> None:
    loop = join(np.array([[5, 1], [3, 5], [1, 3]]), np.zeros(3, dtype=np.int64))
    assert len(loop) == 1 and loop[0][1][0] == loop[0][1][-1] and len(loop[0][1]) == 4
    cross = join(np.array([[0, 4], [1, 4], [2, 4], [3, 4]]), np.zeros(4, dtype=np.int64))
    assert [sorted(walk.tolist()) for _, walk in cross] == [[0, 4], [1, 4], [2, 4], [3, 4]]


def test_a_long_line_in_pieces_is_one_line() -> None:
    order = np.random.default_rng(0).permutation(100)
    walks = join(np.column_stack([order, order + 1]), np.zeros(100, dtype=np.int64))
    assert [walk.tolist() for _, walk in walks] == [list(range(101))]
