from functools import cache
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.scenes import panel_of
from warpviz.arrays import Floats
from warpviz.data import make_data
from warpviz.film.build import animate
from warpviz.model import Chain, Dense, mlp
from warpviz.motion.camera import Views
from warpviz.motion.fitted import fitted_camera
from warpviz.motion.framing import Box, Camera
from warpviz.motion.timeline import Timeline
from warpviz.motion.trajectory import Trajectory
from warpviz.motion.zoom import concave_cover
from warpviz.picture.scene import Panel

SAFE = Box(30.0, 25.0, 290.0, 205.0)
NETS = [
    ("relu", (2, 3, 3, 3, 2)),
    ("tanh", (2, 3, 3, 3, 2)),
    ("gelu", (2, 3, 3, 3, 2)),
    ("sin", (2, 3, 3, 3, 2)),
    ("relu", (2, 2)),
    ("tanh", (2, 2, 2)),
    ("tanh", (2, 8, 8, 2)),
    ("relu", (2, 8, 8, 2)),
    ("tanh", (2, 1, 2)),
]
CASES = [(*net, seed, "auto") for net in NETS for seed in (0, 1)]
CASES += [("gelu", (2, 3, 3, 2), 5, view) for view in ("2d", "3d", "pca")]
NAMES = [f"{name}-{'-'.join(map(str, widths))}-{seed}-{view}" for name, widths, seed, view in CASES]


@cache
def panel(activation: str, widths: tuple[int, ...], seed: int, view: str = "auto") -> Panel:
    rng = np.random.default_rng(seed)
    chain = mlp(widths, activation, seed=seed)
    chain = chain.with_parameters([1.6 * rng.normal(size=p.shape) for p in chain.parameters()])
    animation = animate(chain, make_data("rings", n=150), size=(320, 240), view=view, jobs=1)
    shown: Panel = panel_of(animation)
    return shown


def seen(shown: Panel, k: int, t: float) -> Floats:
    return shown.camera.project(shown.path.at(k, t), k, t)[0]


@cache
def course(case: tuple[str, tuple[int, ...], int, str]) -> list[tuple[Floats, Floats, Floats]]:
    """The least, the largest and the mean place on the screen, for each of `frames`."""
    shown = panel(*case)
    places = (seen(shown, k, t) for k, t in frames(shown))
    return [(flat.min(axis=0), flat.max(axis=0), flat.mean(axis=0)) for flat in places]


def frames(shown: Panel) -> list[tuple[int, float]]:
    """Every picture of a short film, sixteen an act."""
    return [(m.k, m.t) for m in Timeline(shown.path.acts, seconds=0.8)]


@pytest.mark.many(quick=1)
@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_nothing_ever_leaves_the_safe_area(case: tuple[str, tuple[int, ...], int, str]) -> None:
    shown = panel(*case)
    safe = shown.layout.safe
    for (k, t), (low, high, _) in zip(frames(shown), course(case), strict=True):
        assert low[0] >= safe.x0 - 1e-6, (k, t)
        assert low[1] >= safe.y0 - 1e-6, (k, t)
        assert high[0] <= safe.x1 + 1e-6, (k, t)
        assert high[1] <= safe.y1 + 1e-6, (k, t)


@pytest.mark.many(quick=2)
@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_keyframes_fill_the_safe_area(case: tuple[str, tuple[int, ...], int, str]) -> None:
    shown = panel(*case)
    safe = shown.layout.safe
    first = np.ptp(shown.path.keyframes[0], axis=0).max()
    for k in range(shown.path.acts + 1):
        act, t = (k, 0.0) if k < shown.path.acts else (k - 1, 1.0)
        extent = np.ptp(seen(shown, act, t), axis=0)
        share = max(extent[0] / safe.width, extent[1] / safe.height)
        if np.ptp(shown.path.keyframes[k], axis=0).max() > 0.01 * first:
            assert 0.75 <= share <= 0.90, k
        else:
            assert share <= 0.90, k


