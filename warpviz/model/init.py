"""Fresh chains: random weights, zero biases."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from warpviz.arguments import check_least, kinds_checked
from warpviz.arrays import Floats
from warpviz.errors import WarpvizError
from warpviz.model.chain import Chain
from warpviz.model.layers import Activation, Dense, Layer, Softmax, steps_of
from warpviz.model.weights import first_weight

LARGEST = 10_000_000  # parameters


@kinds_checked
def mlp(
    widths: Sequence[int],
    activation: str | Sequence[str] = "relu",
    *,
    seed: int = 0,
    softmax: bool = True,
) -> Chain:
    """A multilayer perceptron: hidden layers with activations, an affine output, softmax.

    One output is a number, or of two classes the logit of the second: no softmax closes it.

    Args:
        widths: Input, hidden and output widths; at least two numbers.
        activation: Name for all hidden layers, or a sequence with one name for each.
        seed: Of the weights: Glorot uniform, and wider before activations that are flat at 0, see
            `warpviz.model.weights`. Biases are zero.
        softmax: Whether a Softmax closes a chain of two outputs or more.

    Raises:
        WarpvizError: for widths below 1, too few of them, or names that do not fit.

    >>> mlp([2, 3, 3, 2], ["identity", "tanh"], softmax=False)
    Chain([Dense.of(2, 3), Dense.of(3, 3, 'tanh'), Dense.of(3, 2)])  # 29 parameters
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
        Dense(first_weight(n_in, n_out, name, rng=rng), np.zeros(n_out), name)
        for (n_in, n_out), name in zip(pairwise(widths), [*names, "identity"], strict=True)
    ]
    return Chain([*layers, Softmax()] if softmax and widths[-1] > 1 else layers)


def reinitialised(chain: Chain, *, rng: np.random.Generator) -> Chain:
    """The same chain with fresh weights, as `mlp` has them, and zero biases."""
    parameters: list[Floats] = []
    # A Dense layer without an activation of its own may be followed by one.
    steps = steps_of(chain)
    for layer, after in zip(steps, [*steps[1:], None], strict=True):
        if isinstance(layer, Dense):
            name = layer.activation
            if name == "identity" and isinstance(after, Activation):
                name = after.name
            weight = first_weight(layer.n_in, layer.n_out, name, rng=rng)
            parameters += [weight, np.zeros(layer.n_out)]
    return chain.with_parameters(parameters)
