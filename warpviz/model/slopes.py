"""How fast a chain can change: bounds from its weights."""

import numpy as np

from warpviz.arrays import Floats
from warpviz.model.activations.function import ActivationFunction
from warpviz.model.chain import Chain
from warpviz.model.layers import Dense, Softmax, steps_of
from warpviz.model.residual import Add, Keep

FAR = 60.0
"""From here on the built-in activations are straight, or repeat themselves."""


def slope_bound(chain: Chain, reach: float) -> Floats:
    """Bounds on |∂y_i/∂x_j| wherever |x| ≤ reach in every coordinate: (n_out, n_in).

    The product of |W| and of the steepest slope that each activation can have, layer by layer: no
    derivative is above it, and it is met where all units are steepest at once.

    >>> wave = Chain([Dense(np.array([[3.0]]), np.zeros(1), "sin")])
    >>> slope_bound(wave, 1.0).round(2).tolist()
    [[3.0]]
    """
    bound: Floats = np.eye(chain.widths[0])
    far = np.full(chain.widths[0], float(reach))
    kept: list[tuple[Floats, Floats]] = []
    with np.errstate(over="ignore", invalid="ignore"):
        for layer in steps_of(chain):
            if isinstance(layer, Keep):
                kept.append((bound, far))
                continue
            if isinstance(layer, Add):
                bound, far = (a + b for a, b in zip(kept.pop(), (bound, far), strict=True))
                continue
            if isinstance(layer, Softmax):
                # Each row of the Jacobian sums to at most ½ in absolute value, of logarithms to 2.
                rows = bound.max(axis=0, keepdims=True) * (2.0 if layer.log else 0.5)
                bound = np.repeat(rows, len(bound), axis=0)
                continue
            if isinstance(layer, Dense):
                weight = np.abs(layer.weight)
                bound, far = weight @ bound, weight @ far + np.abs(layer.bias)
            each = layer.function.units or (layer.function,)
            found = [_steepest(function, float(far.max())) for function in each]
            steepest, highest = (max(values) for values in zip(*found, strict=True))
            bound = steepest * bound
            far = np.full(len(far), highest)
    return np.where(np.isnan(bound), np.inf, bound)


def _steepest(function: ActivationFunction, far: float) -> tuple[float, float]:
    """The largest |f'| and |f| on −far..far."""
    near = min(far, FAR)
    z = np.linspace(-near, near, 24_001)
    if far > near:
        beyond = np.geomspace(near, min(far, 1e300), 200)
        z = np.concatenate([-beyond[::-1], z, beyond])
    value, slope = function.value_and_slope(z)
    return float(np.abs(slope).max()), float(np.abs(value).max())
