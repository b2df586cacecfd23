"""Formulas that PyTorch code spells out: PyTorch's own numbers are the oracle."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

import warpviz as wv
from warpviz.convert import reader_of
from warpviz.errors import WarpvizError

X = np.random.default_rng(0).normal(size=(40, 2)) * 3


class Spelled(nn.Module):  # type: ignore[misc]
    """A function between two layers, with a number that may be trained."""

    def __init__(self, function: Callable[[Any, Any], Any], trained: bool = False) -> None:
        super().__init__()
        self.first, self.last, self.inner = nn.Linear(2, 3), nn.Linear(3, 2), nn.Tanh()
        self.beta: Any = nn.Parameter(torch.tensor(1.702)) if trained else 1.702
        self.function = function

    def forward(self, x: Any) -> Any:
        return self.last(self.function(self, self.first(x)))


FORMULAS: dict[str, tuple[Callable[[Any, Any], Any], str]] = {
    "quick gelu": (lambda m, x: x * torch.sigmoid(m.beta * x), "z * sigmoid(1.702 * z)"),
    "sine": (lambda m, x: torch.sin(2 * x) / 2 + x / 2, "sin(2 * z) / 2 + z / 2"),
    "module": (lambda m, x: x**2 * m.inner(x) - 1, "z**2 * tanh(z)"),
    "two": (lambda m, x: nn.functional.relu(x) + 0.5 * nn.functional.silu(-x), ""),
    "reversed": (lambda m, x: (1 - x) * (2 / (3 + x.cos())), ""),
}


def agree(chain: wv.Chain, model: Any) -> None:
    with torch.no_grad():
        expected = model(torch.tensor(X, dtype=torch.float32)).numpy()
    np.testing.assert_allclose(chain(X), expected, rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("trained", [False, True])
@pytest.mark.parametrize("name", FORMULAS)
def test_one_value_and_numbers_are_a_formula(name: str, trained: bool) -> None:
    torch.manual_seed(0)
    function, formula = FORMULAS[name]
    model = Spelled(function, trained)
    chain = wv.to_chain(model)
    agree(chain, model)
    assert chain.widths == (2, 3, 2) and isinstance(chain[0], wv.Dense)
    swapped = formula.replace("1.702 * z", "z * 1.702").replace("2 * z", "z * 2")
    assert not formula or chain[0].activation in (formula, swapped)


def test_numbers_of_a_formula_are_those_of_now() -> None:
    model = Spelled(FORMULAS["quick gelu"][0], trained=True)
    read = reader_of(model)
    agree(read(), model)
    with torch.no_grad():
        model.beta.fill_(0.75)
    agree(read(), model)
    assert "0.75" in read()[0].activation  # type: ignore[union-attr]


def test_what_takes_another_number_for_each_unit_is_no_formula() -> None:
    model = Spelled(lambda m, x: x * torch.sigmoid(torch.tensor([1.0, 2.0, 3.0]) * x))
    with pytest.raises(WarpvizError, match="the model branches, it joins two paths"):
        wv.to_chain(model)
