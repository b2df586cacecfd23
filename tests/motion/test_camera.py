from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.scenes import panel_of
from warpviz.arrays import Floats
from warpviz.data import make_data
from warpviz.film.build import animate
from warpviz.model import Chain, Dense
from warpviz.motion.camera import TILTS, Views, _moved, choose_views, rotation

fixed = settings(derandomize=True, deadline=None, max_examples=40)
angles = st.floats(-3.2, 3.2)


@fixed
@given(angles, angles)
def test_a_view_is_a_rotation(azimuth: float, tilt: float) -> None:
    turn = rotation(azimuth, tilt)
    np.testing.assert_allclose(turn @ turn.T, np.eye(3), atol=1e-12)
    assert np.linalg.det(turn) == pytest.approx(1)


def test_from_above_the_axes_are_those_of_the_screen() -> None:
    np.testing.assert_allclose(rotation(0.0, 0.0), np.eye(3), atol=0)
    # Tilted, the third axis points up on the screen and the second recedes.
    tilted = rotation(0.0, 0.5)
    assert tilted[1, 2] > 0
    assert tilted[2, 1] < 0
    # A positive azimuth turns the cloud clockwise.
    np.testing.assert_allclose(rotation(np.pi / 2, 0.0) @ [0, 1, 0], [1, 0, 0], atol=1e-12)


def clouds(seed: int, space: list[bool]) -> Floats:
    rng = np.random.default_rng(seed)
    keyframes = rng.normal(size=(len(space), 60, 3)) * rng.uniform(0.05, 2, (len(space), 1, 3))
    turns = [np.linalg.qr(rng.normal(size=(3, 3)))[0] for _ in space]
    keyframes = np.stack([k @ t for k, t in zip(keyframes, turns, strict=True)])
    keyframes[~np.array(space), :, 2] = 0
    return keyframes


courses = st.lists(st.booleans(), min_size=1, max_size=8)


@fixed
@given(st.integers(0, 10**6), courses)
def test_planes_are_seen_from_above_and_spaces_tilted(seed: int, course: list[bool]) -> None:
    space = np.array(course)
    views = choose_views(clouds(seed, course), space)
    assert not views.tilt[~space].any()
    # Whole turns are none: the camera takes the shortest way.
    np.testing.assert_allclose(np.sin(views.azimuth[~space] / 2), 0, atol=1e-12)
    assert (views.tilt[space] >= TILTS.min() - 1e-12).all()
    assert (views.tilt[space] <= TILTS.max() + 1e-12).all()
    for k, plane in enumerate(~space):
        act, t = (k, 0.0) if k + 1 < len(course) else (max(k - 1, 0), 1.0)
        if plane:
            np.testing.assert_allclose(views.at(act, t), np.eye(3), atol=1e-12)


@fixed
@given(st.integers(0, 10**6), courses)
def test_the_camera_does_not_jump_and_turns_slowly(seed: int, course: list[bool]) -> None:
    views = choose_views(clouds(seed, course), np.array(course))
    for k in range(len(course) - 1):
        if k + 2 < len(course):
            np.testing.assert_allclose(views.at(k, 1.0), views.at(k + 1, 0.0), atol=1e-12)
        steps = [views.at(k, float(t)) for t in np.linspace(0, 1, 21)]
        for a, b in pairwise(steps):
            # The angle between neighbouring frames of a second at 20 fps.
            cosine = (np.trace(a.T @ b) - 1) / 2
            assert np.degrees(np.arccos(np.clip(cosine, -1, 1))) < 10


def test_a_cloud_is_seen_from_its_broad_side() -> None:
    rng = np.random.default_rng(0)
    flat = rng.normal(size=(200, 3)) * [2.0, 0.02, 2.0]
    views = choose_views(np.stack([flat] * 3), np.ones(3, dtype=bool))
    for k in range(3):
        normal = rotation(float(views.azimuth[k]), float(views.tilt[k])) @ [0, 1, 0]
        # The sheet stands upright: its normal must point to the viewer more than not.
        assert abs(normal[2]) > 0.55


def shown(cloud: Floats, views: Views, k: int) -> float:
    """The area that a keyframe's cloud is seen with, of its largest."""
    flat = cloud @ rotation(float(views.azimuth[k]), float(views.tilt[k]))[:2].T
    across, along = (np.sqrt(np.linalg.eigvalsh(np.cov(each.T))[-2:]) for each in (cloud, flat))
    return float(along.prod() / across.prod())


