"""Short numbers, scores and holds, at the places where their words change."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from tests.scenes import panel_of
from warpviz.data import Dataset, make_data
from warpviz.data.dataset import UNLABELLED
from warpviz.errors import WarpvizError
from warpviz.film import calm
from warpviz.film.build import animate, default_size
from warpviz.film.calm import calm_lengths
from warpviz.film.options import Clock, Options
from warpviz.film.words.captions import _words, reading_seconds, seen_words, words_at_stops
from warpviz.film.words.measures import measure_lines, measure_words
from warpviz.film.words.numbers import short_number
from warpviz.film.words.score import score_words
from warpviz.measure.state import Measures
from warpviz.model import Chain, Dense
from warpviz.motion.projection import Projection
from warpviz.picture.words.fonts import bundled_font
from warpviz.picture.words.text import text_width


@pytest.mark.parametrize(
    ("value", "told"),
    [(10.4, "10"), (9.94, "9.9"), (-10.4, "−10"), (999_999.0, "999999"), (1e6, "1e6"),
     (1.2e6, "1.2e6"), (1e-4, "0.0001"), (9.9e-5, "9.9e−5"), (0.0, "0"), (20.0, "20"),
     (0.1, "0.1")],
)  # fmt: skip
def test_short_numbers(value: float, told: str) -> None:
    assert short_number(value) == told


def test_a_model_that_has_learnt_its_data_is_told_no_score() -> None:
    y = np.repeat([0, 1], 100)
    data = Dataset(np.arange(400.0).reshape(200, 2), y)
    for wrong, told in ((2, ""), (3, " · 98.5 % right")):
        said = y.copy()
        said[:wrong] = 1
        assert score_words(np.eye(2)[said], data) == told
    numbers = Dataset.with_targets(data.x, np.array([0.0, 2.0] * 100))
    # R² = 1 − Σ off² / Σ away², and all are 1 away from their mean.
    for off, told in ((np.sqrt(0.5) - 1e-9, ""), (np.sqrt(0.51), " · R² 0.490")):
        assert score_words((numbers.targets + off)[:, None], numbers) == told
    bare = Dataset(data.x, np.zeros(200, dtype=int), UNLABELLED)
    assert score_words(np.eye(2)[y], bare) == ""


def test_words_of_measures() -> None:
    every = Measures(accuracy=0.5, separable=True, area_factor=2.0, collapsed=0.5, regions=1)
    assert measure_words(every) == ("fitted probe 50.0 %", "separable", "area ×2", "1 region")
    assert measure_words(Measures(r_squared=0.1239, collapsed=1.0, regions=2)) == (
        "linear R² 0.123", "all collapsed", "2 regions"
    )  # fmt: skip
    assert measure_words(Measures()) == () and measure_words(None) == ()
    font = bundled_font()
    words = measure_words(every)
    for count in (1, 2, 3, 4):
        line = " · ".join(words[:count])
        wide = text_width(line, font, 12)
        assert measure_lines([every, None], wide, font, 12) == (line, "")
        shorter = " · ".join(words[: count - 1])
        assert measure_lines([every, None], wide - 1, font, 12) == (shorter, "")


def view(variance: float, axes: int, principal: bool, whole: bool) -> Projection:
    return Projection(np.zeros(4), np.eye(4, 3) * (np.arange(3) < axes), variance, principal, whole)


def test_how_much_of_a_state_is_seen() -> None:
    assert seen_words(view(0.876, 3, True, False), 4) == " (87 % seen)"
    assert seen_words(view(1.0, 3, True, False), 4) == ""
    assert seen_words(view(1.0, 2, False, False), 4) == " (2 of 4 axes seen)"
    assert seen_words(view(0.5, 2, False, False), 4) == " (2 of 4 axes, 50 % seen)"
    assert seen_words(view(1.0, 3, False, True), 3) == ""


def test_words_are_counted_by_their_letters() -> None:
    def panel(stops: list[str], remarks: list[str], acts: int) -> Any:
        return SimpleNamespace(
            moment=lambda k, t, of: (k, t),
            caption=lambda k, t: stops[k + (t == 1.0)], remark=lambda k, t: remarks[k + (t == 1.0)],
        )  # fmt: skip

    long = panel(["one", "layer 1 · affine 2→3", "the end"], ["", "— so it is", "x"], 2)
    short = panel(["one two", "a", "b c d e"], ["", "", ""], 2)
    assert [_words(long, stop, 2) for stop in (0, 1, 2)] == [1, 7, 3]
    assert words_at_stops([long, short], 2) == (2, 7, 4)
    assert [reading_seconds(n) for n in (0, 4, 5, 14)] == pytest.approx([0.0, 0.0, 0.3, 3.0])


def test_stops_rest_as_they_are_told() -> None:
    assert Clock().holds(3) == (0.5, 0.5, 0.5)
    assert Clock().holds(2, (0.0, 1.5)) == (0.5, 2.0) and Clock(hold=0.1).holds(2, (9, 9)) == (
        0.1,
        0.1,
    )
    told = Clock(start_hold=1.0, end_hold=2.0, hold_at={1: 3.0, 0: 4.0})
    assert told.holds(3) == (4.0, 3.0, 2.0) and told.longest_hold == 4.0
    assert Clock(hold=7.0).longest_hold == 7.0 and Clock(end_hold=6.0).longest_hold == 6.0
    for stops, reading in ((0, ()), (2, (1.0,))):
        with pytest.raises(WarpvizError, match="a number to read at each, got"):
            Clock().holds(stops, reading)
    for stop in (-1, 3):
        with pytest.raises(WarpvizError, match=rf"names stop {stop}, .* stops are 0 to 2\."):
            Clock(hold_at={stop: 1.0}).holds(3)
    assert (Clock(loop=0).loop, Options(jobs=0).jobs) == (0, 0)
    for wrong in (lambda: Clock(loop=-1), lambda: Options(jobs=-1)):
        with pytest.raises(WarpvizError, match="got -1"):
            wrong()


def test_films_of_several_have_panels_of_360_by_400() -> None:
    assert [default_size(n) for n in (1, 2, 4, 5, 9)] == [
        (640, 480), (720, 400), (1440, 400), (1080, 800), (1080, 1200)
    ]  # fmt: skip


def test_an_act_is_slower_by_what_moves_too_far(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[int, int]] = []

    def step(panel: float, k: int, acts: int, steps: int, ease: str) -> float:
        asked.append((k, steps))
        return panel / steps

    monkeypatch.setattr(calm, "_largest_step", step)
    # Of twenty frames a dot goes 0.056 of the height at most: 1.12 in a second.
    (first, second) = calm_lengths([1.12, 0.5], (1.0, 0.5), "linear")  # type: ignore[list-item]
    assert first == pytest.approx(1.0) and second == pytest.approx(1.0) and asked[0] == (0, 20)
    (slow,) = calm_lengths([0.2, 2.24], (1.0,), "linear")  # type: ignore[list-item]
    assert slow == pytest.approx(2.0)
    assert calm_lengths([99.0], (1.0,), "linear") == (6.0,)  # type: ignore[list-item]
    assert calm_lengths([0.0], (0.01,), "linear") == (0.01,) and asked[-1] == (0, 1)  # type: ignore[list-item]


def test_a_dots_step_is_measured_over_its_panels_height() -> None:

    chain = Chain([Dense(np.array([[1.0, 0.5], [0.0, 1.0]]), np.zeros(2))])
    panel = panel_of(animate(chain, make_data("rings", n=20), size=(320, 240), motion="lerp"))
    vertices = len(panel.sheet.vertices)
    places = [
        panel.camera.lens(0, t).project(panel.path.at(0, t)[vertices:])[0] for t in (0, 0.5, 1)
    ]
    steps = np.hypot(*np.moveaxis(np.diff(places, axis=0), -1, 0))
    assert calm._largest_step(panel, 0, 1, 2, "linear") == pytest.approx(steps.max() / 240)
