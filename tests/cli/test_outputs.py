"""What is to be written is told before any training."""

from argparse import Namespace
from pathlib import Path

import pytest
from PIL import Image

from tests.cli.conftest import Run
from warpviz.cli.outputs import charts_of, look_of, outputs_of, refuse_twice, save_options_of
from warpviz.errors import WarpvizError


@pytest.mark.usefixtures("no_training")
@pytest.mark.parametrize("flag", ["--at 1", "--filmstrip"])
@pytest.mark.parametrize("files", ["-o a.gif", "-o a.mp4 -o a.html"])
def test_a_still_wants_a_file_that_can_hold_one(run: Run, flag: str, files: str) -> None:
    ran = run(f"render {flag} {files}")
    assert (ran.code, ran.out) == (2, "")
    name = flag.split()[0]
    assert (
        f"{name} writes pictures: .png, .svg, .pdf, .jpg, .tif, .bmp or .avif; name such a"
        in ran.err
    )
    assert ran.err.count("\n") == 1


@pytest.mark.parametrize("flag", [{"at": [1.0]}, {"filmstrip": True}, {}])
@pytest.mark.parametrize("suffix", [".png", ".svg", ".pdf", ".jpg", ".TIFF"])
def test_one_such_file_among_others_is_enough(
    flag: dict[str, object], suffix: str, tmp_path: Path
) -> None:
    names = [str(tmp_path / "a.gif"), str(tmp_path / f"b{suffix}")]
    paths = outputs_of(Namespace(output=names, **flag), "fold.gif")
    assert [str(path) for path in paths] == names
    assert save_options_of(Namespace(**flag)).prints(paths[1]) == (bool(flag) or suffix != ".png")


def test_the_usual_file_where_none_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert outputs_of(Namespace(), "fold.gif") == (Path("fold.gif"),)
    # Frames alone are what was asked for.
    assert outputs_of(Namespace(frames="frames"), "fold.gif") == ()
    with pytest.raises(WarpvizError, match="--at writes"):
        outputs_of(Namespace(at=[0.0]), "fold.gif")


def test_one_file_by_two_names_is_refused(tmp_path: Path) -> None:
    names = [str(tmp_path / "a.gif"), str(tmp_path / "." / "a.gif")]
    with pytest.raises(WarpvizError, match=r"-o names .*a\.gif twice; leave one out"):
        outputs_of(Namespace(output=names), "fold.gif")
    refuse_twice("-o", ["a.gif", "b.gif"])


def test_the_look_is_what_was_asked_for_and_nothing_else() -> None:
    args = Namespace(show=["measures"], hold_at=[(1, 2.0)], verb="render", theme="light")
    assert look_of(args) == {"show": ("measures",), "hold_at": {1: 2.0}, "theme": "light"}
    with pytest.raises(WarpvizError, match="hold"):
        look_of(Namespace(hold=-1.0))


@pytest.mark.usefixtures("no_training")
@pytest.mark.parametrize(
    "command",
    ["compare relu --training -o a.jpg", "landscape -o a.tif", "train --film a.jpeg",
     "activations relu -o a.bmp"],
)  # fmt: skip
def test_films_with_a_chart_have_no_strip_and_say_so_first(run: Run, command: str) -> None:
    ran = run(command)
    assert (ran.code, ran.out) == (2, "")
    assert "A film with a chart has no strip" in ran.err and ran.err.count("\n") == 1
    wanted = charts_of(Namespace(at=[2.0]), ["a.gif", "a.jpg"], {"fps": 30.0})
    assert wanted == [Path("a.gif"), Path("a.jpg")]


@pytest.mark.usefixtures("no_training")
@pytest.mark.parametrize(
    ("command", "says"),
    [
        ("compare relu --training --at 2 -o x.svg", "drawn in pixels; write .png, .jpg, .tif"),
        ("train --film a.svg --at 1", "A film with a chart is drawn in pixels"),
        ("train --film a.gif --at 1", "--at writes pictures: .png, .jpg, .tif, .bmp or .avif; n"),
        ("train --film a.gif --page 4:3", "--page is of slides in .pptx; name such a file with --"),
        ("train --film a.gif --autoplay 0", "name an .html file with --film."),
        ("train -o a.npz --acts 2", "--acts is about a film of the training; add --film"),
        ("train --film a.gif --film-layer 0 --camera elev=9,azim=9", "camera is where states in"),
        ("landscape -o a.png --acts 2", "--acts is about the film; name it with -o learn.gif."),
        ("landscape --line -o a.gif --view 3d", "--line shows a line, not states in space"),
        ("approximate abs -o a.jpg", 'stills in Python alone, film.save("a.jpg", at=2); write'),
        ("activations relu -o a.svg --max-size 1MB", "--max-size is about the film; name it wi"),
    ],
)
def test_what_films_with_a_chart_cannot_be(run: Run, command: str, says: str) -> None:
    ran = run(command)
    assert (ran.code, ran.out) == (2, "") and says in ran.err and ran.err.count("\n") == 1, ran.err


