"""A stop on a turntable: one turn, at one distance, without a seam."""

from typing import Any

import numpy as np
import pytest

import warpviz as wv
from tests.scenes import panel_of
from warpviz.data.synthetic import make_data

DATA = make_data("rings", n=60)
DEEP = wv.mlp([2, 3, 3, 2], "relu", seed=0)
LOOK: dict[str, Any] = {"size": (320, 240), "jobs": 1}


def test_frames_are_one_step_of_the_turn_apart_the_first_and_the_last_too() -> None:
    film = wv.animate(DEEP, DATA, turntable=2, seconds=2.0, fps=12.0, **LOOK)
    assert len(film) == 24 and film.seconds == pytest.approx(2.0)
    views = panel_of(film).camera.views
    turns = [views.at(moment.k, moment.t) for moment in film.timeline]
    for before, after in zip(turns, [*turns[1:], turns[0]], strict=True):
        # What turns one into the next is a turn about the space's third axis by a 24th.
        np.testing.assert_allclose(after.T, _about_third(before, 2 * np.pi / 24), atol=1e-12)
    assert film.chapters == ((0.0, panel_of(film).stops[0]),)


def _about_third(view: Any, angle: float) -> Any:
    c, s = np.cos(angle), np.sin(angle)
    return np.array([[c, -s, 0], [s, c, 0], [0, 0, 1]]) @ view.T


def test_it_is_the_films_own_stop_and_stays_within_its_place() -> None:
    whole = panel_of(wv.animate(DEEP, DATA, **LOOK))
    film = wv.animate(DEEP, DATA, turntable=2, **LOOK)
    panel = panel_of(film)
    np.testing.assert_array_equal(panel.path.keyframes[0], whole.path.keyframes[2])
    assert panel.caption(0, 0.5) == panel.caption(0, 0.0) == whole.stops[2]
    assert len(film) == 120
    sizes, safe = set(), panel.layout.safe
    for moment in film.timeline:
        lens, flat, _ = panel.camera.look(panel.path.at(0, moment.t), 0, moment.t)
        sizes.add(round(lens.units_per_pixel, 9))
        assert flat[:, 0].min() >= safe.x0 and flat[:, 0].max() <= safe.x1
        assert flat[:, 1].min() >= safe.y0 and flat[:, 1].max() <= safe.y1
    assert len(sizes) == 1


def test_creases_are_those_that_were_made_by_then() -> None:
    whole = panel_of(wv.animate(DEEP, DATA, **LOOK))
    for stop in (0, 2, 4):
        panel = panel_of(wv.animate(DEEP, DATA, turntable=stop, **LOOK))
        for key, crease in whole.creases.items():
            act, t = (stop, 0.0) if stop < len(whole.acts) else (stop - 1, 1.0)
            assert panel.creases[key].shown(0, 0.3) == crease.shown(act, t)
            assert not panel.creases[key].folding(0, 0.3)


def test_planes_are_tilted_and_states_and_comparisons_turn_too() -> None:
    for film in (
        wv.animate(DEEP, DATA, turntable=0, camera=(20, 40), **LOOK),
        wv.animate([DATA.x, DEEP[:2](DATA.x)], DATA.y, turntable=0, camera=(20, 40), **LOOK),
    ):
        assert panel_of(film).camera.views.tilt.tolist() == pytest.approx([np.radians(70)] * 2)
    both = {"a": DEEP, "b": (DEEP, {"whole_layers": True})}
    pair = wv.compare(both, DATA, turntable=4, size=(480, 240), jobs=1)
    assert [panel_of(pair, k).stops[0][:7] for k in (0, 1)] == ["layer 2", "layer 2"]
    assert pair.frame(0, 0.5).pixels.shape == (240, 480, 3)


def test_what_makes_no_sense_is_told() -> None:
    for given, words in (
        ({"turntable": 9}, "turntable expects a stop of the film, 0 to 5, got 9"),
        ({"turntable": 1, "hold": 1.0}, "turns without a rest; leave out hold"),
        ({"turntable": 1, "hold_at": {1: 2.0}}, "turns without a rest"),
        ({"turntable": 1.5}, "expects turntable to be a whole number"),
    ):
        with pytest.raises(wv.WarpvizError, match=words):
            wv.animate(DEEP, DATA, **{**LOOK, **given})
    with pytest.raises(wv.WarpvizError, match="animate_training has no option turntable"):
        wv.animate_training(wv.train(DEEP, DATA, epochs=2), DATA, turntable=1)  # type: ignore[call-arg]


def test_its_words_tell_of_one_stop_that_turns_and_of_no_acts() -> None:
    states = wv.animate([DATA.x, 2 * DATA.x], DATA.y, names=["x", "2 x"], turntable=1, **LOOK)
    pair = wv.compare({"a": DEEP, "b": DEEP}, DATA, turntable=0, language="de", **LOOK)
    told = [wv.animate(DEEP, DATA, turntable=2, **LOOK).description, states.description]
    assert told == [
        "rings: 60 points of 2 classes (inner, outer) lie on a sheet of graph paper; both stand "
        "still at one stop (layer 1 · relu), and the camera goes around them once.",
        "data: 60 points of 2 classes (0, 1) stand still at one stop (2 x), and the camera goes "
        "around them once.",
    ]
    assert "stehen an einem Halt still (a: Eingabe (x₁, x₂); b: Eingabe (x" in pair.description
