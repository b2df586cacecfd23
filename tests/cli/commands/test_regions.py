"""regions: a still and its numbers."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run

CORNER = (
    '{"layers": [{"weight": [[1, 0], [0, 1]], "bias": [0, -0.5], "activation": "relu"},'
    ' {"weight": [[1, -1], [-1, 1]], "bias": [0, 0.1]}]}'
)


@pytest.fixture
def corner(tmp_path: Path) -> str:
    """A net with a crease at x = 0 and one at y = 0.5."""
    (tmp_path / "corner.json").write_text(CORNER)
    return "corner.json"


def test_numbers_alone(run: Run, corner: str) -> None:
    ran = run("regions", corner, "--json")
    facts = json.loads(ran.out)
    assert (ran.code, ran.err) == (0, "")
    assert facts["regions"] == 4 == facts["affine_pieces"]
    assert facts["creases"] == [2, 0]
    assert sorted(facts["areas"]) == pytest.approx([0.5, 0.5, 1.5, 1.5], abs=1e-9)
    assert facts["limits"] == [-1, 1, -1, 1]
    assert not Path("regions.svg").exists()


def test_patterns_and_pieces_are_told_apart(run: Run, tmp_path: Path) -> None:
    # x = relu(x) − relu(−x) has two patterns and one map.
    (tmp_path / "line.json").write_text(
        '{"layers": [{"weight": [[1, 0], [-1, 0]], "bias": [0, 0], "activation": "relu"},'
        ' {"weight": [[1, -1], [0, 0]], "bias": [0, 0]}]}'
    )
    facts = json.loads(run("regions", "line.json", "--json").out)
    assert (facts["regions"], facts["affine_pieces"]) == (2, 1)
    told = run("regions", "line.json").err
    assert told.startswith("2 activation patterns, 1 affine piece (neighbours with the same map")


def test_limits_that_begin_with_a_minus_sign(run: Run, corner: str) -> None:
    facts = json.loads(run("regions", corner, "--limits", "-3,-1,-2,2", "--json").out)
    assert (facts["regions"], facts["creases"]) == (2, [1, 0])
    assert sum(facts["areas"]) == pytest.approx(8.0, abs=1e-9)


def test_a_still_in_the_place_of_words(run: Run, corner: str) -> None:
    ran = run("regions", corner)
    assert (ran.code, ran.out) == (0, "regions.svg\n")
    assert ran.err == "4 linear regions; units that crease: 2\n"
    assert Path("regions.svg").read_text(encoding="utf-8").startswith("<?xml")


def test_several_files_with_data_and_numbers(run: Run, corner: str) -> None:
    ran = run(
        "regions",
        corner,
        "--json",
        "--data",
        "moons",
        "--theme",
        "dark",
        *"-o a.pdf -o b.png".split(),
    )
    assert ran.code == 0
    facts = json.loads(ran.out)
    x0, x1, y0, y1 = facts["limits"]
    assert sum(facts["areas"]) == pytest.approx((x1 - x0) * (y1 - y0))
    assert Path("a.pdf").read_bytes().startswith(b"%PDF")
    assert Path("b.png").read_bytes().startswith(b"\x89PNG")


def test_a_smooth_model_is_drawn_but_not_counted(run: Run, model_file: Path) -> None:
    ran = run(f"regions {model_file} --json -o smooth.svg")
    facts = json.loads(ran.out)
    assert ran.code == 0
    assert (facts["regions"], facts["creases"], facts["areas"]) == (None, None, None)
    assert ran.err.startswith("There are no linear regions, because tanh bends smoothly; ")
    assert Path("smooth.svg").exists()


def hills(width: float) -> str:
    """A model whose second class wins on a patch so wide, around a point between a grid's."""
    k, x, y = 2.4 / width, 0.3313, -0.2127
    edges = [x - width / 2, x + width / 2, y - width / 2, y + width / 2]
    steps = {
        "weight": [[k, 0], [k, 0], [0, k], [0, k]],
        "bias": [-k * edge for edge in edges],
        "activation": "tanh",
    }
    tell = {"weight": [[0, 0, 0, 0], [1, -1, 1, -1]], "bias": [0, -2.5]}
    return json.dumps({"layers": [steps, tell]})


def test_what_is_too_narrow_to_be_drawn_is_said(run: Run, tmp_path: Path) -> None:
    # The sheet is 2 wide: 1/1536 of it is 0.0013.
    for width, told in ((0.0005, True), (0.3, False)):
        (tmp_path / "patch.json").write_text(hills(width))
        sentence = "The network's slopes do not rule out islands of a class, or folds, narrower "
        ran = run("regions patch.json")
        assert ran.code == 0 and (f"{sentence}than 1/1536 of the sheet" in ran.err) == told
        ran = run("regions patch.json --json")
        assert ((sentence in ran.err), (sentence in json.loads(ran.out)["note"])) == (told, told)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("-o a.gif", "a still's suffix is one of .svg, .pdf, .png, got '.gif'"),
        ("-o no/a.svg", "the folder no does not exist"),
        ("-o a.svg -o a.svg", "names a.svg twice"),
        ("--theme drak", "theme"),
        ("--limits 1,0,0,1", "expects x0 < x1"),
        ("--data nothing", "nothing"),
    ],
)
def test_misuse(run: Run, corner: str, words: str, sentence: str) -> None:
    ran = run(f"regions {corner} {words}")
    assert (ran.code, ran.out) == (2, "")
    assert sentence in ran.err
    assert ran.err.count("\n") == 1


def test_one_feature_has_no_plane(run: Run, broken_files: Path) -> None:
    ran = run("regions sine.json")
    assert ran.code == 2
    assert "two features or more, got 1" in ran.err
