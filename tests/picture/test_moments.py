"""What a panel shows when: creases, captions, axes that come and go; and the headline's size."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from tests.player.laid_down import Recorder
from tests.scenes import panel_of
from warpviz.data import make_data
from warpviz.film.build import animate
from warpviz.model import mlp
from warpviz.motion.camera import Views
from warpviz.picture import paint
from warpviz.picture.marks.dots import marker_of
from warpviz.picture.origin import OriginLayer, together
from warpviz.picture.paint import _axes, _planarity, _space_axes, paint_around
from warpviz.picture.scene import Crease, Panel
from warpviz.picture.words.fonts import bundled_font
from warpviz.picture.words.text import text_width
from warpviz.theme import THEMES


def test_a_crease_comes_with_its_act_and_stays() -> None:
    plain = Crease(2, 0.0)
    told = [plain.shown(k, t) for k, t in ((1, 0.9), (2, 0.0), (2, 0.25), (2, 1.0), (3, 0.1))]
    assert told == [0.0, 0.0, 0.25, 1.0, 1.0]
    forms = Crease(2, 0.4)
    assert [forms.shown(2, t) for t in (0.0, 0.5, 0.99, 1.0)] == [0.0, 0.0, 0.0, 1.0]
    assert [forms.folding(2, t) for t in (0.39, 0.4, 0.99, 1.0)] == [False, True, True, False]
    assert not forms.folding(1, 0.5) and not forms.folding(3, 0.5)
    wanders = Crease(2, 0.0, times=(0.25, 0.5))
    assert [wanders.shown(2, t) for t in (0.2, 0.25, 0.49, 0.5, 1.0)] == [0, 1, 1, 0, 0]
    assert (wanders.shown(1, 0.5), wanders.shown(3, 0.5)) == (0.0, 0.0)


@pytest.fixture(scope="module")
def panel() -> Panel:
    film = animate(mlp([2, 3, 2], "relu", seed=3), make_data("rings", n=20), size=(240, 180))
    return panel_of(film)


def test_captions_are_of_stops_and_of_what_happens_between(panel: Panel) -> None:
    assert panel.caption(1, 0.0) == panel.stops[1] and panel.caption(1, 1.0) == panel.stops[2]
    assert panel.caption(1, 0.01) == panel.caption(1, 0.99) == panel.acts[1]
    said = replace(panel, remarks=tuple("abcd"))
    assert [said.remark(k, t) for k, t in ((0, 0.0), (0, 0.9), (0, 1.0), (2, 1.0))] == [*"aabd"]
    assert panel.remark(0, 0.0) == ""


def test_a_panel_of_fewer_acts_goes_on_slower(panel: Panel) -> None:
    assert panel.moment(1, 0.3, 3) == (1, 0.3)
    # Three acts in the time of six: each takes two.
    assert panel.moment(0, 0.5, 6) == (0, 0.25) and panel.moment(3, 0.0, 6) == (1, 0.5)
    assert panel.moment(5, 1.0, 6) == (2, 1.0) and panel.moment(4, 1.0, 6) == (2, 0.5)
    still = replace(
        panel, path=replace(panel.path, keyframes=panel.path.keyframes[:1],
                            widths=panel.path.widths[:1], swings=()),
        stops=panel.stops[:1], acts=(),
    )  # fmt: skip
    assert still.moment(4, 0.7, 6) == (0, 0.0)


def shows(flat: list[bool], lift: Any = ()) -> Any:
    count = len(flat)
    views = Views(np.zeros(count), np.zeros(count), lift)
    return SimpleNamespace(flat=np.array(flat), camera=SimpleNamespace(views=views))


def test_axes_of_planes_come_and_go_in_fifteen_hundredths_of_an_act() -> None:
    leaves, comes, never = shows([True, False]), shows([False, True]), shows([False, False])
    times = (0.0, 0.075, 0.15, 0.5, 0.85, 0.925, 1.0)
    told = {
        "leaves": [1, 0.5, 0, 0, 0, 0, 0], "comes": [0, 0, 0, 0, 0, 0.5, 1], "never": [0] * 7,
        "lifted": [1, 0.5, 0, 0, 0, 0.5, 1], "flat": [1] * 7,
    }  # fmt: skip
    panels = {
        "leaves": leaves, "comes": comes, "never": never,
        "lifted": shows([True, True], ((0.6, 0.7),)), "flat": shows([True, True], ((0.0, 0.0),)),
    }  # fmt: skip
    for name, each in panels.items():
        assert [_planarity(each, 0, t) for t in times] == pytest.approx(told[name]), name
    assert _planarity(shows([True]), 0, 0.0) == 1.0


def test_axes_are_those_of_the_state_that_is_nearer(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    monkeypatch.setattr(paint, "paint_axes", lambda *_: None)
    monkeypatch.setattr(paint, "paint_triad", lambda *_: None)

    def named(flat: list[bool]) -> Any:
        def axes(stop: int) -> list[Any]:
            asked.append(stop)
            return [SimpleNamespace(name="x")]

        return SimpleNamespace(flat=np.array(flat), axes=axes, layout=None)

    lens: Any = SimpleNamespace(
        project=lambda points: (np.zeros((1, 2)), None), turn=np.eye(3), units_per_pixel=1.0
    )
    scene: Any = SimpleNamespace(font=None, theme=None)
    for draw, flat, told in (
        (_axes, [True, True], [0, 0, 1, 1]), (_axes, [True, False], [0, 0, 0, 0]),
        (_axes, [False, True], [1, 1, 1, 1]), (_space_axes, [False, False], [0, 0, 1, 1]),
        (_space_axes, [True, False], [0, 0, 1, 1]), (_space_axes, [False, True], [0, 0, 0, 0]),
    ):  # fmt: skip
        asked.clear()
        for t in (0.0, 0.49, 0.5, 1.0):
            draw(Recorder(), scene, named(flat), lens, 0, t, 1.0)
        assert asked == told, (draw, flat)


def test_a_headline_is_in_the_middle_and_shrinks_to_fit() -> None:
    font, theme = bundled_font(), THEMES["dark"]

    def told(headline: str, size: tuple[int, int]) -> Any:
        found: Any = Recorder()
        scene: Any = SimpleNamespace(
            headline=headline, size=size, font=font, theme=theme, panels=(), show=frozenset()
        )
        paint_around(found, scene)
        ((_, (words, *colour), (left, y, down, letters, _)),) = found.marks
        assert tuple(colour) == theme.text and down == 0.5 and y == pytest.approx(0.04 * size[1])
        # The canvas that remembers takes letters for 0.6 of their size wide.
        assert left + 0.5 * 0.6 * letters * len(words) == pytest.approx(size[0] / 2)
        return words, letters

    assert told("Folding", (1000, 1000)) == ("Folding", 45)
    long = "A headline that is longer than its picture"
    words, letters = told(long, (700, 1000))
    assert words == long and letters == int(45 * 0.96 * 700 / text_width(long, font, 45))
    words, letters = told(long, (100, 1000))
    assert letters == 9 and words.endswith("…")


def test_levels_of_a_number_are_circles_and_classes_have_markers_in_turn() -> None:
    dark = THEMES["dark"]
    assert len({marker_of(label, replace(dark, ramp=True)) for label in range(9)}) == 1
    own = replace(dark, markers=(2, 0))
    assert [marker_of(label, own) for label in (0, 1, 2)] == [
        marker_of(2, dark), marker_of(0, dark), marker_of(2, dark)
    ]  # fmt: skip


def test_snapshots_of_layers_are_layers_of_snapshots() -> None:
    inner = OriginLayer("relu", np.eye(2), np.ones(2))
    one = [OriginLayer("tanh", np.ones((2, 3)), np.zeros(2)), OriginLayer("relu")]
    two = [OriginLayer("tanh", np.zeros((2, 3)), np.ones(2)), OriginLayer("relu")]
    dense, bare = together([one, two])
    assert (dense.activation, bare.activation, bare.weight, bare.bias) == (
        "tanh",
        "relu",
        None,
        None,
    )
    assert dense.weight is not None and dense.weight.shape == (2, 2, 3)
    assert dense.bias is not None and dense.bias.tolist() == [[0, 0], [1, 1]]
    (residual,) = together([[OriginLayer("residual", inner=(inner, inner))]] * 3)
    assert [layer.activation for layer in residual.every()] == ["relu", "relu"]
    assert residual.inner[0].weight is not None and residual.inner[0].weight.shape == (3, 2, 2)
