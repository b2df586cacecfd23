"""A small net that trainers of any kind take, and data for it."""

from typing import Any

from torch import nn

import warpviz as wv

DATA = wv.load_data("moons", n=64)


class Net(nn.Module):  # type: ignore[misc]
    """A small net that gives what trainers of any kind expect."""

    def __init__(self, named: bool = False) -> None:
        super().__init__()
        self.layers = nn.Sequential(nn.Linear(2, 3), nn.Tanh(), nn.Linear(3, 2))
        self.named = named
        self.passes = 0

    def forward(self, x: Any, labels: Any = None) -> Any:
        self.passes += 1
        logits = self.layers(x)
        if not self.named:
            return logits
        loss = None if labels is None else nn.functional.cross_entropy(logits, labels)
        return {"loss": loss, "logits": logits}
