"""Points, modules whose layers are watched, and what was seen of them."""

from typing import Any

import numpy as np
import torch
from torch import nn

from warpviz.convert.watched.watch import Watched

X = np.random.default_rng(0).normal(size=(20, 2))


class Block(nn.Module):  # type: ignore[misc]
    def __init__(self, width: int) -> None:
        super().__init__()
        self.norm, self.f = nn.LayerNorm(width), nn.Linear(width, width)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x + torch.tanh(self.f(self.norm(x)))


class Net(nn.Module):  # type: ignore[misc]
    def __init__(self) -> None:
        super().__init__()
        self.stem, self.block, self.head = (
            nn.Linear(2, 4),
            nn.Sequential(Block(4), Block(4)),
            nn.Linear(4, 2),
        )

    def forward(self, x: torch.Tensor, flag: bool = False) -> Any:
        h = self.block(self.stem(x))
        return {"hidden": h, "logits": self.head(h)} if flag else (self.head(h), h)


def states_of(found: Watched, x: Any = X) -> list[np.ndarray]:
    return found.states(np.asarray(x, dtype=float).reshape(len(x), -1))[0]
