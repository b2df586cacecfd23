"""compare: a panel for each model, and what is equal for all."""

from pathlib import Path

import pytest
from PIL import Image

from tests.cli.conftest import Run
from tests.cli.films.looked_at import SMALL, gif_of
from tests.scenes import scene_of
from warpviz.film.reel.animation import Animation


def titles_of(film: Animation) -> list[str]:
    return [panel.title for panel in scene_of(film).panels]


@pytest.mark.slow
def test_compare_has_a_panel_for_each(
    run: Run, model_file: Path, recorded: list[Animation]
) -> None:
    command = f"compare relu tanh {model_file} --layers 4:sin --data moons --epochs 30 --fps 4"
    ran = run(f"{command} --size 640x480 -o c.png")
    assert (ran.code, ran.out) == (0, "c.png\n")
    titles = titles_of(recorded[0])
    assert [title.partition(" · ")[0] for title in titles] == ["relu", "tanh", "4:sin", "moons"]
    assert all(title.endswith(" %") for title in titles)


@pytest.mark.slow
def test_compare_fills_open_layers_with_each_activation(
    run: Run, recorded: list[Animation]
) -> None:
    command = "compare relu tanh --layers 2,2 --layers 5 --data moons --epochs 3"
    assert run(f"{command} --size 640x480 -o c.png").code == 0
    titles = [title.partition(" · ")[0] for title in titles_of(recorded[0])]
    assert titles == ["relu 2,2", "relu 5", "tanh 2,2", "tanh 5"]
    assert run("compare --layers 2,2 --data moons --epochs 3 --activation sin -o c.png").code == 0
    assert [title.partition(" · ")[0] for title in titles_of(recorded[1])] == ["sin"]


@pytest.mark.slow
def test_what_is_equal_for_all_is_said_and_stored_with_the_film(run: Run, model_file: Path) -> None:
    look = f"{SMALL} --seconds 0.25 --hide sheet,grid --size 320x180"
    quick = "--layers 2,2 --data moons --epochs 7 --seed 3"
    equal = (
        "moons (1,800 points), widths 2-2-2-2, seed 3, {starts}, at most "
        "7 epochs of lbfgs with rate 0.5, penalty 0.003, evenness 0.02."
    )
    ran = run(f"compare relu tanh {quick} --evenness 0.02 --starts 2 {look} -o c.gif")
    told = "Equal for all: " + equal.format(starts="the most accurate of 2 starts")
    assert ran.code == 0 and told in ran.err.splitlines()
    with Image.open("c.gif") as image:
        assert told in image.info["comment"].decode()
    ran = run(f"compare relu tanh {quick} --evenness 0.02 --starts 1 --table csv")
    assert "Equal for all: " + equal.format(starts="a single start each") in ran.err
    # A model that was trained elsewhere is none of them, and layers may differ.
    ran = run(f"compare relu {model_file} --starts 1 --epochs 3 --table csv")
    assert "Equal for all that are trained here: " in ran.err
    ran = run(f"compare relu --layers 2 --layers 3 {quick} --starts 1 --table csv")
    assert "Equal for all: moons (1,800 points), seed 3, a single" in ran.err


@pytest.mark.slow
def test_compare_takes_models_by_flag_and_writes_its_own_name(run: Run, model_file: Path) -> None:
    command = f"compare --model {model_file} {SMALL} --seconds 0.25 --hide sheet,grid"
    ran = run(command)
    assert ran.out == "compare.gif\n"
    assert gif_of("compare.gif")[0] == [500] * 6
