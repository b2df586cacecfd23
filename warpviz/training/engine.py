"""The fast path of training: loss and gradient of B equal-shaped chains on the same points.

    parameters (B, P) ──► state (B, D + 1, N) ──► … ──► output (B, C, N) ──► losses (B,)
    gradient   (B, P) ◄── delta (B, D, N)     ◄── … ◄── slope of the loss

The chain is compiled once into a tape: a list of array operations on arrays that exist already.
To evaluate is to play the tape. What makes it fast changes no mathematics:

- arrays are feature-major, so that every operation runs along the long axis N;
- a last row of ones in every state makes W x + b one product with (W | b), and the gradients
  of weight and bias another;
- points come in blocks that stay in the cache. Blocks are also so small that BLAS never splits
  a sum over threads: the same numbers on the same machine for any number of them.
"""

from collections.abc import Callable
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from warpviz.model.chain import Chain
from warpviz.model.layers import Activation, Dense, steps_of
from warpviz.model.residual import Add, Keep
from warpviz.training import penalties
from warpviz.training.losses import Array, Loss, softmax_back, softmax_into

Tape: TypeAlias = list[tuple[Callable[..., object], tuple[Array, ...]]]

# Entries of a state in a block (rows times points): about 64 KB, and below what OpenBLAS threads.
BLOCK_ENTRIES = 8192
SMALLEST_BLOCK = 64  # points


class Engine:
    """Loss and gradient of a batch of chains, at `parameters`, which the caller writes.

    Args:
        chain: The shape of all chains in the batch.
        x: Points, (N, n_in).
        target: What the output should be, (N, C): one-hot classes, or numbers.
        loss: An entry of `LOSSES`; if it takes logits, a closing Softmax is left to it.
        penalty: Factor of the norm of all parameters, see `penalties.norm`.
        evenness: Factor of the unevenness of the weights, see `penalties.unevenness`.
        starts: Number of chains B.
        dtype: Of all arrays, np.float64 or np.float32.

    Attributes:
        parameters: (B, P), one chain a row, see `flatten`.
    """

    def __init__(
        self,
        chain: Chain,
        x: Array,
        target: Array,
        loss: Loss,
        *,
        penalty: float = 0.0,
        evenness: float = 0.0,
        starts: int = 1,
        dtype: npt.DTypeLike = np.float64,
    ) -> None:
        chain = (chain.logits() if loss.from_logits else chain).split()
        self.loss, self.penalty, self.evenness = loss, penalty, evenness
        self.parameters: Array = np.zeros((starts, chain.n_parameters), dtype)
        self._gradient = np.zeros_like(self.parameters)
        self._weights = [
            (w[:, :, :-1], g[:, :, :-1])
            for w, g in zip(
                _matrices(chain, self.parameters), _matrices(chain, self._gradient), strict=True
            )
        ]
        points, targets = x.T.astype(dtype), target.T.astype(dtype, order="C")
        widest = max([*chain.widths, *(len(array) for array in chain.parameters())])
        size = max(SMALLEST_BLOCK, BLOCK_ENTRIES // (widest + 1))
        self._blocks = [
            _Block(chain, points[:, k : k + size], targets[:, k : k + size], loss, self.parameters)
            for k in range(0, len(x), size)
        ]
        self._n = len(x)

    def feed(self, x: Array, target: Array) -> None:
        """Put other points and targets, as many as before, in place of the ones there are."""
        at = 0
        for block in self._blocks:
            size = block.target.shape[-1]
            block.points[...] = x[at : at + size].T
            block.target[...] = target[at : at + size].T
            at += size

    def gradient(self) -> Array:
        """Gradient of the losses by `parameters`, (B, P); the next call overwrites it."""
        self._evaluate(None)
        return self._gradient

    def losses_and_gradient(self) -> tuple[Array, Array]:
        """Loss with penalties of every chain, (B,), and the gradient as above."""
        losses = np.zeros(len(self.parameters))
        self._evaluate(losses)
        return losses, self._gradient

    def losses(self) -> Array:
        """Loss with penalties of every chain, (B,), without a gradient."""
        losses = np.zeros(len(self.parameters))
        for block in self._blocks:
            block.play(block.forward)
            share = block.target.shape[-1] / self._n
            losses += share * self.loss.value(block.output, block.target)
        if self.evenness:
            losses += self.evenness * sum(penalties.unevenness(w)[0] for w, _ in self._weights)
        if self.penalty:
            losses += self.penalty * penalties.norm(self.parameters)[0]
        return losses

    def accuracies(self) -> Array:
        """Share of points whose largest output is their class, (B,)."""
        right = np.zeros(len(self.parameters))
        for block in self._blocks:
            block.play(block.forward)
            guess, truth = block.output.argmax(axis=1), block.target.argmax(axis=0)
            right += np.sum(guess == truth, axis=-1)
        return np.asarray(right / self._n)

    def _evaluate(self, losses: Array | None) -> None:
        """Write the gradient and add up the losses, if wanted: blocks in fixed order, penalties."""
        total = self._gradient
        for k, block in enumerate(self._blocks):
            block.play(block.forward)
            if losses is not None:
                share = block.target.shape[-1] / self._n
                losses += share * self.loss.value(block.output, block.target)
            block.play(block.backward)
            if k == 0:
                np.multiply(block.gradient, 1.0 / self._n, out=total)
            else:
                total += block.gradient * (1.0 / self._n)
        if self.evenness:
            for weight, gradient in self._weights:
                value, slope = penalties.unevenness(weight)
                gradient += self.evenness * slope
                if losses is not None:
                    losses += self.evenness * value
        if self.penalty:
            value, slope = penalties.norm(self.parameters)
            slope *= self.penalty
            total += slope
            if losses is not None:
                losses += self.penalty * value


class _Block:
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
        weights = zip(_matrices(chain, parameters), _matrices(chain, self.gradient), strict=True)
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
        # Exponentials may overflow on the way to a right 0; what is truly not finite is seen in
        # the losses.
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
            for operation, arrays in tape:
                operation(*arrays)


def _matrices(chain: Chain, parameters: Array) -> list[Array]:
    """Views (B, n_out, n_in + 1) into flat parameters: (W | b) of every Dense layer."""
    views, begin = [], 0
    for layer in steps_of(chain):
        if isinstance(layer, Dense):
            end = begin + layer.n_out * (layer.n_in + 1)
            views.append(parameters[:, begin:end].reshape(-1, layer.n_out, layer.n_in + 1))
            begin = end
    return views


def flatten(chain: Chain) -> Array:
    """All parameters as one row (P,): layer by layer (W | b), row by row."""
    row = np.empty((1, chain.n_parameters))
    arrays = iter(chain.parameters())
    for view in _matrices(chain, row):
        view[0, :, :-1], view[0, :, -1] = next(arrays), next(arrays)
    return np.asarray(row[0])


def unflatten(chain: Chain, row: Array) -> Chain:
    """The chain with the parameters of such a row."""
    arrays: list[Array] = []
    for view in _matrices(chain, row[None]):
        arrays += [view[0, :, :-1], view[0, :, -1]]
    return chain.with_parameters(arrays)
