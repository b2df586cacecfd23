"""Sums x + f(x) in forward passes; what the module itself gives is the oracle."""

from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

import warpviz as wv
from tests.model.residuals import nested
from warpviz.convert import reader_of
from warpviz.errors import WarpvizError

X = np.random.default_rng(0).normal(size=(30, 2))


class Small(nn.Module):  # type: ignore[misc]
    """As people write their first one."""

    def __init__(self) -> None:
        super().__init__()
        self.inner = nn.Sequential(nn.Linear(2, 4), nn.ReLU(), nn.Linear(4, 2))
        self.out = nn.Linear(2, 2)

    def forward(self, x: Any) -> Any:
        return self.out(x + self.inner(x))


class InPlace(Small):
    def forward(self, x: Any) -> Any:
        x = x.clone()
        x += self.inner(x)
        return self.out(x)


class Block(nn.Module):  # type: ignore[misc]
    """With normalisation, dropout, a factor, and the sum the other way round."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.norm, self.drop = nn.BatchNorm1d(width), nn.Dropout(0.3)
        self.a, self.b = nn.Linear(width, 5), nn.Linear(5, width)

    def forward(self, x: Any) -> Any:
        return 0.5 * self.drop(self.b(torch.tanh(self.a(self.norm(x))))) + x


class Around(nn.Module):  # type: ignore[misc]
    """A residual layer around another."""

    def __init__(self) -> None:
        super().__init__()
        self.block, self.last = Block(3), nn.Linear(3, 3)

    def forward(self, x: Any) -> Any:
        return x + torch.relu(self.last(self.block(x)))


def check(model: Any) -> wv.Chain:
    torch.manual_seed(0)
    for parameter in model.parameters():
        nn.init.normal_(parameter)
    chain = wv.to_chain(model)
    same(chain, model)
    return chain


def same(chain: wv.Chain, model: Any) -> None:
    with torch.no_grad():
        expected = model.eval()(torch.as_tensor(X, dtype=torch.float32)).numpy()
    np.testing.assert_allclose(chain(X), expected, rtol=1e-4, atol=1e-5)


def kinds(chain: wv.Chain) -> list[str]:
    return [type(layer).__name__ for layer in chain]


@pytest.mark.parametrize("model", [Small(), InPlace()], ids=["added", "in place"])
def test_x_plus_f_of_x_is_a_residual_layer(model: Any) -> None:
    chain = check(model)
    assert kinds(chain) == ["Residual", "Dense"]
    data = wv.load_data("moons", n=40)
    panel = wv.animate(model, data, size=(320, 240)).scene.panels[0]  # type: ignore[union-attr]
    assert panel.sheet.exact and panel.stops[1] == "layers 1–2 · x + f(x)"


def test_blocks_in_a_row_and_in_one_another() -> None:
    model = nn.Sequential(nn.Linear(2, 3), Block(3), Around(), nn.Linear(3, 2), nn.Softmax(1))
    chain = check(model)
    assert kinds(chain) == ["Dense", "Residual", "Residual", "Dense", "Softmax"]
    assert "Residual(Chain([Residual(" in repr(chain)


def test_weights_of_now() -> None:
    model = nn.Sequential(nn.Linear(2, 3), Around())
    read = reader_of(model)
    same(read(), model)
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.mul_(1.3)
    same(read(), model)


def test_there_and_back() -> None:
    chain = nested("tanh")
    again = wv.to_chain(chain.to_torch())
    assert kinds(again) == ["Dense", "Residual", "Residual", "Dense", "Softmax"]
    np.testing.assert_allclose(again(X), chain(X), rtol=1e-5, atol=1e-6)


class Weighted(Small):
    def forward(self, x: Any) -> Any:
        return torch.add(x, self.inner(x), alpha=2.0)


class Two(Small):
    def forward(self, x: Any) -> Any:
        return self.inner(x) + torch.sigmoid(self.out(x))


@pytest.mark.parametrize("model", [Weighted(), Two()], ids=["weighted", "two paths"])
def test_other_sums_are_refused(model: Any) -> None:
    with pytest.raises(WarpvizError, match="Cannot translate"):
        wv.to_chain(model)
