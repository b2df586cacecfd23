import itertools
import re
from typing import Any

import mpmath as mp  # type: ignore[import-untyped]
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.model.activations.oracles import ORACLES
from warpviz.errors import WarpvizError
from warpviz.functions.normal import erf
from warpviz.model.activations import ACTIVATIONS, activation
from warpviz.model.activations.records import FAMILIES

POINTS = np.concatenate([np.linspace(-12.0, 12.0, 97) + 0.01, [-37.5, -20.0, 20.0, 37.5]])


def test_every_activation_has_an_oracle() -> None:
    assert set(ACTIVATIONS) <= set(ORACLES)
    assert {name.partition(":")[0] for name in ORACLES if ":" in name} == set(FAMILIES)


def test_other_names_find_the_same_record() -> None:
    assert ACTIVATIONS["swish"] is ACTIVATIONS["silu"] is activation("swish")
    assert ACTIVATIONS["linear"] is ACTIVATIONS["identity"]


@pytest.mark.parametrize("name", ORACLES)
def test_values_and_derivatives_match_mpmath(name: str) -> None:
    function = ACTIVATIONS[name]
    values, slopes = function.f(POINTS), function.derivative(POINTS)
    for z, value, slope in zip(POINTS, values, slopes, strict=True):
        exact = mp.mpf(float(z))
        expected = ORACLES[name](exact)
        assert abs(value - expected) <= 1e-15 * max(1.0, abs(z), abs(expected))
        assert abs(slope - mp.diff(ORACLES[name], exact)) <= 1e-14


@pytest.mark.parametrize("z", [-37.0, -20.0, -10.0, -5.0, -1.0, -1e-8])
def test_gelu_keeps_relative_accuracy_in_its_tail(z: float) -> None:
    exact = ORACLES["gelu"](mp.mpf(z))
    assert abs(ACTIVATIONS["gelu"].f([z])[0] / exact - 1) < 1e-13


def test_erf_is_good_to_1e_15() -> None:
    x = np.concatenate([np.linspace(-7.0, 7.0, 1401), [0.0, 1e-300, 1e3, -1e3]])
    worst = max(abs(mp.mpf(float(e)) - mp.erf(float(v))) for e, v in zip(erf(x), x, strict=True))
    assert worst <= 1e-15


@pytest.mark.parametrize("name", ORACLES)
def test_large_arguments_stay_finite_in_both_precisions(name: str) -> None:
    for dtype in (np.float32, np.float64):
        z = np.array([-1e3, -88.0, 0.0, 88.0, 1e3], dtype)
        function = ACTIVATIONS[name]
        assert function.f(z).dtype == dtype
        assert np.isfinite(function.f(z)).all() and np.isfinite(function.derivative(z)).all()


@pytest.mark.parametrize("name", ORACLES)
def test_float32_agrees_with_float64(name: str) -> None:
    z = np.linspace(-8.0, 8.0, 201).astype(np.float32)
    function = ACTIVATIONS[name]
    assert np.abs(function.f(z) - function.f(z.astype(np.float64))).max() < 1e-5
    assert np.abs(function.derivative(z) - function.derivative(z.astype(np.float64))).max() < 1e-5


@pytest.mark.parametrize("name", ORACLES)
def test_breakpoints_are_where_it_bends_or_jumps_and_nowhere_else(name: str) -> None:
    breakpoints = ACTIVATIONS[name].breakpoints
    z = np.linspace(-8.05, 8.05, 162)
    slopes, values = ACTIVATIONS[name].derivative(z), ACTIVATIONS[name].f(z)
    if breakpoints is None:
        assert len(np.unique(slopes.round(12))) > 3
        return
    pieces = np.searchsorted(breakpoints, z) if breakpoints else np.zeros(len(z))
    lines = [
        (slopes[pieces == piece], (values - slopes * z)[pieces == piece])
        for piece in range(len(breakpoints) + 1)
    ]
    for rise, at in lines:
        assert len(rise) and np.ptp(rise) == 0 and np.ptp(at) < 1e-14
    for (rise, at), (other, there) in itertools.pairwise(lines):
        assert rise[0] != other[0] or abs(at[0] - there[0]) > 0.1


@settings(derandomize=True, deadline=None)
@given(st.floats(0.0, 3.0), st.floats(-50.0, 50.0))
def test_leaky_relu_takes_any_slope(slope: float, z: float) -> None:
    function = activation(f"leaky_relu:{slope}")
    assert function.f([z])[0] == (z if z > 0 else z * float(slope))


def test_shapes_and_integers() -> None:
    assert ACTIVATIONS["tanh"].f(np.zeros((2, 3, 4), dtype=int)).shape == (2, 3, 4)
    assert ACTIVATIONS["tanh"].f(0).shape == ()
    assert ACTIVATIONS["tanh"].f([1]).dtype == np.float64


