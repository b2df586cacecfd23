"""Units that do nothing any more, and how large the weights are."""

import numpy as np

from warpviz.arrays import Floats
from warpviz.model.chain import Chain
from warpviz.model.layers import Activation, Dense, steps_of
from warpviz.model.residual import Add, Keep

SHUT = 1e-9
"""A slope below this part of 1 lets no gradient through."""


def dead_units(chain: Chain, points: Floats) -> int:
    """How many units of a chain have a slope of 0, below `SHUT`, at every point.

    No point's gradient passes such a unit, so that training leaves it as it is: a relu whose sums
    are negative throughout, or a unit that is saturated everywhere. Units of layers without an
    activation are never dead. As in Lu, Shin, Su & Karniadakis, Dying ReLU, 2019,
    arXiv:1903.06733, who look at relu.

    Args:
        chain: any.
        points: (N, n) in input coordinates.

    >>> import numpy as np
    >>> chain = Chain([Dense([[1.0], [-1.0]], [0.0, -5.0], "relu")])
    >>> dead_units(chain, np.array([[-1.0], [1.0]]))
    1
    """
    count = 0
    state, kept = points, list[Floats]()
    for step in steps_of(chain):
        if isinstance(step, Keep):
            kept.append(state)
            continue
        if isinstance(step, Add):
            state = kept.pop() + state
            continue
        if isinstance(step, Dense | Activation) and not step.function.is_identity:
            z = step.affine(state) if isinstance(step, Dense) else state
            count += int(np.sum(np.abs(step.function.derivative(z)).max(axis=0) <= SHUT))
        state = step(state)
    return count


def weight_norms(chain: Chain) -> tuple[float, ...]:
    """‖W‖_F of every layer with weights, the first to act first.

    >>> weight_norms(Chain([Dense([[3.0, 4.0]], [7.0])]))
    (5.0,)
    """
    return tuple(_norm(step.weight) for step in steps_of(chain) if isinstance(step, Dense))


def total_norm(chain: Chain) -> float:
    """√Σ θ² over all weights and biases.

    >>> total_norm(Chain([Dense([[3.0, 4.0]], [12.0])]))
    13.0
    """
    return float(np.hypot.reduce([_norm(array) for array in chain.parameters()], initial=0.0))


def _norm(array: Floats) -> float:
    """The Frobenius norm, without a square that could overflow."""
    size = float(np.abs(array).max(initial=0.0))
    return size * float(np.linalg.norm(array / size)) if size > 0 else 0.0
