"""The engine of numpy, mpmath and the lowest instructions are the oracles of the compiled one."""

import math
from collections.abc import Iterator
from typing import Any
from unittest.mock import Mock

import mpmath  # type: ignore[import-untyped]
import numpy as np
import pytest

import warpviz as wv
from warpviz.compiled import KERNELS
from warpviz.data import load_data
from warpviz.model.chain import Chain
from warpviz.model.layers import Activation, Softmax
from warpviz.model.residual import Residual
from warpviz.training import kernel_engine
from warpviz.training.engine import Engine, Moments
from warpviz.training.kernel_engine import BEST, AnyEngine, KernelEngine, make_engine
from warpviz.training.losses import LOSSES
from warpviz.training.program import KINDS, program_of

RNG = np.random.default_rng(7)
TRAINS = KERNELS is not None and hasattr(KERNELS, "train")
PENALTIES: dict[str, Any] = {"penalty": 0.1, "evenness": 0.1, "starts": 2}


def engines(
    chain: Chain, loss: str, precision: str, n: int, levels: tuple[int, ...] = (BEST,)
) -> tuple[Engine, list[KernelEngine]]:
    """numpy's and those of the kernels, with the same points and parameters."""
    x = RNG.normal(size=(n, chain.widths[0]))
    target = np.eye(chain.widths[-1])[RNG.integers(0, chain.widths[-1], n)]
    given = {**PENALTIES, "dtype": precision}
    plain = Engine(chain, x, target, LOSSES[loss], **given)
    plain.parameters[...] = RNG.normal(size=plain.parameters.shape)
    cut = (chain.logits() if LOSSES[loss].from_logits else chain).split()
    program = program_of(cut, LOSSES[loss])
    assert program is not None
    compiled = [
        KernelEngine(
            program, chain.n_parameters, x, target, LOSSES[loss], **given, level=level
        )
        for level in levels
    ]  # fmt: skip
    for each in compiled:
        each.parameters[...] = plain.parameters
    return plain, compiled


def check(chain: Chain, loss: str, precision: str, n: int = 333) -> None:
    """Losses, gradient and accuracies are numpy's, the same digits at every level."""
    plain, compiled = engines(chain, loss, precision, n, (0, 1, BEST))
    losses, gradient = plain.losses_and_gradient()
    tolerance = 1e-12 if precision == "float64" else 1e-4
    for each in compiled:
        mine, slopes = each.losses_and_gradient()
        np.testing.assert_allclose(mine, losses, rtol=tolerance)
        size = abs(gradient).max()
        np.testing.assert_allclose(slopes, gradient, rtol=tolerance, atol=tolerance * size)
        np.testing.assert_allclose(each.gradient(), slopes)
        np.testing.assert_allclose(each.losses(), mine, rtol=1e-6)
        np.testing.assert_allclose(each.accuracies(), plain.accuracies(), atol=3 / n)
        first, told = compiled[0].losses_and_gradient()
        assert first.tobytes() == mine.tobytes() and told.tobytes() == slopes.tobytes()


def good_training() -> Iterator[tuple[str, tuple[Any, ...]]]:
    """Calls as they are made, for those who change something in them."""
    for name, loss, precision in (
        ("gelu", "cross_entropy", "float64"), ("sin", "mean_squared_error", "float32"),
        ("log1p(z*z)/3", "cross_entropy", "float32"),
    ):  # fmt: skip
        inner = Chain(wv.mlp([3, 4, 3], name, softmax=False).layers)
        dense = wv.mlp([2, 3, 3, 2], name)
        chain = Chain([*dense[:2], Residual(inner), Softmax(), *dense[2:]])
        _, (engine,) = engines(chain, loss, precision, 37)
        kernels = Mock()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(kernel_engine, "KERNELS", kernels)
            engine.losses()
            engine.gradient()
            engine.descend(0.1, 2)
            engine.adapt(0.1, Moments.none(engine.parameters), 2)
        yield from (("train", call.args) for call in kernels.train.call_args_list)


