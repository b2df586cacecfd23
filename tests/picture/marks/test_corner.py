"""The small axes of a space in the corner, place by place."""

import numpy as np
import pytest

from tests.picture.marks.written import DARK, FONT, LARGE, MUTED, SMALL, canvas, near, stroke
from warpviz.picture.marks.triad import name_places, paint_triad, triad_places

pytestmark = pytest.mark.usefixtures("even_letters")


def test_words_beside_the_corner_stand_on_their_side_in_rows() -> None:
    places = np.array([(-0.5, 0.2), (1.0, 0.1), (-2.0, 0.3), (0.1, 0.5), (-0.1, 0.0)])
    assert name_places(places, [3.0, 3.0, 0.0, 2.0, 1.0]) == [
        (-0.5, pytest.approx(1.1), 1.0), (1.0, 0.1, 0.0), (-2.0, 0.3, 0.5),
        (0.4, pytest.approx(1.2), 0.0), (-0.4, 0.0, 1.0),
    ]  # fmt: skip


def test_names_of_small_axes_stand_beyond_their_tips() -> None:
    ways = np.array([(1.0, 0.0), (0.0, -0.5), (0.01, 0.0)])
    tips, places = triad_places(ways)
    np.testing.assert_allclose(tips, 1.8 * ways)
    np.testing.assert_allclose(places[:2], [(2.45, 0.0), (0.0, -1.55)])
    # One that is seen end-on has no direction; where another name is, it turns, or goes further.
    away = np.hypot(*(places[2] - tips[2]))
    assert away in (pytest.approx(0.65), pytest.approx(0.65 * 1.8))
    apart = np.hypot(*(places[2] - np.vstack([places[:2], [0.0, 0.0]])).T)
    assert apart.min() >= 1.1 - 1e-9
    _, alone = triad_places(np.array([(1.0, 0.0), (0.0, 1.0), (0.04, 0.0)]))
    np.testing.assert_allclose(alone[2], 1.8 * np.array([0.04, 0]) + 1.17 * np.array([0.8, -0.6]))
    both, twice = triad_places(np.array([(1.0, 0.0), (1.0, 0.0)]))
    np.testing.assert_allclose(both, [(1.8, 0.0)] * 2)
    assert np.hypot(*(twice[0] - twice[1])) >= 1.1 - 1e-9


def test_small_axes_stand_on_the_scale_bars_row() -> None:
    ways = np.array([(2.0, 0.0), (0.0, -2.0), (-1.0, 1.0)])
    found = canvas()
    paint_triad(found, LARGE, ways, ("a", "b", "c"), FONT, DARK, 0.5)
    small = LARGE.small
    x = LARGE.track[0] + 2.45 * small * 0.5 + 0.3 * small
    y = LARGE.scale[1] - 2.45 * small * 0.5
    lines = [
        stroke((x, y), (x + 1.8 * small * a / 2, y + 1.8 * small * b / 2), 2.2, MUTED, 0.5)
        for a, b in ways
    ]
    near(found.marks[3:], lines)
    assert [mark[1][0] for mark in found.marks[:3]] == ["a", "b", "c"]
    left, row, down, size, ink = found.marks[0][2]
    assert (left, row) == pytest.approx((x + 2.45 * small - 0.3 * size, y))
    assert (down, size, ink) == (0.5, small, 0.5)
    thin = canvas()
    paint_triad(thin, SMALL, ways, ("a",), FONT, DARK, 1.0)
    assert thin.marks[-1][2][4] == 1.0


def test_a_word_of_three_signs_stands_beside_the_corner_and_makes_room() -> None:
    ways = np.array([(-1.0, 0.0), (0.0, -1.0)])
    plain, long = canvas(), canvas()
    for found, name in ((plain, "ab"), (long, "abcde")):
        paint_triad(found, LARGE, ways, (name, "v"), FONT, DARK, 1.0)
    small = LARGE.small
    # Five letters are 3 sizes wide, and end where the middle of a letter would be.
    shift = long.marks[2][2][0] - plain.marks[2][2][0]
    assert shift == pytest.approx(3.0 * small)
    assert long.marks[0][2][0] == pytest.approx(LARGE.track[0] + 0.3 * small)
