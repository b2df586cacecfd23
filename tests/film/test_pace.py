"""Films as long as was asked for: files read back by Pillow are the oracle."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

import warpviz as wv
from warpviz.approximation.learning import approximate
from warpviz.film.options import Clock
from warpviz.film.pace import length, most_acts, spread, whole_film


@given(
    st.floats(0.2, 60), st.floats(1, 50), st.floats(0, 5), st.none() | st.floats(0, 9),
    st.integers(1, 60),
)  # fmt: skip
def test_a_film_is_as_long_as_its_seconds(
    seconds: float, fps: float, hold: float, end: float | None, acts: int
) -> None:
    options = Clock(seconds=seconds, fps=fps, hold=hold, end_hold=end)
    clock = whole_film(options, min(acts, most_acts(options)))
    shortest = 2 / fps  # the first picture and the last
    assert clock.total_seconds == pytest.approx(max(seconds, shortest), abs=1.0 / fps)
    if seconds > 10 / fps:
        assert clock.total_seconds == pytest.approx(seconds, abs=1e-6)
    steps = [clock.steps(k) for k in range(clock.acts)]
    assert max(steps) - min(steps) <= 1


def test_rests_stay_as_asked_where_the_film_is_long_enough() -> None:
    clock = whole_film(Clock(seconds=10.0, fps=20.0, hold=0.5, end_hold=2.0), 40)
    assert clock.holds[0] == 0.5 and clock.holds[-1] == pytest.approx(2.0, abs=0.05)


@pytest.mark.many(quick=1)
@pytest.mark.parametrize("seconds", [1.0, 3.3, None])
def test_the_written_gif_is_that_long(tmp_path: Path, seconds: float | None) -> None:
    found = approximate("abs", layers=(4,), steps=300)
    film = wv.animate_approximation(found, size=(240, 180), fps=5, seconds=seconds)
    film.save(tmp_path / "a.gif")
    with Image.open(tmp_path / "a.gif") as image:
        total = 0
        for i in range(getattr(image, "n_frames", 1)):
            image.seek(i)
            total += image.info["duration"]
    assert total == pytest.approx(1000 * (seconds or 8.0), abs=10)


def test_films_of_training_too() -> None:
    data = wv.load_data("moons", n=60, seed=0)
    fit = wv.train(wv.mlp([2, 3, 2], "tanh", seed=0), data, epochs=30)
    film = wv.animate_training(fit, data, seconds=2.0, size=(320, 180))
    assert film.timeline.total_seconds == pytest.approx(2.0, abs=1e-6)


def ends(acts: int = 4, **given: float) -> tuple[float, float]:
    clock = whole_film(Clock(fps=10.0, **given), acts)  # type: ignore[arg-type]
    return clock.holds[0], clock.holds[-1]


def test_the_last_picture_stays_one_and_a_half_seconds_and_rests_are_half_a_film() -> None:
    assert ends(seconds=10.0, hold=0.5) == pytest.approx((0.5, 1.5))
    assert ends(seconds=10.0, hold=2.0) == pytest.approx((2.0, 2.0))
    assert ends(seconds=10.0, hold=0.5, start_hold=1.0) == pytest.approx((1.0, 1.5))
    assert ends(seconds=10.0, hold=0.5, end_hold=0.8) == pytest.approx((0.5, 0.8))
    # Of two seconds a half rest, a third of them before the film and two thirds behind it.
    assert ends(seconds=2.0, start_hold=1.0, end_hold=2.0) == pytest.approx((1 / 3, 2 / 3))
    # A picture stays for a frame at least; nothing rests where no rest is asked for.
    assert ends(seconds=4.0, start_hold=0.0, end_hold=0.0) == pytest.approx((0.1, 0.1))
    assert ends(hold=0.0)[1] == pytest.approx(1.5) and length(Clock()) == 8.0
    assert most_acts(Clock(seconds=2.0, fps=10.0, start_hold=0.5, end_hold=0.5)) == 11
    assert most_acts(Clock(seconds=0.1, fps=10.0)) == 1


def test_snapshots_are_closer_together_where_most_is_learnt() -> None:
    epochs = np.arange(0.0, 101.0)
    told = spread(epochs, 11)
    want = 100 * (np.arange(11) / 10) ** 2.2
    assert told.tolist() == np.unique(np.rint(want)).tolist()
    few = np.array([3.0, 4.0, 10.0, 103.0])
    assert spread(few, 40).tolist() == [0, 1, 2, 3] and spread(few, 2).tolist() == [0, 3]
    # What is as near to one as to the other is the earlier.
    assert spread(np.array([0.0, 50.0, 100.0]) / 50, 2).tolist() == [0, 2]
    assert len(spread(np.arange(10_000.0))) == 40
