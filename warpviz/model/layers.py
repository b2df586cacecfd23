"""Layers: Dense, Activation, Softmax. Frozen values that map rows to rows, (N, n_in) → (N, n_out).

Each layer also goes backward: given its input x and the gradient of a loss with respect to its
output, `backward` returns the gradient with respect to x and to its parameters.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from warpviz.arguments import check_kind, check_least, kinds_checked
from warpviz.arrays import Floats
from warpviz.errors import WarpvizError
from warpviz.model.activations import activation, canonical
from warpviz.model.activations.function import ActivationFunction
from warpviz.model.checks import fitting, parameter, rows
from warpviz.model.code import FEW, dense_code
from warpviz.model.residual import Add, Keep, Residual, unfolded
from warpviz.model.weights import first_weight


@dataclass(frozen=True, eq=False, repr=False)
class Dense:
    """An affine map, then an activation: y = f(W x + b) for every row x.

    Args:
        weight: W, shape (n_out, n_in).
        bias: b, shape (n_out,).
        activation: Name of f, see `ACTIVATIONS`.

    Raises:
        WarpvizError: where shapes disagree, a value is not finite or the name is unknown.

    >>> Dense([[1.0, -1.0]], [0.5], "relu")([[2.0, 1.0], [0.0, 3.0]])
    array([[1.5],
           [0. ]])
    """

    weight: Floats
    bias: Floats
    activation: str = "identity"

    def __post_init__(self) -> None:
        object.__setattr__(self, "weight", parameter("weight", self.weight, 2))
        object.__setattr__(self, "bias", parameter("bias", self.bias, 1))
        if self.bias.shape != self.weight.shape[:1]:
            raise WarpvizError(
                f"Dense expects a bias of shape ({self.n_out},) beside a weight of shape "
                f"{self.weight.shape}, got {self.bias.shape}."
            )
        check_kind("Dense", "activation", self.activation, str)
        object.__setattr__(self, "activation", canonical(self.activation))
        units = self.function.units
        if units and len(units) != self.n_out:
            raise WarpvizError(
                f"Dense expects a number for each of its {self.n_out} units in "
                f"'{self.activation:.40}', got {len(units)}."
            )

    @classmethod
    @kinds_checked
    def of(cls, n_in: int, n_out: int, activation: str = "identity", *, seed: int = 0) -> "Dense":
        """A layer of that shape that has learnt nothing: weights drawn as `mlp` does, biases zero.

        >>> Dense.of(2, 30, "tanh").weight.shape
        (30, 2)
        """
        for name, value, least in (("n_in", n_in, 1), ("n_out", n_out, 1), ("seed", seed, 0)):
            check_least("Dense.of", name, value, least)
        weight = first_weight(n_in, n_out, activation, rng=np.random.default_rng(seed))
        return cls(weight, np.zeros(n_out), activation)

    def __call__(self, x: npt.ArrayLike) -> Floats:
        """Forward pass, (N, n_in) → (N, n_out)."""
        sums = self.affine(x)
        return sums if self.activation == "identity" else self.function.f(sums)

    def affine(self, x: npt.ArrayLike) -> Floats:
        """W x + b for every row, before the activation: (N, n_in) → (N, n_out)."""
        sums: Floats = rows(x, "Dense", self.n_in) @ self.weight.T
        sums += self.bias
        return sums

    @kinds_checked
    def backward(self, x: npt.ArrayLike, gradient: Floats) -> tuple[Floats, tuple[Floats, ...]]:
        """Pull a gradient back: with δ = gradient · f'(z), to x it is δ W, to W δᵀ x, to b Σ δ.

        Args:
            x: The input of the forward pass, (N, n_in).
            gradient: Of the loss with respect to the output, (N, n_out).

        Returns:
            The gradient with respect to x, (N, n_in), and to (weight, bias).
        """
        x = rows(x, "Dense", self.n_in)
        delta = fitting(gradient, (len(x), self.n_out)) * self.function.derivative(self.affine(x))
        weight_gradient = delta.T @ x
        return delta @ self.weight, (weight_gradient, delta.sum(axis=0))

    @property
    def function(self) -> ActivationFunction:
        """The activation itself."""
        return activation(self.activation)

    @property
    def n_in(self) -> int:
        """Width of the input."""
        return int(self.weight.shape[1])

    @property
    def n_out(self) -> int:
        """Width of the output."""
        return int(self.weight.shape[0])

    @property
    def parameters(self) -> tuple[Floats, ...]:
        """Weight and bias."""
        return self.weight, self.bias

    def __str__(self) -> str:
        name = "" if self.activation == "identity" else f" {self.function.label}"
        return f"Dense {self.n_in}→{self.n_out}{name}"

    def __repr__(self) -> str:
        return dense_code(
            self.weight, self.bias, self.activation, self.weight.size + self.bias.size <= FEW
        )


@dataclass(frozen=True, repr=False)
class Activation:
    """An activation alone, on rows of any width: y = f(x).

    >>> Activation("relu")([[-1.0, 2.0]])
    array([[0., 2.]])
    """

    name: str

    def __post_init__(self) -> None:
        check_kind("Activation", "name", self.name, str)
        object.__setattr__(self, "name", canonical(self.name))
        activation(self.name)

    def __call__(self, x: npt.ArrayLike) -> Floats:
        """Forward pass, (N, D) → (N, D)."""
        return self.function.f(rows(x, "Activation", self.n_in))

    @kinds_checked
    def backward(self, x: npt.ArrayLike, gradient: Floats) -> tuple[Floats, tuple[Floats, ...]]:
        """Pull a gradient back: gradient · f'(x); there are no parameters."""
        x = rows(x, "Activation", self.n_in)
        return fitting(gradient, x.shape) * self.function.derivative(x), ()

    @property
    def function(self) -> ActivationFunction:
        """The activation itself."""
        return activation(self.name)

    @property
    def n_in(self) -> int | None:
        """Any width, which is None, or that of the numbers in its name."""
        return len(self.function.units) or None

    @property
    def n_out(self) -> int | None:
        """None: the width of the input."""
        return self.n_in

    @property
    def parameters(self) -> tuple[Floats, ...]:
        """None: an empty tuple."""
        return ()

    def __str__(self) -> str:
        return self.function.label

    def __repr__(self) -> str:
        return f"Activation({self.name!r})"


