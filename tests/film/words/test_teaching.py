"""What is said of layers that bend or switch off units, in sentences that have room."""

import numpy as np
import pytest

from tests.film.words.lessons.told import XOR, told
from tests.geometry.nets import dense, net
from tests.scenes import scene_of
from warpviz.film.build import animate, compare
from warpviz.film.options import Staging
from warpviz.film.words.teaching import LONGEST
from warpviz.model import ACTIVATIONS, Activation, Chain
from warpviz.picture.words.text import text_width


@pytest.mark.parametrize("name", ["tanh", "sigmoid", "elu", "softplus"])
def test_rising_activations_fold_nothing(name: str) -> None:
    assert told(net((2, 3, 2), name)).acts[1][0].endswith("nothing folds")


def test_relu_of_the_plane_collapses_three_quadrants() -> None:
    assert told(Chain([Activation("relu")], 2)).acts[0][0] == (
        "relu folds the sheet along 2 lines; 75 % collapses"
    )


def test_units_that_do_not_cross_the_sheet() -> None:
    def only(bias: list[float], name: str = "relu") -> str:
        return told(Chain([dense(np.eye(2), bias), Activation(name)])).acts[1][0]

    assert only([5.0, 5.0]) == "relu leaves the whole sheet as it is"
    assert only([5.0, -5.0]) == "relu switches off 1 of 2 units; all collapses"
    assert only([-5.0, -5.0]) == "relu switches off 2 of 2 units: one point is left"
    assert only([5.0, -5.0], "leaky_relu:0.5") == (
        "leaky relu scales 1 of 2 units by 0.5, folds nothing"
    )
    assert only([0.0, 5.0], "leaky_relu:-1") == "leaky relu folds the sheet along 1 line"
    assert only([0.0, 0.0], "leaky_relu:1") == "leaky relu changes nothing"
    assert only([0.0, 0.0], "identity") == "identity changes nothing"


@pytest.mark.slow
@pytest.mark.parametrize(
    "options",
    [
        Staging(softmax=True),
        Staging(softmax=True, whole_layers=True),
        Staging(softmax=True, one_by_one=True),
    ],
)
@pytest.mark.parametrize("widths", [(2, 3, 3, 2), (2, 16, 16, 2), (2, 2, 1, 2), (2, 1, 2)])
def test_every_stop_and_act_has_a_sentence_of_fair_length(
    options: Staging, widths: tuple[int, ...]
) -> None:
    # Each activation in each way of playing; of the narrow and wide nets, each in one of them.
    part = len(widths) + widths[1] + int(options.whole_layers) + 2 * int(options.one_by_one)
    names = [*ACTIVATIONS]
    for name in names if widths == (2, 3, 3, 2) else names[part % 3 :: 3]:
        said = told(net(widths, name, seed=3), options=options)
        assert len(said.stops) == len(said.acts) + 1
        for variants in (*said.stops, *said.acts):
            lengths = [len(each) for each in variants]
            assert 0 < max(lengths) <= LONGEST
            assert lengths == sorted(lengths, reverse=True)


@pytest.mark.slow
@pytest.mark.parametrize("size", [(640, 480), (240, 180), (3840, 2160), (360, 440)])
def test_sentences_have_room(size: tuple[int, int]) -> None:
    for widths in ((2, 3, 2), (2, 16, 2)):
        film = animate(net(widths, "gelu"), XOR, size=size, caption="why")
        panel = scene_of(film).panels[0]
        for text in (*panel.stops, *panel.acts):
            taken = text_width(text, scene_of(film).font, panel.layout.caption_em)
            assert taken <= panel.layout.caption_width, text


@pytest.mark.slow
def test_narrow_panels_take_shorter_sentences() -> None:
    chains = {name: net((2, 3, 2), name) for name in ("relu", "tanh", "gelu")}
    film = compare(chains, XOR, caption="why")
    texts = [panel.acts[1] for panel in scene_of(film).panels]
    assert texts[1] in ("tanh squashes the sheet; nothing folds", "tanh squashes the sheet")
    for panel in scene_of(film).panels:
        room = panel.layout.caption_width
        size = panel.layout.caption_em
        for text in (*panel.stops, *panel.acts):
            assert text_width(text, scene_of(film).font, size) <= room


@pytest.mark.slow
def test_captions_can_be_left_out() -> None:
    chain = net((2, 3, 2))
    plain, hidden = animate(chain, XOR, caption="none"), animate(chain, XOR, hide=("caption",))
    assert np.array_equal(plain.frame(0, 0.5).pixels, hidden.frame(0, 0.5).pixels)
    named = animate(chain, XOR)
    assert not np.array_equal(plain.frame(0, 0.5).pixels, named.frame(0, 0.5).pixels)
