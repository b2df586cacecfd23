"""Points that a film follows: where they are and were, told by the chain itself."""

from typing import Any

import numpy as np
import pytest

import warpviz as wv
from tests.scenes import panel_of
from warpviz.errors import WarpvizError
from warpviz.film.insets.trail import trail_points
from warpviz.picture.marks.probe import STEPS, Followed, way_colours
from warpviz.theme import THEMES, themed

RINGS = wv.load_data("rings", n=120, seed=0)
NET = wv.mlp([2, 3, 3, 2], "tanh", seed=1)


def followed(chain: wv.Chain = NET, data: Any = RINGS, **options: Any) -> Followed:
    found = panel_of(wv.animate(chain, data, **options)).followed
    assert found is not None
    return found


@pytest.mark.slow
@pytest.mark.parametrize("options", [{}, {"one_by_one": True}, {"motion": "lerp"}])
def test_a_followed_data_point_is_where_its_dot_is(options: dict[str, Any]) -> None:
    panel = panel_of(wv.animate(NET, RINGS, trail=[7], **options))
    assert panel.followed is not None
    dot = len(panel.sheet.vertices) + 7
    for k in range(panel.path.acts):
        for t in (0.0, 0.3, 0.8, 1.0):
            own, there = panel.followed.path.at(k, t)[0], panel.path.at(k, t)[dot]
            np.testing.assert_allclose(own, there, atol=1e-12)


def test_a_place_goes_through_the_states_of_the_chain() -> None:
    found = followed(trail=[(0.5, -0.5), 3])
    inputs = np.array([[0.5, -0.5], RINGS.x[3]])
    np.testing.assert_array_equal(found.inputs, inputs)
    for k, state in enumerate(NET.logits().split().states(inputs)):
        width = state.shape[1]
        np.testing.assert_allclose(found.path.keyframes[k][:, :width], state, atol=1e-12)


def test_the_way_is_where_the_point_was() -> None:
    found = followed(trail=[0])
    for k, t in ((0, 0.0), (2, 0.37), (1, 1.0)):
        way = found.way(k, t)
        times = [(j, i / STEPS) for j in range(k) for i in range(STEPS)]
        times += [(k, i / STEPS) for i in range(STEPS) if i / STEPS < t] + [(k, t)]
        np.testing.assert_allclose(way, [found.path.at(*time) for time in times], atol=1e-12)


@pytest.mark.slow
def test_without_trails_nothing_is_followed_and_nothing_else_moves() -> None:
    bare, other = wv.animate(NET, RINGS), wv.animate(NET, RINGS, trail=[(1.0, -1.0)])
    assert panel_of(bare).followed is None
    for k in range(bare.timeline.acts):
        (ours, theirs) = (panel_of(film).camera.lens(k, 0.5) for film in (bare, other))
        np.testing.assert_allclose(ours.turn, theirs.turn)
        assert ours.units_per_pixel == pytest.approx(theirs.units_per_pixel)
    np.testing.assert_allclose(panel_of(bare).path.keyframes, panel_of(other).path.keyframes)


@pytest.mark.slow
def test_the_ring_stands_at_the_point_and_the_way_is_drawn() -> None:
    look: dict[str, Any] = {"size": (320, 240), "hide": ("sheet", "grid", "dots", "boundary")}
    bare, film = wv.animate(NET, RINGS, **look), wv.animate(NET, RINGS, trail=[(0.5, -0.5)], **look)
    panel = panel_of(film)
    assert panel.followed is not None
    for k, t in ((0, 0.0), (2, 0.5)):
        changed = (bare.frame(k, t).pixels != film.frame(k, t).pixels).any(axis=2)
        lens = panel.camera.lens(k, t)
        flat, _ = lens.project(panel.followed.way(k, t)[:, 0])
        rows, columns = np.nonzero(changed)
        reach = 12 + 8 * panel.layout.unit  # a letter
        away = np.hypot(columns[:, None] - flat[:, 0], rows[:, None] - flat[:, 1]).min(axis=1)
        assert away.max() < reach
        inside = flat[(flat > 0).all(axis=1) & (flat < (320, 240)).all(axis=1)].astype(int)
        assert changed[inside[:, 1], inside[:, 0]].mean() > 0.95


@pytest.mark.slow
def test_own_units_and_one_feature() -> None:
    data = wv.Dataset(RINGS.x, RINGS.y, mean=np.array([100.0, -3.0]), scale=np.array([10.0, 2.0]))
    np.testing.assert_allclose(followed(data=data, trail=[(105, -4)]).inputs, [[0.5, -0.5]])
    line = wv.Dataset(np.linspace(-1, 1, 30)[:, None], np.repeat([0, 1], 15))
    found = followed(wv.mlp([1, 3, 2], "tanh", seed=0), line, trail=[(0.25,), 29])
    np.testing.assert_allclose(found.inputs, [[0.25], [1.0]])