FEW = "--jobs 1 --fps 5 --seconds 2"


@pytest.mark.parametrize(
    ("command", "sizes"),
    [
        ("activations relu -o a.png --at 1", {"a.png": 1}),
        ("activations relu -o a.gif --acts 2-3 --frames f", {"a.gif": 3, "f": 3}),
        pytest.param(
            "train --epochs 4 --size 480x240 --film a.jpg --film a.apng --at 1 --acts 2-3",
            {"a.jpg": 1, "a.apng": 3}, marks=pytest.mark.slow,
        ),
        pytest.param(
            "landscape --epochs 4 --size 480x240 --grid 9 -o a.png -o a.gif --at 2 --acts 1",
            {"a.png": 1, "a.gif": 3}, marks=pytest.mark.slow,
        ),
        pytest.param(
            "approximate exp --iterations 20 --at 0.3 --frames f --acts 1",
            {"f": 2, "exp.npz": 0}, marks=pytest.mark.slow,
        ),
        pytest.param(
            "compare relu --training --starts 1 --epochs 4 -o a.gif --acts 2", {"a.gif": 2},
            marks=pytest.mark.slow,
        ),
    ],
)  # fmt: skip
def test_moments_acts_and_frames_of_films_with_a_chart(
    run: Run, command: str, sizes: dict[str, int]
) -> None:
    ran = run(f"{command} {FEW}")
    assert ran.code == 0 and {*ran.out.split()} >= {*sizes}, ran.err
    for name, frames in sizes.items():
        if Path(name).is_dir():
            assert len([*Path(name).glob("*.png")]) == frames
        elif frames:
            with Image.open(name) as picture:
                assert getattr(picture, "n_frames", 1) == frames


@pytest.mark.usefixtures("no_training")
@pytest.mark.parametrize(
    ("flags", "says"),
    [
        ("--template deck.pptx -o a.gif", "--template is of slides; name a .pptx file with -o."),
        ("--page 4:3 -o a.gif", "--page is of strips in .pdf and of .pptx; name such a file"),
        ("--template deck.pptx -o a.pptx", "Cannot read the template deck.pptx: No such file"),
        ("-o out.odp", "Cannot write out.odp: write out.pptx, and LibreOffice makes it: soffice "),
        ("--max-size 1MB -o a.pptx", "max_size is of one film, and slides hold one an act"),
    ],
)
def test_slides_are_asked_for_by_their_suffix(run: Run, flags: str, says: str) -> None:
    ran = run(f"render {flags}")
    assert (ran.code, ran.out) == (2, "") and says in ran.err and ran.err.count("\n") == 1
    paths = outputs_of(Namespace(output=["a.pptx"], page="4:3"), "fold.gif")
    assert paths == (Path("a.pptx"),)


@pytest.mark.slow
def test_acts_are_clips_in_any_format(run: Run, model_file: Path) -> None:
    few = "--seconds 0.2 --hold 0.1 --fps 5 --size 240x180"
    names = ["a.gif", "a.html", "a.svg", "a.apng", "a.pptx"]
    ran = run(f"render --model {model_file} {few} --acts 2-3 {' '.join(f'-o {n}' for n in names)}")
    assert (ran.code, ran.out.split()) == (0, names), ran.err
    with Image.open("a.gif") as clip:
        # Two acts of one frame and the next stop each, and the stop before.
        assert getattr(clip, "n_frames", 1) == 3
    assert 'data-stops="3"' in Path("a.html").read_text("utf-8")
    pptx = pytest.importorskip("pptx")
    assert len(pptx.Presentation("a.pptx").slides) == 3
    for command, says in (
        ("--acts 9", "A clip expects acts from 1 to "),
        ("--acts 0-2", "--acts expects acts such as 3 or 3-4, got '0-2'"),
        ("--acts 3-2", "the first before the last, got 3 to 2."),
        ("--acts x", "--acts expects acts such as 3 or 3-4"),
    ):
        ran = run(f"render --model {model_file} {few} -o b.gif {command}")
        assert ran.code == 2 and says in ran.err and not Path("b.gif").exists(), ran.err
    ran = run("render --classic --epochs 2 --acts 9 -o b.gif")
    assert ran.code == 2 and "A clip expects acts from 1 to 5" in ran.err
