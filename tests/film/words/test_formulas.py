"""Captions that are formulas, read by Python and compared with the states of the chain."""

import math
import re
from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import warpviz as wv
from warpviz.film.options import Staging
from warpviz.film.play import Play
from warpviz.film.words.formulas import act_formulas, activated
from warpviz.model.activations import ACTIVATIONS
from warpviz.model.chain import Chain
from warpviz.model.layers import Activation, Dense, Layer, Softmax
from warpviz.picture.scene import Scene

EVERY = [
    *ACTIVATIONS, "leaky_relu:0.3", "leaky_relu:0", "leaky_relu:1", "leaky_relu:2",
    "leaky_relu:-0.5", "leaky_relu:-1", "elu:0.5", "elu:-2", "elu:0", "elu:-1",
    "wave=sin(2*z)/2 + z/2", "z**2/(1 + abs(z))", "softplus(z - 1) - sigmoid(z)",
]  # fmt: skip
SIGN = re.compile(r"(?<![a-z])(ln p|[Wxzhpb])([₀-₉]*)(?:⁽([⁰¹²³⁴-⁹]+)⁾)?(′*)(?![a-z])")
DIGITS = str.maketrans("₀₁₂₃₄₅₆₇₈₉⁰¹²³⁴⁵⁶⁷⁸⁹", "01234567890123456789")


class Weights:
    """A matrix that multiplies rows: W·x."""

    def __init__(self, weight: Any) -> None:
        self.weight = weight

    def __mul__(self, rows: Any) -> Any:
        return rows @ self.weight.T


