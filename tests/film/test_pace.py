"""Films as long as was asked for: files read back by Pillow are the oracle."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

import warpviz as wv
from warpviz.approximation.learning import approximate
from warpviz.film.options import Clock
from warpviz.film.pace import most_acts, whole_film


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