@dataclass(frozen=True, repr=False)
class Softmax:
    """Probabilities from logits: y_c = exp(x_c) / Σ exp(x), for every row.

    Args:
        log: give the logarithms of the probabilities instead, as models that were trained on
            them end.

    >>> Softmax()([[0.0, 0.0], [1000.0, 0.0]])
    array([[0.5, 0.5],
           [1. , 0. ]])
    >>> Softmax(log=True)([[1000.0, 0.0]])
    array([[    0., -1000.]])
    """

    log: bool = False

    def __post_init__(self) -> None:
        check_kind("Softmax", "log", self.log, bool)

    def __call__(self, x: npt.ArrayLike) -> Floats:
        """Forward pass, (N, C) → (N, C); every row of probabilities sums to 1."""
        logits = rows(x, "Softmax")
        shifted: Floats = logits - logits.max(axis=1, keepdims=True)
        e: Floats = np.exp(shifted)
        total = e.sum(axis=1, keepdims=True)
        given: Floats = shifted - np.log(total) if self.log else e / total
        return given

    @kinds_checked
    def backward(self, x: npt.ArrayLike, gradient: Floats) -> tuple[Floats, tuple[Floats, ...]]:
        """Pull a gradient back: p (gradient − Σ p · gradient); of logarithms gradient − p Σ."""
        p = Softmax()(x)
        gradient = fitting(gradient, p.shape)
        if self.log:
            return gradient - p * gradient.sum(axis=1, keepdims=True), ()
        return p * (gradient - (p * gradient).sum(axis=1, keepdims=True)), ()

    @property
    def n_in(self) -> None:
        """Any width."""

    @property
    def n_out(self) -> None:
        """The width of the input."""

    @property
    def parameters(self) -> tuple[Floats, ...]:
        """None: an empty tuple."""
        return ()

    def __str__(self) -> str:
        return "log_softmax" if self.log else "softmax"

    def __repr__(self) -> str:
        return f"Softmax({'log=True' if self.log else ''})"


Layer: TypeAlias = Dense | Activation | Softmax | Residual
Step: TypeAlias = Dense | Activation | Softmax | Keep | Add


def steps_of(layers: Iterable[Layer]) -> list[Step]:
    """What layers do, in order: residual ones as Keep, the steps of their chain, Add."""
    return unfolded(layers)
