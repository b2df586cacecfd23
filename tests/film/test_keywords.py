import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_type_hints

import pytest

import warpviz as wv
from warpviz.errors import WarpvizError
from warpviz.film.keywords import ChartOptions, FilmOptions, TrainingOptions, keywords_of
from warpviz.film.looks.look import Look
from warpviz.film.options import ALL, Clock, Staging

ROOT = Path(__file__).parents[2]
DATA = wv.load_data("xor", n=40)
CHAIN = wv.mlp([2, 2, 2], "relu", seed=0)
FIT = wv.train(CHAIN, DATA, epochs=3)
LEARNT = wv.approximate("exp", steps=3, every=1)
LINE = wv.line_landscape(steps=20)

FILMS: dict[str, tuple[type, Callable[..., Any]]] = {
    "animate": (FilmOptions, lambda **given: wv.animate(CHAIN, DATA, **given)),
    "compare": (FilmOptions, lambda **given: wv.compare({"a": CHAIN, "b": CHAIN}, DATA, **given)),
    "animate_training": (
        TrainingOptions, lambda **given: wv.animate_training(FIT, DATA, **given)
    ),
    "animate_landscape": (
        TrainingOptions, lambda **given: wv.animate_landscape(LINE, **given)
    ),
    "animate_approximation": (
        ChartOptions, lambda **given: wv.animate_approximation(LEARNT, **given)
    ),
}  # fmt: skip


def test_every_option_is_declared_once() -> None:
    assert set(keywords_of(FilmOptions)) == set(ALL) and len(set(ALL)) == len(ALL)


def test_declared_kinds_hold_the_defaults() -> None:
    hints = get_type_hints(FilmOptions)
    for part in (Look(), Clock(), Staging()):
        for name, own in get_type_hints(type(part)).items():
            kinds = getattr(hints[name], "__args__", (hints[name],))
            wanted = getattr(own, "__args__", (own,)) if "|" in str(own) else (own,)
            assert set(wanted) <= set(kinds) or own == hints[name], name


@pytest.mark.parametrize("film", FILMS)
def test_what_a_film_does_not_honour_is_told(film: str) -> None:
    takes, make = FILMS[film]
    for name in sorted(set(ALL) - set(keywords_of(takes))):
        with pytest.raises(WarpvizError, match=f"{film} has no option {name}; "):
            make(**{name: None})
    with pytest.raises(WarpvizError, match=f"{film} has no option themme; did you mean theme"):
        make(themme="dark")
    with pytest.raises(WarpvizError, match=f"{film} has no option qqq; it takes theme, size"):
        make(qqq=1)


CHANGES: dict[str, Any] = {
    "theme": "light", "transparent": True, "colors": ("teal", "red"),
    "size": (320, 240), "fps": 7.0, "seconds": 3.0, "hold": 0.9,
    "start_hold": 0.7, "end_hold": 2.5, "loop": 3, "jobs": 2, "font": "DejaVu Serif",
    "show": ("measures",), "hide": ("sheet",), "view": "3d", "camera": (20, 40), "turntable": 1,
    "limits": (-3.0, 3.0, -3.0, 3.0),
    "title": "Hello", "hold_at": {1: 2.0}, "ease": "linear", "motion": "lerp",
    "whole_layers": True, "softmax": True, "one_by_one": True, "network": True,
    "trail": (0, (0.5, -0.5)),
    "caption": "formula",
    "language": "de",
}  # fmt: skip


def seen(film: wv.Animation) -> tuple[Any, ...]:
    """What a film shows and when."""
    k = min(1, max(film.timeline.acts - 1, 0))
    return (
        film.size, len(film), film.fps, film.loop, film.jobs, list(film.timeline),
        film.frame(k, 0.6).pixels.tobytes(),
    )  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("film", FILMS)
def test_what_a_film_takes_changes_it(film: str) -> None:
    takes, make = FILMS[film]
    small = {"size": (300, 225), "seconds": 2.0} if film.startswith("animate_") else {}
    usual = seen(make(**small))
    # The line's landscape has no sheet that could be seen otherwise.
    of_sheets = {"colors", "font", "show", "hide", "view", "camera", "limits"}
    sheet = of_sheets if film == "animate_landscape" else set()
    # What the sheet of one state shows anyway.
    sheet |= {"show"} if film == "animate_training" else set()
    for name in keywords_of(takes):
        if name not in sheet:
            # A camera looks at what is in space.
            also = {"view": "3d"} if name == "camera" else {}
            before = seen(make(**small, **also)) if also else usual
            assert seen(make(**{**small, **also, name: CHANGES[name]})) != before, name


def test_a_size_is_a_text_and_a_theme_a_mapping_too() -> None:
    film = wv.animate(CHAIN, DATA, size="320x240", theme={"background": "#203040"})
    assert film.size == (320, 240)
    assert film.frame(0, 0.0).pixels[0, 0].tolist() == [0x20, 0x30, 0x40]
    for bad, words in (
        ({"back": "#203040"}, "Unknown colour of a theme 'back'; did you mean 'background'"),
        ({"text": "#red"}, "A colour is three numbers of 0 to 255"),
        ({"classes": "#203040"}, "classes: it expects several colours"),
        ({"extends": "drak"}, "did you mean 'dark'"),
    ):
        with pytest.raises(WarpvizError, match=words):
            wv.animate(CHAIN, DATA, theme=bad)
    assert wv.animate(CHAIN, DATA, theme={}).scene.theme == wv.animate(CHAIN, DATA).scene.theme
    with pytest.raises(WarpvizError, match="size expects pixels such as 640x480, got 'large'"):
        wv.animate(CHAIN, DATA, size="large")


@pytest.mark.slow
def test_type_checkers_see_wrong_keywords_and_kinds(tmp_path: Path) -> None:
    file = tmp_path / "user.py"
    file.write_text(
        "import warpviz as wv\n"
        "chain = wv.mlp([2, 2, 2])\n"
        "data = wv.load_data('xor')\n"
        "wv.animate(chain, data, theme='a.toml', colors={'a': 'teal'}, size='640x480')\n"
        "wv.animate(chain, data, captoin='why')\n"
        "wv.animate(chain, data, fps='fast')\n"
        "wv.animate_approximation([], ease='linear')\n"
    )
    told = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", file], capture_output=True, text=True, cwd=ROOT
    ).stdout
    # Of the user's file alone: with other releases of what we use, ours has other complaints.
    lines = re.findall(r"user\.py:(\d+): error:", told)
    assert lines == ["5", "6", "7"], told
