"""What is known of a network when its columns are filled in: computed once, when first asked for.

Network (chain, data) ──stop(k)──► Stop ──Column.of──► a value, or None
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

import numpy as np

from warpviz.arrays import Floats, Ints
from warpviz.data.dataset import Dataset
from warpviz.geometry.straight.bends import bends_of
from warpviz.measure.classes.collapse import Simplex, off_centre, self_duality, simplex
from warpviz.measure.classes.topology import betti_numbers
from warpviz.measure.measured_sheet import MeasuredSheet, slopes_at
from warpviz.measure.plane.boundary import boundary_lengths, boundary_on
from warpviz.measure.plane.creases import Creases, crease_lengths, creases_of, local_complexities
from warpviz.measure.plane.ranks import rank_shares
from warpviz.measure.plane.turning import turnings
from warpviz.measure.probe import Probe, fit_probe
from warpviz.measure.separability import separate
from warpviz.measure.stretch import log_area_factor
from warpviz.model.chain import Chain
from warpviz.model.layers import Dense

Each = TypeVar("Each")


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

    @cached_property
    def ranks(self) -> list[tuple[float, float, float]] | None:
        """For every stop the shares of points where the Jacobian has rank 0, 1 and 2."""
        if self.sheet is None:
            return None
        return [rank_shares(j) for j in slopes_at(self.chain, self.data.x, self.sheet.axes)]

    @cached_property
    def creases(self) -> Creases | None:
        """All creases of the sheet."""
        return None if self.sheet is None else creases_of(self.sheet, self.chain)

    @cached_property
    def crease_lengths(self) -> list[float] | None:
        """Of the creases made so far, for every stop."""
        return None if self.creases is None else crease_lengths(self.creases, self.count)

    @cached_property
    def boundary_lengths(self) -> list[float] | None:
        """Of the boundary's image, for every stop."""
        found = None if self.sheet is None else boundary_on(self.sheet, self.chain)
        if found is None or self.sheet is None:
            return None
        return boundary_lengths(found, self.chain, self.sheet.axes)

    @cached_property
    def local_complexities(self) -> list[float] | None:
        """For every stop; None where the regions are not exact, or points are off the sheet."""
        if self.sheet is None or self.creases is None:
            return None
        if not self.sheet.exact or self.data.x.shape[1] > 2:
            return None
        return local_complexities(self.creases, self.count, self.data.x, self.sheet.limits)

    @cached_property
    def turnings(self) -> list[float] | None:
        """How much straight lines have turned at every stop."""
        if self.sheet is None or self.slopes is None:
            return None
        return turnings(self.sheet, self.slopes, self.chain)

    @cached_property
    def bends(self) -> list[int]:
        """How many bends the units have made so far, at every stop."""
        made = [
            sum(
                len(bend.function.unit(unit).breakpoints or ())
                for bend in bends_of(self.chain, k)
                for unit in range(bend.units)
            )
            for k in range(len(self.chain))
        ]
        return [0, *np.cumsum(made).tolist()]

    @cached_property
    def decisions(self) -> Ints | None:
        """(N,) the class that the network says; None where its outputs are not the classes."""
        last = self.states[-1]
        known = 0 <= self.data.y.min() and self.data.y.max() < last.shape[1]
        return np.asarray(last.argmax(axis=1)) if known and last.shape[1] > 1 else None

    @property
    def count(self) -> int:
        """How many stops there are."""
        return len(self.chain) + 1

    def stops(self) -> Iterator["Stop"]:
        """All K stops, the input first."""
        return (Stop(self, k) for k in range(self.count))


@dataclass(frozen=True, eq=False)
class Stop:
    """One stop of a network: what the columns of a stop are computed from; None is undefined.

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

    def here(self, values: Sequence[Each] | None) -> Each | None:
        """What is known here of what is known for every stop, or of nothing."""
        return None if values is None else values[self.k]

    @cached_property
    def probe(self) -> Probe:
        """The linear probe of the classes here."""
        return fit_probe(self.state, self.labels)

    @cached_property
    def separable(self) -> bool:
        """Whether the classes are strictly linearly separable here."""
        return separate(self.state, self.labels, probe=self.probe).separable

    @property
    def pieces(self) -> tuple[Floats, Floats] | None:
        """∂state/∂(x, y) on every piece of the sheet, (R, D, 2), and their areas (R,)."""
        sheet, slopes = self.network.sheet, self.network.slopes
        return None if sheet is None or slopes is None else (slopes[self.k], sheet.areas)

    @cached_property
    def area(self) -> tuple[float | None, float | None] | None:
        """The median log area factor and the collapsed share of the sheet."""
        pieces = self.pieces
        return None if pieces is None else log_area_factor(*pieces)

    @property
    def regions(self) -> int | None:
        """Linear regions so far."""
        return None if self.network.sheet is None else self.network.sheet.regions[self.k]

    @property
    def regions_ratio(self) -> float | None:
        """Regions over those of as many lines in general position as units have bends."""
        lines = self.network.bends[self.k]
        most = 1 + lines + lines * (lines - 1) // 2
        return None if self.regions is None else self.regions / most

    @property
    def overlap(self) -> float | None:
        """Mean layers of the sheet over what it covers, where its squares tell them."""
        sheet, pieces = self.network.sheet, self.pieces
        if sheet is None or pieces is None or self.network.chain.widths[self.k] > 2:
            return None
        return sheet.overlap(self.network.chain[: self.k](sheet.vertices), pieces[0])

    @cached_property
    def simplex(self) -> Simplex | None:
        """NC2, how far the class means are from a simplex frame."""
        return simplex(self.state, self.labels)

    @property
    def nc3(self) -> float | None:
        """NC3, where one affine layer is to come."""
        rest = self.network.chain[self.k :]
        if len(rest) != 1 or not isinstance(rest[0], Dense):
            return None
        return self_duality(self.state, self.labels, rest[0].weight)

    @property
    def nc4(self) -> float | None:
        """NC4, how often the nearest class mean is not what the network says."""
        said = self.network.decisions
        return None if said is None else off_centre(self.state, self.labels, said)

    @cached_property
    def betti(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """β₀ and β₁ of every class."""
        return betti_numbers(self.state, self.labels)