@pytest.mark.parametrize("name", ORACLES)
def test_z_is_only_the_variable_in_latex(name: str) -> None:
    latex = ACTIVATIONS[name].latex
    assert "z" not in re.sub(r"(?<![A-Za-z])z(?![A-Za-z])", "", latex)
    assert latex.count("{") == latex.count("}")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("rellu", "Unknown activation 'rellu'; did you mean 'relu'?"),
        ("leaky_relu:x", "'leaky_relu' expects a finite number after the colon"),
        ("elu:nan", "'elu' expects a finite number after the colon"),
        ("tanh:3", "'tanh' takes no number, got 'tanh:3'"),
        ("softplus:0", "'softplus' expects a number above 0, got 'softplus:0'"),
        ("softplus:-1", "expects a number above 0"),
        ("celu:0", "'celu' expects a number above 0"),
        ("softshrink:-1", "'softshrink' expects a number of 0 or more"),
        ("hardshrink:-1", "'hardshrink' expects a number of 0 or more"),
        ("hardtanh:2:-2", "'hardtanh' expects a lower and then an upper level"),
        ("hardtanh:1", "'hardtanh' expects a lower and then an upper level"),
        ("relu=sin(z)", "'relu' is a built-in activation; give the formula a name of its own"),
        ("swish = sin(z)", "'swish' is a built-in activation"),
        (" ", "or a formula of z such as 'sin(2*z)', got ' '"),
        ("log_softmax", '{"log_softmax": true}'),
        ("softmin", "it takes a layer as a whole"),
        ("arctan", "formulas know no arc tangent"),
        ("rrelu", "the mean of PyTorch's is 'leaky_relu:0.229'"),
        ("gaussian", "choose one of abs"),
        ("sparsemax", "it takes a layer as a whole"),
        ("hardtanh:1:2:3", "expects finite numbers after the colon, as in 'hardtanh:-1:1'"),
        ("Swish", "did you mean 'silu'?"),
        ("LINEAR", "did you mean 'identity'?"),
        ("hard_sigmoid", "did you mean 'hardsigmoid'?"),
        ("LogSigmoid", "did you mean 'logsigmoid'?"),
        ("hard_silu", "write 'hardswish'"),
        ("heaviside", "write 'step'"),
        ("logistic", "write 'sigmoid'"),
        ("softmax", '{"softmax": true}'),
        ("cos", "as a formula it is 'cos(z)'"),
    ],
)
def test_bad_names(name: str, message: str) -> None:
    with pytest.raises(WarpvizError, match=re.escape(message)):
        activation(name)


def test_formulas_that_hints_give_are_what_the_name_means() -> None:
    z = np.array([-3.0, -1.0, -0.5, 0.0, 0.4, 1.0, 2.5])
    tails = {  # as jax.nn, TensorFlow and transformers define them
        "sign": np.sign(z),
        "sparse_plus": np.where(z <= -1, 0, np.where(z < 1, (z + 1) ** 2 / 4, z)),
        "sparse_sigmoid": np.clip(0.5 * (z + 1), 0, 1),
        "squareplus": (z + np.sqrt(z * z + 4)) / 2,
        "relu_squared": np.maximum(z, 0) ** 2,
        "lisht": z * np.tanh(z),
        "quick_gelu": z / (1 + np.exp(-1.702 * z)),
    }
    for name, expected in tails.items():
        with pytest.raises(WarpvizError, match="write the formula") as caught:
            activation(name)
        formula = str(caught.value).split("'")[3]
        np.testing.assert_allclose(activation(formula).f(z), expected, rtol=1e-14, atol=1e-15)


def test_a_built_in_name_is_not_taken_unasked() -> None:
    for name in ("relu", "swish"):
        with pytest.raises(WarpvizError, match=f"'{name}' is a built-in activation"):
            activation(name, "sin(z)")
    assert activation("relu").f(3.0) == 3.0


@pytest.mark.parametrize("name", ORACLES)
def test_a_single_number_is_a_shape_too(name: str) -> None:
    function = ACTIVATIONS[name]
    places: tuple[Any, ...] = (0.5, -1, np.float32(0.5), np.float64(-800.0), np.array(0.0))
    for z in places:
        for method in (function.f, function.derivative):
            value = method(z)
            assert isinstance(value, np.ndarray) and value.shape == ()
            assert value == method([z])[0]
        exact = ORACLES[name](mp.mpf(float(z)))
        assert abs(mp.mpf(float(function.f(z))) - exact) < 1e-6 * max(1, abs(exact))
