import re
from argparse import Namespace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import warpviz as wv
from warpviz.cli.data import data_named
from warpviz.errors import WarpvizError
from warpviz.laboratory.handed import asked_of, data_tree, handed, layers_of
from warpviz.laboratory.making import Lab
from warpviz.laboratory.page import lab_script, said_by
from warpviz.languages.language import LANGUAGES, language_of

MOST = 450_000
"""Bytes of a laboratory."""


def policy(text: str) -> str:
    return text.partition('Content-Security-Policy" content="')[2].partition('"')[0]


@pytest.mark.slow
def test_a_laboratory_is_one_small_file_that_asks_for_nothing(tmp_path: Path) -> None:
    path = wv.lab().save(tmp_path / "lab.html")
    text = path.read_text("utf-8")
    assert path.stat().st_size < MOST
    assert "{{" not in text
    assert not re.search(r'(?:src|href)="(?!data:)', text)
    # What runs is what the policy names by its hash: the page's own loader, and its script.
    assert policy(text).count("sha256-") == 4
    assert policy(text).startswith("default-src 'none'; script-src 'sha256-")
    assert policy(text).endswith("; worker-src blob:")
    assert wv.lab().to_html() == text


def test_without_a_model_it_begins_with_an_untrained_net_on_rings() -> None:
    made = wv.lab(seed=3)
    assert repr(made) == "<Lab of 2→3→3→3→2→2 on rings>"
    names = [layer["activation"] for layer in layers_of(made.chain)]
    assert names == ["identity", "relu", "relu", "identity"]
    first, again = (layers_of(each.chain)[0] for each in (made, wv.lab(seed=3)))
    assert np.array_equal(first["weight"], again["weight"])


def test_data_are_handed_over_exactly() -> None:
    data = wv.load_data("moons", n=50, seed=1)
    tree = data_tree(data)
    assert (tree["source"], tree["name"], tree["count"]) == ("set", "moons", 50)
    assert np.array_equal(tree["points"]["x"].reshape(-1, 2), data.x)
    x0, x1, y0, y1 = tree["limits"]
    assert (data.x > (x0, y0)).all() and (data.x < (x1, y1)).all()
    own = data_tree(wv.Dataset(data.x, data.y, ("a", "b"), name="mine"))
    assert (own["source"], own["name"]) == ("own", "mine")


THREE = np.random.default_rng(0).normal(size=(30, 3))


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"x": THREE, "y": THREE[:, 0] > 0}, "expects points of two features, got 3; choose two."),
        ({"x": THREE[:, :2]}, "expects points in 2 to 8 classes, got 1."),
        ({"model": wv.mlp([2, 9, 2])}, "up to 8 hidden layers of up to 8 units, got 9"),
        ({"model": wv.mlp([2, *[2] * 9, 2])}, "up to 8 hidden layers of up to 8 units"),
        (
            {"model": wv.Chain([wv.Dense.of(2, 2), wv.Residual(wv.mlp([2, 2], softmax=False))])},
            "takes affine maps with an activation each",
        ),
        ({"theme": "drak"}, "did you mean 'dark'"),
        ({"language": "xx"}, "Unknown language 'xx'"),
        ({"lesson": "rings"}, "did you mean 'ring'"),
    ],
)
def test_what_cannot_be_taken_hold_of_is_told(given: dict[str, Any], says: str) -> None:
    with pytest.raises(WarpvizError, match=re.escape(says)):
        wv.lab(**given)


def test_it_is_a_page(tmp_path: Path) -> None:
    with pytest.raises(WarpvizError, match=r"A laboratory is an \.html file, got 'lab\.gif'\."):
        wv.lab().save(tmp_path / "lab.gif")


@pytest.mark.parametrize("code", [code for code in LANGUAGES if code != "en"])
def test_a_page_is_given_what_it_says_and_no_more(code: str) -> None:
    say = language_of(code)
    told = said_by(lab_script(), {"lessons": [], "parts": ["sheet"], "show": []}, say)
    assert say("Pause") in told and say.table["sheet"] in told
    assert "camera goes around" not in told


@pytest.mark.slow
def test_a_notebook_shows_it_in_a_frame() -> None:
    shown = Lab(wv.mlp([2, 2, 2]), wv.load_data("xor", n=40))._repr_html_()
    assert shown.startswith("<iframe srcdoc=") and 'sandbox="allow-scripts' in shown


@pytest.mark.parametrize(
    ("name", "made", "seed", "asked"),
    [
        ("spirals:3", {"seed": 5}, 5, "spirals:3 --seed 5"),
        ("spirals:3", {}, 5, "spirals:3"),
        ("rings", {"seed": 7}, 7, "rings"),  # which no chance makes
        ("moons", {"seed": 4}, 0, ""),  # of a seed that is not told
        ("moons", {"n": 60}, 0, ""),
        ("moons", {"noise": 0.2}, 0, ""),
        ("y > sin(x)", {}, 0, ""),
    ],
)
def test_the_command_asks_for_the_same_points_or_for_the_file(
    name: str, made: dict[str, float], seed: int, asked: str
) -> None:
    data = wv.load_data(name, **made)  # type: ignore[arg-type]
    assert asked_of(data, seed) == asked
    if asked:
        args = Namespace(**({"seed": int(asked.split()[2])} if "--seed" in asked else {}))
        again = data_named(asked.split()[0], args)
        assert np.array_equal(again.x, data.x) and np.array_equal(again.y, data.y)


def test_data_sets_are_told_in_the_page_s_language() -> None:
    made = wv.lab(language="de")
    given = handed(made.film, made.chain, made.data, language_of("de"))
    titles = {each["name"]: each["title"] for each in given["sets"]}
    assert titles["rings"] == "eine Scheibe in einem Ring, auf Strahlen"
    assert titles["moons"] == "zwei Halbmonde, die ineinandergreifen"
    assert given["asked"] == "rings"
