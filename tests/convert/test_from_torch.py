"""PyTorch's own intermediate outputs, taken by hooks, are the oracle."""

from typing import Any

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from torch import nn

import warpviz as wv
from tests.convert.torch.states import check_states, points, settled
from warpviz.errors import WarpvizError
from warpviz.model.activations import ACTIVATIONS

ACTING = {
    "ReLU": nn.ReLU(), "Tanh": nn.Tanh(), "Sigmoid": nn.Sigmoid(), "SiLU": nn.SiLU(),
    "GELU": nn.GELU(), "GELU tanh": nn.GELU("tanh"), "LeakyReLU": nn.LeakyReLU(),
    "LeakyReLU 0.3": nn.LeakyReLU(0.3), "ELU": nn.ELU(), "ELU 0.4": nn.ELU(0.4),
    "Softplus": nn.Softplus(), "PReLU": nn.PReLU(init=0.17), "RReLU": nn.RReLU(0.1, 0.3),
    "Identity": nn.Identity(), "Dropout": nn.Dropout(0.4), "AlphaDropout": nn.AlphaDropout(0.2),
    "Softmax": nn.Softmax(dim=1), "LogSoftmax": nn.LogSoftmax(dim=-1), "Flatten": nn.Flatten(),
}  # fmt: skip


@pytest.mark.parametrize("name", ACTING)
def test_every_layer_has_its_counterpart(name: str) -> None:
    torch.manual_seed(1)
    model = nn.Sequential(nn.Linear(2, 4), ACTING[name], nn.Linear(4, 3, bias=False))
    check_states(settled(model), points())


@pytest.mark.many(quick=1)
@pytest.mark.parametrize("seed", range(4))
def test_nested_sequences_with_normalisation(seed: int) -> None:
    torch.manual_seed(seed)
    inner = nn.Sequential(nn.Linear(5, 4), nn.BatchNorm1d(4), nn.Sequential(nn.GELU()))
    model = nn.Sequential(
        nn.Flatten(), nn.BatchNorm1d(3), nn.Linear(3, 5), nn.ReLU(),
        nn.BatchNorm1d(5, affine=False), nn.Dropout(), inner, nn.BatchNorm1d(4), nn.Tanh(),
        nn.Linear(4, 2), nn.LogSoftmax(1),
    )  # fmt: skip
    check_states(settled(model, seed), points(3, seed))


class Written(nn.Module):  # type: ignore[misc]
    """A forward pass as people write it."""

    def __init__(self) -> None:
        super().__init__()
        self.first, self.second = nn.Linear(2, 5), nn.Linear(5, 5)
        self.norm, self.last = nn.BatchNorm1d(5), nn.Linear(5, 1)
        self.free = nn.Parameter(torch.randn(2, 2))
        self.drop = nn.Dropout(0.5)

    def forward(self, x: Any) -> Any:
        x = x.view(x.size(0), -1)
        x = (x - 0.5) / 2
        x = x @ self.free.t() + 0.1
        x = F.leaky_relu(self.first(x), 0.3)
        x = F.dropout(x, 0.5, training=self.training)
        x = self.norm(self.second(x))
        x = x * torch.sigmoid(x)
        x = F.elu(F.linear(x, self.second.weight, self.second.bias), alpha=0.7)
        x = 0.5 * x * (1 + torch.erf(x / 2**0.5))
        return torch.sigmoid(self.last(self.drop(torch.sin(x))))


def test_any_forward_that_is_a_chain() -> None:
    torch.manual_seed(0)
    model = settled(Written())
    names = [getattr(layer, "activation", str(layer)) for layer in wv.to_chain(model)]
    assert names == [
        "identity", "leaky_relu:0.3", "silu", "elu:0.7", "gelu", "sin", "sigmoid",
    ]  # fmt: skip
    with torch.no_grad():
        expected = model(points())
    np.testing.assert_allclose(wv.to_chain(model)(points()), expected, rtol=1e-5, atol=1e-6)


def test_the_model_is_left_as_it_was() -> None:
    model = Written().train()
    model.norm.eval()
    model.first.weight.requires_grad_(False)
    model(points()).sum().backward()
    state = {name: value.clone() for name, value in model.state_dict().items()}
    gradients = [None if p.grad is None else p.grad.clone() for p in model.parameters()]
    modes = [module.training for module in model.modules()]
    wv.to_chain(model)
    assert modes == [module.training for module in model.modules()] and modes.count(False) == 1
    assert all(torch.equal(value, state[name]) for name, value in model.state_dict().items())
    for parameter, before in zip(model.parameters(), gradients, strict=True):
        assert (parameter.grad is None) == (before is None)
        assert before is None or torch.equal(parameter.grad, before)
    assert not model.first.weight.requires_grad and model.last.weight.requires_grad


