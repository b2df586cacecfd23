"""Residual layers: x + f(x), with a chain as f.

    x ──┬──► f ──►(+)──► x + f(x)          Keep ──► the steps of f ──► Add
        └──────────►─┘

Whoever walks a chain number by number need not know of residual layers: `steps_of` gives what is
done in order, and between Keep and Add stands f.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy.typing as npt

from warpviz.arguments import kinds_checked
from warpviz.arrays import Floats
from warpviz.errors import WarpvizError
from warpviz.kinds import shown
from warpviz.model.checks import rows
from warpviz.model.code import FEW, chain_code

SIGN = "x + f(x)"


class Inner(Protocol):
    """What a residual layer needs of its chain."""

    @property
    def layers(self) -> Sequence[Any]:
        """Its layers, the first to act first."""

    @property
    def width(self) -> int | None:
        """Of its input, None for any."""

    @property
    def widths(self) -> tuple[int, ...]:
        """Of its states."""

    def __call__(self, x: npt.ArrayLike) -> Floats:
        """f(x)."""

    def _within(self, x: npt.ArrayLike, before: int) -> Floats:
        """f(x), where so many layers with weights stand before it."""

    def states(self, x: npt.ArrayLike) -> list[Floats]:
        """All its states, the input first."""

    def backward(self, x: npt.ArrayLike, gradient: Floats) -> tuple[Floats, tuple[Floats, ...]]:
        """The gradient pulled back to x, and to its parameters."""

    def parameters(self) -> tuple[Floats, ...]:
        """Its arrays."""

    def with_parameters(self, parameters: Sequence[npt.ArrayLike]) -> "Inner":
        """The same with others."""

    def split(self) -> "Inner":
        """The same in smaller steps."""


@dataclass(frozen=True, eq=False, repr=False)
class Residual:
    """A layer that adds to its input what a chain makes of it: y = x + f(x).

    In a film it is one act, in which every point goes its straight way x + t·f(x). Of a piecewise
    linear f the folds are exact, along the creases of f.

    Args:
        chain: f, which gives as many numbers as it takes.

    Raises:
        WarpvizError: where it gives another number of them, or is no chain.

    Source: He, Zhang, Ren & Sun 2016, arXiv:1512.03385.

    >>> from warpviz.model import Chain, Dense
    >>> layer = Residual(Chain([Dense([[-1.0]], [0.0], "relu")]))  # x + relu(−x) is relu(x)
    >>> layer([[-2.0], [3.0]]).tolist(), layer
    ([[0.0], [3.0]], Residual(Chain([Dense([[-1.0]], [0.0], 'relu')])))
    """

    chain: Inner

    def __post_init__(self) -> None:
        if not all(hasattr(self.chain, name) for name in ("layers", "states", "with_parameters")):
            raise WarpvizError(f"Residual expects chain to be a Chain, got {shown(self.chain)}.")
        if self.chain.width is not None and self.chain.widths[0] != self.chain.widths[-1]:
            raise WarpvizError(
                "Residual expects a chain that gives as many numbers as it takes, got "
                f"{self.chain.widths[0]}→{self.chain.widths[-1]}; end it with a Dense of "
                f"{self.chain.widths[0]} units."
            )

    def __call__(self, x: npt.ArrayLike) -> Floats:
        """Forward pass, (N, D) → (N, D)."""
        return self._within(x, 0)

    def _within(self, x: npt.ArrayLike, before: int) -> Floats:
        """The same where so many layers with weights stand before it: what f says counts on."""
        x = rows(x, "Residual", self.n_in)
        return x + self.chain._within(x, before)

    @kinds_checked
    def backward(self, x: npt.ArrayLike, gradient: Floats) -> tuple[Floats, tuple[Floats, ...]]:
        """Pull a gradient back: to x it is gradient + what f makes of it."""
        before, own = self.chain.backward(x, gradient)
        return gradient + before, own

    @property
    def n_in(self) -> int | None:
        """Width of the input, None for any."""
        return self.chain.width

    @property
    def n_out(self) -> int | None:
        """The same."""
        return self.chain.width

    @property
    def parameters(self) -> tuple[Floats, ...]:
        """Those of f."""
        return self.chain.parameters()

    def split(self) -> "Residual":
        """The same with f in smaller steps."""
        return Residual(self.chain.split())

    def __str__(self) -> str:
        return SIGN

    def __repr__(self) -> str:
        few = sum(array.size for array in self.parameters) <= FEW
        return f"Residual({chain_code(self.chain.layers, self.chain.width, few)})"


@dataclass(frozen=True)
class Keep:
    """The step that puts the state aside."""


@dataclass(frozen=True)
class Add:
    """The step that adds what was put aside last."""


def unfolded(layers: Iterable[Any]) -> list[Any]:
    """Layers with f between Keep and Add in the place of every residual layer.

    >>> from warpviz.model import Activation, Chain
    >>> unfolded([Residual(Chain([Activation("tanh")]))])
    [Keep(), Activation('tanh'), Add()]
    """
    found: list[Any] = []
    for layer in layers:
        if isinstance(layer, Residual):
            found += [Keep(), *unfolded(layer.chain.layers), Add()]
        else:
            found.append(layer)
    return found


def number_of(layers: Iterable[Any], k: int) -> int:
    """The number of layer k as films have it: how many layers with weights there are up to it.

    >>> from warpviz.model import mlp
    >>> chain = mlp([2, 3, 2], "relu").split()
    >>> [number_of(chain, k) for k in range(3)]
    [1, 1, 2]
    """
    return sum(hasattr(step, "weight") for step in unfolded(list(layers)[: k + 1]))
