"""A theme is one table's entry, or a file: every verb that draws takes it, with its colours."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.cli.conftest import Run
from warpviz.theme import THEMES

GROUND = (34, 20, 60)
INK = (250, 240, 200)
TOML = 'background = "#22143c"\ntext = "#faf0c8"\nmuted = [250, 240, 200]\n'
NET = '{"layers": [{"weight": [[2, 1], [-1, 3]], "bias": [0.5, 1], "activation": "tanh"}]}'
QUICK = "--fps 4 --seconds 1 --size 480x240"


@pytest.fixture
def own_theme(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    own = replace(THEMES["dark"], background=GROUND, text=INK, muted=INK)
    monkeypatch.setitem(THEMES, "own", own)
    yield


@pytest.mark.many(quick=1)
@pytest.mark.parametrize(
    "words",
    [
        "formula net.json -o x.png",
        "graph net.json -o x.png",
        "graph net.json --form network -o x.png",
        "plot net.json -o x.png",
        "regions relu.json -o x.png",
        "landscape --line -o x.png",
        "landscape --line --kind surface -o x.png",
        f"landscape --line {QUICK} -o x.gif",
        "landscape --model net.json --data moons --grid 5 -o x.png",
        f"approximate exp --iterations 40 {QUICK} -o x.png -o x.gif",
        f"render --model net.json --data moons {QUICK} -o x.png -o x.gif",
    ],
)
def test_every_verb_takes_a_theme_of_ones_own(run: Run, words: str) -> None:
    Path("own.toml").write_text(TOML)
    Path("net.json").write_text(NET)
    Path("relu.json").write_text(NET.replace("tanh", "relu"))
    done = run(f"{words} --theme own.toml")
    assert done.code == 0, done.err
    # Told once, whatever is written.
    assert done.err.count("Contrast with the background (WCAG): text ") == 1
    for name in [*Path().glob("x.png"), *Path().glob("x.gif")]:
        image: Any
        with Image.open(name) as image:
            corner = image.convert("RGB").getpixel((0, 0))
            assert max(abs(a - b) for a, b in zip(corner, GROUND, strict=True)) <= 1, name


@pytest.mark.usefixtures("own_theme")
@pytest.mark.parametrize("theme", [*THEMES, "own"])
def test_graphs_and_formulas_have_the_colours_of_films(run: Run, theme: str) -> None:
    Path("net.json").write_text(NET)
    done = run(f"graph net.json --form network -o g.dot --theme {theme}")
    assert done.code == 0, done.err
    done = run(f"formula net.json -o f.svg --theme {theme}")
    assert done.code == 0, done.err
    look = THEMES[theme]
    written, drawn = Path("g.dot").read_text(), Path("f.svg").read_text()
    for part, texts in ((look.background, (written, drawn)), (look.text, (written, drawn)),
                        (look.muted, (written,)), (look.classes[0], (written,)),
                        (look.classes[1], (written,))):  # fmt: skip
        for text in texts:
            assert "#" + bytes(part).hex() in text


@pytest.mark.usefixtures("own_theme")
@pytest.mark.parametrize("words", ["formula net.json -o f.svg", "graph net.json", "plot net.json"])
def test_a_theme_that_there_is_not(run: Run, words: str) -> None:
    Path("net.json").write_text(NET)
    done = run(f"{words} --theme paper")
    assert done.code == 2 and "Unknown theme 'paper'; choose one of dark, light, own." in done.err


@pytest.mark.parametrize(
    "verb", ["render", "compare relu --training", "train --film x.gif", "landscape"]
)
def test_colors_that_do_not_fit_are_told_before_any_training(run: Run, verb: str) -> None:
    done = run(f"{verb} --data iris --colors setosae=teal --epochs 1000000")
    assert done.code == 2 and "Unknown class 'setosae'; did you mean 'setosa'?" in done.err
    assert run(f"{verb} --colors red,x=teal").err.startswith("warpviz: --colors expects colours")
    assert "Unknown colour 'tael'; did you mean 'teal'?" in run(f"{verb} --colors tael,red").err
