"""Rail, track and legend, line by line."""

from dataclasses import replace
from typing import Any

import pytest

from tests.picture.marks.written import (
    BACK,
    DARK,
    FONT,
    LARGE,
    MUTED,
    SMALL,
    TEXT,
    canvas,
    circle,
    near,
    shape,
    stroke,
    words,
)  # fmt: skip
from tests.player.laid_down import wide
from warpviz.picture.marks.overlay import paint_legend, paint_rail, paint_track
from warpviz.picture.raster.dots import MARKERS

pytestmark = pytest.mark.usefixtures("even_letters")


def test_a_rail_has_a_hollow_stop_for_each_state() -> None:
    for layout, line, ring in ((LARGE, 2.0, 2.2), (SMALL, 1.0, 1.0)):
        found = canvas()
        paint_rail(found, layout, 3, DARK)
        x0, x1, y = layout.track
        stops = [(x0, y), ((x0 + x1) / 2, y), (x1, y)]
        radius = 0.2 * layout.em
        near(found.marks, [
            stroke((x0, y), (x1, y), line, MUTED, 0.6),
            *(circle(at, radius, MUTED) for at in stops),
            *(circle(at, radius - ring, BACK) for at in stops),
        ])  # fmt: skip
    alone = canvas()
    paint_rail(alone, LARGE, 1, DARK)
    assert len(alone.marks) == 3


def test_what_was_played_is_filled() -> None:
    for layout, line in ((LARGE, 4.8), (SMALL, 2.0)):
        x0, x1, y = layout.track
        third = (x1 - x0) / 3
        for place, reached in ((1.5, 2), (2.0, 3), (0.25, 1)):
            found = canvas()
            paint_track(found, layout, 4, place, DARK)
            near(found.marks, [
                stroke((x0, y), (x0 + third * place, y), line, TEXT),
                *(circle((x0 + third * k, y), 0.2 * layout.em, TEXT) for k in range(reached)),
            ])  # fmt: skip
        begin = canvas()
        paint_track(begin, layout, 4, 0.0, DARK)
        near(begin.marks, [circle((x0, y), 0.2 * layout.em, TEXT)])


def test_a_legend_is_read_from_the_left_and_ends_at_the_right() -> None:
    small, names = LARGE.legend_small, ("one", "three")
    found = canvas()
    paint_legend(found, (900.0, 40.0), replace(LARGE, legend_names=names), FONT, DARK)
    y = 40 + 0.62 * small
    want: list[Any] = []
    right = 900.0
    for label in (1, 0):
        left = right - wide(names[label], FONT, small)
        middle = left - 0.65 * small
        dot = MARKERS[list(MARKERS)[label]]
        want += [
            words(names[label], left, y, 0.5, small, TEXT),
            shape(dot * (0.32 * small + 1.8) + (middle, y), DARK.outline),
            shape(dot * 0.32 * small + (middle, y), DARK.classes[label]),
        ]
        right = middle - 1.25 * small
    near(found.marks, want)


def test_many_names_stand_in_columns() -> None:
    layout = replace(LARGE, legend_names=("a", "b", "c", "d", "e"), legend_columns=2)
    found = canvas()
    paint_legend(found, (900.0, 40.0), layout, FONT, DARK)
    small, room = layout.legend_small, layout.caption_width
    told = {mark[1][0]: mark[2][:2] for mark in found.marks if mark[0] == "text"}
    for k, name in enumerate("abcde"):
        x = 900 - room + small + (k % 2) * room / 2
        y = 40 + 0.62 * small + 1.4 * small * (k // 2)
        assert told[name] == pytest.approx([x, y])
