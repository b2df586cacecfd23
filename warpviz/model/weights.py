"""First weights: drawn from a seed, as wide as signals need."""

import numpy as np

from warpviz.arrays import Floats
from warpviz.model.activations import activation as found


def glorot(n_out: int, n_in: int, *, rng: np.random.Generator) -> Floats:
    """Weights uniform on ±√(6 / (n_in + n_out)), (n_out, n_in). Source: Glorot & Bengio 2010."""
    limit = np.sqrt(6.0 / (n_in + n_out))
    return rng.uniform(-limit, limit, size=(n_out, n_in))


def first_weight(
    n_in: int, n_out: int, activation: str = "identity", *, rng: np.random.Generator
) -> Floats:
    """The weight (n_out, n_in) that a layer begins with: Glorot's, times the activation's gain.

    A gain of more than 1 is for what is flat at 0. Slopes of ¼ and ½ let a signal fade from layer
    to layer, until the norm penalty of training is stronger than all that the data says, and pulls
    every weight to 0.
    """
    return found(activation).gain * glorot(n_out, n_in, rng=rng)