@pytest.mark.many(quick=1)
@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_zoom_and_pan_do_not_jump(case: tuple[str, tuple[int, ...], int, str]) -> None:
    shown = panel(*case)
    camera = shown.camera
    moments = frames(shown)
    scales = np.log([camera.units_per_pixel(k, t) for k, t in moments])
    ends = [shown.path.keyframes[k] for k in range(shown.path.acts + 1)]
    for i, ((k, _), step) in enumerate(zip(moments, np.diff(scales), strict=False)):
        sizes = [max(float(np.ptp(x, axis=0).max()), 1e-9) for x in ends[k : k + 2]]
        # Sixteen frames an act, eased: the quickest is 1.5 times the mean, and a perspective
        # view may need some more in the middle. What shrinks to a point does so at the very end.
        ratio = abs(float(np.log(sizes[1] / sizes[0])))
        allowed = (ratio + 2.0) * 2.5 / 16 if ratio < 3 else 1.8
        assert abs(step) <= allowed, (moments[i], step)
    # Nor does it wobble: the speed of the zoom changes its sign at most once an act.
    for k in range(shown.path.acts):
        inside = [s for (act, _), s in zip(moments, scales, strict=True) if act == k]
        turns = np.diff(np.sign(np.round(np.diff(inside), 9)))
        assert np.count_nonzero(turns > 0) == 0, k
    centres = np.array([mean for _, _, mean in course(case)])
    assert np.abs(np.diff(centres, axis=0)).max() < 0.2 * shown.layout.safe.width


@pytest.mark.many(quick=2)
@pytest.mark.parametrize("case", CASES[:6], ids=NAMES[:6])
def test_an_act_ends_where_the_next_begins(case: tuple[str, tuple[int, ...], int, str]) -> None:
    shown = panel(*case)
    for k in range(shown.path.acts - 1):
        np.testing.assert_allclose(seen(shown, k, 1.0), seen(shown, k + 1, 0.0), atol=1e-6)


@pytest.mark.many(quick=2)
@pytest.mark.parametrize("case", CASES[:6], ids=NAMES[:6])
def test_planes_have_true_axes(case: tuple[str, tuple[int, ...], int, str]) -> None:
    shown = panel(*case)
    for k in range(shown.path.acts + 1):
        if not shown.flat[k]:
            continue
        act, t = (k, 0.0) if k < shown.path.acts else (k - 1, 1.0)
        flat, unit = seen(shown, act, t), shown.camera.units_per_pixel(act, t)
        state = shown.path.keyframes[k]
        # One scale for both axes, the second pointing up.
        offset = flat - state[:, :2] * [1 / unit, -1 / unit]
        assert np.ptp(offset, axis=0).max() < 1e-6


def moving(keyframes: Floats, tilted: bool = False) -> tuple[Trajectory, Camera]:
    count = len(keyframes)
    path = Trajectory(keyframes, np.full(count, 3))
    tilt = np.full(count, 0.8 if tilted else 0.0)
    return path, fitted_camera(path, Views(np.zeros(count), tilt), SAFE)


@pytest.mark.slow
@settings(derandomize=True, deadline=None, max_examples=40)
@given(st.integers(0, 10**6), st.booleans(), st.floats(-6, 6))
def test_any_cloud_at_any_scale_is_framed(seed: int, tilted: bool, power: float) -> None:
    rng = np.random.default_rng(seed)
    keyframes = rng.normal(size=(4, 30, 3)) * rng.uniform(0.01, 3, (4, 1, 3)) * 10**power
    keyframes += rng.normal(size=(4, 1, 3)) * 5 * 10**power
    path, camera = moving(keyframes, tilted)
    for k in range(3):
        for t in np.linspace(0, 1, 41):
            flat, nearness = camera.project(path.at(k, float(t)), k, float(t))
            assert (flat >= (SAFE.x0, SAFE.y0)).all()
            assert (flat <= (SAFE.x1, SAFE.y1)).all()
            assert np.abs(nearness).max() <= 1 + 1e-6


def test_a_state_that_has_collapsed_stops_the_zoom() -> None:
    cloud = np.random.default_rng(0).normal(size=(30, 3)) * [1, 1, 0]
    _, camera = moving(np.stack([cloud, 1e-9 * cloud]))
    whole, point = camera.units_per_pixel(0, 0.0), camera.units_per_pixel(0, 1.0)
    assert 1e-5 < point / whole <= 1
    flat = camera.project(1e-9 * cloud, 0, 1.0)[0]
    assert np.ptp(flat, axis=0).max() < 1
    np.testing.assert_allclose(flat.mean(axis=0), SAFE.centre, atol=1)


