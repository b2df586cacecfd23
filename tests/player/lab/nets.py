"""Random nets and their layers as the page has them."""

from collections.abc import Iterable
from itertools import pairwise
from typing import Any

import numpy as np

import warpviz as wv
from warpviz.data.dataset import Dataset
from warpviz.model import Activation, Chain, Dense, Softmax
from warpviz.model.layers import Layer
from warpviz.model.residual import Residual
from warpviz.training.optimizers import OPTIMIZERS

LIMITS = (-1.1, 1.2, -0.9, 1.1)
STRAIGHT = (
    "relu", "leaky_relu", "prelu", "hardtanh", "relu6", "hardsigmoid", "softshrink", "abs",
    "identity", "step", "hardshrink", "threshold",
)  # fmt: skip
SMOOTH = (
    "tanh", "sigmoid", "gelu", "gelu_tanh", "silu", "sin", "mish", "elu", "selu", "celu",
    "softplus", "softsign", "erf", "hardswish", "tanhshrink", "square", "logsigmoid",
)  # fmt: skip


def random_net(seed: int, names: Iterable[str]) -> Chain:
    """A net of the plane: two to four layers of up to eight units, up to five classes."""
    rng = np.random.default_rng(seed)
    widths = [2, *rng.integers(1, 7, rng.integers(1, 4)).tolist(), int(rng.integers(2, 5))]
    known = [str(name) for name in rng.permutation(list(names))]
    layers: list[Layer] = []
    for k, (n_in, n_out) in enumerate(pairwise(widths)):
        weight, bias = rng.normal(size=(n_out, n_in)), rng.normal(size=n_out) / 2
        last = k == len(widths) - 2
        layers.append(Dense(weight, bias, "identity" if last else known[k % len(known)]))
    return Chain([*layers, Softmax()])


def as_layers(layers: Iterable[Layer]) -> list[dict[str, Any]]:
    """Layers in plain numbers, as the page's modules take them."""
    found: list[dict[str, Any]] = []
    for layer in layers:
        told: dict[str, Any] = {"weight": None, "bias": None}
        if isinstance(layer, Dense):
            told = {"weight": layer.weight.ravel().tolist(), "bias": layer.bias.tolist()}
        if isinstance(layer, Residual):
            told |= {"activation": "residual", "inner": as_layers(layer.chain.layers)}
        elif isinstance(layer, Dense):
            told["activation"] = layer.activation
        else:
            told["activation"] = layer.name if isinstance(layer, Activation) else str(layer)
        found.append(told)
    return found


def residual_net(seed: int, activation: str = "relu") -> Chain:
    """A net with a residual layer between two affine ones."""
    rng = np.random.default_rng(seed)
    inner = wv.mlp([3, 4, 3], activation, seed=seed).logits()
    return Chain(
        [
            Dense(rng.normal(size=(3, 2)), rng.normal(size=3)),
            Residual(inner),
            Dense(rng.normal(size=(2, 3)), rng.normal(size=2)),
        ]
    )


def settings_of(net: Chain, data: Dataset, optimizer: str, **more: Any) -> dict[str, Any]:
    """What the page's trainer is told, of a training as Python's."""
    rate = OPTIMIZERS[optimizer].learning_rate if optimizer in OPTIMIZERS else 0.02
    return {
        "layers": as_layers(net), "points": data.x.ravel().tolist(), "labels": data.y.tolist(),
        "loss": "cross_entropy", "optimizer": optimizer, "rate": rate, "batch": 0, "epochs": 10_000,
        "penalties": {"penalty": 0.003, "evenness": 0.01}, "seed": 1, **more,
    }  # fmt: skip
