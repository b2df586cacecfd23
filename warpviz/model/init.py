"""Fresh chains: random weights, zero biases."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from warpviz.arguments import check_least, kinds_checked
from warpviz.arrays import Floats
from warpviz.errors import WarpvizError
from warpviz.model.chain import Chain
from warpviz.model.layers import Activation, Dense, Layer, Softmax

LARGEST = 10_000_000  # parameters

# How much wider than Glorot's the weights before an activation begin, where it is flat at 0.
# Slopes of ¼ and ½ let a signal fade from layer to layer, until the norm penalty of training is
# stronger than all that the data says, and pulls every weight to 0. Four is 1/σ′(0).
GAINS = {"sigmoid": 4.0, "softplus": 4.0}


@kinds_checked
def mlp(
    widths: Sequence[int],
    activation: str | Sequence[str] = "relu",
    *,
    seed: int = 0,
    softmax: bool = True,
) -> Chain:
    """A multilayer perceptron: hidden layers with activations, an affine output, softmax.

    Args:
        widths: Input, hidden and output widths; at least two numbers.
        activation: Name for all hidden layers, or a sequence with one name for each.
        seed: Of the weights: Glorot uniform, see `glorot`, and wider by `GAINS` before the
            activations named there. Biases are zero.
        softmax: Whether a Softmax closes the chain.

    Raises:
        WarpvizError: for widths below 1, too few of them, or names that do not fit.

    >>> mlp([2, 3, 3, 2], ["identity", "tanh"], softmax=False)
    Chain([Dense(zeros((3, 2)), zeros(3)), Dense(zeros((3, 3)), zeros(3), 'tanh'), \
Dense(zeros((2, 3)), zeros(2))])
    """
    check_least("mlp", "seed", seed, 0)
    if len(widths) < 2:
        raise WarpvizError(f"mlp expects at least an input and an output width, got {widths!r}.")
    for width in widths:
        if isinstance(width, bool) or not isinstance(width, int | np.integer) or width < 1:
            raise WarpvizError(f"mlp expects widths that are whole numbers from 1, got {width!r}.")
    size = sum((n_in + 1) * n_out for n_in, n_out in pairwise(widths))
    if size > LARGEST:
        raise WarpvizError(f"mlp expects at most {LARGEST:,} parameters, got {size:,}.")
    hidden = len(widths) - 2
    names = [activation] * hidden if isinstance(activation, str) else list(activation)
    if len(names) != hidden:
        raise WarpvizError(
            f"mlp expects one activation for each of {hidden} hidden layers, got {len(names)}."
        )
    rng = np.random.default_rng(seed)
    layers: list[Layer] = [
        Dense(GAINS.get(name, 1.0) * glorot(n_out, n_in, rng=rng), np.zeros(n_out), name)
        for (n_in, n_out), name in zip(pairwise(widths), [*names, "identity"], strict=True)
    ]
    return Chain([*layers, Softmax()] if softmax else layers)


def reinitialised(chain: Chain, *, rng: np.random.Generator) -> Chain:
    """The same chain with fresh weights, as `mlp` has them, and zero biases."""
    parameters: list[Floats] = []
    # A Dense layer without an activation of its own may be followed by one.
    for layer, after in zip(chain, [*chain[1:], None], strict=True):
        if isinstance(layer, Dense):
            name = layer.activation
            if name == "identity" and isinstance(after, Activation):
                name = after.name
            gain = GAINS.get(name, 1.0)
            parameters += [gain * glorot(layer.n_out, layer.n_in, rng=rng), np.zeros(layer.n_out)]
    return chain.with_parameters(parameters)


def glorot(n_out: int, n_in: int, *, rng: np.random.Generator) -> Floats:
    """Weights uniform on ±√(6 / (n_in + n_out)), (n_out, n_in). Source: Glorot & Bengio 2010."""
    limit = np.sqrt(6.0 / (n_in + n_out))
    return rng.uniform(-limit, limit, size=(n_out, n_in))