@pytest.mark.parametrize("size", [0.0, 1e-9, 1e-4])
@pytest.mark.parametrize("course", [(0, 1), (0, 1, 1, 0), (0, 1, 0)], ids=str)
def test_a_cloud_that_becomes_a_point_is_seen_to_shrink(
    size: float, course: tuple[int, ...]
) -> None:
    rng = np.random.default_rng(0)
    clouds = [rng.normal(size=(30, 3)) * [1, 1, 0] * (size if small else 1.0) for small in course]
    path, camera = moving(np.stack(clouds) + rng.normal(size=(len(course), 1, 3)) * [1, 1, 0])
    for k in range(path.acts):
        # The frames of an act that the film has slowed down, at the quickest easing but one.
        times = [0.5 - 0.5 * np.cos(np.pi * i / 80) for i in range(81)]
        places = np.stack([camera.lens(k, t).project(path.at(k, t))[0] for t in times])
        steps = np.hypot(*np.moveaxis(np.diff(places, axis=0), -1, 0))
        assert steps.max() <= 0.056 * SAFE.height
    scales = [camera.units_per_pixel(min(k, path.acts - 1), float(k == path.acts)) for k in (1, 2)]
    if course == (0, 1, 1, 0):
        assert scales[0] == pytest.approx(scales[1])


@pytest.mark.parametrize("count", [1, 2])
def test_equal_points_are_in_the_middle(count: int) -> None:
    path, camera = moving(np.full((count, 5, 3), 7.0))
    flat = camera.project(path.at(0, 0.5), 0, 0.5)[0]
    np.testing.assert_allclose(flat, [SAFE.centre] * 5, atol=1e-6)


def test_a_still_fills_the_safe_area() -> None:
    cloud = np.random.default_rng(0).normal(size=(1, 30, 3)) * [1, 1, 0]
    _, camera = moving(cloud)
    extent = np.ptp(camera.project(cloud[0], 0, 0.0)[0], axis=0)
    assert 0.75 <= max(extent / (SAFE.width, SAFE.height)) <= 0.9


def test_nearer_points_are_larger_and_perspective_never_turns_over() -> None:
    cloud = np.random.default_rng(2).normal(size=(40, 3))
    path, camera = moving(np.stack([cloud, cloud]), tilted=True)
    centre = (cloud.min(axis=0) + cloud.max(axis=0)) / 2
    view = camera.views.at(0, 0.0)
    towards = view[2] * 0.5
    step = view[0] * 0.1
    near = np.ptp(camera.project(centre + np.array([towards, towards + step]), 0, 0.0)[0][:, 0])
    far = np.ptp(camera.project(centre + np.array([-towards, -towards + step]), 0, 0.0)[0][:, 0])
    assert 1 < near / far < 3
    assert path.acts == 1


@settings(derandomize=True, deadline=None, max_examples=60)
@given(st.lists(st.floats(-5, 5), min_size=1, max_size=30))
def test_the_cover_is_concave_above_and_the_smallest(values: list[float]) -> None:
    given_values = np.array(values)
    cover = concave_cover(np.arange(float(len(values))), given_values)
    assert (cover >= given_values - 1e-9).all()
    assert cover[0] == given_values[0]
    assert cover[-1] == given_values[-1]
    if len(values) > 2:
        assert (np.diff(cover, 2) <= 1e-9).all()
    # The smallest: at each place the largest chord over it (closed form of the hull).
    for i in range(len(values)):
        chords = [
            given_values[a] + (given_values[b] - given_values[a]) * (i - a) / (b - a)
            for a in range(i + 1)
            for b in range(i, len(values))
            if a < b
        ]
        assert cover[i] == pytest.approx(max([*chords, given_values[i]]), abs=1e-9)


def test_a_long_chain_of_growing_states_zooms_out_steadily() -> None:
    chain = Chain([Dense(4.0 * np.eye(2), np.zeros(2)) for _ in range(5)])
    animation = animate(chain, make_data("rings", n=60), size=(320, 240), jobs=1)
    camera = panel_of(animation).camera
    scales = [camera.units_per_pixel(k, t) for k in range(5) for t in (0.0, 0.5)]
    np.testing.assert_allclose([b / a for a, b in pairwise(scales[::2])], 4.0, rtol=1e-6)
    # The logarithm is interpolated or the larger need is met: between 2 and what lerp needs.
    assert all(
        2 - 1e-6 <= b / a <= 2.5 + 1e-6 for a, b in zip(scales[::2], scales[1::2], strict=True)
    )
