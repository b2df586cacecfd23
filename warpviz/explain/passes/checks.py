"""Gradients by other ways, to stand beside those of the pass: differences, and PyTorch."""

import numpy as np

from warpviz.arrays import Floats
from warpviz.explain.passes.losses import LOSSES
from warpviz.model.activations.function import ActivationFunction
from warpviz.model.chain import Chain

STEP = 1e-6
"""Of the finite differences."""


def corners(
    function: ActivationFunction, sums: Floats, reach: float
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The units whose sums are where a function has a corner, and those that are near to one.

    Args:
        function: the activation.
        sums: (n_out,).
        reach: how near, in units of the sums.
    """
    found = []
    for low, high, way in (
        (np.nextafter(sums, -np.inf), np.nextafter(sums, np.inf), 1e-9),
        (sums - reach, sums + reach, reach),
    ):
        left, right = function.derivative(low), function.derivative(high)
        # Smooth ones differ by their second derivative times the way, and no more.
        least = 1e-3 * np.maximum(np.abs(left), np.abs(right)) + 100 * way
        found.append(np.abs(left - right) > least)
    exact, near = found
    units = np.arange(len(sums))
    return tuple(units[exact].tolist()), tuple(units[near & ~exact].tolist())


def numeric_gradient(chain: Chain, place: int, x: Floats, target: Floats, loss: str) -> Floats:
    """Central differences of the loss by one array of `chain.parameters()`."""
    arrays = list(chain.parameters())
    gradient = np.zeros(arrays[place].shape)
    for index in np.ndindex(gradient.shape):
        values = []
        step = STEP * max(1.0, abs(float(arrays[place][index])))
        for sign in (1, -1):
            moved = arrays[place].copy()
            moved[index] += sign * step
            other = chain.with_parameters([*arrays[:place], moved, *arrays[place + 1 :]])
            values.append(LOSSES[loss][1](other(x[None])[0], target)[0])
        gradient[index] = (values[0] - values[1]) / (2 * step)
    return gradient


def torch_gradients(
    chain: Chain, x: Floats, target: Floats, loss: str
) -> list[tuple[Floats, Floats]] | None:
    """PyTorch's own gradients of every Dense layer in order, where it is installed."""
    try:
        import torch
    except ImportError:
        return None
    module = chain.to_torch().double()
    linear = [one for one in module.modules() if isinstance(one, torch.nn.Linear)]
    with torch.no_grad():
        arrays = iter(chain.parameters())
        for one in linear:
            one.weight.copy_(torch.tensor(next(arrays)))
            one.bias.copy_(torch.tensor(next(arrays)))
    y, t = module(torch.tensor(x)[None])[0], torch.tensor(target)
    value = -(t * y.log()).sum() if loss == "cross-entropy" else ((y - t) ** 2).sum()
    (value / 2 if loss == "half-squared" else value).backward()
    for one in (each for layer in linear for each in layer.parameters()):
        if one.grad is None:  # of what nothing depends on, as before a step
            one.grad = torch.zeros_like(one)
    return [(one.weight.grad.numpy(), one.bias.grad.numpy()) for one in linear]
