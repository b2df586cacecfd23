"""Pieces of the plane on which a piecewise-linear chain is affine.

    Polygons (one rectangle, or graph paper) ── subdivide, layer by layer ──► Pieces
        z = W h + b:  cut every polygon by z_i = breakpoint, for each unit i,
                      then take the slope of the activation's piece on each side

Vertices carry their state through the layers and polygons carry their affine map. A crease is an
edge between two polygons that lie on different pieces of a unit's activation.
"""

from dataclasses import dataclass, replace

import numpy as np

from warpviz.arrays import Floats, Ints
from warpviz.errors import WarpvizError
from warpviz.geometry.plane import Plane, checked_plane
from warpviz.geometry.sheet import Polyline, Sheet
from warpviz.geometry.straight.bends import bends_of
from warpviz.geometry.straight.cutting import Codes, bend
from warpviz.geometry.straight.joining import join
from warpviz.geometry.straight.parting import parted
from warpviz.geometry.straight.polygons import Polygons
from warpviz.model.activations.function import ActivationFunction
from warpviz.model.chain import Chain
from warpviz.model.layers import Activation, Dense, Softmax, steps_of
from warpviz.model.residual import Add, Keep

# What counts as on a line: a distance as part of the domain's diagonal, and a value as part of
# the size of its terms. Far above rounding (1e-16), far below what is asked of us (1e-9).
CLOSE = 1e-13
FAINT = 1e-13
ROOM = 3 * 2**22
"""Numbers that the vertices of all pieces may carry, two a unit: 12,288 pieces of 512 units."""


@dataclass(frozen=True, eq=False)
class Pieces:
    """Convex polygons on each of which every state of a chain is affine.

    Attributes:
        polygons: R of them; the points are (V, 2 + 2 n_out): position, logits, and the size of the
            terms that each logit was summed from, of which its rounding error is a part.
        maps: (R, 3, n_out): the logits at (x, y) are x maps[:, 0] + y maps[:, 1] + maps[:, 2].
        codes: (R, U) for each unit that bends: 2 k on piece k of its activation, 2 k + 1 where its
            pre-activation equals breakpoint k throughout.
        units: (U, 2) layer and unit, in the order of `codes`; the units of a residual layer are all
            that bend in it, one after the other.
        counts: number of polygons at every stop, the input's first.
        tears: where units jump: polygons on its two sides share no vertices.
    """

    polygons: Polygons
    maps: Floats
    codes: Codes
    units: Ints
    counts: tuple[int, ...]
    tears: tuple[Polyline, ...] = ()

    def creases(self) -> tuple[Ints, Ints]:
        """(S, 2) vertex pairs and (S,) indices into `units`; units may share an edge."""
        sheet = Sheet(self.polygons.points[:, :2], self.polygons.corners, self.polygons.offsets)
        edges = sheet.edges()
        edges = edges[(edges[:, 2:] >= 0).all(axis=1)]
        # A unit that is only zero on one side does not bend there: it needs two whole pieces.
        bends = np.abs(self.codes[edges[:, 2]] - self.codes[edges[:, 3]]) >= 2
        edge, unit = np.nonzero(bends)
        return edges[edge, :2], unit

    def crease_lines(self) -> tuple[Polyline, ...]:
        """The creases, joined; `layer` and `unit` as in `units`, earlier layers first."""
        units: list[list[int]] = self.units.tolist()
        creases = tuple(
            Polyline(vertices, "crease", units[tag][0], units[tag][1])
            for tag, vertices in join(*self.creases())
        )
        return tuple(sorted(creases + self.tears, key=lambda line: (line.layer, line.unit)))


def is_piecewise_linear(chain: Chain) -> bool:
    """Whether every activation up to the logits is made of straight pieces."""
    steps = steps_of(up_to_logits(chain))
    functions = (step.function for step in steps if isinstance(step, Dense | Activation))
    has_softmax = any(isinstance(step, Softmax) for step in steps)
    return not has_softmax and all(f.breakpoints is not None for f in functions)


def up_to_logits(chain: Chain) -> Chain:
    """The chain without a softmax at its end."""
    return chain[:-1] if len(chain) and isinstance(chain[len(chain) - 1], Softmax) else chain