def test_ways_have_colours_that_no_class_has() -> None:
    for theme in THEMES.values():
        for classes in (1, 2, 3, 5):
            worn = themed(theme, classes, numbers=False)
            colours = way_colours(worn, classes)
            assert len(colours) == 8 and len(set(colours)) >= 4
            assert not set(colours) & {*worn.classes[:classes], worn.background}
        levels = themed(theme, 2, numbers=True)
        assert not set(way_colours(levels, 2)) & set(levels.classes)


@pytest.mark.parametrize(
    ("trail", "words"),
    [
        ([120], "of data points, 0 to 119, or places of 2 numbers, such as .0.5, -1.0., got 120"),
        ([-1], "0 to 119, .* got -1"),
        ([(1, 2, 3)], r"places of 2 numbers, such as \(0.5, -1.0\), .* got \(1, 2, 3\)"),
        ([(float("nan"), 0)], "places of 2 numbers"),
        ([(9, 0)], r"points of the sheet, x₁ from -1.*, got \(9, 0\); choose another, or wider"),
        ([("a", 1)], "expects trail to be"),
        ((0.5, -1), "expects trail to be"),
        ("12", "expects trail to be"),
        ([0] * 9, "trail expects 8 points at most, got 9"),
    ],
)  # fmt: skip
def test_a_wrong_trail_is_one_sentence(trail: Any, words: str) -> None:
    with pytest.raises(WarpvizError, match=words):
        wv.animate(NET, RINGS, trail=trail)


def test_a_place_of_many_numbers_is_told_by_how_many() -> None:
    data = wv.load_data("digits", n=40)
    look = wv.Look(trail=((1, 2),))
    with pytest.raises(WarpvizError) as told:
        trail_points(look, data)
    assert str(told.value) == (
        "trail expects places of 64 numbers, or the number of a data point, got (1, 2)."
    )


def test_places_are_in_the_inputs_own_units_and_on_the_sheet() -> None:
    own = wv.Dataset(RINGS.x, RINGS.y, mean=np.array([100.0, -3.0]), scale=np.array([10.0, 2.0]))
    assert trail_points(wv.Look(trail=((105, -4), 3)), own).tolist() == [
        [0.5, -0.5], RINGS.x[3].tolist(),
    ]  # fmt: skip
    corners = (90.0, 110.0, -7.0, 1.0)
    found = trail_points(wv.Look(trail=((110, 1), (90, -7)), limits=corners), own)
    assert found.tolist() == [[1.0, 2.0], [-1.0, -2.0]]
    for place, least in (((111, 0), "90 to 110"), ((100, -8), "-7 to 1")):
        with pytest.raises(WarpvizError, match=rf"from {least}.* got .*; choose another"):
            trail_points(wv.Look(trail=(place,), limits=corners), own)
    line = wv.Dataset(np.array([[0.0], [4.0]]), np.array([0, 1]))
    # Its sheet is a twentieth longer than the data at each end.
    assert trail_points(wv.Look(trail=((-0.2,), (4.2,))), line).ravel().tolist() == [-0.2, 4.2]
    with pytest.raises(WarpvizError, match=r"from -0.2 to 4.2, got \(4.3,\)"):
        trail_points(wv.Look(trail=((4.3,),)), line)
    deep = wv.Dataset(np.eye(3), np.arange(3))
    assert trail_points(wv.Look(trail=((1e9, 0, 0),)), deep).tolist() == [[1e9, 0, 0]]


@pytest.mark.parametrize(
    ("width", "words"),
    [(1, r"of 1 number, such as \(0.5,\)"), (3, r"of 3 numbers, such as \(0.5, -1.0, 0.0\)"),
     (4, r"of 4 numbers, such as \(0.5, -1.0, 0.0, 0.0\)"), (5, "of 5 numbers, or the number")],
)  # fmt: skip
def test_a_short_place_is_shown(width: int, words: str) -> None:
    data = wv.Dataset(np.zeros((2, width)) + np.arange(2)[:, None], np.array([0, 1]))
    with pytest.raises(WarpvizError, match=words):
        trail_points(wv.Look(trail=((1.0,) * (width + 1),)), data)


def test_films_without_acts_of_a_network_refuse_trails() -> None:
    with pytest.raises(WarpvizError, match="turntable shows one stop, a trail leads through all"):
        wv.animate(NET, RINGS, trail=[0], turntable=1)
    with pytest.raises(WarpvizError, match="has no option trail"):
        wv.animate([RINGS.x, 2 * RINGS.x], RINGS.y, trail=[0])
