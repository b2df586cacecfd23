"""The reference's network, and the size of sympy's trees."""

from typing import Any

import numpy as np
import sympy

from warpviz.model.chain import Chain
from warpviz.model.layers import Dense

RNG = np.random.default_rng(0)
NET = Chain(
    [Dense(RNG.normal(size=(2, 2)), RNG.normal(size=2), "tanh"),
     Dense(RNG.normal(size=(1, 2)), RNG.normal(size=1), "tanh")]
)  # fmt: skip


def tree_size(expression: Any) -> int:
    return sum(1 for _ in sympy.preorder_traversal(expression))