class Joining(nn.Module):  # type: ignore[misc]
    def __init__(self) -> None:
        super().__init__()
        self.inner = nn.Linear(2, 2)

    def forward(self, x: Any) -> Any:
        return torch.tanh(self.inner(x)) + torch.relu(x)


class Deciding(Joining):
    def forward(self, x: Any) -> Any:
        return self.inner(x) if x.sum() > 0 else x


REFUSED: list[tuple[Any, str]] = [
    (Joining(), "add, step 4 of 4: the model branches, it joins two paths"),
    (Deciding(), "Deciding: its forward pass cannot be traced"),
    (
        nn.Sequential(nn.Linear(2, 2), nn.Sequential(nn.Conv1d(1, 1, 1))),
        r"Conv1d at '1\.0', step 2",
    ),
    (nn.Sequential(nn.Linear(2, 2), nn.GLU()), "GLU at '1', step 2 of 2.*made of Linear"),
    (nn.Sequential(nn.Linear(2, 2), nn.Softmax(dim=0)), "Softmax .*axis 0"),
    (nn.Sequential(nn.BatchNorm1d(2, track_running_stats=False)), "no running statistics"),
    (nn.LazyLinear(3), "parameter 'weight' has no values yet"),
    (nn.Linear(2, 2, device="meta"), "no values yet"),
    (nn.LSTM(2, 2), "LSTM, step 1 of"),
    (nn.Linear(2, 20_000), r"20000, 2\); a chain takes at most 10000"),
]


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(("model", "told"), REFUSED, ids=[told[:20] for _, told in REFUSED])
def test_what_is_no_chain_is_named_with_its_place(model: Any, told: str) -> None:
    with pytest.raises(WarpvizError, match=told) as caught:
        wv.to_chain(model)
    assert str(caught.value).endswith(".") and "\n" not in str(caught.value)


def test_a_weight_that_is_no_number() -> None:
    model = nn.Linear(2, 2)
    with torch.no_grad():
        model.weight[0, 0] = float("nan")
    with pytest.raises(WarpvizError, match="finite weight"):
        wv.to_chain(model)


@pytest.mark.parametrize("name", [*ACTIVATIONS, "leaky_relu:0.2", "elu:0.5", "prelu:0.1:-0.5:0:2"])
def test_there_and_back(name: str) -> None:
    chain = wv.mlp([3, 4, 2], name, seed=2)
    module = chain.to_torch()
    with torch.no_grad():
        np.testing.assert_allclose(module(points(3)), chain(points(3)), rtol=1e-5, atol=1e-6)
    again = wv.to_chain(module)
    assert repr(again) == repr(chain)
    np.testing.assert_allclose(again(points(3)), chain(points(3)), rtol=1e-5, atol=1e-6)


def test_a_film_of_tensors_with_one_output() -> None:
    torch.manual_seed(0)
    model = nn.Sequential(nn.Linear(2, 3), nn.Tanh(), nn.Linear(3, 1), nn.Sigmoid())
    x = points().requires_grad_()
    y = (x[:, 0] > 0).long()
    film = wv.animate(model, x, y, size=(240, 180))
    assert "2-3-2" in film.description and film.frame(0, 0.5).pixels.shape == (180, 240, 3)


class Column(nn.Module):  # type: ignore[misc]
    """Takes a number out of each row."""

    def __init__(self, columns: Any) -> None:
        super().__init__()
        self.linear = nn.Linear(2, 2)
        self.columns = columns

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.linear(x)[:, self.columns]


@pytest.mark.parametrize("columns", [0, slice(0, 1), [1, 0], slice(None)], ids=str)
def test_columns_are_rows_of_the_layer_before(columns: Any) -> None:
    model = Column(columns)
    (layer,) = wv.to_chain(model)
    assert isinstance(layer, wv.Dense)
    weight = model.linear.weight.detach().numpy()
    np.testing.assert_array_equal(layer.weight, np.atleast_2d(weight[columns]))


def test_what_torch_export_gives() -> None:
    torch.manual_seed(0)
    model = nn.Sequential(nn.Linear(2, 3), nn.Tanh(), nn.Linear(3, 2)).eval()
    x = torch.randn(5, 2)
    chain = wv.to_chain(torch.export.export(model, (x,)))
    with torch.no_grad():
        np.testing.assert_allclose(chain(x.numpy()), model(x).numpy(), atol=1e-6)


def test_things_of_torch_that_are_no_module() -> None:
    with pytest.raises(WarpvizError, match="expects a module of PyTorch, got a Tensor"):
        wv.to_chain(torch.zeros(2))


def test_weights_that_diverged_are_not_called_operations() -> None:
    model = nn.Linear(2, 2)
    model.weight.data[0, 0] = torch.nan
    with pytest.raises(WarpvizError, match=r"diverged; go back to weights from before\.$") as told:
        wv.to_chain(model)
    assert "a chain is made of" not in str(told.value)
