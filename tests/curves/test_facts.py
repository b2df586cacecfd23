"""The numbers of activations, against closed forms and against what they mean."""

import math

import numpy as np
import pytest

import warpviz as wv
from tests.curves.known import facts
from warpviz.curves.facts import facts_of

NAMES = sorted(wv.ACTIVATIONS)
FORMULAS = (
    "max(z, -0.3*z)", "z/(1 + abs(z))", "sin(2*z)/2 + z/2", "relu(z)**2", "z*clip(z+3, 0, 6)/6",
    "clip(z, -1, 1)", "z - tanh(z)", "-tanh(z)", "where(abs(z) < 0.5, 0, z)",
    "where(z < 0, 0, 1)", "elu:0.5", "leaky_relu:0.2",
)  # fmt: skip


def normal(z: float) -> tuple[float, float]:
    """Φ(z) and φ(z)."""
    return 0.5 * math.erfc(-z / math.sqrt(2)), math.exp(-z * z / 2) / math.sqrt(2 * math.pi)


def test_gelu_has_its_closed_forms() -> None:
    # f′ = Φ + z φ has its extrema at ±√2; f its minimum where Φ = −z φ, from arXiv:1606.08415.
    found = facts("gelu")
    low, high = (normal(z)[0] + z * normal(z)[1] for z in (-math.sqrt(2), math.sqrt(2)))
    assert found.smallest_slope == pytest.approx(low, rel=1e-9)
    assert found.largest_slope == found.lipschitz == pytest.approx(high, rel=1e-9)
    assert found.folds_from == pytest.approx(1 / (1 - low), rel=1e-9)
    (turn,) = found.fold_points
    cdf, density = normal(turn)
    assert cdf == pytest.approx(-turn * density, abs=1e-9)
    assert found.lowest == pytest.approx(turn * cdf, rel=1e-9)
    assert (found.highest, found.left_limit, found.right_limit) == (None, 0.0, None)
    assert (found.zeros, found.zero_on, found.slope_at_0) == ((0.0,), (), 0.5)
    assert not found.monotone and found.folds


def test_silu_turns_where_lambert_says() -> None:
    # z σ(z) is least at −(1 + W(1/e)), and there −W(1/e) (Corless et al. 1996).
    w = 0.2784645427610738
    assert w * math.exp(w) == pytest.approx(1 / math.e, rel=1e-12)
    found = facts("silu")
    assert found.fold_points == pytest.approx((-1 - w,), abs=1e-9)
    assert found.lowest == pytest.approx(-w, abs=1e-9)


@pytest.mark.parametrize(
    ("name", "lowest", "highest", "left", "right", "lipschitz", "folds_from", "monotone"),
    [
        ("identity", None, None, None, None, 1, None, True),
        ("relu", 0, None, 0, None, 1, 1, True),
        ("leaky_relu:0.2", None, None, None, None, 1, None, True),
        ("tanh", -1, 1, -1, 1, 1, None, True),
        ("sigmoid", 0, 1, 0, 1, 0.25, None, True),
        ("softplus", 0, None, 0, None, 1, None, True),
        ("elu:0.5", -0.5, None, -0.5, None, 1, None, True),
        ("sin", -1, 1, None, None, 1, 0.5, False),
        ("z**2", 0, None, None, None, None, 0, False),
        ("max(z, -0.3*z)", 0, None, None, None, 1, 1 / 1.3, False),
        ("-tanh(z)", -1, 1, 1, -1, 1, 0.5, True),
        ("z/(1 + abs(z))", -1, 1, -1, 1, 1, None, True),
        ("clip(z, -1, 1)", -1, 1, -1, 1, 1, 1, True),
        ("z*clip(z+3, 0, 6)/6", -0.375, None, 0, None, 1.5, 1 / 1.5, False),
        ("where(z < 0, 0, 1)", 0, 1, 0, 1, None, 1, True),
        ("log(z)", None, None, None, None, None, None, True),
        ("z - tanh(z)", None, None, None, None, 1, None, True),
        ("exp(z)/(1 + exp(z))", 0, 1, 0, 1, 0.25, None, True),
        ("exp(z)", 0, None, 0, None, None, None, True),
        ("exp(exp(z))", 1, None, 1, None, None, None, True),
        ("sqrt(z)", 0, None, None, None, None, None, True),
        ("1/(z - 1)", None, None, 0, 0, None, 0, False),
        ("1e-10*z", None, None, None, None, 1e-10, None, True),
        ("0*z", 0, 0, 0, 0, 0, 1, True),
        ("3", 3, 3, 3, 3, 0, 1, True),
    ],
)
def test_closed_forms(
    name: str, lowest: object, highest: object, left: object, right: object, lipschitz: object,
    folds_from: object, monotone: bool,
) -> None:  # fmt: skip
    found = facts(name)
    told = (found.lowest, found.highest, found.left_limit, found.right_limit, found.lipschitz)
    wanted = (lowest, highest, left, right, lipschitz, folds_from)
    for value, known in zip((*told, found.folds_from), wanted, strict=True):
        assert value is None if known is None else value == pytest.approx(known, abs=1e-9)
    assert found.monotone is monotone and found.folds is (folds_from is not None)


