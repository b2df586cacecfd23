import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy import zeros

from tests.examples import examples
from tests.model.differences import differences
from warpviz.arrays import Floats
from warpviz.errors import WarpvizError
from warpviz.model.activations import ACTIVATIONS
from warpviz.model.chain import Chain
from warpviz.model.code import FEW
from warpviz.model.init import mlp
from warpviz.model.layers import Activation, Dense, Layer, Softmax
from warpviz.model.residual import Residual

REFERENCE = json.loads((Path(__file__).parents[1] / "reference.json").read_text(encoding="utf-8"))
NAMES = sorted(ACTIVATIONS)


@st.composite
def chains(draw: st.DrawFn) -> tuple[Chain, Floats]:
    """A chain of up to five layers of all kinds, and points for it."""
    rng = np.random.default_rng(draw(st.integers(0, 2**20)))
    width = start = draw(st.integers(1, 4))
    layers: list[Layer] = []
    for kind in draw(st.lists(st.sampled_from(["dense", "activation", "softmax"]), max_size=5)):
        if kind == "dense":
            n_out = draw(st.integers(1, 4))
            name = draw(st.sampled_from(NAMES))
            layers.append(Dense(rng.normal(size=(n_out, width)), rng.normal(size=n_out), name))
            width = n_out
        elif kind == "activation":
            layers.append(Activation(draw(st.sampled_from(NAMES))))
        else:
            layers.append(Softmax())
    return Chain(layers, start), rng.normal(size=(draw(st.integers(1, 20)), start))


@examples(100)
@given(chains())
def test_laws(pair: tuple[Chain, Floats]) -> None:
    chain, x = pair
    states = chain.states(x)
    assert len(states) == len(chain) + 1 == len(chain.widths)
    for k in range(len(chain) + 1):
        assert np.array_equal(chain[k:](chain[:k](x)), chain(x))
        assert np.array_equal(states[k], chain[:k](x))
        assert states[k].shape[1] == chain.widths[k]
    assert np.array_equal(chain.split()(x), chain(x))
    assert all(not isinstance(u, Dense) or u.activation == "identity" for u in chain.split())
    rebuilt = eval(repr(chain))
    assert rebuilt.widths == chain.widths and repr(rebuilt) == repr(chain)
    assert chain.n_parameters > FEW or np.array_equal(rebuilt(x), chain(x))
    assert np.array_equal(chain.with_parameters(chain.parameters())(x), chain(x))


@examples(30)
@given(chains())
def test_backward_matches_differences(pair: tuple[Chain, Floats]) -> None:
    chain, x = pair
    g = np.random.default_rng(0).normal(size=chain(x).shape)
    by_x, by_parameters = chain.backward(x, g)
    # Bends make differences wrong just there; the points are random, so they stay away from them.
    assert np.allclose(by_x, differences(lambda v: float(np.sum(g * chain(v))), x), atol=1e-4)
    parameters = chain.parameters()
    assert len(by_parameters) == len(parameters)
    for k, array in enumerate(parameters):

        def at(value: Floats, k: int = k) -> float:
            changed = [*parameters[:k], value, *parameters[k + 1 :]]
            return float(np.sum(g * chain.with_parameters(changed)(x)))

        assert np.allclose(by_parameters[k], differences(at, array), atol=1e-4)


def test_slicing_and_iteration() -> None:
    chain = mlp([2, 3, 4, 5], ["relu", "tanh"])
    assert len(chain) == 4 and chain.widths == (2, 3, 4, 5, 5)
    assert chain[1] is chain.layers[1] and chain[-1] == Softmax()
    assert list(chain[1:3]) == [chain[1], chain[2]]
    assert chain[1:3].widths == (3, 4, 5) and chain[:0].widths == (2,)
    assert chain[3:].widths == (5, 5)  # a slice without any Dense still knows its width
    assert len(chain.logits()) == 3 and chain.logits().logits().widths == (2, 3, 4, 5)
    assert chain.n_parameters == 2 * 3 + 3 + 3 * 4 + 4 + 4 * 5 + 5
    assert [str(layer) for layer in chain] == [
        "Dense 2→3 relu",
        "Dense 3→4 tanh",
        "Dense 4→5",
        "softmax",
    ]


def test_empty_chain_is_the_identity() -> None:
    x = np.array([[1.0, -2.0]])
    assert np.array_equal(Chain([])(x), x) and len(Chain([]).states(x)) == 1


def test_published_values_of_the_sine_chain() -> None:
    formula = REFERENCE["formula"]["sine_chain"]
    weights, biases = formula["weights"], formula["biases"]
    chain = Chain([Dense(weights[0], biases[0], "sin"), Dense(weights[1], biases[1])])
    assert chain([[0.0]])[0, 0] == pytest.approx(formula["value_float64_at_0"], abs=1e-12)


