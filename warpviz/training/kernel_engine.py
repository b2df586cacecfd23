"""The engine by compiled kernels, several epochs in one call; numpy's where they cannot."""

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from warpviz.compiled import KERNELS
from warpviz.model.chain import Chain
from warpviz.training.engine import EPSILON, KEEP, Engine, Moments
from warpviz.training.losses import Array, Loss
from warpviz.training.program import Program, program_of, room_of

MOVES = {"losses": 0, "gradient": 1, "descent": 2, "adam": 3}
AT_ONCE = 2e9
"""Multiplications in one call, about a second: in between, Python looks for Ctrl-C."""
BEST = 9
"""A level of instructions that is above all."""


class KernelEngine:
    """Loss and gradient of a batch of chains: the same as `Engine`, to rounding.

    The same digits on every processor: sums have one order, and no library's functions are used.

    Args:
        program: of the chain.
        count: of its parameters P.
        x, target, loss, penalty, evenness, starts, dtype: as of `Engine`.
        level: of the instructions, 0 for what all processors have.

    Attributes:
        parameters: (B, P), one chain a row, which the caller writes.
    """

    def __init__(
        self,
        program: Program,
        count: int,
        x: Array,
        target: Array,
        loss: Loss,
        *,
        penalty: float = 0.0,
        evenness: float = 0.0,
        starts: int = 1,
        dtype: npt.DTypeLike = np.float64,
        level: int = BEST,
    ) -> None:
        self.loss, self.penalty, self.evenness = loss, penalty, evenness
        self.parameters: Array = np.zeros((starts, count), dtype)
        self._gradient = np.zeros_like(self.parameters)
        self._points: Array = np.empty((x.shape[1] + target.shape[1], len(x)), dtype)
        self.feed(x, target)
        self._program, self._level = program, level
        self._room = room_of(program, self.parameters.dtype, len(x))
        self._losses, self._right = np.zeros(starts), np.zeros(starts, dtype=np.int64)
        self._unused = Moments(self._gradient, self._gradient, np.ones(2))

    def feed(self, x: Array, target: Array) -> None:
        """Put other points and targets, as many as before, in place of the ones there are."""
        self._points[: x.shape[1]], self._points[x.shape[1] :] = x.T, target.T

    def gradient(self) -> Array:
        """Gradient of the losses by `parameters`, (B, P); the next call overwrites it."""
        self._run("gradient")
        return self._gradient

    def losses_and_gradient(self) -> tuple[Array, Array]:
        """Loss with penalties of every chain, (B,), and the gradient as above."""
        self._run("gradient")
        return self._losses.copy(), self._gradient

    def losses(self) -> Array:
        """Loss with penalties of every chain, (B,), without a gradient."""
        self._run("losses")
        return self._losses.copy()

    def accuracies(self) -> Array:
        """Share of points whose largest output is their class, (B,)."""
        self._run("losses")
        return np.asarray(self._right / self._points.shape[1])

    def descend(self, rate: float, epochs: int) -> None:
        """Gradient descent, so many times."""
        self._run("descent", epochs, rate)

    def adapt(self, rate: float, moments: Moments, epochs: int) -> None:
        """Adam, so many times; the moments go on."""
        self._run("adam", epochs, rate, moments)

    def _run(
        self, move: str, epochs: int = 1, rate: float = 0.0, moments: Moments | None = None
    ) -> None:
        moments = moments or self._unused
        at_once = max(1, int(AT_ONCE / (self.parameters.size * self._points.shape[1] * 3)))
        for done in range(0, epochs, at_once):
            KERNELS.train(  # type: ignore[union-attr]  # without kernels there is no program
                self._program.code, self._program.constants, self._points, self.parameters,
                self._gradient, self._losses, self._right,
                (self._program.rows, self._room, self.penalty, self.evenness),
                (MOVES[move], min(at_once, epochs - done), rate, *KEEP, EPSILON),
                moments.mean, moments.square, moments.left, self._level,
            )  # fmt: skip


AnyEngine: TypeAlias = Engine | KernelEngine


def make_engine(
    chain: Chain,
    x: Array,
    target: Array,
    loss: Loss,
    *,
    penalty: float = 0.0,
    evenness: float = 0.0,
    starts: int = 1,
    dtype: npt.DTypeLike = np.float64,
) -> AnyEngine:
    """The fastest engine there is for a chain; the arguments are those of `Engine`."""
    program = program_of((chain.logits() if loss.from_logits else chain).split(), loss)
    if program is None:
        return Engine(
            chain, x, target, loss,
            penalty=penalty, evenness=evenness, starts=starts, dtype=dtype,
        )  # fmt: skip
    return KernelEngine(
        program, chain.n_parameters, x, target, loss,
        penalty=penalty, evenness=evenness, starts=starts, dtype=dtype,
    )  # fmt: skip
