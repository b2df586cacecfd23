"""Points that lie apart are those that one finds by looking at them one after the other."""

import numpy as np
import pytest

from warpviz.arrays import Floats, Ints
from warpviz.geometry import spread as module
from warpviz.geometry.spread import spread


def one_by_one(places: Floats, kinds: Ints, reach: float) -> list[int]:
    kept: list[int] = []
    for i, place in enumerate(places):
        others = [j for j in kept if kinds[j] == kinds[i]]
        if not others or np.hypot(*(places[others] - place).T).min() >= reach:
            kept.append(i)
    return kept


@pytest.mark.parametrize("batch", [1, 7, 128])
def test_the_first_of_those_that_are_near_is_kept(
    batch: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "BATCH", batch)
    rng = np.random.default_rng(batch)
    for reach in (0.0, 0.01, 0.2, 0.7, 50.0):
        places = rng.uniform(-1, 3, (150, 2)) * [1.0, 0.3]
        kinds = rng.integers(0, 3, 150)
        assert spread(places, kinds, reach).tolist() == one_by_one(places, kinds, reach)


def test_whole_numbers_at_their_own_distance_all_stay() -> None:
    places = np.array([[x, y] for x in range(9) for y in range(9)], dtype=np.float64)
    none = np.zeros(81, dtype=np.intp)
    assert len(spread(places, none, 1.0)) == 81
    assert len(spread(np.repeat(places, 3, axis=0), np.repeat(none, 3), 1.0)) == 81


def test_points_that_all_are_kept_in_one_square_find_room() -> None:
    places = np.zeros((30, 2))
    places[:, 0] = np.arange(30) * 1e-14
    assert len(spread(places, np.zeros(30, dtype=np.intp), 1e-15)) == 30
