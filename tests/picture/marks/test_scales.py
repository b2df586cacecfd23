"""Axes and scale bars, line by line."""

from dataclasses import replace
from itertools import pairwise

import pytest

from tests.picture.marks.written import (
    DARK,
    FONT,
    LARGE,
    MUTED,
    Written,
    canvas,
    near,
    stroke,
    words,
)  # fmt: skip
from tests.player.laid_down import wide
from warpviz.axis import Axis
from warpviz.motion.framing import Box
from warpviz.picture.axes import paint_axes, paint_scale

pytestmark = pytest.mark.usefixtures("even_letters")


def says(value: int) -> str:
    return f"{value}".replace("-", "−")


def test_axes_have_ticks_numbers_and_names() -> None:
    layout = replace(LARGE, safe=Box(200.0, 100.0, 1000.0, 600.0), box=Box(0.0, 0.0, 1920.0, 960.0))
    found, small = canvas(), LARGE.small
    # 100 pixels are 1; the origin is at x = 400, y = 500: from −2 to 6 across, from −1 to 4 up.
    paint_axes(found, layout, (400.0, 500.0), 0.01, (Axis("u"), Axis("v")), FONT, DARK, 0.5)
    tick, across, up = 0.25 * small, range(-2, 7), range(-1, 5)

    def line(start: tuple[float, float], end: tuple[float, float]) -> Written:
        return stroke(start, end, 2.2, MUTED, 0.35)

    want = [line((200, 600), (1000, 600))]
    want += [line((400 + 100 * n, 600), (400 + 100 * n, 600 + tick)) for n in across]
    want += [line((200, 100), (200, 600))]
    want += [line((200 - tick, 500 - 100 * n), (200, 500 - 100 * n)) for n in up]
    near([mark for mark in found.marks if mark[0] == "stroke"], want)

    def word(said: str, left: float, y: float, down: float) -> Written:
        return words(said, left, y, down, small, MUTED, 0.5)

    labels, end = [], 1000 - wide("u", FONT, small)
    for n in across:
        half = wide(says(n), FONT, small) / 2
        if 400 + 100 * n + half < end - 0.3 * small:
            labels.append(word(says(n), 400 + 100 * n - half, 600 + tick, 0.0))
    for n in up[:-1]:  # At the axis' end stands its name.
        left = 200 - 1.5 * tick - wide(says(n), FONT, small)
        labels.append(word(says(n), left, 500 - 100 * n, 0.5))
    labels += [word("u", end, 600 + tick, 0.0), word("v", 200 + 1.5 * tick, 100, 0.2)]
    near([mark for mark in found.marks if mark[0] == "text"], labels)
    alone = canvas()
    paint_axes(alone, layout, (400.0, 500.0), 0.01, (Axis("u"),), FONT, DARK, 1.0)
    assert len(alone.marks) == 1 + len(across) + (len(labels) - 2 - len(up[:-1])) + 1


def test_numbers_that_would_meet_are_left_out_and_none_leaves_the_panel() -> None:
    layout = replace(LARGE, safe=Box(40.0, 100.0, 240.0, 300.0), box=Box(0.0, 0.0, 300.0, 400.0))
    found, small = canvas(), LARGE.small
    far = [Axis("u", 7000.0, 1.0), Axis("v", 7000.0, 1.0)]
    paint_axes(found, layout, (40.0, 300.0), 0.01, far, FONT, DARK, 1.0)
    texts = [mark for mark in found.marks if mark[0] == "text"]
    lefts = sorted((m[2][0], len(m[1][0])) for m in texts if m[2][2] == 0.0 and len(m[1][0]) > 1)
    for (a, letters), (b, _) in pairwise(lefts):
        assert b >= a + 0.6 * small * letters + 0.3 * small
    assert min(m[2][0] for m in texts if m[2][2] == 0.5) == pytest.approx(3.0)


def test_a_scale_bar_has_a_stroke_at_each_end() -> None:
    layout, small = replace(LARGE, scale=(1800.0, 900.0)), LARGE.small
    found = canvas()
    # A twelfth of the panel at least: 153.6 pixels are 1.536, the next round length is 2.
    paint_scale(found, layout, 0.01, FONT, DARK, 0.5)
    right = 1800 - wide("2", FONT, small) - 0.4 * small
    tick = 0.22 * small
    near(found.marks, [
        words("2", right + 0.4 * small, 900, 0.5, small, MUTED, 0.5),
        stroke((right - 200, 900), (right, 900), 2.8, MUTED, 0.5),
        stroke((right - 200, 900 - tick), (right - 200, 900 + tick), 2.8, MUTED, 0.5),
        stroke((right, 900 - tick), (right, 900 + tick), 2.8, MUTED, 0.5),
    ])  # fmt: skip
