import math
import re
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.geometry.nets import dense, net, straight_chains
from warpviz.arrays import Floats
from warpviz.data import Dataset, load_data
from warpviz.film.build import animate, compare
from warpviz.film.options import Staging
from warpviz.film.play import Play
from warpviz.film.reel.animation import Animation
from warpviz.film.words.affine import affine_words
from warpviz.film.words.teaching import LONGEST, Lesson, lesson
from warpviz.geometry.straight.regions import linear_regions
from warpviz.model import ACTIVATIONS, Activation, Chain, Dense
from warpviz.picture.scene import Panel, Scene
from warpviz.picture.words.text import text_width

UNIT = (-1.0, 1.0, -1.0, 1.0)
CORNERS = np.array([[x, y] for x in (-1.0, 1.0) for y in (-1.0, 1.0)])
XOR = load_data("xor", n=80)


def told(chain: Chain, data: Dataset = XOR, options: Staging | None = None) -> Lesson:
    return lesson(Play.of(chain, options or Staging()), data, UNIT)


def panels_of(film: Animation) -> tuple[Panel, ...]:
    assert isinstance(film.scene, Scene)
    return film.scene.panels


def font_of(film: Animation) -> Path:
    assert isinstance(film.scene, Scene)
    return film.scene.font


def count_in(sentence: str) -> int:
    found = re.search(r"along (\d+) ", sentence)
    return int(found[1]) if found else 0


def turned(degrees: float) -> Floats:
    c, s = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return np.array([[c, -s], [s, c]])


@pytest.mark.slow
@given(st.integers(0, 2000), st.integers(1, 6), st.sampled_from(["relu", "leaky_relu:0.3"]))
@settings(derandomize=True, deadline=None, max_examples=60)
def test_a_line_crosses_the_sheet_where_its_corners_are_on_both_sides(
    seed: int, units: int, name: str
) -> None:
    chain = net((2, units, 2), name, seed=seed)
    first = chain[0]
    assert isinstance(first, Dense)
    z = first.affine(CORNERS)
    crossing = int(np.count_nonzero((z.min(axis=0) < 0) & (z.max(axis=0) > 0)))
    sentence = told(chain).acts[1][0]
    assert count_in(sentence) == crossing
    assert ("bends along" in sentence) == (name != "relu" and crossing > 0)


@pytest.mark.slow
@given(straight_chains())
@settings(derandomize=True, deadline=None, max_examples=40)
def test_deep_creases_are_those_of_the_regions(chain: Chain) -> None:
    steps = chain.split()
    found = linear_regions(steps, UNIT)
    assert found is not None
    for k, layer in enumerate(steps):
        if isinstance(layer, Activation):
            units = {line.unit for line in found.creases if line.layer == k}
            # Copied units crease in the same places: one line.
            places = {
                frozenset(
                    frozenset(pair)
                    for line in found.creases
                    if (line.layer, line.unit) == (k, unit)
                    for pair in pairwise(line.vertices.tolist())
                )
                for unit in units
            }
            said = count_in(told(chain).acts[k][0])
            assert said == len(places), (k, told(chain).acts[k])


@pytest.mark.slow
@given(st.integers(0, 500), st.sampled_from(["gelu", "silu", "sin", "gelu_tanh"]))
@settings(derandomize=True, deadline=None, max_examples=40)
def test_smooth_folds_are_where_the_slope_changes_its_sign(seed: int, name: str) -> None:
    chain = net((2, 4, 2), name, seed=seed)
    first = chain[0]
    assert isinstance(first, Dense)
    z = first.affine(CORNERS)
    count = 0
    for low, high in zip(z.min(axis=0), z.max(axis=0), strict=True):
        slope = ACTIVATIONS[name].derivative(np.linspace(low, high, 20_001))
        assume(min(abs(slope[0]), abs(slope[-1])) > 1e-3)
        count += int(np.count_nonzero(slope[1:] * slope[:-1] < 0))
    sentence = told(chain).acts[1][0]
    assert count_in(sentence) == count
    assert ("nothing folds" in sentence) == (count == 0)


@pytest.mark.slow
@given(st.integers(0, 500))
@settings(derandomize=True, deadline=None, max_examples=30)
def test_creases_after_a_smooth_layer_are_where_units_change_their_sign(seed: int) -> None:
    rng = np.random.default_rng(seed)
    chain = Chain([*net((2, 3, 3), "tanh", seed=seed).split(), Activation("relu"), net((3, 2))[0]])
    mesh = rng.uniform(-1, 1, size=(20_000, 2))
    z = chain[:3](mesh)
    low, high = z.min(axis=0), z.max(axis=0)
    # Whether a unit that only just changes its sign does so, a sample cannot tell.
    assume(np.minimum(np.abs(low), np.abs(high)).min() > 0.05)
    assert count_in(told(chain).acts[3][0]) == np.count_nonzero((low < 0) & (high > 0))


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


