"""First weights: drawn from a seed, as wide as signals need."""

import numpy as np

from warpviz.arrays import Floats

# How much wider than Glorot's the weights before an activation begin, where it is flat at 0.
# Slopes of ¼ and ½ let a signal fade from layer to layer, until the norm penalty of training is
# stronger than all that the data says, and pulls every weight to 0. Four is 1/σ′(0).
GAINS = {"sigmoid": 4.0, "softplus": 4.0}


def glorot(n_out: int, n_in: int, *, rng: np.random.Generator) -> Floats:
    """Weights uniform on ±√(6 / (n_in + n_out)), (n_out, n_in). Source: Glorot & Bengio 2010."""
    limit = np.sqrt(6.0 / (n_in + n_out))
    return rng.uniform(-limit, limit, size=(n_out, n_in))


def first_weight(
    n_in: int, n_out: int, activation: str = "identity", *, rng: np.random.Generator
) -> Floats:
    """The weight (n_out, n_in) that a layer begins with: Glorot's, wider by `GAINS`."""
    return GAINS.get(activation, 1.0) * glorot(n_out, n_in, rng=rng)