@pytest.mark.parametrize("seed", [22, 119, 145])
def test_no_keyframe_is_seen_edge_on_where_views_are_broad(seed: int) -> None:
    rng = np.random.default_rng(seed)
    page = rng.normal(size=(200, 3)) * [1.0, 0.3, 0.03]
    keyframes = [page @ np.linalg.qr(rng.normal(size=(3, 3)))[0] for _ in range(4)]
    space = np.ones(4, dtype=bool)
    calm, broad = (choose_views(np.stack(keyframes), space, broad=b) for b in (False, True))
    least = [min(shown(keyframes[k], views, k) for k in range(4)) for views in (calm, broad)]
    assert least[0] < 0.35 and least[1] > 0.45


def test_spaces_that_stay_the_same_are_seen_from_a_slowly_turning_camera() -> None:
    cloud = np.random.default_rng(1).normal(size=(200, 3))
    views = choose_views(np.stack([cloud] * 6), np.ones(6, dtype=bool))
    turns = np.abs(np.diff(views.azimuth))
    assert turns.max() <= np.radians(30)
    assert np.abs(np.diff(views.tilt)).max() <= np.radians(20)
    assert (turns > 0).any()


@pytest.mark.parametrize("direction", [(1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.6, -0.8, 0.0)])
def test_a_page_flip_between_planes_is_seen_from_the_side(
    direction: tuple[float, float, float],
) -> None:
    planes = clouds(3, [False, False])
    views = choose_views(planes, np.zeros(2, dtype=bool), [np.array(direction)])
    assert views.lifted(0)
    np.testing.assert_allclose(views.at(0, 0.0), np.eye(3), atol=1e-12)
    np.testing.assert_allclose(views.at(0, 1.0), np.eye(3), atol=1e-12)
    # Tilted by at least 30° half-way, and the page on edge is not seen edge-on.
    half = views.at(0, 0.5)
    assert np.degrees(np.arccos(half[2, 2])) >= 30
    assert abs(half[2] @ np.array(direction)) > 0.2


def test_no_flip_no_lift() -> None:
    views = choose_views(clouds(3, [False, False]), np.zeros(2, dtype=bool), [None])
    assert not views.lifted(0)
    for t in np.linspace(0, 1, 7):
        np.testing.assert_allclose(views.at(0, float(t)), np.eye(3), atol=1e-12)


@pytest.mark.parametrize("scale", [0.0, 1e-12, 1e9])
def test_any_size_of_cloud_has_views(scale: float) -> None:
    views = choose_views(scale * clouds(4, [True] * 3), np.ones(3, dtype=bool))
    assert np.isfinite(views.azimuth).all()
    assert np.isfinite(views.tilt).all()


def test_a_single_view_is_the_same_at_all_times() -> None:
    views = Views(np.array([0.2]), np.array([0.7]))
    np.testing.assert_array_equal(views.at(0, 0.0), views.at(0, 0.9))


@pytest.mark.many(quick=1)
@pytest.mark.parametrize("weight", [-1.5, 1.5])
@pytest.mark.parametrize("view", ["auto", "2d", "pca", "3d"])
def test_a_line_that_is_reversed_turns_in_full_view(weight: float, view: str) -> None:
    # Law of the half-turn: half-way the line stands upright on the screen.
    chain = Chain(
        [
            Dense(np.full((1, 2), 0.5), np.zeros(1), "tanh"),
            Dense(np.array([[weight]]), np.zeros(1), "tanh"),
            Dense(np.array([[1.0], [-1.0]]), np.zeros(2)),
        ]
    )
    panel = panel_of(animate(chain, make_data("rings", n=40), view=view))
    places, _ = panel.camera.project(panel.path.at(2, 0.5), 2, 0.5)
    length, height = np.ptp(places, axis=0)
    if view != "3d":
        assert not panel.camera.views.lifted(2)
        assert (height < 1e-9 * length) if weight > 0 else (length < 1e-9 * height)


def test_points_move_on_the_screen_by_what_they_move() -> None:
    rng = np.random.default_rng(5)
    start, end = rng.normal(size=(2, 30, 3))
    before, after = (
        np.stack([np.linalg.qr(rng.normal(size=(3, 3)))[0] for _ in range(k)]) for k in (2, 4)
    )
    told = _moved(start, end, before, after)
    ways = [
        [((end @ q[:2].T - start @ p[:2].T) ** 2).sum(axis=1).mean() for q in after] for p in before
    ]
    np.testing.assert_allclose(told, ways, rtol=1e-12)
    np.testing.assert_allclose(np.diag(_moved(start, start, before, before)), 0, atol=1e-12)
