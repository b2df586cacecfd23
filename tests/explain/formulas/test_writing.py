"""What the LaTeX says, read back: numbers, names and forms."""

import re

import numpy as np
import pytest

import warpviz as wv
from tests.explain.formulas.chains import EVERY, X, chain_of
from tests.explain.formulas.reading import values
from warpviz.model.chain import Chain
from warpviz.model.layers import Activation, Dense, Softmax


def test_digits_round_numbers_in_latex_alone() -> None:
    chain = Chain([Dense(np.array([[1.23456789, -0.000123456]]), np.array([1234.5678]))])
    assert wv.formula(chain, digits=3).latex == "y = 1.23 x_{1} - 0.000123 x_{2} + 1230"
    np.testing.assert_allclose(wv.formula(chain, digits=1)(X), chain(X), rtol=1e-14)


@pytest.mark.parametrize("name", ["silu", "softplus", "sigmoid", "elu:0.5"])
def test_no_number_has_more_digits_than_asked_for(name: str) -> None:
    chain = chain_of([[[0.3]], [[1.7]]], [[0.2], [0.1]], name)
    for form in ("nested", "layers", "matrix"):
        numbers = re.findall(r"\d+\.\d+", wv.formula(chain, form=form, digits=3).latex)
        assert numbers and all(len(one.replace(".", "").lstrip("0")) <= 3 for one in numbers)


def test_seventeen_digits_read_back_as_the_same_number() -> None:
    chain = Chain([Dense(np.array([[1 / 3]]), np.array([2 / 7]))])
    numbers = re.findall(r"\d+\.\d+", wv.formula(chain, digits=17).latex)
    assert [float(one) for one in numbers] == [1 / 3, 2 / 7]


@pytest.mark.parametrize("name", EVERY)
def test_the_latex_says_what_the_chain_computes(name: str) -> None:
    plain = wv.mlp([2, 3, 3, 2], name, seed=3)
    # The reader's softmax is the plain one, which overflows early.
    x = X / 4 if name == "square" else X
    for chain in (
        plain, plain.split(), Chain([*plain.logits(), Softmax(log=True)]),
        Chain([Activation(name), *plain.logits(), Activation("relu"), Activation(name)]),
        Chain([*plain, Dense(np.array([[1.0, -2.0], [0.0, 1e-9]]), np.zeros(2))]),
    ):  # fmt: skip
        for form in ("nested", "layers"):
            lines = wv.formula(chain, form=form, digits=17).lines
            known = values(lines, {"x_{1}": x[:, 0], "x_{2}": x[:, 1]})
            told = np.column_stack([known["y_{1}"], known["y_{2}"]])
            np.testing.assert_allclose(told, chain(x), rtol=1e-10, atol=1e-12)
            names = [line.partition(" = ")[0] for line in lines]
            assert len(names) == len(set(names)), names


def test_a_bias_stays_readable() -> None:
    chain = chain_of([[[0.5, -0.3]], [[1.5]]], [[0.1], [-2]], "sigmoid")
    assert wv.formula(chain).lines == [
        r"y = 1.5 \sigma{\left(0.5 x_{1} - 0.3 x_{2} + 0.1 \right)} - 2",
        r"\sigma(z) = \frac{1}{1 + e^{-z}}",
    ]
    assert wv.formula(chain, letters=True).lines[0] == (
        r"y = w_{11}^{(2)} \sigma{\left(w_{11}^{(1)} x_{1} + w_{12}^{(1)} x_{2} + b_{1}^{(1)} "
        r"\right)} + b_{1}^{(2)}"
    )


def test_a_notebook_shows_layers_where_nested_is_long() -> None:
    small, large = wv.mlp([2, 2, 1], "tanh", seed=1), wv.mlp([1, 16, 32, 1], "tanh", seed=1)
    huge = wv.mlp([2, 64, 64, 8, 2], "tanh", seed=1)
    assert "h_{1}" not in wv.formula(small)._repr_latex_()
    for chain in (large, huge):
        assert "h_{1}^{(1)}" in wv.formula(chain)._repr_latex_()
    assert "h_{1}" not in wv.formula(large, form="nested")._repr_latex_()


@pytest.mark.parametrize("seed", range(12))
def test_every_form_and_caption_gives_a_state_one_number(seed: int) -> None:
    rng = np.random.default_rng(seed)
    names = rng.choice(["identity", "relu", "tanh"], rng.integers(1, 6))
    widths = [2, *rng.integers(1, 4, len(names)), 3]
    plain = wv.mlp(widths, list(names), seed=seed)
    idle = [Activation("identity")] * int(rng.integers(0, 3))
    for chain in (
        plain,
        plain.split(),
        Chain([*idle, *plain.logits(), *idle, Softmax(), *idle]),
    ):
        nested, layered = (wv.formula(chain, form=form).lines for form in ("nested", "layers"))

        def softmaxes(lines: list[str]) -> list[str]:
            return [line.partition(" = ")[2] for line in lines if r"{\sum_" in line]

        assert softmaxes(nested) == softmaxes(layered)
        # The logits are named by how many layers have weights, whatever is written as one.
        count = sum(isinstance(layer, Dense) for layer in chain)
        assert re.match(rf"[zh]_\{{1\}}\^\{{\({count}\)", nested[0])
        known = values(wv.formula(chain, digits=17).lines, {"x_{1}": X[:, 0], "x_{2}": X[:, 1]})
        ends = [name for name in known if name.startswith(("y_", "p_"))]
        np.testing.assert_allclose(np.column_stack([known[e] for e in ends])[:, :3], chain(X))
