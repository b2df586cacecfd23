import json
from dataclasses import fields, replace
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from warpviz.colour import contrast, oklab
from warpviz.errors import WarpvizError
from warpviz.own_theme import (
    ALIKE,
    CLOTH,
    COLOURS,
    as_theme,
    cloth_of,
    coloured,
    contrast_note,
    look_notes,
)
from warpviz.theme import THEMES, Theme, scheme, themed

NAMES = ("setosa", "versicolor", "virginica")
TOML = """
extends = "light"
background = "#fdf6e3"
text = [7, 54, 66]
classes = ["#b58900", "teal", "0.2"]
creases = ["crimson"]
"""


def test_a_file_is_the_mapping_in_it(tmp_path: Path) -> None:
    given = {"extends": "light", "background": "#fdf6e3", "text": [7, 54, 66],
             "classes": ["#b58900", "teal", "0.2"], "creases": ["crimson"]}  # fmt: skip
    (tmp_path / "a.toml").write_text(TOML, encoding="utf-8")
    (tmp_path / "a.JSON").write_text(json.dumps(given), encoding="utf-8-sig")
    made = as_theme(given)
    assert as_theme(str(tmp_path / "a.toml")) == as_theme(tmp_path / "a.JSON") == made
    assert (made.background, made.text) == ((253, 246, 227), (7, 54, 66))
    assert made.classes == ((181, 137, 0), (0, 128, 128), (51, 51, 51))
    assert made.creases == ((220, 20, 60),)
    kept = ("muted", "line", "outline", "doubt", "shade", "boundary")
    assert all(getattr(made, name) == getattr(THEMES["light"], name) for name in kept)


def test_every_colour_of_a_theme_can_be_given() -> None:
    assert set(COLOURS) == {each.name for each in fields(Theme)} - {
        "markers",
        "ramp",
        "transparent",
    }
    for name in COLOURS:
        several = isinstance(getattr(THEMES["dark"], name), tuple) and name.endswith("s")
        value: Any = ["red"] if several or name == "cloth" else "red"
        got = getattr(as_theme({name: value}), name)
        assert got in ((255, 0, 0), ((255, 0, 0),))


