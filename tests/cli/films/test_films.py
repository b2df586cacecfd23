"""render: every flag of the look and of the clock changes what it says it changes."""

from pathlib import Path

import numpy as np
import pytest

from tests.cli.conftest import Run
from tests.cli.films.looked_at import SMALL, gif_of, still
from warpviz.arrays import Pixels
from warpviz.convert.files import load_stored
from warpviz.film.reel.animation import Animation
from warpviz.picture.scene import Scene

PICTURE = [
    "--hide dots", "--hide grid,legend", "--hide sheet --hide grid", "--hide axes,track",
    "--show creases --hide caption",
    "--theme light", "--title Fold", "--view 2d", "--view pca", "--limits -0.3,0.3,-0.2,0.2",
    "--size 320x240", "--colors 0.2,teal",
]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("flags", PICTURE)
def test_flags_of_the_look_change_the_picture(
    run: Run, model_file: Path, plain: Pixels, flags: str
) -> None:
    assert run(f"render --model {model_file} {SMALL} -o other.png {flags}").code == 0
    other = still("other.png")
    assert plain.shape == (180, 240, 3)
    assert other.shape == ((240, 320, 3) if "320" in flags else plain.shape)
    assert not np.array_equal(plain, other)


@pytest.mark.slow
def test_font_is_used(run: Run, model_file: Path, recorded: list[Animation]) -> None:
    from matplotlib import font_manager

    serif = font_manager.findfont("DejaVu Serif")
    assert run("render", "--model", model_file, "--font", serif, "-o", "a.png").code == 0
    scene = recorded[0].scene
    assert isinstance(scene, Scene) and scene.font == Path(serif)


CLOCK = [
    ("--seconds 1", [500, *3 * [250], 500, *3 * [250], 500]),
    ("--seconds 0.5", [500, 250, 500, 250, 500]),
    ("--fps 2 --seconds 1", [500, 500, 500, 500, 500]),
    ("--hold 1.5 --seconds 0.25", [1500, 1500, 1500]),
]


@pytest.mark.slow
@pytest.mark.parametrize(("flags", "expected"), CLOCK)
def test_flags_of_the_clock_change_the_times(
    run: Run, model_file: Path, flags: str, expected: list[int]
) -> None:
    """A film of whole layers has its hold at every stop and its frames between."""
    command = f"render --model {model_file} {SMALL} --whole-layers --hide sheet,grid {flags}"
    assert run(command).code == 0
    times, loop = gif_of("fold.gif")
    acts = len(load_stored(model_file).chain.logits())
    act = expected[: (len(expected) - 1) // 2]
    assert times == act * acts + expected[-1:]
    assert loop == 0


@pytest.mark.slow
def test_acts_follow_layers_units_and_softmax(
    run: Run, model_file: Path, recorded: list[Animation]
) -> None:
    for flags in ("", "--whole-layers", "--whole-layers --softmax", "--one-by-one"):
        assert run(f"render --model {model_file} {SMALL} -o a.png {flags}").code == 0
    assert [film.timeline.acts for film in recorded] == [5, 3, 4, 1 + 3 + 1 + 3 + 1]


@pytest.mark.slow
def test_motion_ease_loop_and_jobs_reach_the_film(
    run: Run, model_file: Path, recorded: list[Animation]
) -> None:
    flags = "--motion lerp --ease linear --loop 3 --jobs 2"
    assert run(f"render --model {model_file} --size 240x180 -o a.png {flags}").code == 0
    assert run(f"render --model {model_file} --size 240x180 -o b.png").code == 0
    film, plain = recorded
    assert (film.timeline.ease, film.loop, film.jobs) == ("linear", 3, 2)
    assert (plain.timeline.ease, plain.loop, plain.jobs) == ("smooth", 0, 0)
    straight, turned = (each.frame(0, 0.5).pixels for each in recorded)
    assert not np.array_equal(straight, turned)


@pytest.mark.slow
def test_loop_is_in_the_file(run: Run, model_file: Path) -> None:
    command = f"render --model {model_file} {SMALL} --seconds 0.25 --hide sheet,grid --loop 3"
    assert run(command).code == 0
    assert gif_of("fold.gif")[1] == 2  # repetitions after the first play
