"""Arrows, names and areas of unit vectors, line by line."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from tests.picture.marks.written import (
    BACK,
    DARK,
    FONT,
    LARGE,
    SMALL,
    TEXT,
    canvas,
    near,
    shape,
    stroke,
    words,
)  # fmt: skip
from tests.player.laid_down import wide
from warpviz.motion.framing import Lens
from warpviz.motion.trajectory import Trajectory
from warpviz.picture.layout import PanelLayout
from warpviz.picture.marks.basis import Basis, _arrows, _names, paint_basis, shown_bases
from warpviz.theme import signs_of

FLAT = Lens(np.eye(3), np.zeros(3), 1.0, np.zeros(2), 0.01, (500.0, 400.0))
"""A hundred pixels are 1, the origin is at (500, 400)."""


def arrow(foot: Any, tip: Any, line: float, head: float, halo: float) -> list[Any]:
    """The ground's arrow around it, then its own."""
    foot, tip = np.array(foot, dtype=float), np.array(tip, dtype=float)
    ahead = (tip - foot) / np.hypot(*(tip - foot))
    aside = np.array([-ahead[1], ahead[0]])
    neck = tip - head * ahead
    corners = np.array([tip, neck + 0.42 * head * aside, neck - 0.42 * head * aside])
    middle, end = (tip + neck) / 2, neck + 0.2 * head * ahead
    grown = middle + (1 + 2.4 * halo / head) * (corners - middle)
    return [
        stroke(foot, end, line + 2 * halo, BACK, 0.5), shape(grown, BACK, 0.5),
        stroke(foot, end, line, TEXT, 0.5), shape(corners, TEXT, 0.5),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("layout", "tip", "line", "head", "halo"),
    [(LARGE, (160, 280), 4.8, 18.0, 3.0), (LARGE, (106, 200), 4.8, 6.0, 3.0),
     (SMALL, (100, 170), 2.0, 5.4, 0.5625)],
)  # fmt: skip
def test_an_arrow_is_a_line_and_a_head(
    layout: PanelLayout, tip: Any, line: float, head: float, halo: float
) -> None:
    found = canvas()
    _arrows(found, layout, np.array([(100.0, 200.0), tip]), DARK, 0.5)
    near(found.marks, arrow((100, 200), tip, line, head, halo))
    none = canvas()
    _arrows(none, layout, np.array([(100.0, 200.0), (100.9, 200.0)]), DARK, 1.0)
    assert not none.marks


def basis_of(before: Any, after: Any, end: float, times: str = "") -> Basis:
    frames = np.zeros((2, 3, 3))
    frames[0, 1:, :2], frames[1, 1:, :2] = before, after
    path = Trajectory(frames, np.array([2, 2]))
    return Basis(path, 1.0, times, True, "det = ", "", 2, end)


def named(tip: Any, ahead: Any, turn: float, name: str) -> list[Any]:
    small = LARGE.small
    aside = turn * np.array([-ahead[1], ahead[0]])
    at = np.array(tip) + small * (0.95 * np.array(ahead) + 0.55 * aside)
    across = 0.62 * small * len(name)
    half = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]]) * [across / 2, small / 2]
    left = at[0] - 0.5 * wide(name, FONT, small)
    return [shape(at + half, BACK, 0.6), words(name, left, at[1], 0.5, small, TEXT)]


