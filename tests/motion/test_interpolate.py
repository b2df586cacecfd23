import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.examples import examples
from tests.motion.matrices import weights
from warpviz.arrays import Floats
from warpviz.model import ACTIVATIONS, Activation, Dense, Softmax
from warpviz.motion.interpolate import MOTIONS, Swing, fitted, lerp, polar, seen, straight
from warpviz.motion.polar import Turn

fixed = examples(60)
times = st.floats(0, 1)


def cloud(seed: int, count: int, width: int) -> Floats:
    return np.random.default_rng(seed).normal(size=(count, width))


@fixed
@given(st.integers(0, 10**6), times)
def test_lerp_is_the_straight_line(seed: int, t: float) -> None:
    a, b = cloud(seed, 9, 3), cloud(seed + 1, 9, 3)
    np.testing.assert_allclose(lerp(a, b, t), a + t * (b - a), atol=1e-12)


def test_lerp_is_exact_at_both_ends() -> None:
    a, b = np.array([1e300, 0.1]), np.array([-1e300, 0.3])
    assert lerp(a, b, 0.0) is a
    assert lerp(a, b, 1.0) is b


@fixed
@given(st.floats(-4, 4), times)
def test_relu_lerped_is_leaky_relu_of_slope_one_less_t(x: float, t: float) -> None:
    z = np.array([x])
    moved = lerp(z, ACTIVATIONS["relu"].f(z), t)
    np.testing.assert_allclose(moved, np.where(z > 0, z, (1 - t) * z), atol=1e-15)


@pytest.mark.parametrize("t", np.linspace(0, 1, 11))
def test_tanh_lerped_is_injective(t: float) -> None:
    z = np.linspace(-6, 6, 2001)
    assert (np.diff(lerp(z, ACTIVATIONS["tanh"].f(z), float(t))) > 0).all()


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [("gelu", 0.8858, -0.7518), ("gelu_tanh", 0.8858, -0.7525), ("silu", 0.9092, -1.2785)],
)
def test_activations_fold_from_the_published_moment_on(
    name: str, first: float, last: float
) -> None:
    z = np.linspace(-4, 4, 80001)

    def slopes(t: float) -> Floats:
        return np.diff(lerp(z, ACTIVATIONS[name].f(z), t))

    assert (slopes(first - 1e-4) > 0).all()
    assert (slopes(first + 1e-4) < 0).any()
    turning = z[:-1][np.diff(np.sign(slopes(1.0)), prepend=1) != 0]
    assert np.abs(turning - last).min() < 2e-3


def test_only_affine_layers_swing_and_only_in_polar_motion() -> None:
    affine = Dense(np.eye(2), np.zeros(2))
    assert set(MOTIONS) == {"polar", "lerp"}
    assert isinstance(MOTIONS["polar"](affine), Swing)
    for layer in (Dense(np.eye(2), np.zeros(2), "relu"), Activation("tanh"), Softmax()):
        assert polar(layer) is None
    assert straight(affine) is None


@fixed
@given(weights, st.integers(0, 10**6))
def test_a_swing_begins_at_its_points_and_ends_at_the_map(weight: Floats, seed: int) -> None:
    n_out, n_in = weight.shape
    bias = cloud(seed, 1, n_out)[0]
    swing = polar(Dense(weight, bias))
    assert swing is not None
    start = np.zeros((7, swing.size))
    start[:, :n_in] = cloud(seed, 7, n_in)
    np.testing.assert_allclose(swing.at(start, 0.0), start, atol=1e-12)
    end = np.zeros_like(start)
    end[:, :n_out] = start[:, :n_in] @ weight.T + bias
    scale = 1 + np.abs(end).max()
    np.testing.assert_allclose(swing.at(start, 1.0), end, atol=1e-9 * scale)


@fixed
@given(weights, st.integers(0, 10**6), st.floats(0.02, 0.98))
def test_a_swing_does_not_jump(weight: Floats, seed: int, t: float) -> None:
    swing = polar(Dense(weight, np.zeros(len(weight))))
    assert swing is not None
    start = np.zeros((5, swing.size))
    start[:, : weight.shape[1]] = cloud(seed, 5, weight.shape[1])
    step = np.abs(swing.at(start, t + 1e-5) - swing.at(start, t)).max()
    # At most a half-turn and the stretch, in the time of one act.
    speed = np.linalg.norm(start, axis=1).max() * (1 + np.linalg.norm(weight, 2)) * (np.pi + 1)
    assert step <= 1.1e-5 * speed + 1e-12


@fixed
@given(st.integers(0, 10**6), st.integers(4, 20), st.booleans())
def test_a_fitted_swing_hits_both_ends(seed: int, count: int, flat: bool) -> None:
    start, end = cloud(seed, count, 3), cloud(seed + 1, count, 3)
    if flat:
        start[:, 2] = 0
    swing = fitted(start, end)
    np.testing.assert_allclose(swing.at(start, 0.0), start, atol=1e-9)
    np.testing.assert_allclose(swing.at(start, 1.0), end, atol=1e-9)


def test_a_fitted_swing_of_an_affine_map_leaves_nothing_over() -> None:
    start = cloud(0, 30, 3)
    turn = Turn.of(np.array([[0.0, -1.0, 0.0], [1.0, 0.0, 0.0], [0.0, 0.0, 2.0]]), np.ones(3))
    end = Swing(turn).at(start, 1.0)
    swing = fitted(start, end)
    assert swing.rest is not None
    np.testing.assert_allclose(swing.rest, 0, atol=1e-9)
    # A quarter turn keeps distances in its plane half-way, where lerp would not.
    middle = swing.at(start, 0.5) - 0.5
    np.testing.assert_allclose(
        np.linalg.norm(middle[:, :2], axis=1), np.linalg.norm(start[:, :2], axis=1), atol=1e-9
    )


@fixed
@given(st.integers(0, 10**6), st.floats(0.05, 0.95))
def test_a_reflection_of_space_is_seen_to_turn_and_not_to_pass_through_a_plane(
    seed: int, t: float
) -> None:
    rng = np.random.default_rng(seed)
    weight = np.linalg.qr(rng.normal(size=(3, 3)))[0]
    weight *= -np.sign(np.linalg.det(weight))
    swing = seen(Swing(Turn.of(weight, np.zeros(3))))
    start = cloud(seed, 12, 3)
    assert swing.at(start, t).shape == (12, 3)
    before, after = (swing.at(start, s) for s in (t - 1e-4, t + 1e-4))
    assert np.abs(after - before).max() < 2e-3 * np.linalg.norm(start, axis=1).max() * 4
    assert np.linalg.matrix_rank(swing.at(start, 0.5), tol=1e-6) >= 2


@pytest.mark.parametrize(
    ("mirrored", "aside"),
    [((-1, 1, 1), (0, 0, 1)), ((1, -1, 1), (0, 0, 1)), ((1, 1, -1), (0, 1, 0))],
)
def test_a_mirror_in_space_is_gone_round_as_far_up_as_can_be(
    mirrored: tuple[int, int, int], aside: tuple[int, int, int]
) -> None:
    points = cloud(3, 20, 3)
    swing = fitted(points, points * mirrored)
    assert swing.aside is not None
    assert np.abs(swing.aside) == pytest.approx(np.array(aside, dtype=float), abs=1e-9)
    reversed_one = swing.reversed_direction
    assert reversed_one is not None
    assert float(swing.aside @ reversed_one) == pytest.approx(0.0, abs=1e-12)
