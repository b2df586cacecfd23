"""A forward and a backward pass as a tape: array operations on arrays that exist already."""

from collections.abc import Callable
from typing import TypeAlias

import numpy as np

from warpviz.model.chain import Chain
from warpviz.model.layers import Activation, Dense, steps_of
from warpviz.model.residual import Add, Keep
from warpviz.training.losses import Array, Loss, softmax_back, softmax_into

Tape: TypeAlias = list[tuple[Callable[..., object], tuple[Array, ...]]]


class Block:
    """Some of the points: the tape of one forward and one backward pass over them."""

    def __init__(
        self, chain: Chain, x: Array, target: Array, loss: Loss, parameters: Array
    ) -> None:
        starts, n, dtype = len(parameters), x.shape[1], parameters.dtype

        def room(rows: int) -> Array:
            return np.empty((starts, rows, n), dtype)

        self.target = target
        self.gradient = np.zeros_like(parameters)
        self.forward: Tape = []
        self.backward: Tape = []
        # `state` carries the row of ones; `delta` is the loss's gradient with respect to it
        # (None while no parameter lies before, when nobody asks).
        state = np.ones((1, len(x) + 1, n), dtype)
        state[0, :-1] = x
        self.points = state[0, :-1]
        delta: Array | None = None
        weights = zip(matrices(chain, parameters), matrices(chain, self.gradient), strict=True)
        kept: list[tuple[Array, Array]] = []
        width = len(x)
        for layer in steps_of(chain):
            if isinstance(layer, Keep):
                # What comes back to x + f(x) goes on to x, beside what f lets through.
                kept.append((state, room(width)))
                if delta is not None:
                    self.backward.insert(0, (np.add, (delta, kept[-1][1], delta)))
                continue
            width = layer.n_out if isinstance(layer, Dense) else width
            inner, outer = state[:, :-1], room(width + 1)
            outer[:, -1] = 1.0
            value = outer[:, :-1]
            if isinstance(layer, Dense):
                weight, slope = next(weights)
                self.forward.append((np.matmul, (weight, state, value)))
                after = room(width)
                back: Tape = [(np.matmul, (after, state.transpose(0, 2, 1), slope))]
                if delta is not None:
                    back.append((np.matmul, (weight[:, :, :-1].transpose(0, 2, 1), after, delta)))
                self.backward[:0] = back
                delta = after
            elif isinstance(layer, Activation):
                slope = room(width)
                self.forward.append((layer.function.fill_columns, (inner, value, slope)))
                if delta is not None:
                    self.backward.insert(0, (np.multiply, (delta, slope, delta)))
            elif isinstance(layer, Add):
                before, total = kept.pop()
                self.forward.append((np.add, (before[:, :-1], inner, value)))
                if delta is not None:
                    self.backward.insert(0, (np.copyto, (delta, total)))
                    delta = total
            else:
                self.forward.append((softmax_into, (inner, value)))
                if delta is not None:
                    self.backward.insert(0, (softmax_back, (value, delta)))
            state = outer
        self.output = state[:, :-1]
        if delta is not None:
            self.backward.insert(0, (loss.slope, (self.output, target, delta)))

    @staticmethod
    def play(tape: Tape) -> None:
        """Call the operations of a tape in their order."""
        # Exponentials may overflow on the way to a right 0; what is truly not finite is seen in
        # the losses.
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
            for operation, arrays in tape:
                operation(*arrays)


def matrices(chain: Chain, parameters: Array) -> list[Array]:
    """Views (B, n_out, n_in + 1) into flat parameters: (W | b) of every Dense layer."""
    views, begin = [], 0
    for layer in steps_of(chain):
        if isinstance(layer, Dense):
            end = begin + layer.n_out * (layer.n_in + 1)
            views.append(parameters[:, begin:end].reshape(-1, layer.n_out, layer.n_in + 1))
            begin = end
    return views
