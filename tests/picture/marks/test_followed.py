"""Points that are followed, line by line."""

from typing import Any

import numpy as np
import pytest

from tests.picture.marks.written import (
    BACK,
    DARK,
    FONT,
    LARGE,
    TEXT,
    canvas,
    near,
    shape,
    words,
)  # fmt: skip
from tests.player.laid_down import wide
from warpviz.arrays import Floats
from warpviz.motion.framing import Lens
from warpviz.picture.marks import followed

pytestmark = pytest.mark.usefixtures("even_letters")


def round_of(radius: float, x: float, y: float) -> Floats:
    turn = np.linspace(0, 2 * np.pi, 41)
    return radius * np.column_stack([np.cos(turn), np.sin(turn)]) + (x, y)


def test_a_followed_point_has_a_ring_a_dot_and_a_letter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(followed, "text_height", lambda font, size: (20, 5))
    found = canvas()
    followed._probe(found, LARGE, (100.0, 200.0), "B", FONT, DARK)
    want = []
    for half, colour in ((4.4, BACK), (2.0, TEXT)):
        ring = [round_of(12 + half, 100, 200), round_of(12 - half, 100, 200)[::-1]]
        want += [shape(np.concatenate(ring), colour), shape(round_of(1.6 + half, 100, 200), colour)]
    small, x, foot = LARGE.small, 117.0, 190.0
    left, right = x - 0.12 * small, x + wide("B", FONT, small) + 0.12 * small
    top, bottom = foot - 0.84 * small, foot + 0.1 * small
    plate = [(left, top), (right, top), (right, bottom), (left, bottom)]
    want += [shape(plate, BACK, 0.6), words("B", x, foot - 20, 0.0, small, TEXT)]
    near(found.marks, want)


def test_a_way_has_a_dot_at_each_stop_that_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    lines: list[Any] = []
    monkeypatch.setattr(followed, "paint_lines", lambda *given: lines.append(given[1:]))
    flat = np.column_stack([np.linspace(300, 348, 49), np.full(49, 500.0)])
    found = canvas()
    followed._trail(found, LARGE, flat, (9, 8, 7), DARK)
    near(found.marks, [
        *(shape(round_of(4.2 + 2.2, x, 500), BACK) for x in (300, 324)),
        *(shape(round_of(4.2, x, 500), (9, 8, 7)) for x in (300, 324)),
    ])  # fmt: skip
    assert [(line[3], line[4]) for line in lines] == [
        (pytest.approx(7.6), BACK), (pytest.approx(3.2), (9, 8, 7))
    ]  # fmt: skip
    assert [set(line[1].tolist()) for line in lines] == [{1.6}, {2.6}]
    # Segments that go on share the point between them.
    assert lines[0][0].tolist()[:3] == [[0, 1], [1, 3], [3, 5]]
    gone = canvas()
    lines.clear()
    followed._trail(gone, LARGE, flat - 9e4, (9, 8, 7), DARK)
    assert not gone.marks and not lines


def test_ways_are_drawn_first_and_points_only_inside(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[Any] = []
    monkeypatch.setattr(followed, "_trail", lambda *given: drawn.append((given[2], given[3])))
    monkeypatch.setattr(followed, "_probe", lambda *given: drawn.append((given[2], given[3])))
    way = np.zeros((4, 3, 3))
    way[:, 0, 0], way[:, 1, 1], way[:, 2, 0] = np.arange(4), np.arange(4), 9e4
    lens = Lens(np.eye(3), np.zeros(3), 1.0, np.zeros(2), 0.01, (500.0, 400.0))
    moments: list[Any] = []

    class Ways:
        def way(self, k: int, t: float) -> Floats:
            moments.append((k, t))
            return way

    ways: Any = Ways()
    colours = [(1, 2, 3), (4, 5, 6), (7, 8, 9)]
    followed.paint_followed(canvas(), LARGE, ways, lens, (1, 0.25), colours, FONT, DARK)
    assert moments == [(1, 0.25)] and [each[1] for each in drawn] == [*colours, "A", "B"]
    steps = 100.0 * np.arange(4)
    np.testing.assert_allclose(drawn[0][0], np.column_stack([500 + steps, np.full(4, 400.0)]))
    np.testing.assert_allclose(drawn[1][0], np.column_stack([np.full(4, 500.0), 400 - steps]))
    assert drawn[3][0] == pytest.approx((800, 400)) and drawn[4][0] == pytest.approx((500, 100))
