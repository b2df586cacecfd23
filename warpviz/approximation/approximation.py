"""A network that has learnt a function of one number."""

from dataclasses import dataclass

import numpy as np

from warpviz.approximation.dead_networks import dead_layer
from warpviz.approximation.largest_error import GRID, largest_error
from warpviz.approximation.targets import Target
from warpviz.arguments import check_least, kinds_checked
from warpviz.model.captions import outline
from warpviz.model.chain import Chain
from warpviz.training.online import Online


@dataclass(frozen=True, eq=False, repr=False)
class Approximation:
    """A network that has learnt a function.

    Attributes:
        name: of the network, where several stand side by side.
        target: what it learns.
        run: how far it has come.
    """

    name: str
    target: Target
    run: Online

    def __repr__(self) -> str:
        low, high = self.target.limits
        told = f"{self.target.label} on {low:.4g} … {high:.4g} by {outline(self.chain)}"
        loss = f", loss {self.run.losses[-1]:.4g}" if self.run.step else ""
        return f"<Approximation of {told}: {self.run.step} steps{loss}>"

    @property
    def chain(self) -> Chain:
        """The network."""
        return self.run.chain

    @kinds_checked
    def error(self, count: int = GRID) -> float:
        """The largest error between the limits, or on the points of a table.

        Args:
            count: points that the search begins with; it goes on about the worst of them, at every
                bend of the network, and on both sides of every jump of the function.
        """
        check_least("error", "count", count, 2)
        if self.target.function is None:
            x, y = self.target.seen()
            return float(np.abs(self.chain(x[:, None])[:, 0] - y).max())
        return largest_error(self.chain, self.target.function, self.target.limits, count)

    @property
    def dead_layer(self) -> int | None:
        """The first layer, from 1, none of whose units answers between the limits; None if all do.

        Such a network says the same for every x, and learns no more.
        """
        return dead_layer(self.chain, self.target.limits)

    @kinds_checked
    def __call__(self, x: float) -> float:
        """What the network says at x."""
        return float(self.chain(np.array([[float(x)]]))[0, 0])
