"""Forward passes as people write them; what the module itself gives is the oracle."""

import math
from collections import namedtuple
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from torch import nn

import warpviz as wv
from warpviz.convert import reader_of
from warpviz.errors import WarpvizError


class Written(nn.Module):  # type: ignore[misc]
    """Two layers and whatever a forward pass makes of them."""

    def __init__(self, forward: Callable[..., Any], outputs: int = 1, inputs: int = 2) -> None:
        super().__init__()
        self.a, self.b = nn.Linear(inputs, 3), nn.Linear(3, outputs)
        self.act, self.acts = F.silu, {"tanh": torch.tanh}
        self.register_buffer("mean", torch.arange(inputs) + 0.5)
        self.temperature = nn.Parameter(torch.tensor(0.7))
        self.calls = 0
        self.written = forward

    def forward(self, x: Any) -> Any:
        return self.written(self, x)


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


def _unpacked(self: Any, x: Any) -> Any:
    b, d = x.shape
    return self.b(torch.relu(self.a(x.reshape(b, d))))


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


def _counted(self: Any, x: Any) -> Any:
    self.calls += 1
    self.hidden = torch.relu(self.a(x))
    with torch.no_grad():
        self.mean += 1.0
    return self.b(self.hidden)


def between(name: str, act: Callable[[Any], Any]) -> tuple[str, Callable[..., Any]]:
    return name, lambda self, x: self.b(act(self.a(x)))


def behind(outputs: Callable[..., Any]) -> tuple[str, Callable[..., Any]]:
    return "relu", lambda self, x: outputs(self, F.relu(self.a(x)))


