"""Watched modules of PyTorch: its own layers, called one after the other, are the oracle."""

from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

from tests.convert.watched.nets import Net, X, states_of
from warpviz.convert.watched.watch import watch
from warpviz.errors import WarpvizError


class Attention(nn.Module):  # type: ignore[misc]
    def __init__(self, first: bool) -> None:
        super().__init__()
        self.first, self.embed = first, nn.Linear(1, 4)
        self.attention, self.out = (
            nn.MultiheadAttention(4, 2, batch_first=first),
            nn.Linear(8, 2),
        )

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        h = self.embed(x[:, :, None])
        h = h if self.first else h.transpose(0, 1)
        h = self.attention(h, h, h)[0]
        return self.out((h if self.first else h.transpose(0, 1)).flatten(1))


def in_torch(x: Any) -> torch.Tensor:
    return torch.as_tensor(np.asarray(x), dtype=torch.float32)


def same(state: np.ndarray, tensor: torch.Tensor) -> None:
    other = tensor.detach().double().numpy().reshape(len(tensor), -1)
    np.testing.assert_allclose(state, other, rtol=1e-5, atol=1e-6)


def test_named_layers_of_residual_blocks_are_the_modules_own() -> None:
    net = Net().eval()
    found = watch(net, ["stem", "block.0", "block.1", "head"], X)
    assert found.names == ("stem", "block.0", "block.1", "head")
    stem = net.stem(in_torch(X))
    first = stem + torch.tanh(net.block[0].f(net.block[0].norm(stem)))
    second = net.block[1](first)
    for state, tensor in zip(
        states_of(found), (stem, first, second, net.head(second)), strict=True
    ):
        same(state, tensor)
    same(found.states(X)[1], net.head(second))  # of a tuple the first


def test_all_that_run_and_blocks_that_add_to_their_leaves() -> None:
    found = watch(Net(), (), X)
    assert found.names == (
        "stem", "block.0.norm", "block.0.f", "block.0 · Block", "block.1.norm", "block.1.f",
        "block.1 · Block",
        "head",
    )  # fmt: skip
    plain = nn.Sequential(nn.Linear(2, 3), nn.ReLU(inplace=True), nn.Dropout(), nn.Linear(3, 2))
    found = watch(plain, [], X)
    assert found.names == ("0 · Linear", "1 · ReLU", "2 · Dropout", "3 · Linear")
    # Before the layer that writes into its input's memory.
    same(states_of(found)[0], plain[0](in_torch(X)))
    for _ in range(2):  # in double precision nothing need be converted, and yet it is copied
        assert states_of(found)[0].min() < 0 <= states_of(found)[1].min()
        found = watch(plain.double(), [], X)


def test_a_layer_that_runs_twice_is_two_states() -> None:
    class Twice(nn.Module):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            self.a, self.act, self.b = nn.Linear(2, 3), nn.Tanh(), nn.Linear(3, 3)

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            return 2 * self.act(self.b(self.act(self.a(x))))

    net = Twice()
    found = watch(net, ["act"], X)
    assert found.names == ("act (1 of 2)", "act (2 of 2)")
    first = net.act(net.a(in_torch(X)))
    same(states_of(found)[0], first)
    same(states_of(found)[1], net.act(net.b(first)))
    assert watch(net, (), X).names[-1] == "output"  # more than any layer gave


@pytest.mark.parametrize("first", [True, False])
def test_attention_with_points_along_either_axis(first: bool) -> None:
    net = Attention(first).eval()
    found = watch(net, ["embed", "attention", "out"], X)
    states = states_of(found)
    assert [state.shape for state in states] == [(20, 8), (20, 8), (20, 2)]
    embedded = net.embed(in_torch(X)[:, :, None])
    same(states[0], embedded)
    same(states[2], net(in_torch(X)))
    assert "attention" in watch(net, (), X).names


def test_transformers_and_convolutions_and_tokens() -> None:
    layer = nn.TransformerEncoderLayer(4, 2, 8, batch_first=True)
    net = nn.Sequential(nn.Embedding(5, 4), layer, nn.Flatten(), nn.Linear(12, 2)).eval()
    tokens = np.random.default_rng(0).integers(0, 5, (6, 3))
    found = watch(net, ["0", "1.linear1", "1", "3"], tokens)
    states = states_of(found, tokens)
    assert [state.shape[1] for state in states] == [12, 24, 12, 2]
    same(states[0], net[0](torch.as_tensor(tokens)))
    with torch.no_grad():
        same(states[2], net[:2](torch.as_tensor(tokens)))
    images = np.random.default_rng(0).normal(size=(6, 1, 4, 4))
    conv = nn.Sequential(nn.Conv2d(1, 3, 3), nn.ReLU(), nn.BatchNorm2d(3), nn.Flatten())
    found = watch(conv, ["0", "2"], images)
    states = states_of(found, images)
    same(states[0], conv[0](in_torch(images)))
    assert [state.shape for state in states] == [(6, 12), (6, 12)]


def test_the_module_is_as_it_was() -> None:
    net = nn.Sequential(nn.Linear(2, 3), nn.BatchNorm1d(3), nn.Dropout(0.5), nn.Linear(3, 2))
    net[1].eval()  # one module is at rest, the others train
    before = {name: value.clone() for name, value in net.state_dict().items()}
    modes = [module.training for module in net.modules()]
    own = net[0].register_forward_hook(lambda *_: None)
    quick = torch.backends.mha.get_fastpath_enabled()
    found = watch(net, (), X)
    states = states_of(found)
    np.testing.assert_array_equal(states[1], states[2])  # no dropout
    bad = nn.Sequential(nn.Linear(2, 3), nn.Linear(4, 2))
    with pytest.raises(WarpvizError, match="cannot be run on points of shape"):
        watch(bad, (), X)
    assert bad.training and not any(module._forward_hooks for module in bad.modules())
    assert [module.training for module in net.modules()] == modes
    assert list(net[0]._forward_hooks) == [own.id]
    assert not any(module._forward_hooks for module in list(net.modules())[2:])
    assert all((before[name] == value).all() for name, value in net.state_dict().items())
    assert all(p.grad is None and p.requires_grad for p in net.parameters())
    assert torch.backends.mha.get_fastpath_enabled() == quick


def test_kinds_of_numbers() -> None:
    double = nn.Sequential(nn.Linear(2, 3), nn.Tanh()).double()
    wanted = double(torch.as_tensor(X)).detach().numpy()
    np.testing.assert_allclose(states_of(watch(double, ["1"], X))[0], wanted, rtol=1e-15)
    half = nn.Sequential(nn.Linear(2, 3)).to(torch.bfloat16)
    np.testing.assert_allclose(
        states_of(watch(half, ["0"], X))[0],
        half(torch.as_tensor(X).to(torch.bfloat16)).detach().float().numpy(),
    )
