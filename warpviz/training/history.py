"""What training gives back: the chain, and how it came about."""

from dataclasses import dataclass

import numpy as np

from warpviz.arguments import check_fields, kinds_checked
from warpviz.arrays import Floats, Ints
from warpviz.errors import WarpvizError
from warpviz.model.captions import outline
from warpviz.model.chain import Chain
from warpviz.training.engine import unflatten


@dataclass(frozen=True)
class TrainingStep:
    """How far training has come: the epoch, of how many, and the best loss."""

    epoch: int
    epochs: int
    loss: float


@dataclass(frozen=True, eq=False, repr=False)
class History:
    """What happened: S snapshots, the first before training and the last after it.

    Attributes:
        epochs: When, (S,).
        losses: Loss with penalties, (S,).
        accuracies: Share of points classified right, (S,); None where targets are numbers.
        parameters: Flat parameters, (S, P).
        shape: A chain of the same layers.
    """

    epochs: Ints
    losses: Floats
    accuracies: Floats | None
    parameters: Floats
    shape: Chain

    def __repr__(self) -> str:
        return f"<History of {len(self)} snapshots: {self._told()}>"

    def _told(self) -> str:
        """The loss on the way, and what it led to."""
        told = f"loss {self.losses[0]:.4g} → {self.losses[-1]:.4g} in {self.epochs[-1]} epochs"
        if self.accuracies is None:
            return told
        # Rounded down: what is not all is not 100 %.
        right = np.floor(1000 * self.accuracies[-1]) / 10
        return f"{told}, {right:g} % right"

    def __len__(self) -> int:
        """Number of snapshots S."""
        return len(self.epochs)

    @kinds_checked
    def chain(self, s: int) -> Chain:
        """The chain as it was at snapshot s; of a negative s, counted from the last.

        Raises:
            WarpvizError: there is no such snapshot.
        """
        if not -len(self) <= s < len(self):
            raise WarpvizError(f"chain expects a snapshot from 0 to {len(self) - 1}, got {s}.")
        return unflatten(self.shape, self.parameters[s])


@dataclass(frozen=True, eq=False, repr=False)
class Fit:
    """A trained chain and how it came about.

    Attributes:
        chain: that was kept.
        history: of it.
        ends: the chain with which each start ended, in their order; () where that is not known.
    """

    chain: Chain
    history: History
    ends: tuple[Chain, ...] = ()

    def __post_init__(self) -> None:
        check_fields(self)

    def __repr__(self) -> str:
        return f"<Fit of {outline(self.chain)}: {self.history._told()}>"