def test_vectors_their_area_and_its_number() -> None:
    basis = basis_of(np.eye(2), [[2.0, 0.0], [0.0, 1.0]], 2.0, "0.5·")
    layout, found = replace(LARGE, basis=(11.0, 22.0)), canvas()
    paint_basis(found, layout, (basis,), FLAT, (0, 0.5), FONT, DARK)
    plus, minus = signs_of(DARK)
    corners = [(500, 400), (650, 400), (650, 300), (500, 300)]
    near(found.marks[:3], [
        shape(corners, plus, 0.42),
        stroke(corners[1], corners[2], 2.4, plus, 0.9),
        stroke(corners[2], corners[3], 2.4, plus, 0.9),
    ])  # fmt: skip
    near(found.marks[11:15], [
        *named((650, 400), (1, 0), 1.0, "0.5·e₁"), *named((500, 300), (0, -1), -1.0, "0.5·e₂"),
    ])  # fmt: skip
    near(found.marks[15:], [words("det = 1.50", 11, 22, 0, LARGE.small, TEXT)])
    mirror, turned = canvas(), basis_of(np.eye(2), [[0, 1], [1, 0]], -1.0)
    paint_basis(mirror, LARGE, (turned,), FLAT, (0, 1.0), FONT, DARK)
    assert mirror.marks[0][1][:3] == minus


@pytest.mark.parametrize(
    ("end", "t", "clear"), [(0.0, 0.9, 0.5), (0.0, 0.7, 1.0), (0.05, 1.0, 1.0), (0.0, 0.9999, None)]
)
def test_an_area_below_a_fifth_is_fainter(end: float, t: float, clear: float | None) -> None:
    basis = basis_of(np.eye(2), [[end, 0.0], [0.0, 1.0]], end)
    found = canvas()
    paint_basis(found, LARGE, (basis,), FLAT, (0, t), FONT, DARK)
    plus = signs_of(DARK)[0]
    areas = [mark for mark in found.marks if mark[0] == "marker" and mark[1][:3] == plus]
    if clear is None:
        assert not areas
    else:
        assert areas[0][2][-1] == pytest.approx(0.42 * clear)


def test_names_stay_in_the_picture_and_off_each_other() -> None:
    safe, small = LARGE.safe, LARGE.small
    basis = basis_of(np.eye(2), np.eye(2), 1.0)

    def middles(*tips: tuple[float, float]) -> list[tuple[float, float]]:
        found = canvas()
        _names(found, LARGE, basis, np.array([(900.0, 300.0), *tips]), FONT, DARK, 1.0)
        half = 0.5 * wide("e₁", FONT, small)
        return [(mark[2][0] + half, mark[2][1]) for mark in found.marks if mark[0] == "text"]

    for tip, want in (
        ((safe.x1 - 1, 300.0), (safe.x1 - small, 300 + 0.55 * small)),
        ((safe.x0 + 1, 300.0), (safe.x0 + small, 300 - 0.55 * small)),
        ((900.0, safe.y0), (900 + 0.55 * small, safe.y0 + small / 2)),
        ((900.0, safe.y1), (900 - 0.55 * small, safe.y1 - small / 2)),
    ):
        assert middles(tip)[0] == pytest.approx(want)
    # Tips upwards have their names to the right and to the left, 1.1 letters apart: one lies on
    # the other where a name is 1.24 letters wide, and so stands a row below it.
    (_, first), (_, second) = middles((900.0, 200.0), (900.0, 200.0))
    assert second - first == pytest.approx(small)
    (_, first), (_, second) = middles((900.0, 200.0), (890.0, 200.0))
    assert abs(second - first) < 0.2 * small


def test_vectors_of_no_act_are_shown_by_nobody() -> None:
    assert not list(shown_bases((None, None), 0, 0.95)) and not list(shown_bases((), 0, 0.5))
    assert not list(shown_bases((None,), 0, 0.95)) and not list(shown_bases((None,), 0, 1.0))
    one: Any = "basis"
    assert not list(shown_bases((None, one), 0, 0.9))
    ((_, k, t, opacity),) = shown_bases((None, one), 0, 0.955)
    assert (k, t) == (0, 0.0) and opacity == pytest.approx(0.5)
    gone, comes = list(shown_bases((one, one), 1, 0.045)), list(shown_bases((one, one), 1, 0.135))
    assert [each.opacity for each in (*gone, *comes)] == pytest.approx([0.5, 0.5])
