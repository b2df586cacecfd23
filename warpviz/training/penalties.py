"""Penalties: what training adds to the loss, to choose among the many solutions.

For a batch of B chains; each returns its value (B,) and its gradient in the shape it was given.
"""

import numpy as np

from warpviz.model.activations.fills import Reals


def norm(parameters: Reals) -> tuple[Reals, Reals]:
    """Euclidean norm of all parameters, ‖θ‖ (not its square); its gradient is θ/‖θ‖.

    It keeps weights moderate: without it cross entropy has no minimum, because larger logits
    are always a little better.

    Args:
        parameters: (B, P).

    >>> norm(np.array([[3.0, 4.0]]))
    (array([5.]), array([[0.6, 0.8]]))
    """
    norms = np.sqrt(np.add.reduce(np.square(parameters), axis=1, keepdims=True))
    # At θ = 0 every subgradient will do, and 0 is one.
    return norms[:, 0], parameters / np.maximum(norms, np.finfo(parameters.dtype).tiny)


def unevenness(weight: Reals) -> tuple[Reals, Reals]:
    """How far a matrix is from stretching all directions alike.

        r = k Σσ⁴ / (Σσ²)² − 1 = k ‖K‖² / t² − 1,    K = W Wᵀ or Wᵀ W (k × k), t = tr K
        dr/dW = 4 k (W K / t² − ‖K‖² W / t³)

    σ are the k singular values. r is 0 for a rotation, a reflection or any multiple of one,
    and k − 1 for a matrix of rank one; it does not depend on the size of W. A small multiple
    of it keeps training, and with it the film, from collapsing a layer onto a line.

    Args:
        weight: (B, n_out, n_in).

    >>> unevenness(np.array([[[0.0, 2.0], [2.0, 0.0]], [[1.0, 1.0], [1.0, 1.0]]]))[0]
    array([0., 1.])
    """
    turned = weight.transpose(0, 2, 1)
    k = min(weight.shape[1:])
    wide = weight.shape[1] <= weight.shape[2]
    gram = weight @ turned if wide else turned @ weight
    tiny = np.finfo(weight.dtype).tiny ** 0.25  # its cube is no zero either
    trace = np.maximum(np.trace(gram, axis1=1, axis2=2), tiny)[:, None, None]
    square = np.add.reduce(np.square(gram), axis=(1, 2), keepdims=True)
    product = gram @ weight if wide else weight @ gram
    slope = 4 * k * (product / trace**2 - weight * (square / trace**3))
    return (k * square / trace**2 - 1.0)[:, 0, 0], slope