FORWARDS: dict[str, tuple[str, Callable[..., Any]]] = {
    "by shape": ("relu", lambda self, x: self.b(torch.relu(self.a(x.view(x.shape[0], -1))))),
    "by length": ("relu", lambda self, x: self.b(F.relu(self.a(x.reshape(len(x), -1))))),
    "by unpacking": ("relu", _unpacked),
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
    "counted": ("relu", _counted),
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


class TwoInputs(nn.Module):  # type: ignore[misc]
    def forward(self, x: Any, mask: Any) -> Any:
        return x * mask


def test_inputs_without_defaults_are_named() -> None:
    with pytest.raises(WarpvizError, match=r"takes 2 inputs \(x, mask\).* forward\(x\) calls it"):
        wv.to_chain(TwoInputs())


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


Pair = namedtuple("Pair", "features scores")


@dataclass
class Record:
    loss: Any
    scores: Any
    features: Any


def _pair(self: Any, x: Any) -> Any:
    h = torch.relu(self.a(x))
    return Pair(h, self.b(h))


def _record(self: Any, x: Any) -> Any:
    return Record(None, self.b(torch.relu(self.a(x))), torch.relu(self.a(x)))


def _dict(self: Any, x: Any) -> Any:
    h = torch.relu(self.a(x))
    return {"scores": self.b(h), "features": h}


@pytest.mark.parametrize("forward", [_pair, _record, _dict])
def test_an_output_is_chosen_by_its_name(forward: Any) -> None:
    model = Written(forward)
    assert wv.to_chain(model, output="scores").widths == (2, 3, 1)
    assert wv.to_chain(model, output="features").widths == (2, 3)
    with pytest.raises(WarpvizError, match=r"no output 'score'; choose one of .*'scores'"):
        wv.to_chain(model, output="score")


def test_an_output_is_chosen_by_its_place() -> None:
    model = Written(lambda self, x: (lambda h: (h, self.b(h), None))(torch.relu(self.a(x))))
    assert wv.to_chain(model).widths == (2, 3)
    assert wv.to_chain(model, output=1).widths == wv.to_chain(model, output=-2).widths == (2, 3, 1)
    with pytest.raises(WarpvizError, match="no output 2; choose one of 0, 1"):
        wv.to_chain(model, output=2)
    with pytest.raises(WarpvizError, match="gives one output, got output='logits'; leave it out"):
        wv.to_chain(nn.Linear(2, 2), output="logits")


def test_which_of_several_named_outputs_is_asked_for_and_the_advice_works() -> None:
    model = Written(_dict)
    with pytest.raises(WarpvizError, match=r"\(scores, features\); choose one, as in ") as told:
        wv.to_chain(model)
    advice = str(told.value).rpartition("as in ")[2].rstrip(".")
    assert eval(advice, {"to_chain": wv.to_chain, "model": model}).widths == (2, 3, 1)


def test_a_tuple_that_holds_no_tensor() -> None:
    with pytest.raises(WarpvizError, match="gives 3, where a chain gives a tensor"):
        wv.to_chain(Written(lambda self, x: 3))


REFUSED: dict[str, tuple[str, Callable[..., Any]]] = {
    "bool": ("values of the data, by bool", lambda self, x: self.a(x) if x.sum() > 0 else x),
    "item": ("values of the data, by item", lambda self, x: self.a(x) * x.max().item()),
    "numpy": ("values of the data, by numpy", lambda self, x: torch.tensor(x.numpy())),
    "constant": ("output does not come of its input", lambda self, x: torch.ones(len(x), 2)),
    "two paths": ("joins two paths", lambda self, x: self.b(self.a(x)) + x.prod(1, True)),
    "a product of units": ("prod, step 3", lambda self, x: F.relu(self.a(x)).prod(1)),
    "chance": ("by chance after training too; give", lambda self, x: F.dropout(self.a(x))),
    "rows": ("getitem, step 2 of 2: it takes out other numbers", lambda self, x: self.a(x)[:7]),
    "mixing": ("reshape, step 2 .*mixes points", lambda self, x: self.a(x).reshape(-1, 1)),
    "every other point": ("flip, step 2", lambda self, x: self.a(x).flip(0)),
    "an error": (r"cannot be traced \(no such thing\)", lambda self, x: _fail()),
}  # fmt: skip


def _fail() -> None:
    raise RuntimeError("no such thing")


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_chain_is_refused_in_a_whole_sentence(name: str) -> None:
    told, forward = REFUSED[name]
    with pytest.raises(WarpvizError, match=told) as caught:
        wv.to_chain(Written(forward))
    sentence = str(caught.value)
    assert sentence.startswith("Cannot translate") and sentence.endswith(".") and ";" in sentence


def test_the_module_is_as_it_was_though_its_forward_changes_it() -> None:
    model = Written(_counted)
    before = model.mean.clone()
    wv.to_chain(model)
    assert model.calls == 0 and not hasattr(model, "hidden")
    assert torch.equal(model.mean, before)
    assert not model._forward_hooks and not model.a._forward_pre_hooks


def test_chance_is_left_alone() -> None:
    torch.manual_seed(3)
    expected = torch.rand(3)
    torch.manual_seed(3)
    wv.to_chain(_SMALL)
    assert torch.equal(torch.rand(3), expected)


_SMALL = nn.Sequential(nn.Linear(2, 3), nn.Dropout(), nn.Tanh(), nn.Linear(3, 2))


def test_wrappers_are_looked_into() -> None:
    averaged = torch.optim.swa_utils.AveragedModel(_SMALL)
    for wrapped in (averaged, nn.DataParallel(_SMALL)):
        assert repr(wv.to_chain(wrapped)) == repr(wv.to_chain(_SMALL))


@pytest.mark.slow
def test_exported_programs() -> None:
    x = torch.randn(5, 2)
    for model in (_SMALL.eval(), Written(_unpacked), Written(lambda self, x: self.a(x)[:, 0])):
        chain = wv.to_chain(model)
        exported = wv.to_chain(torch.export.export(model, (x,)))
        np.testing.assert_allclose(exported(x.numpy()), chain(x.numpy()), atol=1e-6)


@pytest.mark.parametrize("wrap", [lambda s: s, lambda s: {"epoch": 3, "state_dict": s},
                                  lambda s: {"model_state_dict": s, "loss": 0.1}])  # fmt: skip
def test_the_advice_for_a_state_dict_works(wrap: Any) -> None:
    state = wrap(_SMALL.state_dict())
    with pytest.raises(WarpvizError, match=r"got a state_dict.*make the model as") as told:
        wv.to_chain(state)
    model = nn.Sequential(nn.Linear(2, 3), nn.Dropout(), nn.Tanh(), nn.Linear(3, 2))
    advice = str(told.value).partition("call ")[2].partition(", and give")[0]
    eval(advice, {"model": model, "state": state})
    assert repr(wv.to_chain(model)) == repr(wv.to_chain(_SMALL))


def test_a_reader_gives_the_weights_of_now() -> None:
    model = Written(lambda self, x: self.b(F.relu(self.a(x))) / self.temperature)
    read = reader_of(model)
    with torch.no_grad():
        model.temperature.fill_(0.25)
        model.a.weight.mul_(3)
    assert repr(read()) == repr(wv.to_chain(model))


def test_a_reader_sees_that_the_module_has_changed() -> None:
    model = Written(lambda self, x: self.b(torch.relu(self.a(x)) if self.calls else self.a(x)))
    read = reader_of(model)
    model.calls = 1
    assert repr(read()) == repr(wv.to_chain(model))
    model.b = nn.Linear(3, 2)
    assert read().widths == (2, 3, 2)