def test_scratch_network_of_the_reference() -> None:
    example = REFERENCE["scratch"]["example"]
    pairs = list(zip(example["weights"], example["biases"], strict=True))
    layers = [Dense(w, b, "sigmoid") for w, b in pairs[:-1]] + [Dense(*pairs[-1])]
    assert Chain(layers)([example["x"]])[0, 0] == pytest.approx(example["y_pred"], abs=5e-9)


BIG = Dense(np.diag([1e200, 1.0]), np.zeros(2))
ERRORS: list[tuple[Any, str]] = [
    (
        lambda: Chain([BIG, Dense(zeros((1, 3)), zeros(1))]),
        "layer 1 (Dense 3→1) to take width 2, as the layer before gives, got 3",
    ),
    (lambda: Chain(["relu"]), "got str at layer 0"),  # type: ignore[list-item]
    (lambda: Chain([BIG])(np.zeros((5, 3))), "Chain expects x of shape (N, 2), got (5, 3)."),
    (lambda: Chain([BIG])(np.zeros(2)), "Chain expects x of shape (N, 2), got (2,)."),
    (lambda: Chain([BIG])([[np.nan, 0.0]]), "Chain expects finite x"),
    (lambda: Chain([BIG, BIG]).states([[1.0, 1.0]]), "Layer 2 (Dense 2→2) overflows"),
    (lambda: Chain([BIG])[::2], "expects step 1, got 2"),
    (lambda: Chain([Softmax()]).widths, "takes any width"),
    (
        lambda: Chain([BIG]).with_parameters([zeros((2, 2))]),
        "with_parameters expects arrays of shapes",
    ),
]


@pytest.mark.parametrize(("make", "message"), ERRORS)
def test_errors(make: Any, message: str) -> None:
    with pytest.raises(WarpvizError, match=re.escape(message)):
        make()


def test_states_too_large_are_worked_out_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    chain, x = mlp([2, 5, 2], "tanh", seed=0), np.random.default_rng(0).normal(size=(50, 2))
    whole = chain(x)
    monkeypatch.setattr("warpviz.model.chain.AT_ONCE", 35)
    np.testing.assert_allclose(chain(x), whole, atol=1e-15)
    assert chain(x[:0]).shape == (0, 2)


@pytest.mark.parametrize(("bound", "parts"), [(35, [7] * 7 + [1]), (4, [1] * 50), (10**6, [50])])
def test_parts_have_as_many_numbers_of_the_widest_state_as_are_worked_out_at_once(
    bound: int, parts: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    chain, x = mlp([2, 5, 2], "tanh", seed=0), np.zeros((50, 2))
    inner = Chain._last

    def last(self: Chain, x: Floats, before: int) -> Floats:
        asked.append(len(x))
        return inner(self, x, before)

    monkeypatch.setattr("warpviz.model.chain.AT_ONCE", bound)
    monkeypatch.setattr(Chain, "_last", last)
    chain(x)
    assert asked == parts


def test_layers_are_named_by_their_weights_also_within_residual_ones() -> None:
    one, big = Dense(np.eye(1), np.zeros(1)), Dense(np.full((1, 1), 1e200), np.zeros(1))
    inner = Chain([one, Activation("relu"), big])
    named: list[tuple[list[Layer], int]] = [
        ([one, Residual(inner)], 3), ([Residual(inner)], 2),
        ([one, Residual(Chain([one])), Residual(inner), one], 4),
        ([one, Residual(Chain([one, Residual(inner)]))], 4),
    ]  # fmt: skip
    for layers, number in named:
        with pytest.raises(WarpvizError, match=rf"^Layer {number} \(Dense 1→1\) overflows"):
            Chain(layers)([[1e200]])
    with pytest.raises(
        WarpvizError, match=r"^Activation exp\(z\) of the input overflows at z = 999"
    ):
        Chain([Activation("exp(z)"), one])([[999.0]])
    sums = Chain(
        [one, Residual(Chain([Activation("z"), Dense(np.full((1, 1), 1e8), np.zeros(1))])), one]
    )
    with pytest.raises(WarpvizError, match=r"^Layer 2 \(Dense 1→1\) overflows"):
        sums([[1e305]])


def test_a_chain_has_a_width_of_one_at_least() -> None:
    assert Chain([], 1).widths == (1,)
    with pytest.raises(WarpvizError, match="Chain expects a width from 1, got 0"):
        Chain([], 0)
    with pytest.raises(WarpvizError, match=r"layer 0 \(Dense 2→2\) to take width 3"):
        Chain([BIG], 3)
    assert Chain([Activation("relu"), BIG]).widths == (2, 2, 2)
    with pytest.raises(WarpvizError, match="expects step 1, got -1"):
        Chain([BIG])[::-1]
