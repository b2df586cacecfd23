"""Modules and functions that act on every number alone, and the activations they become."""

from typing import Any

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from torch import nn

import warpviz as wv
from tests.convert.torch.states import check_states, points

MIXING = {"GLU", "MultiheadAttention", "Softmin", "Softmax", "Softmax2d", "LogSoftmax"}
"""Modules that are called activations and do not act on every number alone."""
ALONE = [nn.Identity(), *(
    getattr(nn, name)(*((0.5, -1.0) if name == "Threshold" else ()))
    for name in nn.modules.activation.__all__
    if name not in MIXING
)]  # fmt: skip
OTHERWISE = [
    nn.Threshold(0.25, 3.0), nn.Hardtanh(-2.0, 0.5), nn.ELU(0.3), nn.CELU(2.0), nn.GELU("tanh"),
    nn.Hardshrink(1.5), nn.LeakyReLU(0.3), nn.Softplus(3.0), nn.Softplus(1.0, 1.0),
    nn.Softshrink(0.2), nn.PReLU(4), nn.PReLU(1, 0.1), nn.RReLU(0.1, 0.5),
]  # fmt: skip


@pytest.mark.parametrize("act", [*ALONE, *OTHERWISE], ids=str)
def test_all_elementwise_modules_become_activations(act: Any) -> None:
    if isinstance(act, nn.PReLU) and act.num_parameters > 1:
        with torch.no_grad():
            act.weight.copy_(torch.tensor([0.25, -0.5, 0.0, 2.0]))
    check_states(nn.Sequential(nn.Linear(2, 4), act).eval(), points())
    x = torch.linspace(-8, 8, 401).repeat(4, 1).T
    chain = wv.to_chain(nn.Sequential(act, nn.Linear(4, 2)).eval())
    with torch.no_grad():
        theirs = act(x).numpy()
    np.testing.assert_allclose(chain[:-1](x), theirs, rtol=1e-5, atol=1e-6)
    back = chain.to_torch()[0] if len(chain) > 1 else act
    if not isinstance(act, nn.RReLU | nn.Softplus):
        assert str(back) == str(act).partition(", scale")[0] or type(back) is nn.ReLU


def test_there_are_24_of_them() -> None:
    assert len({type(act) for act in ALONE}) == 24


FUNCTIONS: dict[str, Any] = {
    "relu6": F.relu6, "hardtanh": lambda h: F.hardtanh(h, -2.0, 1.0), "selu": torch.selu,
    "hardsigmoid": F.hardsigmoid, "hardswish": F.hardswish, "celu:2": lambda h: F.celu(h, 2.0),
    "mish": F.mish, "softsign": F.softsign, "softshrink": lambda h: F.softshrink(h, lambd=0.2),
    "hardshrink": F.hardshrink, "tanhshrink": F.tanhshrink, "logsigmoid": F.logsigmoid,
    "threshold": lambda h: F.threshold(h, 0.5, 2.0), "softplus": lambda h: F.softplus(h, 2.0),
    "abs": torch.abs, "absolute": lambda h: h.absolute(), "square": torch.square, "erf": torch.erf,
    "power": lambda h: h**2, "product": lambda h: h * h, "clamp": lambda h: h.clamp(-1.0, 2.0),
    "above": lambda h: h.clamp(min=-1.0), "below": lambda h: torch.clip(h, max=1.0),
    "step": lambda h: torch.where(h > 0, 1.0, 0.0), "maximum": lambda h: torch.maximum(h, 0.1 * h),
}  # fmt: skip


@pytest.mark.parametrize("name", FUNCTIONS)
def test_functions_become_activations(name: str) -> None:
    class Called(nn.Module):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            self.first, self.last = nn.Linear(2, 3), nn.Linear(3, 2)

        def forward(self, x: Any) -> Any:
            return self.last(FUNCTIONS[name](self.first(x)))

    model = Called()
    chain = wv.to_chain(model)
    with torch.no_grad():
        np.testing.assert_allclose(chain(points()), model(points()), rtol=1e-5, atol=1e-6)
        np.testing.assert_allclose(
            chain[:1](points()), FUNCTIONS[name](model.first(points())), rtol=1e-5, atol=1e-6
        )
