"""How right a model is: the share of classes, or R² of numbers."""

import numpy as np

from warpviz.data import Dataset
from warpviz.film.words.numbers import percent, rounded_down
from warpviz.measure.state import r_squared
from warpviz.model import Chain


def accuracy(chain: Chain, data: Dataset) -> float:
    """The share of points that a chain classifies right, 0 … 1; R² where they have numbers."""
    if data.targets is not None:
        return r_squared(data.targets, chain(data.x)[:, 0])
    return float(np.mean(chain.logits()(data.x).argmax(axis=1) == data.y))


def score(share: float, data: Dataset) -> str:
    """What `accuracy` found, for people; never rounded up."""
    return percent(share) if data.targets is None else f"R² {rounded_down(share)}"