if TRAINS:

    @pytest.mark.parametrize("name", [*wv.ACTIVATIONS, "leaky_relu:0.2", "prelu:0.1:-0.5:2"])
    @pytest.mark.parametrize("precision", ["float64", "float32"])
    def test_every_activation_is_numpys(name: str, precision: str) -> None:
        check(wv.mlp([2, 3, 3, 2], name, seed=1), "cross_entropy", precision)

    @pytest.mark.parametrize(
        "formula",
        ["z**3 - z**-2", "2**z", "abs(z)**1.5", "where(z < 1, sin(4*z), cos(z))", "log1p(z*z)",
         "clip(z, -1, 2)*erf(z)", "sqrt(z*z + 1)", "log(1 + z**2)/3", "expm1(min(z, 2))", "1"],
    )  # fmt: skip
    def test_every_formula_is_numpys(formula: str) -> None:
        check(wv.mlp([2, 3, 2], formula, seed=1), "cross_entropy", "float64")

    @pytest.mark.parametrize("loss", LOSSES)
    @pytest.mark.parametrize("n", [1, 16, 17, 5000])
    def test_any_number_of_points(loss: str, n: int) -> None:
        check(wv.mlp([3, 5, 1, 4], "tanh", seed=2), loss, "float64", n)

    def test_layers_of_every_kind() -> None:
        inner = Chain(wv.mlp([3, 4, 3], "gelu", softmax=False).layers)
        dense = wv.mlp([2, 3, 3, 2], "relu")
        chain = Chain([*dense[:2], Residual(inner), Activation("sin"), Softmax(), *dense[2:]])
        for loss in LOSSES:
            check(chain, loss, "float64")
        check(wv.mlp([2, 64, 61, 2], "relu"), "cross_entropy", "float32", 100)

    def program(*steps: tuple[Any, ...]) -> np.ndarray:
        return np.array([[KINDS[kind], *rest] for kind, *rest in steps], dtype=np.int64)

    def value_of(kind: str, z: float, level: int) -> float:
        """What the kernels make of one number: the slope of its square is twice it."""
        code = program(
            (kind, 1, 2, 0, 0, 0), ("mean_squared_error", 1, 3, 2, 1, 0),
            ("weight_slopes", 1, 0, 3, 1, 0),
        )  # fmt: skip
        gradient, points = np.zeros((1, 2)), np.array([[z], [0.0]])
        KERNELS.train(  # type: ignore[union-attr]
            code, np.zeros(0), points, np.zeros((1, 2)), gradient, np.zeros(1),
            np.zeros(1, dtype=np.int64), (4, 16, 0.0, 0.0), (1, 1, 0.0, 0.0, 0.0, 0.0),
            gradient, gradient, np.ones(2), level,
        )  # fmt: skip
        return float(gradient[0, 1] / 2)

    ORACLES = {
        "exp": mpmath.exp, "expm1": mpmath.expm1, "tanh": mpmath.tanh, "sin": mpmath.sin,
        "cos": mpmath.cos, "log": mpmath.log, "log1p": mpmath.log1p, "sqrt": mpmath.sqrt,
        "sigmoid": lambda z: 1 / (1 + mpmath.exp(-z)),
        "softplus": lambda z: mpmath.log1p(mpmath.exp(z)),
    }  # fmt: skip

    @pytest.mark.parametrize("kind", ORACLES)
    def test_functions_are_mpmaths(kind: str) -> None:
        sizes = np.concatenate([10.0 ** np.arange(-12.0, 5.0), RNG.uniform(0, 40, 100)])
        positive = kind in ("log", "log1p", "sqrt")
        with mpmath.workdps(40):
            for z in sizes if positive else (*sizes, *-sizes):
                if kind in ("exp", "expm1") and z > 700:
                    continue
                told = float(ORACLES[kind](mpmath.mpf(z)))
                found = value_of(kind, z, BEST)
                assert math.isclose(found, told, rel_tol=1e-15, abs_tol=1e-300), (kind, z)
                assert found == value_of(kind, z, 0)

    @pytest.mark.parametrize(
        ("kind", "z", "value"),
        [("exp", np.inf, np.inf), ("exp", -np.inf, 0.0), ("exp", 800.0, np.inf),
         ("log", 0.0, -np.inf),
         ("log", 5e-324, math.log(5e-324)), ("log", np.inf, np.inf), ("log1p", -1.0, -np.inf),
         ("tanh", np.inf, 1.0), ("tanh", -800.0, -1.0), ("sigmoid", -np.inf, 0.0),
         ("softplus", 900.0, 900.0), ("expm1", -np.inf, -1.0), ("sin", 1e300, math.sin(1e300))],
    )  # fmt: skip
    def test_functions_at_their_ends(kind: str, z: float, value: float) -> None:
        assert value_of(kind, z, BEST) == pytest.approx(value, rel=1e-15, abs=1e-300)

    @pytest.mark.parametrize("kind", ["exp", "tanh", "log", "sigmoid", "softplus", "sin", "abs"])
    def test_nan_stays_nan(kind: str) -> None:
        assert math.isnan(value_of(kind, math.nan, BEST))

    @pytest.mark.parametrize("optimizer", ["descent", "adam"])
    def test_steps_are_numpys(optimizer: str, monkeypatch: pytest.MonkeyPatch) -> None:
        chain = wv.mlp([2, 4, 3], "tanh", seed=3)
        plain, (low, best) = engines(chain, "cross_entropy", "float64", 100, (0, BEST))
        monkeypatch.setattr(kernel_engine, "AT_ONCE", 1.0)  # one epoch a call
        every: tuple[AnyEngine, ...] = (plain, low, best)
        for k, each in enumerate(every):
            moments = Moments.none(each.parameters)
            for epochs in (1, 30):
                if optimizer == "descent":
                    each.descend(0.1, epochs)
                else:
                    each.adapt(0.1, moments, epochs)
            if k == 1:
                monkeypatch.undo()
        np.testing.assert_allclose(best.parameters, plain.parameters, rtol=1e-10, atol=1e-12)
        assert best.parameters.tobytes() == low.parameters.tobytes()

    def test_training_arrives_where_numpys_does(monkeypatch: pytest.MonkeyPatch) -> None:
        data, start = load_data("moons", n=200), wv.mlp([2, 4, 2], "relu", seed=5)
        fits = [wv.train(start, data, epochs=60, starts=3)]
        monkeypatch.setattr(kernel_engine, "program_of", lambda chain, loss: None)
        fits.append(wv.train(start, data, epochs=60, starts=3))
        mine, plain = (fit.history.losses for fit in fits)
        np.testing.assert_allclose(mine[:20], plain[:20], rtol=1e-9)
        assert mine[-1] == pytest.approx(plain[-1], rel=0.05)

    @pytest.mark.parametrize(
        "code",
        [
            program(("exp", 1, 9, 0, 0, 0)), program(("exp", 0, 2, 0, 0, 0)),
            program(("exp", 1, 2, -1, 0, 0)), program(("matrix", 1, 2, 0, 1, 1)),
            program(("matrix", 1, 2, 0, 9, 0)), program(("weight_slopes", 1, 1, 2, 1, 0)),
            program(("mean_squared_error", 2, 3, 2, 1, 0)), np.full((1, 6), 99),
            np.full((1, 6), 2**62), np.full((1, 6), -(2**63)), np.zeros((1, 5), dtype=np.int64),
        ],
    )  # fmt: skip
    def test_programs_that_do_not_fit_are_refused(code: np.ndarray) -> None:
        one = np.zeros((1, 2))
        with pytest.raises(ValueError, match="fits its arrays"):
            KERNELS.train(  # type: ignore[union-attr]
                code, np.zeros(0), np.zeros((2, 1)), one, one, np.zeros(1),
                np.zeros(1, dtype=np.int64), (4, 16, 0.0, 0.0), (1, 1, 0.0, 0.0, 0.0, 0.0),
                one, one, np.ones(2), BEST,
            )  # fmt: skip

    def test_losses_alone_have_no_slopes() -> None:
        """A program whose slopes stand before its loss, where no gradient is asked for."""
        one, code = np.ones((1, 2)), program(("weight_slopes", 1, 0, 0, 1, 0))
        KERNELS.train(  # type: ignore[union-attr]
            code, np.zeros(0), np.ones((2, 1)), one, one.copy(), np.zeros(1),
            np.zeros(1, dtype=np.int64), (4, 16, 0.0, 0.0), (0, 1, 0.0, 0.0, 0.0, 0.0),
            one.copy(), one.copy(), np.ones(2), BEST,
        )  # fmt: skip
        np.testing.assert_array_equal(one, 1.0)


@pytest.mark.parametrize(
    ("widths", "name"), [([2, 65, 2], "relu"), ([2, 3, 2], "z**99"), ([2, 3, 2], "abs(z)**z")]
)
def test_what_the_kernels_cannot_do_numpy_does(widths: list[int], name: str) -> None:
    x, target = RNG.normal(size=(20, 2)), np.eye(2)[RNG.integers(0, 2, 20)]
    chain = wv.mlp(widths, name)
    assert isinstance(make_engine(chain, x, target, LOSSES["cross_entropy"]), Engine)
