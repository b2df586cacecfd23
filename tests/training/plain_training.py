"""What a user would write: full-batch gradient descent of the classic chain in plain numpy.

Rows are samples, everything is float64, every epoch makes its own arrays. It is the oracle of
the fast engine, and the other side of the benchmark.
"""

from collections.abc import Callable

import numpy as np

from warpviz.arrays import Floats, Ints

C = np.sqrt(2.0 / np.pi)


def gelu_tanh(z: Floats) -> Floats:
    return np.asarray(0.5 * z * (1.0 + np.tanh(C * (z + 0.044715 * z**3))))


def gelu_tanh_slope(z: Floats) -> Floats:
    t = np.tanh(C * (z + 0.044715 * z**3))
    slope = 0.5 * (1.0 + t) + 0.5 * z * (1.0 - t**2) * C * (1.0 + 3 * 0.044715 * z**2)
    return np.asarray(slope)


FUNCTIONS: dict[str, tuple[Callable[[Floats], Floats], Callable[[Floats], Floats]]] = {
    "relu": (lambda z: np.maximum(z, 0.0), lambda z: (z > 0.0).astype(np.float64)),
    "tanh": (np.tanh, lambda z: 1.0 - np.tanh(z) ** 2),
    "gelu_tanh": (gelu_tanh, gelu_tanh_slope),
}


def descend(
    weights: list[Floats],
    biases: list[Floats],
    activation: str,
    x: Floats,
    y: Ints,
    *,
    epochs: int,
    learning_rate: float = 0.1,
    penalty: float = 0.01,
) -> list[float]:
    """Train in place: affine, hidden layers with the activation, affine, softmax.

    Returns:
        The loss before every epoch, and after the last.
    """
    f, slope = FUNCTIONS[activation]
    onehot = np.eye(biases[-1].size)[y]
    curved = [False] + [True] * (len(weights) - 2) + [False]
    losses = []
    for epoch in range(epochs + 1):
        states, sums = [x], []
        for w, b, bends in zip(weights, biases, curved, strict=True):
            z = states[-1] @ w.T + b
            sums.append(z)
            states.append(f(z) if bends else z)
        logits = states[-1] - states[-1].max(axis=1, keepdims=True)
        e = np.exp(logits)
        p = e / e.sum(axis=1, keepdims=True)
        norm = np.sqrt(sum(np.sum(a**2) for a in [*weights, *biases]))
        losses.append(float(-np.mean(np.log(p[np.arange(len(y)), y])) + penalty * norm))
        if epoch == epochs:
            break
        delta = (p - onehot) / len(y)
        for k in reversed(range(len(weights))):
            if curved[k]:
                delta = delta * slope(sums[k])
            weight_slope = delta.T @ states[k] + penalty * weights[k] / norm
            bias_slope = delta.sum(axis=0) + penalty * biases[k] / norm
            delta = delta @ weights[k]
            weights[k] = weights[k] - learning_rate * weight_slope
            biases[k] = biases[k] - learning_rate * bias_slope
    return losses
