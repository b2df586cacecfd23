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

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from warpviz.model.chain import Chain
from warpviz.training import penalties
from warpviz.training.losses import Array, Loss
from warpviz.training.tape import Block, matrices

# Entries of a state in a block (rows times points): about 64 KB, and below what OpenBLAS threads.
BLOCK_ENTRIES = 8192
SMALLEST_BLOCK = 64  # points


KEEP = (0.9, 0.999)
"""What Adam's running means of the gradient and of its square keep at a step."""
EPSILON = 1e-8


@dataclass
class Moments:
    """What Adam remembers.

    Attributes:
        mean: (B, P) the running mean of the gradient, and
        square: (B, P) of its square.
        left: (2,) what is left of the start in each: the powers of `KEEP`.
    """

    mean: Array
    square: Array
    left: Array

    @classmethod
    def none(cls, parameters: Array) -> "Moments":
        """Before the first step."""
        return cls(np.zeros_like(parameters), np.zeros_like(parameters), np.ones(2))


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
                matrices(chain, self.parameters), matrices(chain, self._gradient), strict=True
            )
        ]
        points, targets = x.T.astype(dtype), target.T.astype(dtype, order="C")
        widest = max([*chain.widths, *(len(array) for array in chain.parameters())])
        size = max(SMALLEST_BLOCK, BLOCK_ENTRIES // (widest + 1))
        self._blocks = [
            Block(chain, points[:, k : k + size], targets[:, k : k + size], loss, self.parameters)
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

    def descend(self, rate: float, epochs: int) -> None:
        """Gradient descent, θ ← θ − rate · g, so many times."""
        step = np.empty_like(self.parameters)
        for _ in range(epochs):
            np.multiply(self.gradient(), rate, out=step)
            self.parameters -= step

    def adapt(self, rate: float, moments: Moments, epochs: int) -> None:
        """Adam, θ ← θ − rate · m̂ / (√v̂ + 1e-8), so many times; the moments go on.

        The hats divide by 1 − 0.9^epoch and 1 − 0.999^epoch.
        Source: Kingma & Ba, arXiv:1412.6980.
        """
        for _ in range(epochs):
            gradient = self.gradient()
            moments.mean += (1.0 - KEEP[0]) * (gradient - moments.mean)
            moments.square += (1.0 - KEEP[1]) * (np.square(gradient) - moments.square)
            moments.left *= KEEP
            first, second = (float(1.0 - left) for left in moments.left)
            root = np.sqrt(moments.square / second)
            self.parameters -= rate / first * moments.mean / (root + EPSILON)

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


def flatten(chain: Chain) -> Array:
    """All parameters as one row (P,): layer by layer (W | b), row by row."""
    row = np.empty((1, chain.n_parameters))
    arrays = iter(chain.parameters())
    for view in matrices(chain, row):
        view[0, :, :-1], view[0, :, -1] = next(arrays), next(arrays)
    return np.asarray(row[0])


def unflatten(chain: Chain, row: Array) -> Chain:
    """The chain with the parameters of such a row."""
    arrays: list[Array] = []
    for view in matrices(chain, row[None]):
        arrays += [view[0, :, :-1], view[0, :, -1]]
    return chain.with_parameters(arrays)
