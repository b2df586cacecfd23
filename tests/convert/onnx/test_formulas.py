"""Functions of one number in graphs, by one operator or spelled out, against onnxruntime."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

import warpviz as wv
from tests.convert.onnx.graphs import RNG, TAIL, W, agrees, model, node, single, told
from warpviz.convert.onnx.reading import stored_of
from warpviz.errors import WarpvizError


def test_every_function_of_one_number_that_onnx_has() -> None:
    kinds: dict[str, dict[str, Any]] = {
        **{kind: {} for kind in "Abs Exp Cos Erf Softsign Mish HardSwish Selu".split()},
        "Celu": {"alpha": 0.7}, "Elu": {"alpha": 0.7}, "ThresholdedRelu": {"alpha": 0.5},
        "HardSigmoid": {"alpha": 0.3, "beta": 0.4}, "LeakyRelu": {"alpha": 0.3},
    }  # fmt: skip
    for kind, given in kinds.items():
        nodes = [node("Gemm", "x w b", "g"), node(kind, "g", "r", **given), *TAIL]
        made = model(nodes, ["N", 5], {name: W[name] for name in "wbvc"}, version=18)
        agrees(made, stored_of(made), (9, 5))


def test_formulas_of_old_files() -> None:
    nodes = [node("Abs", "x", "a"), node("Add", "a one", "s", broadcast=1), node("Div", "x s", "y")]
    made = model(nodes, ["N", 5], {"one": single(1)}, version=6)
    x = RNG.normal(size=(4, 5))
    np.testing.assert_allclose(stored_of(made).chain(x), x / (1 + abs(x)), rtol=1e-12)


def test_a_function_that_no_formula_has_is_named() -> None:
    nodes = [node("MatMul", "x w", "h"), node("Ceil", "h", "y")]
    with pytest.raises(WarpvizError) as caught:
        stored_of(model(nodes, ["n", 5], {"w": W["w"]}))
    assert str(caught.value) == (
        "cannot translate Ceil, node 2 of 2: no layer of a chain does what it does; a chain is "
        "made of Gemm, MatMul with Add, BatchNormalization, activations, Softmax and sums x + "
        "f(x) of these; export the part of the model that is."
    )


QUICK_GELU = [node("Mul", "b h", "c"), node("Sigmoid", "c", "d"), node("Mul", "h d", "e")]
SINE = [node("Mul", "h b", "c"), node("Sin", "c", "d"), node("Div", "d b", "i"),
        node("Div", "h b", "j"), node("Add", "i j", "e")]  # fmt: skip
SUM = [node("Relu", "h", "c"), node("Tanh", "h", "d"), node("Add", "c d", "e")]


@pytest.mark.parametrize(
    ("nodes", "formula"),
    [
        (QUICK_GELU, "z * sigmoid(1.702 * z)"),
        (SINE, "sin(z * 1.702) / 1.702 + z / 1.702"),
        (SUM, "max(z, 0) + tanh(z)"),
    ],
)
def test_one_tensor_and_constants_are_a_formula(nodes: list[Any], formula: str) -> None:
    first, last = RNG.normal(size=(2, 3)), RNG.normal(size=(3, 2))
    weights = {"v": single(first), "w": single(last), "b": single(1.702)}
    path = [node("MatMul", "x v", "h"), *nodes, node("MatMul", "e w", "y")]
    made = model(path, ["n", 2], weights)
    found = stored_of(made)
    assert told(found.chain) == f"2-3:{formula}-2"
    agrees(made, found, (20, 2))


@pytest.mark.parametrize("formula", ["sin(2 * z) / 2 + z / 2", "z * sigmoid(1.702 * z)"])
def test_own_formulas_come_back_from_onnx(formula: str, tmp_path: Path) -> None:
    chain = wv.mlp([2, 3, 3, 2], formula, seed=1)
    again = wv.load_model(wv.save_model(chain, tmp_path / "m.onnx"))
    assert told(again) == told(chain)
    x = RNG.normal(size=(20, 2))
    np.testing.assert_allclose(again(x), chain(x), rtol=1e-5, atol=1e-6)
