"""Chains and points that formulas are tested with."""

from typing import Any

import numpy as np

from warpviz.model.activations import ACTIVATIONS
from warpviz.model.chain import Chain
from warpviz.model.layers import Dense

EVERY = [
    *ACTIVATIONS,
    "leaky_relu:0.3",
    "leaky_relu:1.5",
    "leaky_relu:-0.5",
    "elu:0.5",
    "wave=sin(2*z)/2 + z/2",
    "z/(1 + z**2)",
]
X = np.random.default_rng(0).normal(size=(40, 2)) * 3


def chain_of(weights: Any, biases: Any, activation: str) -> Chain:
    names = [activation] * (len(weights) - 1) + ["identity"]
    return Chain(
        [Dense(np.array(w, float), np.array(b, float), a)
         for w, b, a in zip(weights, biases, names, strict=True)]
    )  # fmt: skip
