"""Where a network is drawn, and where its units are, in pixels that are worked out by hand."""

from dataclasses import replace

import numpy as np
import pytest

import warpviz as wv
from tests.picture.marks.written import FONT, LARGE, SMALL
from warpviz.film.insets.network import _more, network_of
from warpviz.film.insets.room import _parted
from warpviz.film.options import Staging
from warpviz.film.play import Play
from warpviz.model import Activation, Chain, Dense, Residual
from warpviz.motion.framing import Box
from warpviz.picture.marks.network import Network
from warpviz.picture.words.text import text_width

X = np.random.default_rng(0).normal(size=(20, 2))


def test_beside_a_wide_sheet_a_column_takes_two_letters_and_a_fifth() -> None:
    layout = _parted(replace(LARGE, safe=Box(100.0, 50.0, 1700.0, 850.0)), 4)
    wide, gap = 2.2 * 33 * 4, 0.8 * 33
    assert layout.safe == Box(100.0, 50.0, 1700 - wide - gap, 850.0)
    assert layout.network == Box(1700 - wide, 50.0, 1700.0, 850.0)
    # Of few columns it takes 18 % of the width, of many 30 %.
    few, many = (_parted(replace(LARGE, safe=Box(0.0, 0.0, 1000.0, 600.0)), n) for n in (2, 5))
    assert few.network is not None and few.network.width == pytest.approx(180)
    assert many.network is not None and many.network.width == pytest.approx(300)


def test_above_a_tall_sheet_it_is_in_the_middle() -> None:
    layout = _parted(replace(LARGE, safe=Box(100.0, 50.0, 700.0, 1250.0)), 4)
    across, high = 2 * 2.2 * 33 * 4, 0.24 * 1200
    assert layout.network == Box(400 - across / 2, 50.0, 400 + across / 2, 50 + high)
    assert layout.safe == Box(100.0, 50 + high + 0.8 * 33, 700.0, 1250.0)
    low = _parted(replace(SMALL, safe=Box(0.0, 0.0, 170.0, 180.0)), 2)
    assert low.network is not None and low.network.height == pytest.approx(44.0)


def test_where_little_would_be_left_to_the_sheet_nothing_is_drawn() -> None:
    # Seven tenths are left of the smaller side: 46.8 pixels are too much of 155.
    for side, drawn in ((155.0, False), (157.0, True)):
        layout = replace(SMALL, safe=Box(0.0, 0.0, side, side))
        assert (_parted(layout, 2).network is not None) == drawn
    # A column has eleven pixels at least.
    for columns, drawn in ((54, True), (55, False)):
        layout = replace(SMALL, safe=Box(0.0, 0.0, 600.0, 900.0))
        assert (_parted(layout, columns).network is not None) == drawn


def network(chain: Chain, width: float, height: float) -> Network:
    layout = replace(LARGE, network=Box(50.0, 60.0, 50 + width, 60 + height))
    found = network_of(Play.of(chain, Staging()), X, layout, FONT)
    assert found is not None
    return found


def assert_columns(
    found: Network, counts: list[int], pitch: float, apart: float, middle: float
) -> None:
    assert [len(column.places) for column in found.columns] == counts
    for c, (column, count) in enumerate(zip(found.columns, counts, strict=True)):
        rows = middle + pitch * (np.arange(count) - (count - 1) / 2)
        want = np.column_stack([np.full(count, (c + 0.5) * apart), rows])
        np.testing.assert_allclose(column.places, want)


def test_units_are_forty_two_pixels_apart_where_there_is_room() -> None:
    found = network(wv.mlp([2, 3, 4, 2], "tanh", seed=0), 400.0, 600.0)
    room = 600 - 0.75 * 33
    assert_columns(found, [2, 3, 4, 2], 42.0, 100.0, room / 2)
    # The largest radius is 6.2 units; less where columns, or units, are near each other.
    assert found.radius == pytest.approx(12.4)
    assert found.foot == pytest.approx(room / 2 + 63 + 12.4 + 0.75 * 33)
    assert network(wv.mlp([2, 3, 4, 2], "tanh", seed=0), 100.0, 600.0).radius == pytest.approx(7.5)
    low = network(wv.mlp([2, 3, 4, 2], "tanh", seed=0), 400.0, 0.75 * 33 + 100)
    assert low.radius == pytest.approx(0.34 * 25)
    tiny = network(wv.mlp([2, 3, 4, 2], "tanh", seed=0), 16.0, 600.0)
    assert tiny.radius == pytest.approx(1.8)


@pytest.mark.parametrize(("height", "count"), [(300.0, 8), (190.0, 5), (100.0, 2)])
def test_of_wide_layers_some_units_are_drawn_above_their_number(height: float, count: int) -> None:
    found = network(wv.mlp([2, 128, 2], "tanh", seed=0), 400.0, height)
    room = height - 2.45 * 33
    pitch = min(42.0, room / count)
    assert_columns(found, [2, count, 2], pitch, 400 / 3, room / 2)
    assert found.radius == pytest.approx(max(0.34 * pitch, 1.8))
    assert found.foot == pytest.approx(
        room / 2 + pitch * (count - 1) / 2 + found.radius + 2.45 * 33
    )
    assert [column.more for column in found.columns] == ["", "128", ""]


def test_a_bow_goes_over_what_it_leads_around() -> None:
    inner = Chain(
        [Dense(np.ones((4, 2)), np.zeros(4), "relu"), Dense(np.ones((2, 4)), np.zeros(2))]
    )
    found = network(Chain([Residual(inner)]), 300.0, 600.0)
    over = 3.4 * 6.2 * 2
    room = 600 - 0.75 * 33 - over
    assert_columns(found, [2, 4, 2], 42.0, 100.0, (over + room) / 2)
    (around,) = found.arounds
    y = (over + room) / 2 - 21
    top = (over + room) / 2 - 63
    assert len(around.points) == 17
    np.testing.assert_allclose(around.points[0], [50, y - 1.2 * 12.4])
    np.testing.assert_allclose(around.points[-1], [250, y - 1.2 * 12.4])
    np.testing.assert_allclose(around.points[8], [150, top - 3.4 * 12.4])
    quarter = 50 + 200 * (1 - np.cos(np.pi / 4)) / 2
    assert around.points[4, 0] == pytest.approx(quarter)


def test_a_number_is_told_where_it_meets_no_other() -> None:
    wide = text_width("128", FONT, 33)
    assert _more([2, 128, 2], 8, wide / 1.79, 33, FONT) == ("", "128", "")
    assert _more([2, 128, 2], 8, wide / 1.9, 33, FONT) == ("", "", "")
    assert _more([2, 128, 128, 2], 8, wide / 1.1, 33, FONT) == ("",) * 4
    assert _more([2, 128, 128, 2], 8, wide * 1.01, 33, FONT) == ("", "128", "128", "")
    assert _more([8, 9], 8, 99.0, 33, FONT) == ("", "9")


def test_a_residual_layer_without_weights_has_a_column_one_to_one() -> None:
    chain = Chain([Residual(Chain([Activation("tanh")], 2))])
    found = network(chain, 300.0, 600.0)
    assert [len(column.places) for column in found.columns] == [2, 2]
    (bundle,) = found.bundles
    assert bundle.ends.tolist() == [[0, 0], [1, 1]] and bundle.sizes.tolist() == [4, 4]
