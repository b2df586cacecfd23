"""Every film in a language that marks what it says: «layer 1» · relu. Nothing stands unmarked."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

import warpviz as wv
from tests.cli.conftest import Run, run
from tests.languages.marks import CHAIN, RINGS, unmarked
from warpviz.approximation.figure import save_approximation
from warpviz.curves.figure import save_activations
from warpviz.landscapes.figure import save_landscape

__all__ = ["run"]
BLOBS = wv.load_data("blobs:3", n=60, seed=0)
RESIDUAL = wv.Chain([wv.Residual(wv.mlp([2, 2], "tanh", softmax=False)), *wv.mlp([2, 3]).layers])
LINE = np.linspace(-1.0, 1.0, 20)[:, None]


def watched(model: str) -> Any:
    return lambda x: {"first": np.tanh(x), "second": x[:, :1] * x}


FILMS = {
    "why": lambda **o: wv.animate(CHAIN, RINGS, caption="why", show=("measures",), **o),
    "three classes": lambda **o: wv.animate(wv.mlp([2, 3, 3], "gelu"), BLOBS, caption="why", **o),
    "units": lambda **o: wv.animate(CHAIN, RINGS, one_by_one=True, caption="why", **o),
    "names": lambda **o: wv.animate(CHAIN, RINGS, one_by_one=True, softmax=True, **o),
    "formula": lambda **o: wv.animate(CHAIN, RINGS, caption="formula", whole_layers=True, **o),
    "compare": lambda **o: wv.compare({"left": CHAIN, "right": RESIDUAL}, RINGS, **o),
    "wide": lambda **o: wv.animate(wv.mlp([2, 5, 2], "step"), RINGS, caption="why", view="2d",
                                    show=("basis",), **o),
    "a line": lambda **o: wv.animate(wv.mlp([1, 3, 1], softmax=False), LINE, LINE[:, 0], **o),
    "states": lambda **o: wv.animate([RINGS.x, np.tanh(RINGS.x)], RINGS.y, caption="why", **o),
    "watched": lambda **o: wv.animate(watched("f"), RINGS, names=["left", "right", "left"], **o),
    "training": lambda **o: wv.animate_training(wv.train(CHAIN, RINGS, epochs=6), RINGS, **o),
    "trainings": lambda **o: wv.animate_training(
        {"left": wv.train(CHAIN, RINGS, epochs=6), "right": wv.train(CHAIN, RINGS, epochs=3)},
        RINGS, layer=0, **o,
    ),
    "landscape": lambda **o: wv.animate_landscape(
        wv.loss_landscape(fit := wv.train(CHAIN, RINGS, epochs=6), RINGS, grid=7), fit, RINGS, **o
    ),
    "the line": lambda **o: wv.animate_landscape(wv.line_landscape(steps=20), **o),
    "approximation": lambda **o: wv.animate_approximation(
        wv.approximate("exp", steps=3, every=1), **o
    ),
    "curves": lambda **o: wv.animate_activations("relu", "gelu", "sin", "step", **o),
    "classic": lambda **o: wv.classic("relu", epochs=2, rounds=0, **o),
}  # fmt: skip


def heard(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What matplotlib draws from now on."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.text import Text

    drawn: list[str] = []
    draw = FigureCanvasAgg.draw

    def listening(self: Any) -> None:
        draw(self)  # type: ignore[no-untyped-call]
        drawn.extend(text.get_text() for text in self.figure.findobj(Text))

    monkeypatch.setattr(FigureCanvasAgg, "draw", listening)
    return drawn


@pytest.mark.many(quick=6)
@pytest.mark.parametrize("name", FILMS)
def test_films_say_nothing_beside_their_language(
    name: str, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = heard(monkeypatch)
    film = FILMS[name](language=code)
    scene: Any = film.scene
    panels = getattr(scene, "panels", ())
    said = [film.title, film.description, *film.notes, *scene.stops, *scene.class_names, *drawn]
    said += [text for panel in panels for text in (*panel.acts, *panel.remarks, *panel.notes)]
    assert scene.language == code
    assert not {text: words for text in said if (words := unmarked(text))}
    assert any("«" in text for text in said)


STILLS = {
    "landscape": lambda path, **o: save_landscape(wv.line_landscape(steps=20), path, **o),
    "approximation": lambda path, **o: save_approximation(
        [wv.approximate("exp", steps=3, every=1)], path, size=(400, 300), **o
    ),
    "curves": lambda path, **o: save_activations(["gelu", "step"], path, **o),
}  # fmt: skip


@pytest.mark.many(quick=1)
@pytest.mark.parametrize("name", STILLS)
def test_stills_say_nothing_beside_their_language(
    name: str, code: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    drawn = heard(monkeypatch)
    STILLS[name](tmp_path / "a.png", language=code)
    assert not {text: words for text in drawn if (words := unmarked(text))}
    assert any("«" in text for text in drawn)


def test_a_page_that_speaks_english_alone_says_so(run: Run) -> None:
    ran = run("activations relu -o a.html --language de")
    assert ran.code == 2 and "speaks English" in ran.err
