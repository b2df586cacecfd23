"""A list of (W, b) with activations between them, as one keeps the parameters of one's own net."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from warpviz.arrays import Floats
from warpviz.convert.parts import chain_of as chain_of_parts
from warpviz.errors import WarpvizError
from warpviz.model.chain import Chain
from warpviz.model.layers import Dense, Softmax


def are_pairs(model: Any) -> bool:
    """Whether a list begins as parameters do: with a pair of a matrix and a vector."""
    first = model[0] if isinstance(model, list | tuple) and len(model) else None
    return isinstance(first, tuple) and [getattr(one, "ndim", None) for one in first] == [2, 1]


def chain_of(model: Sequence[Any]) -> Chain:
    """The chain of pairs (W, b) and names of activations, in order.

    W is (n_out, n_in) as Dense has it, or (n_in, n_out) as x @ W takes it: the biases tell.

    Raises:
        WarpvizError: no names between several pairs, shapes that do not fit, or only square
            matrices, which do not say which side is which.

    >>> w = np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])
    >>> chain_of([(w, np.zeros(3)), "tanh", (w.T, np.zeros(2))])
    Chain([Dense.of(2, 3, 'tanh'), Dense.of(3, 2)])  # 17 parameters
    """
    pairs = [one for one in model if not isinstance(one, str)]
    for place, pair in enumerate(pairs):
        if not isinstance(pair, tuple) or len(pair) != 2:
            raise WarpvizError(
                f"A list of (W, b) expects pairs of arrays and names of activations, got "
                f"{type(pair).__name__} as number {place + 1}."
            )
    if len(pairs) > 1 and len(pairs) == len(model):
        raise WarpvizError(
            "A list of (W, b) does not say what is between them; write the activations between, as "
            "in [(W1, b1), 'relu', (W2, b2)], and 'identity' for none."
        )
    arrays = [tuple(np.asarray(one, dtype=np.float64) for one in pair) for pair in pairs]
    fits = [turned for turned in (False, True) if _fit(arrays, turned)]
    if not fits:
        shapes = ", ".join(f"{w.shape} with {b.shape}" for w, b in arrays)
        raise WarpvizError(
            "A list of (W, b) expects matrices that fit each other and their biases, all (n_out, "
            f"n_in) or all (n_in, n_out), got {shapes}."
        )
    if len(fits) == 2:
        raise WarpvizError(
            "A list of (W, b) of square matrices does not say whether rows are outputs; write "
            "Chain([Dense(W1, b1, 'relu'), …]) with W (n_out, n_in), which is W.T where x @ W is "
            "meant."
        )
    layers = iter([Dense(w.T if fits[0] else w, b) for w, b in arrays])
    steps = [Softmax(one == "log_softmax") if one in ("softmax", "log_softmax") else one
             if isinstance(one, str) else next(layers) for one in model]  # fmt: skip
    return chain_of_parts(steps)


def _fit(arrays: Sequence[tuple[Floats, ...]], turned: bool) -> bool:
    """Whether matrices fit each other and their biases, the outputs being their columns or rows."""
    width = None
    for weight, bias in arrays:
        if weight.ndim != 2 or bias.ndim != 1:
            return False
        n_in, n_out = weight.shape if turned else weight.shape[::-1]
        if bias.shape != (n_out,) or width not in (None, n_in):
            return False
        width = n_out
    return True
