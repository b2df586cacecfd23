from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.examples import examples
from warpviz.arrays import Floats
from warpviz.model import mlp
from warpviz.motion.principal import within_span
from warpviz.motion.projection import (
    Projection,
    project,
    projections,
    views_of,
)
from warpviz.motion.trajectory import Trajectory

fixed = examples(30)
DATA = slice(40, None)


def path_of(
    widths: list[int], seed: int = 0, activation: str = "tanh", motion: str = "polar"
) -> Trajectory:
    rng = np.random.default_rng(seed)
    chain = mlp(widths, activation, seed=seed, softmax=False)
    chain = chain.with_parameters([1.3 * rng.normal(size=p.shape) for p in chain.parameters()])
    points = rng.uniform(-1, 1, (100, widths[0])) * np.linspace(1, 0.5, widths[0])
    return Trajectory.through(chain, points, motion)


wide = st.builds(
    path_of,
    st.sampled_from([[2, 8, 8, 2], [2, 5, 4, 3], [4, 6, 2], [2, 30, 30, 2], [7, 4]]),
    st.integers(0, 10**6),
    st.sampled_from(["tanh", "relu", "sin"]),
)


@pytest.mark.slow
@fixed
@given(wide)
def test_axes_are_orthonormal_and_keep_what_the_largest_eigenvalues_keep(path: Trajectory) -> None:
    for one, keyframe, width in zip(
        projections(path, DATA), path.keyframes, path.widths.tolist(), strict=True
    ):
        if width <= 3:
            np.testing.assert_array_equal(one(keyframe)[:, :width], keyframe[:, :width])
            assert not one.principal
            assert one.variance == 1
            continue
        assert one.principal
        np.testing.assert_allclose(one.axes.T @ one.axes, np.eye(3), atol=1e-9)
        # The closed form: the covariance of the data alone.
        values = np.sort(np.linalg.eigvalsh(np.cov(keyframe[DATA, :width].T)))[::-1]
        assert one.variance == pytest.approx(values[:3].sum() / values.sum(), abs=1e-9)
        seen = np.cov(one(keyframe[DATA]).T)
        assert np.trace(seen) == pytest.approx(values[:3].sum(), rel=1e-9)
        np.testing.assert_allclose(one(keyframe[DATA]).mean(axis=0), 0, atol=1e-9)


def turned_svd(seed: int) -> object:
    """An SVD that is as right as numpy's, with other signs."""
    rng = np.random.default_rng(seed)
    plain: Callable[..., tuple[Floats, Floats, Floats]] = np.linalg.svd

    def svd(matrix: Floats, **options: bool) -> tuple[Floats, Floats, Floats]:
        u, s, vt = plain(matrix, **options)
        sign = rng.choice([-1.0, 1.0], len(s))
        u, vt = u.copy(), vt.copy()
        u[:, : len(s)] *= sign
        vt[: len(s)] *= sign[:, None]
        return u, s, vt

    return svd