def test_a_theme_is_itself_and_nothing_is_the_dark_one() -> None:
    assert as_theme(THEMES["light"]) is as_theme("light") is THEMES["light"]
    assert as_theme({}) == THEMES["dark"]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"backgroud": "red"}, "Unknown colour of a theme 'backgroud'; did you mean 'background'?"),
        ({"ramp": True}, "Unknown colour of a theme 'ramp'; "),
        ({"extends": "drak"}, "Unknown theme 'drak'; did you mean 'dark'?"),
        ({"extends": 1}, "extends expects the name of a theme, got 1."),
        ({"text": "tael"}, "The theme's text: Unknown colour 'tael'; did you mean 'teal'?"),
        ({"creases": "red"}, "The theme's creases: it expects several colours, got 'red'."),
        ({"classes": []}, "The theme's classes: it expects several colours, got []."),
        ("drak", "Unknown theme 'drak'; did you mean 'dark'?"),
        ("mine.yaml", "Cannot read a theme from mine.yaml: it expects one of dark, light, or a"),
        ("none.toml", "Cannot read none.toml: No such file or directory."),
    ],
)
def test_what_is_no_theme_is_told_in_a_sentence(given: Any, words: str) -> None:
    with pytest.raises(WarpvizError) as caught:
        as_theme(given)
    assert words in str(caught.value) and "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("a.toml", "text = ", "Cannot read a.toml: Invalid value"),
        ("a.json", "{", "Cannot read a.json: Expecting property name"),
        ("a.json", "[1]", "Cannot read a.json: it holds no colours by name."),
        ("a.json", "\xff", "Cannot read a.json: 'utf-8' codec"),
        ("a.json", "[" * 99_999, "Cannot read a.json: "),
        ("a.json", " " * 2**21, "Cannot read a.json: Expecting value"),
        ("a.json", '{"txet": "red"}', "a.json: Unknown colour of a theme 'txet'; did you mean"),
    ],
)
def test_a_file_that_makes_no_sense(
    name: str, text: str, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path(name).write_bytes(text.encode("latin-1"))
    with pytest.raises(WarpvizError) as caught:
        as_theme(name)
    assert words in str(caught.value) and "\n" not in str(caught.value)


@pytest.mark.parametrize("name", THEMES)
def test_cloth_of_our_own_classes_would_be_near_theirs(name: str) -> None:
    ours = THEMES[name]
    made = np.array([cloth_of(colour, ours) for colour in ours.classes], dtype=np.uint8)
    apart = np.linalg.norm(oklab(made) - oklab(np.array(ours.cloth, dtype=np.uint8)), axis=1)
    assert apart.max() < 0.08  # four just visible differences


@pytest.mark.parametrize("name", THEMES)
def test_cloth_is_told_from_the_ground_whatever_the_class(name: str) -> None:
    low, high = CLOTH[name][2]
    grid = np.stack(np.meshgrid(*[range(0, 256, 51)] * 3), -1).reshape(-1, 3)
    made = np.array([cloth_of((int(r), int(g), int(b)), THEMES[name]) for r, g, b in grid])
    light = oklab(made.astype(np.uint8))[:, 0]
    # What sRGB cannot show is cut, which changes its lightness a little.
    assert low - 0.1 <= light.min() and light.max() <= high + 0.1


def test_colors_go_by_order_or_by_name() -> None:
    base = themed(THEMES["light"], 3, numbers=False)
    by_order = coloured(base, ["#d33", "teal", "0.2"], NAMES)
    assert by_order.classes[:3] == ((221, 51, 51), (0, 128, 128), (51, 51, 51))
    by_name = coloured(base, {"versicolor": "teal"}, NAMES)
    assert by_name.classes == (base.classes[0], (0, 128, 128), *base.classes[2:])
    assert by_name.cloth == (base.cloth[0], cloth_of((0, 128, 128), base), *base.cloth[2:])
    assert coloured(base, None, NAMES) is base
    # Few colours in a theme, or more classes than a theme has: each class keeps its own.
    few = as_theme({"classes": ["red", "blue"]})
    many = tuple(f"c{k}" for k in range(20))
    for theme, count in ((few, 3), (THEMES["dark"], 20)):
        made = coloured(
            themed(theme, count, numbers=False), {many[count - 1]: "teal"}, many[:count]
        )
        assert made.classes[count - 1] == (0, 128, 128) and len(made.classes) >= count
    assert coloured(themed(few, 1, numbers=False), ["teal"], ("points",)).classes[0] == (
        0,
        128,
        128,
    )


@pytest.mark.parametrize(
    ("colors", "words"),
    [
        (["red"], "colors expects one for each of the 3 classes, setosa, versicolor, virginica, "),
        (["red"] * 4, "got 4; give as many, or some by name."),
        ({"setosae": "red"}, "Unknown class 'setosae'; did you mean 'setosa'?"),
        ({"setosa": "rad"}, "Unknown colour 'rad'; did you mean 'red'?"),
    ],
)
def test_colors_that_do_not_fit_are_told(colors: Any, words: str) -> None:
    with pytest.raises(WarpvizError) as caught:
        coloured(THEMES["dark"], colors, NAMES)
    assert words in str(caught.value)


def test_numbers_have_a_scale_and_no_colours() -> None:
    with pytest.raises(WarpvizError, match="colors are of classes; these labels are numbers"):
        coloured(themed(THEMES["dark"], 13, numbers=True), ["red"], NAMES, numbers=True)


def test_contrast_is_told_as_wcag_measures_it() -> None:
    # #767676 on white is the lightest grey above 4.5, #949494 the lightest above 3 (WCAG 2.2).
    good = replace(THEMES["light"], text=(118,) * 3, line=(148,) * 3)
    assert "text 4.5" in contrast_note(good, NAMES) and "lines 3.0" in contrast_note(good, NAMES)
    assert "all are enough" in contrast_note(good, NAMES)
    bad = replace(good, text=(119,) * 3, line=(149,) * 3)
    assert "text 4.4" in contrast_note(bad) and "lines 2.9" in contrast_note(bad)
    assert "text and lines will be hard to see" in contrast_note(bad, NAMES)
    # Of classes only those that there are count: the fifth is our palest.
    assert "dots" in contrast_note(THEMES["light"]).split("; ")[1]
    assert contrast(THEMES["light"].classes[4], (255, 255, 255)) < 3


@pytest.mark.parametrize("name", THEMES)
def test_our_own_classes_are_not_alike(name: str) -> None:
    labs = oklab(np.array(THEMES[name].classes, dtype=np.uint8))
    assert min(np.linalg.norm(a - b) for a, b in combinations(labs, 2)) > ALIKE
    assert len(look_notes(THEMES[name], NAMES)) == 1


def test_classes_that_look_alike_are_told_with_their_distance() -> None:
    made = coloured(THEMES["dark"], {"virginica": "#ff9f41"}, NAMES)  # a step beside the first
    told = look_notes(made, NAMES)[1]
    assert told.startswith("The colours of setosa and virginica are 0.00 apart in Oklab")
    assert scheme(made) == "dark"
