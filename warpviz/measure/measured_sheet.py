"""The sheet as it is measured: pieces with an area, and the slope of every state on each.

piecewise linear ── linear regions ──► exact: one slope a piece
all others       ── squares        ──► sampled: the slope in the middle of each
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from warpviz.arrays import Floats, Ints, distinct
from warpviz.axis import limits_of
from warpviz.data.dataset import Dataset
from warpviz.geometry.plane import around, checked, checked_plane, plane_of
from warpviz.geometry.sheet import Limits
from warpviz.geometry.straight.counting import patterns_seen, too_many
from warpviz.geometry.straight.pieces import Pieces, is_piecewise_linear, subdivide
from warpviz.geometry.straight.polygons import Polygons, rectangle
from warpviz.geometry.straight.regions import of_one_map
from warpviz.measure.coverage import overlap, too_coarse
from warpviz.measure.stretch import log_area_factor
from warpviz.model.chain import Chain
from warpviz.model.layers import Activation, Dense, Softmax, Step, steps_of
from warpviz.model.residual import Add, Keep

FINE = 96
"""Squares along each axis where a chain is sampled."""
MOST = 20_000
"""More linear regions than this are not counted: such a chain is sampled."""
AT_ONCE = 2**22
"""Numbers of one state on all squares: chains of more than 455 units are sampled on fewer."""


@dataclass(frozen=True, eq=False)
class MeasuredSheet:
    """Pieces of the sheet of one chain.

    Attributes:
        vertices: (V, n) in input coordinates.
        flat: (V, 2) the same in the sheet's own.
        corners: (M,) vertex indices of all pieces, one after the other.
        offsets: (R + 1,) where each piece begins in `corners`.
        centres: (R, n) a point inside each, in input coordinates.
        areas: (R,) in units of the sheet squared.
        axes: (n, 2) the sheet's own axes.
        origin: (n,) where its own coordinates are 0.
        limits: x0, x1, y0, y1 of the sheet.
        exact: whether every state is affine on each piece.
        regions: the number of linear regions after each layer, None where they are not known.
        bends: for each layer, the units that bend on the sheet and the number of the line along
            which each does, equal for units that share one; None where it is not exact.
        cut: the linear regions themselves, where it is exact.
    """

    vertices: Floats
    flat: Floats
    corners: Ints
    offsets: Ints
    centres: Floats
    areas: Floats
    axes: Floats
    origin: Floats
    limits: Limits
    exact: bool
    regions: tuple[int | None, ...]
    bends: tuple[Mapping[int, int], ...] | None
    cut: Pieces | None

    @classmethod
    def of(cls, chain: Chain, data: Dataset, limits: Limits | None = None) -> "MeasuredSheet":
        """The sheet that a film of this chain and data has, in pieces.

        Args:
            chain: any; a softmax at its end is left out of the regions.
            data: what the dots are; of more than two features, its first principal axes count.
            limits: x0, x1, y0, y1 of the sheet; None leaves a margin around the data.
        """
        plane = plane_of(data)
        flat = data.x if plane is None else (data.x - plane[0]) @ plane[1]
        limits = checked(limits_of(limits, data.axes) or around(flat))
        origin, axes = checked_plane(chain, plane)
        pieces = None
        if is_piecewise_linear(chain):
            seen = patterns_seen(chain, limits, plane)
            if not too_many(chain, seen, MOST):
                pieces = subdivide(chain, rectangle(limits), plane=plane, most=MOST)
        fine = min(FINE, int(np.sqrt(AT_ONCE / max(chain.widths))))
        polygons = rectangle(limits, max(fine, 1)) if pieces is None else pieces.polygons
        places = polygons.points[:, :2]
        sums = np.add.reduceat(places[polygons.corners], polygons.offsets[:-1], axis=0)
        centres = sums / np.diff(polygons.offsets)[:, None]
        unknown: tuple[int | None, ...] = (None,) * (len(chain) + 1)
        counts = () if pieces is None else pieces.counts
        return cls(
            places @ axes.T + origin,
            places,
            polygons.corners,
            polygons.offsets,
            centres @ axes.T + origin,
            Polygons(places, polygons.corners, polygons.offsets).areas(),
            axes,
            origin,
            limits,
            pieces is not None,
            (*counts, *unknown[len(counts) :]),
            None if pieces is None else _bends(pieces, len(chain)),
            pieces,
        )

    def slopes(self, chain: Chain) -> Iterator[Floats]:
        """J = ∂state/∂(x, y) on every piece for every state, the input first: (R, D, 2) each."""
        return slopes_at(chain, self.centres, self.axes)

    def pieces(self, slope: Floats) -> int:
        """How many pieces a map of slopes (R, D, 2) has, neighbours of one slope counted once."""
        return int(of_one_map(Polygons(self.flat, self.corners, self.offsets), slope).max()) + 1

    def overlap(self, image: Floats, slope: Floats) -> float | None:
        """How often an image (V, D) of the sheet lies over itself, seen in a plane or on a line.

        Args:
            image: of all vertices.
            slope: (R, D, 2) of the map on every piece.

        Returns:
            None of wider images, of what has no area, and where squares that sample the sheet are
            too coarse to tell.
        """
        width = image.shape[1]
        if width > 2:
            return None
        plane = np.zeros((len(image), 2))
        plane[:, :width] = image
        tiling = plane, self.corners, self.offsets
        if not self.exact and width == 2 and too_coarse(*tiling, slope, self.areas):
            return None
        return overlap(*tiling)

    def collapsed(self, slope: Floats) -> float:
        """The share 0 … 1 of the sheet that a map of slopes (R, D, 2) presses flat."""
        return log_area_factor(slope, self.areas)[1] or 0.0


def slopes_at(chain: Chain, points: Floats, axes: Floats) -> Iterator[Floats]:
    """J = ∂state/∂(x, y) at points (N, n) for every state, the input first: (N, D, 2) each.

    Exact derivatives, layer by layer: J ← W J, J ← f'(z)·J, and for p = softmax(z)
    J ← p·(J − Σ p·J), without the factor p for its logarithm.

    Args:
        chain: any.
        points: (N, n) in input coordinates.
        axes: (n, 2) along which x and y go.
    """
    slope = np.asarray(np.broadcast_to(axes, (len(points), *axes.shape)))
    yield slope
    for layer, state in zip(chain, chain.states(points)[:-1], strict=True):
        with np.errstate(over="ignore", invalid="ignore"):
            slope = _slope_behind(steps_of([layer]), state, slope)
        yield slope


def _slope_behind(steps: Sequence[Step], state: Floats, slope: Floats) -> Floats:
    """J (R, D, 2) behind steps, of the states (R, D) and the J before them."""
    kept: list[tuple[Floats, Floats]] = []
    for step in steps:
        if isinstance(step, Keep):
            kept.append((state, slope))
            continue
        if isinstance(step, Add):
            state, slope = (a + b for a, b in zip(kept.pop(), (state, slope), strict=True))
            continue
        if isinstance(step, Dense):
            slope = step.weight @ slope
            slope = slope * step.function.derivative(step.affine(state))[:, :, None]
        elif isinstance(step, Activation):
            slope = slope * step.function.derivative(state)[:, :, None]
        else:
            p = Softmax()(state)[:, :, None]
            slope = slope - (p * slope).sum(axis=1, keepdims=True)
            slope = slope if step.log else p * slope
        state = step(state)
    return slope


def _bends(pieces: Pieces, layers: int) -> tuple[Mapping[int, int], ...]:
    """For each layer the units that have a crease on the sheet, and which line it is."""
    found: list[dict[int, int]] = [{} for _ in range(layers)]
    lines: dict[bytes, int] = {}
    edges, units = pieces.creases()
    for number in distinct(units).tolist():
        layer, unit = pieces.units[number].tolist()
        own = np.unique(np.sort(edges[units == number], axis=1), axis=0)
        found[layer][unit] = lines.setdefault(own.tobytes(), len(lines))
    return tuple(found)