@pytest.mark.parametrize("name", [*NAMES, *FORMULAS])
def test_the_numbers_mean_what_they_say(name: str) -> None:
    record, found = wv.ACTIVATIONS[name], facts(name)
    rng = np.random.default_rng(0)
    a, b = np.sort(rng.uniform(-12.0, 12.0, (2, 4000)), axis=0)
    f, g = record.f(a), record.f(b)
    low = -np.inf if found.lowest is None else found.lowest
    high = np.inf if found.highest is None else found.highest
    assert f.min() >= low - 1e-9 and f.max() <= high + 1e-9
    if found.lipschitz is not None:
        steep = np.abs(g - f) / (b - a)
        assert steep.max() <= found.lipschitz * (1 + 1e-6)
        fine = np.linspace(-12.0, 12.0, 48_001)
        assert np.abs(np.diff(record.f(fine))).max() * 2000 > 0.99 * found.lipschitz
    order = np.sign(g - f)
    if found.monotone:
        assert not ((order < 0).any() and (order > 0).any())
    for at in found.zeros:
        assert abs(float(record.f(at))) < 1e-9
    for at in found.fold_points:
        before, here, after = record.f(at + np.array([-1e-3, 0.0, 1e-3]))
        assert (before - here) * (after - here) > 0


@pytest.mark.parametrize("name", [*NAMES, *FORMULAS])
def test_the_straight_way_is_one_to_one_until_the_threshold(name: str) -> None:
    record, found = wv.ACTIVATIONS[name], facts(name)
    z = np.linspace(-12.0, 12.0, 24_001)

    def rises(t: float) -> bool:
        return bool((np.diff((1 - t) * z + t * record.f(z)) > 0).all())

    if found.jumps_at:
        return
    if found.folds_from == 0.0:  # ever steeper: it begins to fold at infinity
        z = np.geomspace(1.0, 1e6, 400)[::-1] * -1.0
    start = 1.0 if found.folds_from is None else found.folds_from
    assert rises(0.0) and rises(0.5 * start) and rises(start - 1e-3)
    if found.folds_from is not None:
        assert not rises(min(found.folds_from + 1e-3, 1.0))


def test_a_record_without_a_formula_has_numbers_too() -> None:
    def fill(z: np.ndarray, value: np.ndarray, slope: np.ndarray) -> None:
        value[...] = np.arctan(z)
        slope[...] = 1 / (1 + z * z)

    found = facts_of(wv.ActivationFunction("arctan", "\\arctan z", None, fill))
    assert (found.lipschitz, found.zeros, found.monotone) == (1.0, (0.0,), True)
    assert found.folds_from is None