def softmax(z: Any) -> Any:
    powers = np.exp(z - z.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


KNOWN: dict[str, Any] = {
    "max": np.maximum, "min": np.minimum, "exp": np.exp, "tanh": np.tanh, "sin": np.sin,
    "log": np.log, "sqrt": np.sqrt, "pi": math.pi, "softmax": softmax,
    "Phi": np.vectorize(lambda z: (1 + math.erf(z / math.sqrt(2))) / 2),
    "expm1": np.expm1, "erf": np.vectorize(math.erf), "where": np.where,
    "abs": np.abs, "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
    "softplus": lambda z: np.log1p(np.exp(z)),
    "ln_softmax": lambda z: np.log(softmax(z)),
}  # fmt: skip


def key(found: re.Match[str]) -> str:
    letter, unit, layer, primes = (part or "" for part in found.groups())
    name = letter.replace(" ", "_")
    return f"{name}_{unit}_{layer}_{'p' * len(primes)}".translate(DIGITS)


def read(formula: str, known: Mapping[str, Any]) -> tuple[str, Any]:
    """The name on the left, and the value of what stands on the right."""
    left, right = formula.split(" = ")
    right = SIGN.sub(key, right)
    right = re.sub(r"\|([^|]*)\|", r"abs(\1)", right)
    # A choice, with brackets in it once at most.
    choice = r"\(((?:[^()]|\([^()]*\))*) if ((?:[^()]|\([^()]*\))*) else ([^()]*)\)"
    right = re.sub(choice, r"where(\2, \1, \3)", right)
    for sign, plain in (("·", "*"), ("−", "-"), ("³", "**3"), ("√", "sqrt"), ("½", "0.5"),
                        ("π", "pi"), ("Φ", "Phi"), ("ln softmax", "ln_softmax"),
                        ("ln(", "log("), ("²", "**2"), ("σ", "sigmoid"),):  # fmt: skip
        right = right.replace(sign, plain)
    return SIGN.sub(key, left), eval(right, {"__builtins__": {}}, {**KNOWN, **known})


@pytest.mark.parametrize("name", EVERY)
def test_a_formula_is_the_activation(name: str) -> None:
    z = np.array([-2.0, -0.3, 0.0, 0.7, 3.0])
    _, value = read(f"h = {activated(name, 'z')}", {"z___": z})
    # Numbers are shown with six digits.
    rough = 1e-5 if name == "selu" else 0.0
    np.testing.assert_allclose(value, ACTIVATIONS[name].f(z), rtol=rough, atol=1e-12)
    _, value = read(f"h = {activated(name, 'z + b')}", {"z___": z - 0.7, "b___": 0.7})
    np.testing.assert_allclose(value, ACTIVATIONS[name].f(z), rtol=rough, atol=1e-12)


EXACT = [name for name in EVERY if name != "selu"]
"""Those whose numbers have six digits at most."""
ACTS = st.lists(
    st.one_of(
        st.builds(lambda name: ("act", name), st.sampled_from(EXACT)),
        st.builds(lambda name: ("dense", name), st.sampled_from(EXACT)),
        st.builds(lambda log: ("softmax", log), st.booleans()),
    ),
    min_size=1,
    max_size=6,
)


@settings(deadline=None, max_examples=60, derandomize=True)
@given(ACTS, st.integers(0, 99), st.booleans())
def test_every_caption_computes_the_next_state(acts: Any, seed: int, whole: bool) -> None:
    rng = np.random.default_rng(seed)
    layers: list[Layer] = []
    for kind, what in acts:
        if kind == "act":
            layers.append(Activation(what))
        elif kind == "softmax":
            layers.append(Softmax(log=what))
        else:
            layers.append(Dense(rng.normal(size=(2, 2)) / 2, rng.normal(size=2) / 2, what))
    chain = Chain(layers, width=2)
    play = Play.of(chain, Staging(whole_layers=whole, softmax=True))
    states = play.states(rng.normal(size=(7, 2)))
    known: dict[str, Any] = {"x___": states[0]}
    for depth, layer in enumerate((one for one in chain if isinstance(one, Dense)), 1):
        known |= {f"W__{depth}_": Weights(layer.weight), f"b__{depth}_": layer.bias}
    formulas = act_formulas(play)
    for formula, after in zip(formulas, states[1:], strict=True):
        name, value = read(formula, known)
        np.testing.assert_allclose(value, after, rtol=1e-9, atol=1e-9, err_msg=formula)
        assert name not in known, formula
        known[name] = value


def test_the_film_carries_them() -> None:
    data = wv.load_data("rings", n=60)
    film = wv.animate(wv.mlp([2, 3, 2], "gelu"), data, caption="formula", size=(240, 180))
    assert isinstance(film.scene, Scene)
    assert film.scene.panels[0].acts == (
        "z⁽¹⁾ = W⁽¹⁾·x + b⁽¹⁾", "h⁽¹⁾ = z⁽¹⁾·Φ(z⁽¹⁾)", "z⁽²⁾ = W⁽²⁾·h⁽¹⁾ + b⁽²⁾",
    )  # fmt: skip
    assert film.scene.panels[0].axis_names == ("x", "z", "h", "z")
    whole = wv.animate(
        Chain([*wv.mlp([2, 3, 2], "tanh").logits(), Softmax(log=True)]), data, caption="formula",
        whole_layers=True, softmax=True, size=(240, 180),
    )  # fmt: skip
    assert isinstance(whole.scene, Scene)
    assert whole.scene.panels[0].acts == (
        "h⁽¹⁾ = tanh(W⁽¹⁾·x + b⁽¹⁾)", "z⁽²⁾ = W⁽²⁾·h⁽¹⁾ + b⁽²⁾", "ln p = ln softmax(z⁽²⁾)",
    )  # fmt: skip
    units = wv.animate(
        Chain([Dense(np.eye(2), np.zeros(2), "relu"), Dense(np.eye(2), np.zeros(2))]), data,
        caption="formula", one_by_one=True, size=(240, 180),
    )  # fmt: skip
    assert isinstance(units.scene, Scene)
    assert units.scene.panels[0].acts[1:3] == (
        "h₁⁽¹⁾ = max(0, z₁⁽¹⁾)", "h₂⁽¹⁾ = max(0, z₂⁽¹⁾)",
    )  # fmt: skip
