"""--plane and --at: models of many inputs on two of them."""

import json
from pathlib import Path

import numpy as np
import pytest

import warpviz as wv
from tests.cli.conftest import Run

NET = wv.mlp([5, 6, 5, 3], "relu", seed=3)


@pytest.fixture
def five(tmp_path: Path) -> str:
    """A model of five inputs that names no data."""
    return str(wv.save_model(NET, tmp_path / "five.npz"))


def test_regions_of_two_inputs_are_those_of_the_chain_on_them(run: Run, five: str) -> None:
    ran = run("regions", five, "--plane", "3,1", "--at", "-0.1,0.2,0.3", "--json")
    facts = json.loads(ran.out)
    expected = wv.regions(wv.on_plane(NET, (3, 1), at=[-0.1, 0.2, 0.3])).facts()
    assert ran.code == 0 and facts["regions"] == expected["regions"] > 1
    np.testing.assert_allclose(sorted(facts["areas"]), sorted(expected["areas"]))
    assert ran.err == f"{five}: input 0 = -0.1, input 2 = 0.2, input 4 = 0.3 held\n"


def test_inspect_measures_on_the_plane(run: Run, five: str, tmp_path: Path) -> None:
    rows = np.random.default_rng(0).normal(size=(40, 5))
    held = rows.copy()
    held[:, 1:4] = [0.5, -0.5, 1.0]
    seen = NET(held).argmax(axis=1)
    pairs = zip(rows.tolist(), seen, strict=True)
    lines = [",".join([*map(repr, row), f"k{c}"]) for row, c in pairs]
    (tmp_path / "t.csv").write_text("\n".join(["a,b,c,d,e,y", *lines, ""]))
    wv.save_model(NET, five, class_names=("k0", "k1", "k2"))
    about = ("--data", "t.csv", "--raw", "--plane", "a,e", "--at", "0.5,-0.5,1")
    facts = json.loads(run("inspect", five, *about, "--json").out)
    # The classes are what the model sees with the others held there.
    assert facts["accuracy"] == 1.0 and facts["widths"] == [2, 6, 5, 3, 3]
    ran = run("inspect", five, "--plane", "0,1")
    assert ran.code == 0 and "name some with --data" in ran.err


@pytest.mark.slow
def test_a_film_and_a_plot_of_two_inputs(run: Run, five: str, tmp_path: Path) -> None:
    ran = run("render", "--model", five, "--plane", "0,1", "--at", "-1,0,1", "--size", "240x180",
              "--fps", "4", "--seconds", "0.5", "-o", "five.gif")  # fmt: skip
    assert (ran.code, ran.out) == (0, "five.gif\n")
    assert "right" not in ran.err and "%" not in ran.err
    assert run("plot", five, "--plane", "0,4", "-o", "five.svg").code == 0
    rows = np.random.default_rng(0).normal(size=(40, 5)).tolist()
    names = NET(rows).argmax(axis=1)
    table = "\n".join(
        ",".join([*map(str, row), f"k{c}"]) for row, c in zip(rows, names, strict=True)
    )
    (tmp_path / "t.csv").write_text("a,b,c,d,e,y\n" + table + "\n")
    ran = run("render", "--model", five, "--data", "t.csv", "--raw", "--plane", "a,e", "--size",
              "240x180", "--fps", "4", "--seconds", "0.5", "-o", "data.gif")  # fmt: skip
    assert ran.code == 0 and "b = " in ran.err and "40 points" in ran.err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--plane", "0,9"), "two different inputs of 5, counted from 0 to 4"),
        (("--plane", "0,x"), "two of inputs counted from 0, such as 0,1; got 'x'"),
        (("--plane", "0,1", "--at", "1,2"), "3 finite numbers for the inputs 2, 3, 4, or 5"),
        (("--at", "-1"), "stops counted from 0, such as 2.5, got -1"),
    ],
)
def test_misuse_is_told(run: Run, five: str, words: tuple[str, ...], told: str) -> None:
    ran = run("render", "--model", five, *words, "-o", "a.png")
    assert ran.code == 2 and told in ran.err and not Path("a.png").exists()
    ran = run("render", "--plane", "0,1", "-o", "a.gif")
    assert ran.code == 2 and "name the model with --model" in ran.err


@pytest.mark.parametrize("verb", ["render --model {} -o a.gif", "regions {} -o a.png"])
def test_a_model_of_many_inputs_without_data_is_told_of_planes(
    run: Run, five: str, verb: str
) -> None:
    ran = run(verb.format(five))
    assert ran.code == 2 and ran.err.endswith(
        "from 5 to 3; name its data with --data, or choose two of its inputs with --plane 0,1.\n"
    )
    calm = "--fps 2 --seconds 1 --size 240x180" if "render" in verb else ""
    assert run(f"{verb.format(five)} --plane 0,1 {calm}").code == 0
