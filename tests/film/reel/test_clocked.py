"""Whole centiseconds, chapters, clips, timelines of frames, and what is given up for size."""

import math
from dataclasses import replace
from itertools import accumulate
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from warpviz.errors import WarpvizError
from warpviz.film.reel import colours as of_colours
from warpviz.film.reel.budget import _variants
from warpviz.film.reel.folders import _concat, _own, _timeline
from warpviz.film.reel.times import chapters, check_moment, clipped, clocked
from warpviz.motion.timeline import Timeline
from warpviz.output.video import quality_of
from warpviz.theme import THEMES


@pytest.mark.parametrize("fps", [7.0, 29.97, 30.0, 60.0, 99.0])
def test_what_rounding_leaves_is_carried_on(fps: float) -> None:
    timeline = Timeline(3, seconds=1.0, hold=0.333, fps=fps)
    due = list(accumulate(100 * moment.seconds for moment in timeline))
    shown = list(accumulate(count for _, count in clocked(timeline)))
    assert np.abs(np.subtract(due, shown)).max() <= 0.5 + 1e-9
    assert [moment for moment, _ in clocked(timeline)] == list(timeline)


def test_no_frame_is_shorter_than_a_centisecond() -> None:
    assert {count for _, count in clocked(Timeline(1, seconds=0.1, hold=0.0, fps=400.0))} == {1}


def test_chapters_begin_when_their_stops_do() -> None:
    timeline = Timeline(2, seconds=1.0, fps=4.0, holds=(0.5, 1.0, 2.0))
    assert chapters(timeline, ("a", "b", "c")) == ((0.0, "a"), (1.25, "b"), (3.0, "c"))
    part = clipped(timeline, 2)
    assert part.clip == (1, 2) and chapters(part, ("a", "b", "c")) == ((0.0, "b"), (1.75, "c"))
    assert chapters(replace(timeline, cyclic=True), ("a", "b", "c")) == ((0.0, "a"),)


def test_clips_and_moments_are_asked_within_the_film() -> None:
    timeline = Timeline(3)
    assert clipped(timeline, 1, 3).clip == (0, 3) and clipped(timeline, 3).clip == (2, 3)
    for first, last, asked in ((0, None, "0"), (4, 4, "4"), (2, 1, "2 to 1"), (1, 4, "1 to 4")):
        with pytest.raises(WarpvizError, match=rf"acts from 1 to 3, .* got {asked}\."):
            clipped(timeline, first, last)
    for acts, last in ((3, 2), (0, 0)):
        check_moment(Timeline(acts), last, 1.0)
        for k, t in ((last + 1, 0.0), (-1, 0.0), (0, 1.01), (0, -0.01)):
            with pytest.raises(WarpvizError, match=rf"act from 0 to {last} and t from 0 to 1, got"):
                check_moment(Timeline(acts), k, t)


def test_lists_of_frames_are_as_their_manuals_have_them() -> None:
    assert _timeline([0.05, 0.05, 0.125, 0.3], (1, 3)) == ":20:0\n*::1\n:8:2\n*:3.33333:3\n"
    assert _concat([0.05, 1 / 3]) == (
        "ffconcat version 1.0\nfile frame-0000.png\nduration 0.050000\n"
        "file frame-0001.png\nduration 0.333333\nfile frame-0001.png\n"
    )
    own = ("frame-0000.png", "frame-12345.png", "timeline.txt", "clicks.txt", "about.txt")
    assert all(map(_own, own))
    others = ("frame-.png", "frame-1.jpg", "0000.png", "frame-0000", "frame-x.png", "notes.txt")
    assert not any(map(_own, others))


class Tried:
    """A film that only counts what it is asked to give up."""

    fps, colours, size, transparent = 20.0, 80, (360, 270), False
    source: Any = "known"

    def __init__(self, **given: Any) -> None:
        vars(self).update(given)

    def remade(self, **given: Any) -> "Tried":
        return Tried(**{**vars(self), **given})


def tried(path: Path, most: int, film: Tried | None = None) -> list[tuple[Any, ...]]:
    variants: Any = _variants(film or Tried(), path, most, path)  # type: ignore[arg-type]
    return [(v.fps, v.colours, v.size, softer, words) for v, softer, words in variants]


def test_a_video_is_softer_by_six_steps_for_each_half(tmp_path: Path) -> None:
    path = tmp_path / "x.mp4"
    path.write_bytes(bytes(4000))
    usual, softest = quality_of(Tried(), ".mp4")  # type: ignore[arg-type]
    # A quarter of the bytes: twelve steps, and one more; then the rest of what there is.
    steps = [*range(13, softest - usual, 13), softest - usual]
    found = tried(path, 1000)
    assert [one[3] for one in found[: len(steps) + 1]] == [0, *steps]
    assert found[1][4] == f"quality lowered to crf {usual + 13}"
    assert found[len(steps) + 1][4] == f"quality lowered to crf {softest}, 15 frames a second"
    # A file that is nearly small enough is softened by a step, at least.
    assert [one[3] for one in tried(path, 3999)][:3] == [0, 2, 4]
    assert [one[3] for one in tried(path, 9000)][:3] == [0, 1, 2]


def test_pictures_become_smaller_as_bytes_go_with_their_number(tmp_path: Path) -> None:
    path = tmp_path / "x.gif"
    path.write_bytes(bytes(5000))
    found = tried(path, 3000, Tried(size=(1440, 1080)))
    assert [one[0] for one in found] == [20.0, 15, 12, 10] + [10] * (len(found) - 4)
    assert [one[1] for one in found] == [80] * 4 + [64] + [32] * (len(found) - 5)
    share = 0.97 * math.sqrt(3 / 5)
    first = math.ceil(1440 * share), math.ceil(1080 * share)
    second = math.ceil(first[0] * share), math.ceil(first[1] * share)
    assert [one[2] for one in found[6:8]] == [first, second] and len(found) <= 12
    assert found[4][4] == "10 frames a second, 64 colours"
    assert found[6][4] == f"10 frames a second, 32 colours, {first[0]}×{first[1]} pixels"
    # Of what is near, a tenth goes at least; nothing becomes smaller than what can be read.
    assert tried(path, 10)[6][2] == (240, 180) and len(tried(path, 10)) == 7
    assert tried(path, 4900)[6][2] == (324, 243)
    assert len(tried(path, 3000, Tried(source=None))) == 6
    assert len(tried(path, 3000, Tried(source=None, transparent=True))) == 4
    assert len(tried(path, 3000, Tried(source=None, fps=2.0, colours=40))) == 3


def test_a_palette_is_taken_at_every_stop_and_once_between() -> None:
    asked: list[tuple[int, float]] = []
    kept: list[Any] = []

    def paint(k: int, t: float) -> Any:
        asked.append((k, t))
        return np.full((2, 2, 4), k + 1, dtype=np.uint8)

    theme = THEMES["dark"]
    scene: Any = SimpleNamespace(theme=theme, class_names=("a", "b"))

    def built(pictures: Any, colours: int, keep: Any) -> Any:
        kept.append((keep, colours, [picture.shape for picture in pictures]))
        return np.zeros((1, 3), np.uint8)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(of_colours, "build_palette", built)
        painter: Any = SimpleNamespace(paint=paint)
        of_colours.palette_of(scene, 3, painter, 80)
    assert asked == [(0, 0.0), (1, 0.0), (2, 0.0), (1, 0.5), (2, 1.0)]
    ((keep, colours, shapes),) = kept
    assert keep == (theme.background, theme.text, *theme.classes[:2]) and colours == 80
    assert set(shapes) == {(2, 2, 3)}