@pytest.mark.parametrize(
    ("weight", "sentence"),
    [
        (turned(128) @ np.diag([3.1, 0.4]), "turns the sheet by 128°, scales it by 3.1 and 0.4"),
        (turned(-90), "turns the sheet by 90°"),
        (turned(180), "turns the sheet by 180°"),
        (np.diag([3.0, 0.5]), "scales the sheet by 3 and 0.5"),
        (2.0 * np.eye(2), "scales the sheet by 2"),
        (0.5 * np.eye(2), "scales the sheet by 0.5"),
        (np.diag([1.0, -1.0]), "flips the sheet over"),
        (np.diag([1.0, 0.0]), "flattens the sheet onto a line"),
        (np.zeros((2, 2)), "shrinks the sheet to a point"),
        (np.eye(3, 2), "lifts the sheet into space"),
        (np.eye(2, 3), "projects the sheet onto a plane"),
        (2 * np.eye(16, 2), "lifts the sheet into 16 dimensions, scales it by 2"),
        (turned(0.2), "hardly changes the sheet"),
        (np.eye(2), "hardly changes the sheet"),
    ],
)
def test_affine_maps(weight: Floats, sentence: str) -> None:
    assert affine_words(dense(weight, np.zeros(len(weight))))[0] == sentence


def test_a_shift_and_a_mirror_that_is_not_seen_to_flip() -> None:
    assert affine_words(dense(np.eye(2), [3.0, 4.0]))[0] == "shifts the sheet by 5"
    assert affine_words(dense(np.diag([1.0, -1.0]), [0, 0]), "lerp")[0] == "mirrors the sheet"


def labelled(x: npt.ArrayLike, y: list[int]) -> Dataset:
    return Dataset(np.asarray(x), np.asarray(y))


def corner_xor() -> Dataset:
    return labelled(CORNERS, [0, 1, 1, 0])


def test_the_stop_from_which_a_line_separates() -> None:
    # XOR by hand: relu(s) and relu(s − 1) of the sum s of both, s in −2, 0, 2.
    chain = Chain(
        [
            dense(np.array([[1, 1], [1, 1], [0, 0]]), [1, -1, 1], "relu"),
            dense(np.array([[0, 0, 0], [1, -3, -0.5]]), [0, 0]),
        ]
    )
    stops = [each[0] for each in told(chain, corner_xor()).stops]
    assert stops[0] == "the best line gets 75.0 % of the points right"
    assert stops[1] == "the best plane gets 75.0 % of the points right"
    assert stops[2] == "from here a flat plane separates the classes"
    assert stops[3] == "the line z₁ = z₂ separates the classes"


def test_here_is_said_where_the_next_layer_ruins_it() -> None:
    lift = dense(np.array([[1, 1], [1, 1], [0, 0]]), [1, -1, 1], "relu")
    chain = Chain([lift, dense(np.zeros((2, 3)), [0, 0]), dense(np.eye(2), [0, 0])])
    stops = [each[0] for each in told(chain, corner_xor()).stops]
    assert stops[2] == "here a flat plane separates the classes"
    assert stops[3] == "the best line gets 50.0 % of the points right"


def test_from_here_is_not_said_where_it_does_not_last() -> None:
    data = labelled([[0.0, 0.0], [1.0, 0.0], [2.0, 0.0], [3.0, 1.0]], [0, 0, 1, 1])
    chain = Chain([dense(np.eye(2), [0, 0]), dense(np.array([[0, 0], [0, 1.0]]), [0, 0])])
    stops = [each[0] for each in told(chain, data).stops]
    assert stops[0] == "a straight line separates the classes"
    assert stops[1] == "a straight line still separates the classes"
    assert stops[2] == "the line z₁ = z₂ gets 75.0 % of the points right"
    chain = Chain([*chain, dense(np.eye(2), [0, 0])])
    assert told(chain, data).stops[2][0] == "the best line gets 75.0 % of the points right"
    late = Chain([dense(np.eye(2), [0, 0]), *chain])
    assert "from here" not in " ".join(each[0] for each in told(late, data).stops)


def test_more_than_two_classes_have_several_lines() -> None:
    data = labelled([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0]], [0, 1, 2])
    last = dense(np.array([[-1, -1], [1, 0], [0, 1.0]]), [0.5, 0, 0])
    chain = Chain([dense(np.eye(2), [0, 0]), last])
    stops = told(chain, data).stops
    assert stops[0][0] == "straight lines separate the classes"
    assert stops[-1][0] == "the largest z is right for 100.0 % of the points"


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
        panel = panels_of(film)[0]
        for text in (*panel.stops, *panel.acts):
            taken = text_width(text, font_of(film), panel.layout.caption_em)
            assert taken <= panel.layout.caption_width, text


@pytest.mark.slow
def test_narrow_panels_take_shorter_sentences() -> None:
    chains = {name: net((2, 3, 2), name) for name in ("relu", "tanh", "gelu")}
    film = compare(chains, XOR, caption="why")
    texts = [panel.acts[1] for panel in panels_of(film)]
    assert texts[1] in ("tanh squashes the sheet; nothing folds", "tanh squashes the sheet")
    for panel in panels_of(film):
        room = panel.layout.caption_width
        size = panel.layout.caption_em
        for text in (*panel.stops, *panel.acts):
            assert text_width(text, font_of(film), size) <= room


@pytest.mark.slow
def test_captions_can_be_left_out() -> None:
    chain = net((2, 3, 2))
    plain, hidden = animate(chain, XOR, caption="none"), animate(chain, XOR, hide=("caption",))
    assert np.array_equal(plain.frame(0, 0.5).pixels, hidden.frame(0, 0.5).pixels)
    named = animate(chain, XOR)
    assert not np.array_equal(plain.frame(0, 0.5).pixels, named.frame(0, 0.5).pixels)
