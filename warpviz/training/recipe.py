"""How to train: every choice in one value, checked when made."""

from dataclasses import dataclass

import numpy as np

from warpviz.arguments import check_fields
from warpviz.errors import WarpvizError
from warpviz.names import unknown_name
from warpviz.training.losses import LOSSES
from warpviz.training.optimizers import OPTIMIZERS

# With cross entropy alone ever larger weights are ever better, and layers collapse onto lines.
MOST_STARTS = 10_000
"""First weights that are trained at the same time."""
PENALTY = 0.003
EVENNESS = 0.01


@dataclass(frozen=True)
class Recipe:
    """The keywords of `train`, with the same meaning; None takes the default.

    Raises:
        WarpvizError: for an unknown name or a number out of range.

    >>> Recipe(optimizer="adam").rate
    0.02
    """

    loss: str = "cross_entropy"
    penalty: float | None = None
    evenness: float | None = None
    optimizer: str = "lbfgs"
    learning_rate: float | None = None
    epochs: int | None = None
    starts: int = 1
    seed: int = 0
    precision: str = "float64"
    snapshots: int = 500

    def __post_init__(self) -> None:
        check_fields(self)
        if self.loss not in LOSSES:
            raise unknown_name("loss", self.loss, LOSSES)
        if self.optimizer not in OPTIMIZERS:
            raise unknown_name("optimizer", self.optimizer, OPTIMIZERS)
        if self.precision not in ("float32", "float64"):
            raise unknown_name("precision", self.precision, ("float32", "float64"))
        classes = LOSSES[self.loss].classes
        for name, default in (("penalty", PENALTY), ("evenness", EVENNESS)):
            if getattr(self, name) is None:
                object.__setattr__(self, name, default if classes else 0.0)
            _check_number(name, getattr(self, name), positive=False)
        if self.learning_rate is not None:
            _check_number("learning rate", self.learning_rate, positive=True)
        if self.epochs is not None:
            _check_count("epochs", self.epochs, 1)
        _check_count("starts", self.starts, 1, MOST_STARTS)
        _check_count("snapshots", self.snapshots, 2)
        _check_count("seed", self.seed, 0)

    @property
    def rate(self) -> float:
        """Learning rate, the optimizer's own unless told otherwise."""
        if self.learning_rate is None:
            return OPTIMIZERS[self.optimizer].learning_rate
        return self.learning_rate

    @property
    def n_epochs(self) -> int:
        """Epochs at most, the optimizer's own unless told otherwise."""
        return OPTIMIZERS[self.optimizer].epochs if self.epochs is None else self.epochs


def _check_number(name: str, value: object, *, positive: bool) -> None:
    sort = "above 0" if positive else "of 0 or more"
    number = isinstance(value, int | float | np.number) and not isinstance(value, bool)
    if not number or not 0.0 <= value < np.inf or (positive and value == 0):  # type: ignore[operator]
        raise WarpvizError(f"Training expects a {name} {sort}, got {value!r}.")


def _check_count(name: str, value: object, least: int, most: int | None = None) -> None:
    whole = isinstance(value, int | np.integer) and not isinstance(value, bool)
    if not whole or value < least or (most and value > most):  # type: ignore[operator]
        upto = f" to {most:,}" if most else ""
        raise WarpvizError(
            f"Training expects {name}, a whole number from {least}{upto}, got {value!r}."
        )
