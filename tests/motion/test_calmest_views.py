"""The chosen views are the best of all that there are, by the score as it is written down.

  log of the area seen, of the largest     at each stop, and 0.8 times at 1/4, 1/2 and 3/4 of acts
− 1.5 · what points move on the screen     squared, of the cloud's own size
− 0.3 · (1 − turn / 12°)                    where the camera turns by less than 12°
"""

from itertools import product

import numpy as np
import pytest

from warpviz.arrays import Floats
from warpviz.motion.camera import Views, choose_views, rotation, seen_from

ANGLES = [
    (np.radians(azimuth), np.radians(tilt))
    for tilt in (38, 48, 58)
    for azimuth in range(-165, 181, 15)
]
ABOVE = [(0.0, 0.0)]
SMALLEST = 1e-4


def view(azimuth: float, tilt: float) -> Floats:
    """About the third axis, then about the screen's horizontal."""
    c, s = np.cos([azimuth, tilt]), np.sin([azimuth, tilt])
    lean = np.array([[1.0, 0.0, 0.0], [0.0, c[1], s[1]], [0.0, -s[1], c[1]]])
    turn = np.array([[c[0], s[0], 0.0], [-s[0], c[0], 0.0], [0.0, 0.0, 1.0]])
    return np.asarray(lean @ turn)


def own_size(cloud: Floats) -> Floats:
    away = cloud - cloud.mean(axis=0)
    return np.asarray(away / np.sqrt((away**2).sum(axis=1).mean()))


def areas(cloud: Floats, broad: bool, choices: list[tuple[float, float]]) -> Floats:
    """The log of the area that each view shows, of the largest; less where it is edge-on."""
    sizes = np.maximum(np.sort(np.linalg.eigvalsh(cloud.T @ cloud / len(cloud))), SMALLEST)
    flat = cloud @ np.array([view(*angles)[:2] for angles in choices]).transpose(0, 2, 1)
    shown = np.linalg.eigvalsh(flat.transpose(0, 2, 1) @ flat / len(cloud)) + SMALLEST
    found = 0.5 * np.log(shown.prod(axis=1) / (sizes[2] * sizes[1]))
    edge_on = np.maximum(found.max() + np.log(0.5) - found, 0) if broad else 0.0
    return np.asarray(found - 5.0 * edge_on)


def turned(start: float, end: float) -> float:
    """The short way from one angle to another."""
    return float(np.angle(np.exp(1j * (end - start))))


def best(
    keyframes: list[Floats], space: list[bool], between: list[Floats], broad: bool
) -> tuple[tuple[float, float], tuple[float, float]]:
    """Of two stops, by trying every pair of views."""
    clouds = [own_size(keyframe) for keyframe in keyframes]
    choices = [ANGLES if each else ABOVE for each in space]
    gains = [
        areas(cloud, broad, some) if each else np.zeros(1)
        for cloud, some, each in zip(clouds, choices, space, strict=True)
    ]
    seen = [
        np.stack([cloud @ view(*a)[:2].T for a in some])
        for cloud, some in zip(clouds, choices, strict=True)
    ]
    way = seen[0][:, None] - seen[1][None]
    score = gains[0][:, None] + gains[1][None] - 1.5 * (way**2).sum(axis=3).mean(axis=2)
    pairs = list(product(*choices))
    for t, cloud in zip((0.25, 0.5, 0.75), between, strict=False):
        middle = [(a[0] + t * turned(a[0], b[0]), (1 - t) * a[1] + t * b[1]) for a, b in pairs]
        score += 0.8 * areas(own_size(cloud), broad, middle).reshape(score.shape)
    if all(space):
        turn = np.array([abs(turned(a[0], b[0])) for a, b in pairs]).reshape(score.shape)
        score -= 0.3 * np.maximum(1 - turn / np.radians(12), 0)
    first, last = pairs[int(score.argmax())]
    return first, last


@pytest.mark.parametrize(
    ("space", "looked", "broad", "flat"),
    [
        ([True, True], False, False, 0.4), ([True, True], True, False, 0.2),
        ([True, True], True, True, 0.05), ([False, True], True, False, 0.3),
        ([True, False], False, True, 0.3), ([True, True], False, False, 0.001),
    ],
)  # fmt: skip
def test_no_pair_of_views_is_better(
    space: list[bool], looked: bool, broad: bool, flat: float
) -> None:
    for seed in range(1 if looked else 2):
        rng = np.random.default_rng(seed)
        page = rng.normal(size=(12, 3)) * [1.0, 0.5, flat] + [3.0, -1.0, 2.0]
        first, *between, last = (
            7.0 * page @ np.linalg.qr(rng.normal(size=(3, 3)))[0] for _ in range(5)
        )
        keyframes = [
            keyframe if each else keyframe * [1, 1, 0]
            for keyframe, each in zip((first, last), space, strict=True)
        ]
        some = between if looked else []
        views = choose_views(
            np.stack(keyframes), np.array(space), (), [some] if looked else (), broad=broad
        )
        want = best(keyframes, space, some, broad)
        for k in (0, 1):
            np.testing.assert_allclose(
                rotation(float(views.azimuth[k]), float(views.tilt[k])), view(*want[k]), atol=1e-12
            )
        assert abs(views.azimuth[1] - views.azimuth[0]) <= np.pi + 1e-9


def test_a_page_that_flips_is_lifted_like_a_wave() -> None:
    planes = np.random.default_rng(0).normal(size=(2, 9, 3)) * [1, 1, 0]
    flat = np.zeros(2, dtype=bool)
    for direction, side in (([1.0, 0.0], 35), ([0.6, 0.8], -35), ([0.6, -0.8], 35)):
        views = choose_views(planes, flat, [np.array(direction)])
        for t, share in ((0.5, 1.0), (1 / 6, 0.5), (5 / 6, 0.5)):
            want = view(np.radians(share * side), np.radians(share * 40))
            np.testing.assert_allclose(views.at(0, t), want, atol=1e-12, err_msg=str(direction))
    # A line has its own axis to flip through; in space the camera is tilted as it is.
    assert not choose_views(planes, flat, [np.array([1.0])]).lifted(0)
    for space in ([True, False], [False, True]):
        assert not choose_views(planes, np.array(space), [np.array([1.0, 0.0])]).lifted(0)
    three, both = np.concatenate([planes, planes[:1]]), [np.array([1.0, 0.0])] * 2
    for space, lifted in (
        ([False] * 3, [True, True]), ([False, False, True], [True, False]),
        ([True, False, False], [False, True]), ([False, True, False], [False, False]),
    ):  # fmt: skip
        views = choose_views(three, np.array(space), both)
        assert [views.lifted(0), views.lifted(1)] == lifted


def test_half_way_the_camera_is_half_way() -> None:
    views = Views(np.array([0.2, 1.0, -0.4]), np.array([0.0, 0.8, 0.6]))
    np.testing.assert_allclose(views.at(1, 0.25), view(0.65, 0.75), atol=1e-12)
    still = seen_from(views, np.array([False, True, True]), (0.5, 0.9))
    assert still.azimuth.tolist() == [0.0, 0.5, 0.5] and still.tilt.tolist() == [0.0, 0.9, 0.9]