@pytest.mark.parametrize("seed", range(8))
def test_the_signs_that_an_svd_chooses_do_not_change_the_film(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = path_of([2, 8, 8, 6, 2], seed)
    plain = projections(path, DATA)
    monkeypatch.setattr(np.linalg, "svd", turned_svd(seed))
    other = projections(path, DATA)
    for a, b in zip(plain, other, strict=True):
        np.testing.assert_allclose(a.axes, b.axes, atol=1e-9)


def best_turn_distance(a: Floats, b: Floats) -> float:
    """How near two clouds (N, 3) about 0 can come by an orthogonal map (closed form)."""
    nuclear = np.linalg.svd(a.T @ b, compute_uv=False).sum()
    return float(np.sqrt(max((a**2).sum() + (b**2).sum() - 2 * nuclear, 0.0)))


@pytest.mark.slow
@fixed
@given(wide)
def test_each_picture_is_turned_as_near_to_the_one_before_as_can_be(path: Trajectory) -> None:
    views = projections(path, DATA)
    seen = [one(keyframe[DATA]) for one, keyframe in zip(views, path.keyframes, strict=True)]
    for k in range(1, len(seen)):
        if not views[k].principal:
            continue
        past = seen[k - 1] - seen[k - 1].mean(axis=0)
        distance = float(np.linalg.norm(seen[k] - past))
        assert distance <= best_turn_distance(seen[k], past) * (1 + 1e-6) + 1e-6


@pytest.mark.slow
@fixed
@given(wide, st.floats(0, 1))
def test_projecting_keyframes_is_projecting_frames_under_lerp(path: Trajectory, t: float) -> None:
    straight = Trajectory(path.keyframes, path.widths)
    views = projections(straight, DATA)
    same = Projection(views[1].centre, views[1].axes, 1.0, True, False)
    projected = project(straight, (same,) * len(views))
    for k in range(path.acts):
        size = 1 + np.abs(path.keyframes[k : k + 2]).max()
        np.testing.assert_allclose(projected.at(k, t), same(straight.at(k, t)), atol=1e-12 * size)


@pytest.mark.slow
@fixed
@given(wide)
def test_what_is_seen_hits_its_keyframes_and_does_not_jump(path: Trajectory) -> None:
    views = projections(path, DATA)
    seen = project(path, views)
    assert seen.keyframes.shape[2] == 3
    for k in range(seen.acts):
        size = 1 + np.abs(seen.keyframes[k : k + 2]).max()
        for t, stop in ((0.0, k), (1.0, k + 1), (1e-7, k), (1 - 1e-7, k + 1)):
            np.testing.assert_allclose(seen.at(k, t), seen.keyframes[stop], atol=1e-5 * size)


@pytest.mark.parametrize("view", ["2d", "3d", "pca", "auto"])
@pytest.mark.parametrize("widths", [[2, 3, 3, 2], [2, 1, 2], [2, 8, 2], [5, 3]])
def test_views_give_the_axes_that_they_name(view: str, widths: list[int]) -> None:
    path = path_of(widths)
    for one, keyframe, width in zip(
        projections(path, DATA, view), path.keyframes, path.widths.tolist(), strict=True
    ):
        seen = one(keyframe)
        assert seen.shape == (100, 3)
        if view == "2d":
            np.testing.assert_array_equal(seen[:, :2], keyframe[:, : min(2, keyframe.shape[1])])
            assert not seen[:, 2].any()
        elif view == "pca":
            assert one.principal == (width > 1)
        else:
            assert one.principal == (width > 3)


def test_one_point_and_equal_points_have_a_projection() -> None:
    keyframes = np.ones((2, 41, 5))
    path = Trajectory(keyframes, np.array([5, 5]))
    for one in projections(path, DATA):
        assert np.isfinite(one.axes).all()
        assert one.variance == 1.0
        np.testing.assert_allclose(one(keyframes[0]), 0, atol=1e-12)


def test_states_far_wider_than_points_have_the_axes_of_an_svd() -> None:
    points = np.random.default_rng(0).normal(size=(12, 300)) * np.linspace(3, 0.1, 300)
    one, flat = views_of([points, np.outer(np.arange(12.0), np.ones(300))])
    inner = points - points.mean(axis=0)
    _, strength, directions = np.linalg.svd(inner, full_matrices=False)
    np.testing.assert_allclose(np.abs(one.axes.T), np.abs(directions[:3]), atol=1e-10)
    assert one.variance == pytest.approx((strength[:3] ** 2).sum() / (strength**2).sum())
    assert flat.variance == pytest.approx(1.0)
    assert np.linalg.matrix_rank(flat.axes) == 1
    gaps = np.linalg.norm(points[:, None] - points, axis=2)
    kept = within_span(points)
    assert kept.shape == (12, 12)
    np.testing.assert_allclose(np.linalg.norm(kept[:, None] - kept, axis=2), gaps, atol=1e-9)
    np.testing.assert_array_equal(within_span(points[:, :40]), points[:, :40])


def test_states_of_many_units_have_the_axes_of_an_svd(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("warpviz.motion.projection.MANY", 40)
    monkeypatch.setattr("warpviz.motion.principal.FIRST", 20)
    rng = np.random.default_rng(0)
    bent = np.maximum(rng.normal(size=(90, 2)) @ rng.normal(size=(2, 60)), 0.0)
    line = np.outer(rng.normal(size=90), np.ones(60))
    one, flat, none = views_of(cloud for cloud in (bent, line, np.ones((90, 60))))
    _, strength, directions = np.linalg.svd(bent - bent.mean(axis=0), full_matrices=False)
    np.testing.assert_allclose(np.abs(one.axes.T), np.abs(directions[:3]), atol=1e-6)
    assert one.variance == pytest.approx((strength[:3] ** 2).sum() / (strength**2).sum())
    assert flat.variance == pytest.approx(1.0) and none.variance == 1.0
    assert np.linalg.matrix_rank(flat.axes) == 1 and not none.axes.any()
