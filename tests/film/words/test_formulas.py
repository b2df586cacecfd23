"""Captions that are formulas, evaluated by Python and compared with the activations."""

import math

import numpy as np
import pytest

import warpviz as wv
from warpviz.film.words.formulas import activated
from warpviz.model.activations import ACTIVATIONS
from warpviz.model.chain import Chain
from warpviz.model.layers import Dense, Softmax
from warpviz.picture.scene import Scene

EVERY = [*ACTIVATIONS, "leaky_relu:0.3", "elu:0.5"]


@pytest.mark.parametrize("name", EVERY)
def test_a_formula_is_the_activation(name: str) -> None:
    text = activated(name, "z")
    for sign, other in (("·", "*"), ("−", "-"), ("³", "**3"), ("√", "sqrt"), ("½z", "0.5*z*"),
                        ("π", "pi"), ("Φ", "phi"), ("z/", "z/"), ("ln(", "log(")):  # fmt: skip
        text = text.replace(sign, other)
    text = text.replace("0.0447z", "0.044715*z").replace(")(z", ")*(z")
    for number in ("0.01", "0.3", "0.5"):
        text = text.replace(f"{number}z", f"{number}*z").replace(f"{number}(", f"{number}*(")
    known = {
        "max": max, "min": min, "exp": math.exp, "tanh": math.tanh, "sin": math.sin,
        "log": math.log, "sqrt": math.sqrt, "pi": math.pi,
        "phi": lambda z: (1 + math.erf(z / math.sqrt(2))) / 2,
    }  # fmt: skip
    for z in (-2.0, -0.3, 0.7, 3.0):
        value = eval(text, {"__builtins__": {}}, {**known, "z": z})
        assert value == pytest.approx(float(ACTIVATIONS[name].f(np.array([z]))[0]), abs=1e-9), text


def test_the_film_carries_them() -> None:
    data = wv.load_data("rings", n=60)
    film = wv.animate(wv.mlp([2, 3, 2], "gelu"), data, caption="formula", size=(240, 180))
    assert isinstance(film.scene, Scene)
    assert film.scene.panels[0].acts == ("z₁ = W₁·x + b₁", "h₁ = z₁·Φ(z₁)", "z₂ = W₂·h₁ + b₂")
    whole = wv.animate(
        Chain([*wv.mlp([2, 3, 2], "tanh").logits(), Softmax(log=True)]), data, caption="formula",
        whole_layers=True, softmax=True, size=(240, 180),
    )  # fmt: skip
    assert isinstance(whole.scene, Scene)
    assert whole.scene.panels[0].acts == (
        "h₁ = tanh(W₁·x + b₁)", "z₂ = W₂·h₁ + b₂", "ln p = ln softmax(z₂)",
    )  # fmt: skip
    units = wv.animate(
        Chain([Dense(np.eye(2), np.zeros(2), "relu"), Dense(np.eye(2), np.zeros(2))]), data,
        caption="formula", one_by_one=True, size=(240, 180),
    )  # fmt: skip
    assert isinstance(units.scene, Scene)
    assert units.scene.panels[0].acts[1:3] == ("h₁ = max(0, z₁), unit 1", "h₁ = max(0, z₁), unit 2")
