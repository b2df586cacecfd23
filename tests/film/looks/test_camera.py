"""A camera that is told, against matplotlib's axes in space, and in films."""

from typing import Any

import numpy as np
import pytest
from matplotlib.figure import Figure

import warpviz as wv
from tests.scenes import panel_of
from warpviz.data.synthetic import make_data
from warpviz.film.looks.camera import check_space, direction_of
from warpviz.motion.camera import rotation

DATA = make_data("rings", n=60)
DEEP = wv.mlp([2, 3, 3, 2], "relu", seed=0)
LOOK: dict[str, Any] = {"size": (320, 240), "jobs": 1}


@pytest.mark.parametrize(("elev", "azim"), [(20, 40), (90, -90), (-15, 200), (30, -60), (0, 370)])
def test_angles_are_matplotlibs(elev: float, azim: float) -> None:
    axes: Any = Figure().add_subplot(projection="3d")
    axes.set_proj_type("ortho")
    axes.set_box_aspect((1, 1, 1))
    axes.view_init(elev, azim)
    seen = np.stack([axes.get_proj()[:2, :3] @ axis for axis in np.eye(3)])
    own = rotation(*direction_of((elev, azim)))[:2].T
    # Theirs is scaled; how it is turned is the same.
    np.testing.assert_allclose(seen / np.abs(seen).max(), own / np.abs(own).max(), atol=1e-6)


def test_one_angle_is_enough_where_it_is_named() -> None:
    assert direction_of({"elev": 20}) == direction_of((20, -60))
    assert direction_of({"azim": 10}) == direction_of([30, 10])


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"elve": 3}, "Unknown angle of a camera 'elve'; did you mean 'elev'"),
        ((91, 0), "camera expects elev from -90 to 90"),
        ((1, 2, 3), "such as (20, 40), got (1, 2, 3)"),
        ((float("nan"), 0), "camera expects"),
        ((0, float("inf")), "camera expects"),
        ({"elev": "x"}, "expects camera to be a list of numbers, a dict"),
    ],
)
def test_what_is_no_camera_is_told(given: Any, words: str) -> None:
    with pytest.raises(wv.WarpvizError) as caught:
        wv.Look(camera=given)
    assert words in str(caught.value)


def test_every_state_in_space_is_seen_from_there_and_planes_from_above() -> None:
    film = wv.animate(DEEP, DATA, camera=(20, 40), **LOOK)
    panel = panel_of(film)
    for k in range(len(panel.stops) - 1):
        wanted = np.eye(3) if panel.flat[k] else rotation(*direction_of((20, 40)))
        np.testing.assert_allclose(panel.camera.views.at(k, 0.0), wanted, atol=1e-12)
    inside = panel.layout.safe
    for k in range(film.timeline.acts):
        for t in (0.0, 0.3, 0.7, 1.0):
            flat, _ = panel.camera.project(panel.path.at(k, t), k, t)
            assert flat[:, 0].min() >= inside.x0 - 1 and flat[:, 0].max() <= inside.x1 + 1
            assert flat[:, 1].min() >= inside.y0 - 1 and flat[:, 1].max() <= inside.y1 + 1


def test_films_of_training_and_of_states_take_it() -> None:
    fit = wv.train(DEEP, DATA, epochs=4, snapshots=3)
    learnt = wv.animate_training(fit, DATA, camera=(20, 40), size=(480, 240)).scene
    states = wv.animate([DATA.x, DEEP[:2](DATA.x)], DATA.y, camera=(20, 40), **LOOK)
    for views in (learnt.cloth.panels[0].camera.views, panel_of(states).camera.views):  # type: ignore[union-attr]
        assert views.tilt[-1] == pytest.approx(np.radians(70))


def test_where_nothing_is_in_space_it_is_refused() -> None:
    flat = wv.mlp([2, 2, 2], "relu", seed=0)
    for make in (
        lambda: wv.animate(flat, DATA, camera=(20, 40), **LOOK),
        lambda: wv.animate(DEEP, DATA, camera=(20, 40), view="2d", **LOOK),
        lambda: wv.animate([DATA.x, DATA.x**2], DATA.y, camera=(20, 40), **LOOK),
        lambda: wv.animate_training(wv.train(flat, DATA, epochs=2), DATA, camera=(20, 40)),
        lambda: check_space((20, 40), "auto", [2, 2]),
    ):
        with pytest.raises(wv.WarpvizError, match="all of this film's are planes; leave it out"):
            make()
    assert wv.animate(flat, DATA, camera=(20, 40), view="3d", **LOOK)
    check_space(None, "2d", [2])
