"""What is known of a network when its columns are filled in: computed once, when first asked for.

Network (chain, data) ──stop(k)──► Stop ──Column.of──► a value, or None
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from warpviz.arrays import Floats, Ints
from warpviz.data.dataset import Dataset
from warpviz.measure.measured_sheet import MeasuredSheet
from warpviz.measure.probe import Probe, fit_probe
from warpviz.measure.separability import separate
from warpviz.model.chain import Chain


@dataclass(frozen=True, eq=False)
class Network:
    """One network at one time, and the data that it is measured with.

    Attributes:
        chain: split, up to its logits: a step a layer.
        data: of C classes; its points (N, n) are what states are made of.
    """

    chain: Chain
    data: Dataset

    @classmethod
    def of(cls, chain: Chain, data: Dataset) -> "Network":
        """Of any chain: split, and without a softmax at its end.

        >>> from warpviz.data import load_data
        >>> from warpviz.model import mlp
        >>> network = Network.of(mlp([2, 3, 2], "relu", seed=0), load_data("xor", n=40))
        >>> [stop.state.shape for stop in network.stops()]
        [(40, 2), (40, 3), (40, 3), (40, 2)]
        """
        return cls(chain.logits().split(), data)

    @cached_property
    def states(self) -> list[Floats]:
        """The points (N, D) at every stop, the input first."""
        return self.chain.states(self.data.x)

    @cached_property
    def sheet(self) -> MeasuredSheet | None:
        """The sheet in pieces; None where the input is a line."""
        return MeasuredSheet.of(self.chain, self.data) if self.data.x.shape[1] > 1 else None

    @cached_property
    def slopes(self) -> list[Floats] | None:
        """J = ∂state/∂(x, y), (R, D, 2), on every piece of the sheet for every stop."""
        return None if self.sheet is None else list(self.sheet.slopes(self.chain))

    def stops(self) -> Iterator["Stop"]:
        """All K stops, the input first."""
        return (Stop(self, k) for k in range(len(self.chain) + 1))


@dataclass(frozen=True, eq=False)
class Stop:
    """One stop of a network: what the columns of a stop are computed from.

    Attributes:
        network: whose.
        k: which, counted from 0, the input.
    """

    network: Network
    k: int

    @property
    def state(self) -> Floats:
        """The points here, (N, D)."""
        return self.network.states[self.k]

    @property
    def labels(self) -> Ints:
        """The class of every point, (N,)."""
        return self.network.data.y

    @property
    def slope(self) -> Floats | None:
        """∂state/∂(x, y) on every piece of the sheet, (R, D, 2)."""
        return None if self.network.slopes is None else self.network.slopes[self.k]

    @cached_property
    def probe(self) -> Probe:
        """The linear probe of the classes here."""
        return fit_probe(self.state, self.labels)

    @cached_property
    def separable(self) -> bool:
        """Whether the classes are strictly linearly separable here."""
        return separate(self.state, self.labels, probe=self.probe).separable
