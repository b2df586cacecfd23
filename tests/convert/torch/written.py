"""A module whose forward pass is written by its test, and some ways to write one."""

from collections.abc import Callable
from typing import Any

import torch
import torch.nn.functional as F
from torch import nn


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


def unpacked(self: Any, x: Any) -> Any:
    b, d = x.shape
    return self.b(torch.relu(self.a(x.reshape(b, d))))


def counted(self: Any, x: Any) -> Any:
    self.calls += 1
    self.hidden = torch.relu(self.a(x))
    with torch.no_grad():
        self.mean += 1.0
    return self.b(self.hidden)