def room_for(chain: Chain, most: int) -> int:
    """How many pieces can be cut, of at most so many: wide states leave room for fewer.

    >>> [room_for(Chain([Dense.of(2, width, "relu")]), 20_000) for width in (16, 512, 2000)]
    [20000, 12288, 3145]
    """
    bends = [bend for k in range(len(chain)) for bend in bends_of(chain, k)]
    return min(most, ROOM // (2 * max((bend.units for bend in bends), default=1)))


def subdivide(
    chain: Chain, polygons: Polygons, *, plane: Plane | None = None, most: int = 20_000
) -> Pieces | None:
    """Cut polygons until every state of the chain is affine on each; None past `most` polygons.

    Args:
        chain: piecewise linear, see `linear_regions`.
        polygons: what to begin with; only positions are read.
        plane: see `linear_regions`.
        most: how many polygons are too many; fewer where `room_for` says so.
    """
    if not is_piecewise_linear(chain):
        raise WarpvizError(
            "Exact regions expect activations of straight pieces, as relu and hardtanh, up to "
            "the logits, "
            f"got {chain!r:.200}; sample its states instead."
        )
    logits = up_to_logits(chain)
    most = room_for(logits, most)
    origin, axes = checked_plane(logits, plane)
    state = polygons.points[:, :2] @ axes.T + origin
    size = np.abs(polygons.points[:, :2]) @ np.abs(axes.T) + np.abs(origin)
    maps = np.repeat(np.vstack([axes.T, origin])[None], len(polygons), axis=0)
    codes = np.zeros((len(polygons), 0), dtype=np.int8)
    units = np.zeros((0, 2), dtype=np.intp)
    counts = [len(polygons)]
    kept: list[tuple[Floats, Floats, Floats]] = []
    tears: tuple[Polyline, ...] = ()
    for k, layer in enumerate(logits):
        first = 0  # of the layer's units that bend, the next one's number
        for step in steps_of([layer]):
            if isinstance(step, Keep):
                kept.append((state, size, maps))
                continue
            if isinstance(step, Add):
                before = kept.pop()
                state, size, maps = (
                    a + b for a, b in zip(before, (state, size, maps), strict=True)
                )
                continue
            if isinstance(step, Dense):
                size = size @ np.abs(step.weight.T) + np.abs(step.bias)
                state = state @ step.weight.T + step.bias
                maps = (maps.reshape(-1, maps.shape[2]) @ step.weight.T).reshape(len(maps), 3, -1)
                maps[:, 2] += step.bias
            assert not isinstance(step, Softmax)
            if step.function.is_identity:
                continue
            width = state.shape[1]
            aside = [part for one in kept for part in one[:2]]
            carried = with_state(polygons, state, np.hstack([size, *aside]))
            bent = bend(
                carried, maps, step.function.breakpoints or (),
                close=nearness(carried.points), faint=FAINT, most=most,
            )  # fmt: skip
            if bent is None:
                return None
            polygons, parents, new = bent
            slopes, shifts = _on_pieces(step.function, new >> 1)
            maps = maps[parents]
            maps *= slopes[:, None]
            maps[:, 2] += shifts
            z, size, *rest = np.split(
                polygons.points[:, 2:],
                np.cumsum([width, width, *(part.shape[1] for part in aside)])[:-1],
                axis=1,
            )
            kept = [(rest[2 * i], rest[2 * i + 1], one[2][parents]) for i, one in enumerate(kept)]
            state, slope = step.function.value_and_slope(z)
            size = np.maximum(np.abs(slope) * size, np.abs(state))
            codes = np.hstack([codes[parents], new])
            numbers = first + np.arange(width)
            units = np.vstack([units, np.column_stack([np.full_like(numbers, k), numbers])])
            if step.function.jumps:
                cut = parted(polygons, _sides(step.function, new))
                tears = tuple(replace(one, vertices=cut.copy[one.vertices]) for one in tears)
                tears += tuple(Polyline(path, "crease", k, first + u) for u, path in cut.tears)
                polygons, size = cut.polygons, size[cut.origin]
                kept = [(one[cut.origin], much[cut.origin], each) for one, much, each in kept]
                state = _at(polygons, maps)
            first += width
        counts.append(len(polygons))
    return Pieces(with_state(polygons, state, size), maps, codes, units, tuple(counts), tears)


def with_state(polygons: Polygons, state: Floats, size: Floats) -> Polygons:
    """The same tiling with a state (V, n) and the size of its terms (V, n) at the vertices."""
    points = np.hstack([polygons.points[:, :2], state, size])
    return Polygons(points, polygons.corners, polygons.offsets)


def nearness(places: Floats) -> float:
    """The distance below which one of places (V, 2 or more) counts as on a line."""
    return CLOSE * float(np.hypot(*np.ptp(places[:, :2], axis=0)))


def _on_pieces(function: ActivationFunction, which: Codes) -> tuple[Floats, Floats]:
    """Slope and value at 0 (R, D) of the piece on which each unit is, given its number (R, D)."""
    slopes, shifts = function.pieces
    if function.units:
        unit = np.arange(which.shape[1])
        return slopes[which, unit], shifts[which, unit]
    return slopes.take(which), shifts.take(which)


def _sides(function: ActivationFunction, codes: Codes) -> Ints:
    """(R, D) how many jumps lie left of the piece on which each unit is."""
    passed = np.cumsum([0, *(at in function.jumps for at in function.breakpoints or ())])
    return np.asarray(passed[codes >> 1])


def _at(polygons: Polygons, maps: Floats) -> Floats:
    """(V, n) the state at each vertex by the map of a polygon that has it."""
    polygon = np.zeros(len(polygons.points), dtype=np.intp)
    polygon[polygons.corners] = np.repeat(np.arange(len(polygons)), np.diff(polygons.offsets))
    places = np.column_stack([polygons.points[:, :2], np.ones(len(polygon))])
    return np.asarray(np.einsum("vi,vij->vj", places, maps[polygon]))
