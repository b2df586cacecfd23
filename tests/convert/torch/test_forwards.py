"""Forward passes as people write them; what the module itself gives is the oracle."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from torch import nn

import warpviz as wv
from tests.convert.torch.written import Written, counted, unpacked


def close(model: Any, x: Any = None, output: Callable[[Any], Any] = lambda y: y) -> wv.Chain:
    """The chain of a model, after it has given what the model gives."""
    torch.manual_seed(1)
    for parameter in model.parameters():
        nn.init.normal_(parameter)
    chain = wv.to_chain(model)
    x = torch.randn(40, chain.widths[0]) if x is None else x
    with torch.no_grad():
        expected = output(model(x)).numpy().reshape(len(x), -1)
    given = chain(x.numpy().reshape(len(x), -1))
    np.testing.assert_allclose(given, expected, rtol=1e-4, atol=1e-5)
    return chain


def _guarded(self: Any, x: Any) -> Any:
    assert x.ndim == 2 and x.shape[1] == 2, "rows of two features"
    torch._assert(x.size(-1) == 2, "two features")
    if x.dim() > 2:
        x = x.flatten(1)
    if not isinstance(x, torch.Tensor):
        raise TypeError
    if x.is_cuda or x.dtype == torch.float64:
        raise TypeError
    return self.b(torch.relu(self.a(x)))


def _in_place(self: Any, x: Any) -> Any:
    h = self.a(x)
    h += 1
    h.mul_(2).relu_()
    return self.b(h)


def _in_blocks(self: Any, x: Any) -> Any:
    first, second = x.chunk(2, dim=1)
    return self.b(torch.tanh(self.a(torch.cat([second, first], dim=1))))


def between(name: str, act: Callable[[Any], Any]) -> tuple[str, Callable[..., Any]]:
    return name, lambda self, x: self.b(act(self.a(x)))


def behind(outputs: Callable[..., Any]) -> tuple[str, Callable[..., Any]]:
    return "relu", lambda self, x: outputs(self, F.relu(self.a(x)))


FORWARDS: dict[str, tuple[str, Callable[..., Any]]] = {
    "by shape": ("relu", lambda self, x: self.b(torch.relu(self.a(x.view(x.shape[0], -1))))),
    "by length": ("relu", lambda self, x: self.b(F.relu(self.a(x.reshape(len(x), -1))))),
    "by unpacking": ("relu", unpacked),
    "guarded": ("relu", _guarded),
    "one logit": ("relu", lambda self, x: self.b(torch.relu(self.a(x)))[:, 0]),
    "last logit": ("relu", lambda self, x: self.b(torch.relu(self.a(x)))[..., -1]),
    "select": ("relu", lambda self, x: self.b(torch.relu(self.a(x))).select(1, 0)),
    "squeezed": ("relu", lambda self, x: self.b(torch.relu(self.a(x))).squeeze()),
    "there and back": ("relu", lambda self, x: self.b(self.a(x).relu()).squeeze(-1).unsqueeze(1)),
    "own activation": ("silu", lambda self, x: self.b(self.act(self.a(x)))),
    "of a table": ("tanh", lambda self, x: self.b(self.acts["tanh"](self.a(x)))),
    "in place": ("relu", _in_place),
    "in blocks": ("tanh", _in_blocks),
    "counted": ("relu", counted),
    "by a matrix": ("relu", lambda self, x: F.relu(x @ self.a.weight.T) @ self.b.weight.t()),
    "by addmm": behind(lambda self, h: torch.addmm(self.b.bias, h, self.b.weight.T)),
    "by einsum": behind(lambda self, h: torch.einsum("nd,cd->nc", h, self.b.weight)),
    "standardised": ("relu", lambda self, x: self.b(F.relu(self.a((x - self.mean) / 2)))),
    "by a temperature": ("relu", lambda self, x: self.b(F.relu(self.a(x))) / self.temperature),
    "by the width": ("relu", lambda self, x: self.b(F.relu(self.a(x))) / math.sqrt(x.shape[1])),
    "a sum of units": ("relu", lambda self, x: self.b(F.relu(self.a(x))).sum(dim=1)),
    "keyword": ("relu", lambda self, x: self.b(input=torch.relu(input=self.a(input=x)))),
    "other precision": ("relu", lambda self, x: self.b(F.relu(self.a(x.float().to(x.device))))),
    "sigmoid": ("sigmoid", lambda self, x: self.b(1 / (1 + torch.exp(-self.a(x))))),
    "sigmoid of torch": ("sigmoid", lambda self, x: self.b(((-self.a(x)).exp() + 1).reciprocal())),
    "tanh of sigmoid": ("sigmoid", lambda self, x: self.b(2 * torch.sigmoid(2 * self.a(x)) - 1)),
    "tanh": between("tanh", lambda z: (z.exp() - (-z).exp()) / (z.exp() + (-z).exp())),
    "swish": between("silu", lambda z: z / (1 + torch.exp(-z))),
    "swish of torch": between("silu", lambda z: z * z.sigmoid()),
    "relu by max": ("relu", lambda self, x: self.b(torch.max(self.a(x), torch.zeros(1)))),
    "relu by maximum": between("relu", lambda z: torch.maximum(z, torch.tensor(0.0))),
    "relu by clamp": ("relu", lambda self, x: self.b(self.a(x).clamp(min=0))),
    "relu by where": between("relu", lambda z: torch.where(z > 0, z, torch.zeros_like(z))),
    "relu by a mask": between("relu", lambda z: z * (z > 0)),
    "leaky by max": between("leaky_relu:0.1", lambda z: torch.max(z, 0.1 * z)),
    "softplus": ("softplus", lambda self, x: self.b(torch.log(1 + torch.exp(self.a(x))))),
    "softplus of torch": ("softplus", lambda self, x: self.b(torch.log1p(torch.exp(self.a(x))))),
    "gelu": between("gelu", lambda z: z * 0.5 * (1.0 + torch.erf(z / math.sqrt(2.0)))),
    "relu by a mask of its own": (
        "relu", lambda self, x: self.b((self.a(x) > 0).float() * self.a(x))),
    "of old code": ("relu", lambda self, x: self.b(F.relu(self.a(torch.autograd.Variable(x))))),
    "transposed": behind(lambda self, h: (self.b.weight @ h.T).T + self.b.bias),
    "a lone pair": ("relu", lambda self, x: (self.b(F.relu(self.a(x))),)),
    "hidden too": behind(lambda self, h: (self.b(h), h)),
    "a list": behind(lambda self, h: [self.b(h), h * h, h.mean()]),
    "a dict": behind(lambda self, h: {"hidden": h, "logits": self.b(h)}),
}  # fmt: skip


def _first(y: Any) -> Any:
    if isinstance(y, dict):
        return y["logits"]
    return y[0] if isinstance(y, tuple | list) else y


@pytest.mark.parametrize("name", FORWARDS)
def test_a_forward_pass_is_its_chain(name: str) -> None:
    activation, forward = FORWARDS[name]
    chain = close(Written(forward), output=_first)
    assert activation in [getattr(layer, "activation", "") for layer in chain]
    assert chain.widths[0] == 2 and chain.widths[-1] == 1


def _of_images(self: Any, x: Any) -> Any:
    b, _channels, _height, _width = x.size()
    return self.b(F.relu(self.a(x.view(b, -1))))


def _of_rows_and_columns(self: Any, x: Any) -> Any:
    b, h, w = x.shape
    return self.b(F.relu(self.a(x.view(b, h * w))))


def _of_sequences(self: Any, x: Any) -> Any:
    if x.dim() != 3:
        raise ValueError("expects (N, 1, D)")
    return self.b(F.relu(self.a(x)))[:, 0, :]


IMAGES: dict[str, tuple[tuple[int, ...], Callable[..., Any]]] = {
    "by four": ((1, 2, 2), _of_images),
    "by three": ((2, 2), _of_rows_and_columns),
    "flattened": ((4,), lambda self, x: self.b(F.relu(self.a(torch.flatten(x, 1))))),
    "by minus one": ((4,), lambda self, x: self.b(F.relu(self.a(x.view(-1, 2 * 2))))),
    "as a sequence": ((1, 4), _of_sequences),
}  # fmt: skip


@pytest.mark.parametrize("name", IMAGES)
def test_images_that_are_only_flattened(name: str) -> None:
    shape, forward = IMAGES[name]
    close(Written(forward, 3, inputs=4), torch.randn(20, *shape))


class Flagged(nn.Module):  # type: ignore[misc]
    """Arguments with defaults, and other results where they are set."""

    def __init__(self) -> None:
        super().__init__()
        self.a, self.b = nn.Linear(2, 3), nn.Linear(3, 1)

    def forward(self, x: Any, hidden: bool = False, mask: Any = None, *, scale: float = 2.0) -> Any:
        h = torch.relu(self.a(x))
        if mask is not None:
            h = h * mask
        return (self.b(h), h) if hidden else self.b(h) * scale


def test_arguments_with_defaults_take_them() -> None:
    assert len(close(Flagged())) == 2


class Columns(nn.Module):  # type: ignore[misc]
    def __init__(self) -> None:
        super().__init__()
        self.a = nn.Linear(4, 3)

    def forward(self, x: Any) -> Any:
        return torch.tanh(self.a(x))[:, :2]


def test_two_columns_are_two_units_of_the_last_layer() -> None:
    model = Columns()
    (layer,) = close(model)
    assert isinstance(layer, wv.Dense) and layer.activation == "tanh"
    np.testing.assert_array_equal(layer.weight, model.a.weight.detach()[:2].numpy())


def test_columns_of_the_input_are_a_layer() -> None:
    model = Written(lambda self, x: self.b(F.relu(self.a(x[:, [1, 0]]))))
    first, *_ = close(model)
    assert isinstance(first, wv.Dense) and first.weight.tolist() == [[0, 1], [1, 0]]
