"""Polar motion: an affine act rotates as its matrix rotates and stretches as it stretches.

W, padded with zeros to a square A, is a stretch P followed by a rotation R; both are played at
once, from the identity to A:

    W (n_out, n_in) ──pad──► A = U S Vᵀ ──► P = V S Vᵀ   stretch along orthogonal axes
                                       └──► R = U Vᵀ     planes and their angles (see `rotation`)

    A(t) = R(t)·[(1 − t)·I + t·P]          x(t) = A(t)·x + t·b

                  2 → 3                               3 → 2
      +-------+             /|            +-------+
      | sheet |  ──R(t)──► / |  n lifts   | space |  ──P──► flat across ker W,
      +-------+            |/             +-------+         ──R(t)──► ker W turns upright

P is symmetric with eigenvalues ≥ 0, so (1 − t)·I + t·P is regular for every t < 1: nothing
collapses on the way. A straight lerp (1 − t)·I + t·A is singular somewhere on the way wherever A
has a negative real eigenvalue. Where W loses rank, the null space takes the nearest way to where
it must go; where W mirrors at full rank, the mirrored direction turns through one axis more.

Source: Shoemake & Duff, Matrix Animation and Polar Decomposition, Graphics Interface 1992.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from warpviz.arrays import Floats
from warpviz.motion.rotation import Rotation, canonical_axes

RANK = 1e-13
"""Singular values below this share of the largest are zero."""

OPEN = 1e-8
"""Cosines below this say nothing about where a null direction should go."""

EQUAL = 1e-6
"""Cosines nearer than this count as equal."""


@dataclass(frozen=True, eq=False)
class Turn:
    """The polar motion of one affine act, x ↦ W x + b.

    With d = max(n_in, n_out) and D = d + extra. All that a player needs is here: the stretch, the
    planes and angles of `rotation`, and b.

    Attributes:
        stretch: P, (d, d), symmetric with eigenvalues ≥ 0.
        rotation: R as planes (M, 2, D) and angles (M,).
        offset: b, (n_out,).
        n_in: width before.
        stretches: singular values of W, falling, (min(n_in, n_out),); zero from `rank` on.

    >>> half_turn = Turn.of(-np.eye(2), np.zeros(2))
    >>> half_turn.at(np.array([[1.0, 0.0]]), 0.5).round(3) + 0.0
    array([[0., 1.]])
    >>> Turn.of(np.diag([1.0, -1.0]), np.zeros(2)).matrix(0.5).round(3) + 0.0
    array([[1., 0.],
           [0., 0.],
           [0., 1.]])
    """

    stretch: Floats
    rotation: Rotation
    offset: Floats
    n_in: int
    stretches: Floats

    @classmethod
    def of(cls, weight: Floats, bias: Floats) -> "Turn":
        """Take weight (n_out, n_in) and bias (n_out,) apart; finite, as `Dense` has them."""
        n_out, n_in = weight.shape
        size = max(n_out, n_in)
        square = np.pad(weight, ((0, size - n_out), (0, size - n_in)))
        left, values, right = np.linalg.svd(square)
        rank = int(np.sum(values > RANK * values[0])) if values[0] > 0.0 else 0
        values = np.where(np.arange(size) < rank, values, 0.0)
        return cls(
            stretch=(right.T * values) @ right,
            rotation=Rotation.of(_orthogonal_factor(left, right.T, rank)),
            offset=bias,
            n_in=n_in,
            stretches=values[: min(n_out, n_in)],
        )

    @property
    def n_out(self) -> int:
        """Width after."""
        return len(self.offset)

    @property
    def extra(self) -> int:
        """1 where W mirrors at full rank and so needs one axis more to turn through, else 0."""
        return int(self.rotation.flips)

    @property
    def reflects(self) -> bool:
        """Whether W mirrors: it is square, of full rank, with det W < 0."""
        return self.rotation.flips

    @property
    def rank(self) -> int:
        """Rank of W."""
        return int(np.count_nonzero(self.stretches))

    @property
    def angles(self) -> Floats:
        """How far each plane turns, radians in (0, π], falling; without the page flip."""
        return self.rotation.angles[: self.rotation.turning]

    def matrix(self, t: float) -> Floats:
        """A(t), (D, n_in): the identity at t = 0; W, to rounding and padded, at t = 1."""
        return _matrix(self, t)

    def at(self, points: Floats, t: float) -> Floats:
        """A(t)·x + t·b for every row x: (N, n_in or more) → (N, D); columns past n_in are not read.

        Exact at t = 0, equal to W x + b but for rounding at t = 1.
        """
        moved: Floats = points[:, : self.n_in] @ self.matrix(t).T
        moved[:, : self.n_out] += t * self.offset
        return moved


@lru_cache(maxsize=32)  # a camera goes with its points: both ask at the same moments
def _matrix(turn: Turn, t: float) -> Floats:
    size = len(turn.stretch)
    scaled = (1.0 - t) * np.eye(size, turn.n_in) + t * turn.stretch[:, : turn.n_in]
    matrix = turn.rotation.apply(np.pad(scaled, ((0, turn.extra), (0, 0))), t)
    matrix.setflags(write=False)
    return matrix


def _orthogonal_factor(left: Floats, right: Floats, rank: int) -> Floats:
    """R of A = U S Vᵀ: U_r V_rᵀ on the range, the nearest way on the null space.

    The null space (columns N_v) goes to the complement of the range (N_u). The orthogonal polar
    factor of N_uᵀ N_v does so with the least turning. Where N_uᵀ N_v is singular a direction must
    go to one at a right angle: the polar factor of −N_uᵀ (U_r V_rᵀ)ᵀ N_v lets it turn in the plane
    in which the range turns already (a quarter-turn of both, not a swap); what is open even then
    goes by the order of the axes. If that mirrors, the direction that was surest least is reversed.

    Args:
        left: U, (d, d).
        right: V, (d, d), both with the null space last.
        rank: r.
    """
    ranged: Floats = left[:, :rank] @ right[:, :rank].T
    if rank == len(left):
        return ranged
    total, sources, targets = ranged, right[:, rank:], left[:, rank:]
    unsure = sources
    for hint in (np.eye(len(left)), -ranged.T):
        u, cosines, v = np.linalg.svd(targets.T @ hint @ sources)
        sure = cosines > OPEN
        if np.any(sure):
            total = total + targets @ u[:, sure] @ v[sure] @ sources.T
            least = sure & (cosines < cosines[sure][-1] + EQUAL)
            unsure = sources @ v[least].T
        sources, targets = sources @ v[~sure].T, targets @ u[:, ~sure]
    if sources.shape[1]:
        total, unsure = total + canonical_axes(targets).T @ canonical_axes(sources), sources
    if np.linalg.slogdet(total)[0] < 0.0:
        reversed_one = canonical_axes(unsure)[0]
        total = total - 2.0 * np.outer(total @ reversed_one, reversed_one)
    return total
