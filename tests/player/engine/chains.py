"""Chains whose sheets fold well, and data of many features, of numbers and of many classes."""

import numpy as np

from warpviz.data import Dataset
from warpviz.model import Chain, mlp


def net(widths: list[int], name: str = "relu", seed: int = 0, gain: float = 1.6) -> Chain:
    """A chain whose sheet folds well: random weights, enlarged."""
    chain = mlp(widths, name, seed=seed)
    rng = np.random.default_rng(seed)
    return chain.with_parameters(
        [gain * p if p.ndim == 2 else rng.normal(0, 0.3, p.shape) for p in chain.parameters()]
    )


def many_features() -> Dataset:
    rng = np.random.default_rng(0)
    middles = rng.normal(0, 2, (10, 64))
    y = np.arange(200) % 10
    return Dataset(middles[y] + rng.normal(0, 1, (200, 64)), y)


def numbers() -> Dataset:
    x = np.random.default_rng(0).uniform(-1, 1, (200, 2))
    return Dataset.with_targets(x, x[:, 0] * x[:, 1])


def many_classes() -> Dataset:
    rng = np.random.default_rng(1)
    middles = rng.uniform(-1, 1, (20, 2))
    y = np.arange(200) % 20
    return Dataset(middles[y] + rng.normal(0, 0.05, (200, 2)), y)
