"""Where a camera puts points, by closed forms."""

from collections.abc import Iterator

import numpy as np
import pytest

from warpviz import compiled
from warpviz.arrays import Floats
from warpviz.model import Dense
from warpviz.motion.camera import Views, rotation
from warpviz.motion.fitted import fitted_camera, turntable_camera
from warpviz.motion.framing import Box, Camera, Lens
from warpviz.motion.interpolate import MOTIONS
from warpviz.motion.trajectory import Trajectory

SAFE = Box(30.0, 25.0, 290.0, 205.0)
CLOUD = np.random.default_rng(0).normal(size=(30, 3))


def share(flat: Floats) -> float:
    """How much of the safe area's width or height is filled."""
    return float(max(np.ptp(flat, axis=0) / (260.0, 180.0)))


def fitted(*keyframes: Floats, tilt: float = 0.0) -> tuple[Trajectory, Camera]:
    count = len(keyframes)
    path = Trajectory(np.stack(keyframes), np.full(count, 3))
    return path, fitted_camera(path, Views(np.full(count, 0.3), np.full(count, tilt)), SAFE)


def test_a_lens_is_a_pinhole_three_radii_and_four_tenths_away() -> None:
    lens = Lens(np.eye(3), np.array([1.0, 2, 3]), 2.0, np.array([0.5, -0.25]), 0.1, (100.0, 50.0))
    points = np.array([[2.0, 4, 3], [2, 4, 5], [2, 4, 2], [2, 4, 99], [2, 4, -99]])
    depth = np.array([0.0, 1.0, -0.5, 2.0, -2.0])
    flat, nearness = lens.project(points)
    np.testing.assert_allclose(nearness, depth)
    larger = 1 / (1 - depth / 3.4)
    np.testing.assert_allclose(flat[:, 0], 100 + (1.0 * larger - 0.5) / 0.1, atol=2**-20)
    np.testing.assert_allclose(flat[:, 1], 50 - (2.0 * larger + 0.25) / 0.1, atol=2**-20)
    assert (SAFE.width, SAFE.height, SAFE.centre) == (260.0, 180.0, (160.0, 115.0))


@pytest.mark.parametrize("tilt", [0.0, 0.8])
def test_at_every_stop_the_cloud_is_in_the_middle_and_fills_as_much(tilt: float) -> None:
    path, camera = fitted(CLOUD, 3.0 * CLOUD + [5.0, -2.0, 1.0], 0.1 * CLOUD - 7.0, tilt=tilt)
    for k, t in ((0, 0.0), (0, 1.0), (1, 0.0), (1, 1.0)):
        flat, nearness = camera.project(path.at(k, t), k, t)
        middle = (flat.min(axis=0) + flat.max(axis=0)) / 2
        np.testing.assert_allclose(middle, SAFE.centre, atol=1e-9)
        # The need is that of both sides of the middle: the cloud itself, as it is in the middle.
        assert share(flat) == pytest.approx(0.86)
        lens = camera.lens(k, t)
        here = path.at(k, t)
        np.testing.assert_allclose(lens.pivot, (here.min(axis=0) + here.max(axis=0)) / 2)
        assert lens.radius == pytest.approx(np.linalg.norm(here - lens.pivot, axis=1).max())
        away = (here - lens.pivot) @ rotation(0.3, tilt)[2]
        np.testing.assert_allclose(nearness, away / lens.radius, atol=1e-12)
        assert lens.units_per_pixel == camera.units_per_pixel(k, t)


def test_what_the_samples_missed_is_not_cut_off() -> None:
    path, camera = fitted(CLOUD, CLOUD)
    lens, flat, _ = camera.look(10.0 * CLOUD, 0, 0.5)
    off = np.abs(flat - SAFE.centre) / (130.0, 90.0)
    assert off.max() == pytest.approx(0.98)
    assert lens.units_per_pixel > camera.units_per_pixel(0, 0.5)
    assert camera.look(path.at(0, 0.5), 0, 0.5)[0].units_per_pixel == camera.units_per_pixel(0, 0.5)


def test_a_state_of_less_than_a_hundredth_is_a_point() -> None:
    _, camera = fitted(CLOUD, 1e-3 * CLOUD)
    pivot = (CLOUD.min(axis=0) + CLOUD.max(axis=0)) / 2
    first = np.linalg.norm(CLOUD - pivot, axis=1).max()
    assert camera.lens(0, 1.0).radius == pytest.approx(0.01 * first)
    _, nothing = fitted(np.ones((4, 3)), np.ones((4, 3)))
    assert nothing.lens(0, 0.5).radius == pytest.approx(0.01)
    assert nothing.units_per_pixel(0, 0.5) == pytest.approx(0.01 / 260)


@pytest.mark.parametrize("tilt", [0.2, 1.0])
def test_a_turntable_goes_round_once_at_the_distance_that_its_widest_view_needs(
    tilt: float,
) -> None:
    cloud = 2.0 * CLOUD + [4.0, 0.0, -1.0]
    camera = turntable_camera(cloud, SAFE, 0.5, tilt)
    np.testing.assert_allclose(camera.views.at(0, 0.25), rotation(0.5 + np.pi / 2, tilt))
    np.testing.assert_allclose(camera.views.at(0, 1.0), rotation(0.5, tilt), atol=1e-12)
    reach = []
    for i in range(72):
        flat, nearness = camera.project(cloud, 0, i / 72)
        reach.append((np.abs(flat - SAFE.centre) / (130.0, 90.0)).max())
        assert np.abs(nearness).max() <= 1.0 + 1e-12
    assert max(reach) == pytest.approx(0.86) and min(reach) < 0.85
    middle = (cloud.min(axis=0) + cloud.max(axis=0)) / 2
    np.testing.assert_allclose(camera.pivot(0, 0.7), middle)
    radius = np.linalg.norm(cloud - middle, axis=1).max()
    assert camera.lens(0, 0.3).radius == pytest.approx(radius)
    point = turntable_camera(np.full((3, 3), 2.0), SAFE, 0.0, tilt)
    assert point.lens(0, 0.5).radius == pytest.approx(1.0)
    assert point.units_per_pixel(0, 0.5) == pytest.approx(0.01 / 260)


def cameras() -> Iterator[tuple[Trajectory, Views]]:
    """Clouds that go straight, that swing, that collapse, that stand still, with any views."""
    rng = np.random.default_rng(5)
    for seed in range(12):
        count = 2 + seed % 3
        states = [rng.normal(size=(40, 3)) * 10.0 ** rng.integers(-6, 6) for _ in range(count)]
        if seed % 4 == 1:
            states[-1][:] = states[-1][0]
        weight = rng.normal(size=(3, 3))
        weight *= np.sign(np.linalg.det(weight))  # a flip would need a fourth axis
        swings = [MOTIONS["polar"](Dense(weight, rng.normal(size=3)))] * (count - 1)
        path = Trajectory.of(states, swings if seed % 4 == 2 else ())
        yield path, Views(rng.uniform(-3, 3, count), rng.uniform(0, 1, count))
    yield Trajectory.of([CLOUD]), Views(np.array([0.3]), np.array([0.4]))


def test_compiled_and_numpy_cameras_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    for path, views in cameras():
        ours = fitted_camera(path, views, SAFE)
        with monkeypatch.context() as patch:
            patch.setattr(compiled, "KERNELS", None)
            theirs = fitted_camera(path, views, SAFE)
        for name in ("offset", "middle", "radius", "extent"):
            assert getattr(ours, name).tobytes() == getattr(theirs, name).tobytes(), name
