"""render and compare: every flag changes what it says it changes."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageSequence

import warpviz
from tests.cli.conftest import Run
from warpviz.arrays import Pixels
from warpviz.cli import main
from warpviz.convert.files import load_stored
from warpviz.film import build
from warpviz.film.reel.animation import Animation
from warpviz.picture.scene import Scene

SMALL = "--size 240x180 --fps 4 --jobs 1"


def still(path: Path | str) -> Pixels:
    with Image.open(path) as image:
        return np.asarray(image.convert("RGB"))


def gif_of(path: Path | str) -> tuple[list[int], int | None]:
    """Milliseconds of every frame, and the loop field, as Pillow reads them."""
    with Image.open(path) as image:
        times = [frame.info["duration"] for frame in ImageSequence.Iterator(image)]
        return times, image.info.get("loop")


def titles_of(film: Animation) -> list[str]:
    assert isinstance(film.scene, Scene)
    return [panel.title for panel in film.scene.panels]


@pytest.fixture(scope="session")
def plain(model_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Pixels:
    """The picture without any flag of the look."""
    path = tmp_path_factory.mktemp("plain") / "plain.png"
    assert main(f"render --model {model_file} {SMALL} --quiet -o {path}".split()) == 0
    return still(path)


@pytest.fixture
def recorded(monkeypatch: pytest.MonkeyPatch) -> list[Animation]:
    """The films that are built, as the library returns them."""
    films: list[Animation] = []

    def recorder(original: Callable[..., Animation]) -> Callable[..., Animation]:
        def recording(*args: object, **options: object) -> Animation:
            films.append(original(*args, **options))
            return films[-1]

        return recording

    for name in ("animate", "compare"):
        monkeypatch.setattr(build, name, recorder(getattr(build, name)))
    return films


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


TRAINING = [
    ("--activation tanh", "tanh: "),
    ("--layers 2:sin", "2:sin: "),
    ("--layers 3:leaky_relu:0.2,2", "relu: "),
    ("--optimizer adam", "after 30 epochs"),
    ("--epochs 7", "after 7 epochs"),
    ("--learning-rate 0.01", "after 30 epochs"),
    ("--seed 5", "relu: "),
    ("--data xor", "xor: 1800 points"),
]


@pytest.mark.many(quick=1)
@pytest.mark.parametrize(("flags", "told"), TRAINING)
def test_flags_of_training_change_the_model(run: Run, flags: str, told: str) -> None:
    assert run("train --data moons --epochs 30 -o plain.npz").code == 0
    ran = run(f"train --data moons --epochs 30 -o other.npz {flags}")
    assert ran.code == 0
    assert told in ran.err
    plain, other = (load_stored(name).chain.parameters() for name in ("plain.npz", "other.npz"))
    same = [np.array_equal(a, b) for a, b in zip(plain, other, strict=False)]
    assert len(plain) != len(other) or not all(same)


def test_layers_take_their_own_activation_or_the_common_one(
    run: Run, recorded: list[Animation]
) -> None:
    small = f"--data moons --epochs 5 {SMALL} -o m.npz"
    run(f"train {small.replace(SMALL, '')} --layers 3:leaky_relu:0.2,4 --activation gelu")
    names = [getattr(layer, "activation", None) for layer in load_stored("m.npz").chain]
    assert names == ["leaky_relu:0.2", "gelu", "identity", None]
    run(f"train {small.replace(SMALL, '')}")
    names = [getattr(layer, "activation", None) for layer in load_stored("m.npz").chain]
    assert names == ["identity", "relu", "relu", "identity", None]


@pytest.mark.slow
def test_a_model_brings_its_data_and_class_names(
    run: Run, model_file: Path, recorded: list[Animation]
) -> None:
    ran = run(f"render --model {model_file} {SMALL} -o a.png")
    assert ran.err.startswith("moons: 1800 points, moons.npz: ")
    assert recorded[0].scene.class_names == ("up", "down")
    ran = run(f"render --model {model_file} {SMALL} -o a.png --data rings")
    assert ran.err.startswith("rings: 1800 points")


@pytest.mark.slow
def test_render_reaches_99_percent_on_the_rings(run: Run) -> None:
    ran = run(f"render {SMALL} -o a.png")
    share = float(ran.err.partition("relu: ")[2].partition(" %")[0])
    assert share >= 99.0


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


def test_classic_is_quick_to_try_and_has_its_own_clock(run: Run) -> None:
    command = "render --classic --activation gelu --epochs 20 --rounds 1 --size 240x180 --fps 10"
    ran = run(f"{command} --loop 2 --jobs 1 --seed 3")
    assert ran.code == 0, ran.err
    assert "gelu_tanh: " in ran.err
    assert "after 20 epochs" in ran.err
    times, loop = gif_of("fold.gif")
    assert times == [100] * 11  # five layers, two steps each, and the end
    assert loop == 1


def test_classic_takes_a_model(run: Run, model_file: Path) -> None:
    ran = run(f"render --classic --model {model_file} --rounds 0 --size 240x180 -o c.gif")
    assert ran.code == 0, ran.err
    assert len(gif_of("c.gif")[0]) == 5


def test_classic_keeps_its_model_and_films_own_data(run: Run, tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    rows = [f"{x / 9},{y / 9},{'abc'[k % 3]}" for k, (x, y) in enumerate(rng.normal(size=(60, 2)))]
    (tmp_path / "rings.csv").write_text("u,v,kind\n" + "\n".join(rows) + "\n", encoding="utf-8")
    command = "render --classic --data rings.csv --raw --epochs 5 --rounds 0 --size 240x180"
    ran = run(f"{command} -o c.gif -o m.npz")
    assert ran.code == 0 and ran.out.split() == ["m.npz", "c.gif"]
    kept = load_stored("m.npz")
    assert kept.chain.widths == (2, 3, 3, 3, 3, 3) and kept.class_names == ("a", "b", "c")
    assert len(gif_of("c.gif")[0]) == 6
    # The film of the kept model is the same film.
    again = run("render --classic --model m.npz --data rings.csv --raw --rounds 0 --size 240x180")
    assert again.code == 0 and Path("fold.gif").read_bytes() == Path("c.gif").read_bytes()


def test_a_model_alone_asks_for_no_film(run: Run) -> None:
    for flags in ("", "--classic"):
        ran = run(f"render {flags} --epochs 5 -o m.npz")
        assert ran.code == 0 and ran.out.split() == ["m.npz"]
        assert sorted(path.name for path in Path().iterdir()) == ["m.npz"]
        ran = run(f"render {flags} --model m.npz -o n.npz")
        assert ran.code == 2 and "use warpviz convert MODEL -o n.npz." in ran.err


def test_classic_is_the_same_from_python(run: Run) -> None:
    command = "render --classic --activation gelu --epochs 20 --rounds 1 --size 240x180 -o c.gif"
    assert run(command + " -o m.npz").code == 0
    look: dict[str, Any] = {"rounds": 1, "size": (240, 180)}
    warpviz.classic("gelu", epochs=20, **look).save("p.gif")
    assert Path("p.gif").read_bytes() == Path("c.gif").read_bytes()
    chain = warpviz.classic_chain("gelu_tanh", epochs=20)
    stored = load_stored("m.npz").chain
    for own, kept in zip(chain.parameters(), stored.parameters(), strict=True):
        assert np.array_equal(own, kept)
    warpviz.classic(chain, **look).save("q.gif")
    assert Path("q.gif").read_bytes() == Path("c.gif").read_bytes()
