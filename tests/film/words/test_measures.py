import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.geometry.nets import dense, net
from warpviz.data import Dataset, load_data
from warpviz.film.build import compare
from warpviz.film.options import Staging
from warpviz.film.play import Play
from warpviz.film.words.measures import measure_lines, measure_words, play_measures
from warpviz.geometry.straight.regions import linear_regions
from warpviz.measure.layers import layer_measures
from warpviz.measure.measured_sheet import MeasuredSheet
from warpviz.model import ACTIVATIONS, Activation, Chain, Softmax
from warpviz.picture.scene import Scene
from warpviz.picture.words.fonts import bundled_font
from warpviz.picture.words.legend import legend_width
from warpviz.picture.words.text import text_width

UNIT = (-1.0, 1.0, -1.0, 1.0)
XOR = load_data("xor", n=80)
FONT = bundled_font()


def wide_data(features: int) -> Dataset:
    rng = np.random.default_rng(0)
    x = rng.normal(size=(60, features)) * np.arange(1, features + 1)
    return Dataset(x, (x[:, 0] > 0).astype(int))


def test_an_affine_layer_scales_areas_by_its_determinant() -> None:
    weight = np.array([[2.0, 1.0], [-1.0, 3.0]])
    after = layer_measures(Chain([dense(weight, [5.0, 6.0])]), XOR, UNIT)[1]
    assert after.area_factor == pytest.approx(7.0)
    assert (after.collapsed, after.regions) == (0.0, 1)
    assert after.overlap == pytest.approx(1.0)


def test_lifting_scales_areas_by_the_gram_determinant() -> None:
    weight = np.array([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]])
    after = layer_measures(Chain([dense(weight, np.zeros(3))]), XOR, UNIT)[1]
    assert after.area_factor == pytest.approx(np.sqrt(3.0))
    assert after.overlap is None


def test_relu_of_the_plane_keeps_one_quadrant() -> None:
    before, after = layer_measures(Chain([Activation("relu")], 2), XOR, UNIT)
    assert (before.regions, after.regions) == (1, 4)
    assert after.collapsed == pytest.approx(0.75)
    assert after.area_factor == pytest.approx(1.0)
    assert after.overlap == pytest.approx(1.0)


def test_a_plane_folded_twice_lies_four_times_over_itself() -> None:
    after = layer_measures(Chain([Activation("leaky_relu:-1")], 2), XOR, UNIT)[1]
    assert after.overlap == pytest.approx(4.0, rel=1e-2)
    assert after.collapsed == 0.0
    assert after.area_factor == pytest.approx(1.0)


def test_squashing_is_sampled() -> None:
    after = layer_measures(Chain([Activation("tanh")], 2), XOR, UNIT)[1]
    x = np.random.default_rng(0).uniform(-1, 1, size=(200_000, 2))
    assert after.area_factor == pytest.approx(
        np.median(np.prod(np.cosh(x), axis=1) ** -2.0), abs=5e-3
    )
    assert after.regions is None
    assert after.overlap == pytest.approx(1.0, abs=0.02)


@pytest.mark.many(quick=1)
@pytest.mark.parametrize("features", [2, 4, 64])
def test_data_of_any_number_of_features_is_measured_on_its_principal_plane(features: int) -> None:
    data = wide_data(features)
    chain = net((features, 5, 2))
    measures = layer_measures(chain, data)
    assert len(measures) == 4
    assert measures[0].area_factor == pytest.approx(1.0)
    assert measures[0].overlap == (pytest.approx(1.0) if features == 2 else None)
    assert all(each.regions is not None for each in measures)


@pytest.mark.slow
@given(
    st.sampled_from([*ACTIVATIONS, "leaky_relu:-0.5"]),
    st.integers(0, 1000),
    st.integers(2, 5),
    st.booleans(),
)
@settings(derandomize=True, deadline=None, max_examples=40)
def test_slopes_are_those_of_finite_differences(
    name: str, seed: int, features: int, softmax: bool
) -> None:
    chain = net((features, 4, 3, 3), name, seed=seed).split()
    chain = Chain([*chain, Softmax()]) if softmax else chain
    ground = MeasuredSheet.of(chain, wide_data(features))
    step = 1e-6
    for direction in (0, 1):
        shift = step * ground.axes[:, direction]
        ahead, behind = (chain.states(ground.centres + s) for s in (shift, -shift))
        for state, other, slope in zip(ahead, behind, ground.slopes(chain), strict=True):
            numeric = (state - other) / (2 * step)
            error = np.abs(numeric - slope[:, :, direction]).max(axis=1)
            # A sampled centre may lie within a step of a bend; exact ones lie inside a region.
            assert np.mean(error > 1e-6 * max(1.0, np.abs(numeric).max())) < 0.01


@pytest.mark.slow
@given(st.integers(0, 1000), st.sampled_from(["relu", "leaky_relu"]))
@settings(derandomize=True, deadline=None, max_examples=20)
def test_regions_so_far_are_those_of_each_prefix(seed: int, name: str) -> None:
    chain = net((2, 4, 3, 2), name, seed=seed)
    measures = layer_measures(chain, XOR, UNIT)
    steps = chain.split()
    for k in range(1, len(steps) + 1):
        found = linear_regions(steps[:k], UNIT)
        assert found is not None
        assert measures[k].regions == found.n_regions


def test_a_film_of_units_in_turn_is_measured_where_layers_are_done() -> None:
    chain = net((2, 3, 2))
    play = Play.of(chain, Staging(one_by_one=True))
    found = play_measures(play, XOR, UNIT)
    whole = layer_measures(chain, XOR, UNIT)
    assert [each is None for each in found] == [False, False, True, True, False, False]
    assert [each for each in found if each] == list(whole)


@pytest.mark.parametrize("room", [40, 120, 200, 300, 600])
def test_lines_of_measures_have_room(room: int) -> None:
    found = layer_measures(net((2, 3, 2)), XOR, UNIT)
    lines = measure_lines(found, room, FONT, 16)
    assert len(lines) == 4
    assert all(text_width(line, FONT, 16) <= room for line in lines)
    if room == 600:
        assert lines[0] == " · ".join(measure_words(found[0]))
        assert "1 region" in lines[0]


@pytest.mark.slow
@pytest.mark.parametrize("size", [(240, 180), (1080, 440)])
@pytest.mark.parametrize("hide", [(), ("caption",), ("legend",), ("caption", "legend", "track")])
def test_the_line_of_measures_has_its_own_place(
    size: tuple[int, int], hide: tuple[str, ...]
) -> None:
    chains = {name: net((2, 3, 2), name) for name in ("relu", "gelu")}
    brief = Dataset(XOR.x, XOR.y, ("n", "s"))
    for models, data in ((chains, XOR), ({"": chains["relu"]}, XOR), ({"": chains["relu"]}, brief)):
        film = compare(models, data, size=size, show=("measures",), hide=hide)
        assert isinstance(film.scene, Scene)
        for panel in film.scene.panels:
            layout = panel.layout
            assert layout.notes is not None
            assert len(panel.notes) == len(panel.stops)
            left, top = layout.notes
            right = left + max(text_width(note, FONT, layout.small) for note in panel.notes)
            bottom = top + 1.17 * layout.small
            assert layout.box.x0 <= left and right <= layout.box.x1
            assert bottom <= layout.safe.y0
            if "caption" not in hide:
                assert top >= layout.caption[1] + 1.17 * layout.caption_em - 1
            if layout.legend and abs(layout.legend[1] - top) < layout.small:
                width = legend_width(layout.legend_names, FONT, layout.small)
                assert right < layout.legend[0] - width
