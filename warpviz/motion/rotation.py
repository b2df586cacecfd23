"""A rotation as a list of planes, each turned by its own angle.

Every orthogonal matrix with det > 0 turns some orthogonal planes and leaves the rest alone (its
real Schur form). R(t) turns each of these planes by t times its angle:

    R ──► planes (a, b), angles θ ──► R(t) = ∏ [a → a·cos tθ + b·sin tθ,  b → b·cos tθ − a·sin tθ]

As long as θ < π the planes are the matrix's own, and R(t) = exp(t·log R) depends on nothing else.
Where R is −1 every plane is as good as any other: there the planes are laid along the coordinate
axes in their order, so that the film does not depend on the library that found the eigenvectors.
With det < 0 one direction is left over; it turns by π through one axis more, like a page.
"""

import math
from dataclasses import dataclass

import numpy as np

from warpviz.arrays import Floats

STILL = 1e-13
"""Radians; a smaller angle is rounding, not a turn."""

HALF_TURN = 1e-6
"""Radians; nearer to π than this counts as a half-turn (float32 weights are π ± 1e-7)."""


NEW = 0.1
"""Of what an axis brings on average to a basis; one that brings less is passed over."""


@dataclass(frozen=True, eq=False)
class Rotation:
    """Planes to turn one after the other, in the order of the list.

    First the `turning` planes, by falling angle; then, where it `flips`, the page flip; then
    trims (angles up to about `HALF_TURN`), which end a half-turn exactly on R. Planes before the
    trims are orthogonal to each other, and so are the trims: within each part order is free.

    Attributes:
        planes: (M, 2, D) orthonormal pairs a, b; a turns towards b.
        angles: (M,) radians, in (0, π].
        turning: how many planes really turn.
        flips: whether R has det < 0; the last axis of D is then one more than R has.

    >>> quarter = Rotation.of(np.array([[0.0, -1.0], [1.0, 0.0]]))
    >>> (quarter.matrix(0.5) @ [1.0, 0.0]).round(3)
    array([0.707, 0.707])
    >>> Rotation.of(-np.eye(2)).planes
    array([[[1., 0.],
            [0., 1.]]])
    """

    planes: Floats
    angles: Floats
    turning: int
    flips: bool

    @classmethod
    def of(cls, orthogonal: Floats) -> "Rotation":
        """Take an orthogonal matrix (d, d) apart; D is d, or d + 1 where det < 0.

        Two halves, each well conditioned: the directions that turn by little, and the directions
        that turn by nearly π, which −R turns by little. They are told apart by cos θ, the
        eigenvalues of (R + Rᵀ)/2.
        """
        cosines, vectors = np.linalg.eigh((orthogonal + orthogonal.T) / 2)
        cut = _widest_gap(cosines)
        near, far = vectors[:, cosines > cut], vectors[:, cosines <= cut]
        slow, slow_angles, _ = _small_turns(near.T @ orthogonal @ near, STILL)
        # −R turns a to b by φ: R turns b to a by π − φ.
        fast, deficits, rest = _small_turns(-far.T @ orthogonal @ far, HALF_TURN)
        half = canonical_axes(far @ rest)
        flips = bool(len(half) % 2)
        pairs = half[: len(half) - flips].reshape(-1, 2, len(orthogonal))
        planes = np.concatenate([pairs, fast[:, ::-1] @ far.T, slow @ near.T])
        angles = np.concatenate([np.full(len(pairs), math.pi), math.pi - deficits, slow_angles])
        order = np.argsort(-angles, kind="stable")
        planes, angles, goal = planes[order], angles[order], orthogonal
        if flips:
            page = np.zeros((1, 2, len(orthogonal) + 1))
            page[0, 0, :-1], page[0, 1, -1] = half[-1], 1.0
            planes = np.concatenate([np.pad(planes, ((0, 0), (0, 0), (0, 1))), page])
            angles = np.append(angles, math.pi)
            goal = np.pad(orthogonal, ((0, 1), (0, 1)))
            goal[-1, -1] = -1.0
        whole = cls(planes, angles, len(angles) - flips, flips)
        trims, trim_angles, _ = _small_turns(goal @ whole.matrix(1.0).T, STILL)
        return cls(
            np.concatenate([planes, trims]),
            np.concatenate([angles, trim_angles]),
            whole.turning,
            flips,
        )

    @property
    def size(self) -> int:
        """D, the width of the space that turns."""
        return int(self.planes.shape[2])

    def matrix(self, t: float) -> Floats:
        """R(t), (D, D); the identity at t = 0."""
        return self.apply(np.eye(self.size), t)

    def apply(self, columns: Floats, t: float) -> Floats:
        """R(t) · columns, (D, n) → (D, n); t in [0, 1]."""
        trims = self.turning + self.flips
        for part in (slice(trims), slice(trims, None)):
            a, b = self.planes[part, 0], self.planes[part, 1]
            if not len(a):
                columns = columns + 0.0
                continue
            less, sine = np.cos(t * self.angles[part]) - 1.0, np.sin(t * self.angles[part])
            along, across = a @ columns, b @ columns
            columns = columns + a.T @ (less[:, None] * along - sine[:, None] * across)
            columns = columns + b.T @ (sine[:, None] * along + less[:, None] * across)
        return columns


def canonical_axes(basis: Floats) -> Floats:
    """Orthonormal basis (m, D) of a subspace that depends on the subspace alone.

    The coordinate axes e₀, e₁, … are projected onto it and made orthonormal in this order; an
    axis that brings almost nothing new is passed over.

    Args:
        basis: (D, m) any orthonormal basis of the subspace, as columns.

    >>> canonical_axes(np.array([[0.0, 0.6], [0.0, 0.8], [1.0, 0.0]])).round(3) + 0.0
    array([[0.6, 0.8, 0. ],
           [0. , 0. , 1. ]])
    """
    size, count = basis.shape
    found = np.zeros((0, count))
    # What is not found yet has squared lengths that sum to 1 or more over the D axes, so one of
    # them passes 1/D. No round number, so that no tidy matrix sits on the edge.
    least = NEW / (math.pi * max(size, 1))
    for axis in basis:
        if len(found) == count:
            break
        new = axis - found.T @ (found @ axis)
        if new @ new > least:
            new = new - found.T @ (found @ new)
            found = np.vstack([found, new / np.linalg.norm(new)])
    return found @ basis.T


def _widest_gap(cosines: Floats) -> float:
    """The middle of the widest gap between rising cosines, within [−½, ½].

    A gap is at least 1/(d/2 + 1) wide, since cosines come in pairs: no plane is torn apart.
    """
    inside = cosines[(cosines > -0.5) & (cosines < 0.5)]
    edges = np.concatenate([[-0.5], inside, [0.5]])
    widest = int(np.argmax(np.diff(edges)))
    return float(edges[widest] + edges[widest + 1]) / 2


def _small_turns(rotation: Floats, above: float) -> tuple[Floats, Floats, Floats]:
    """Planes that a rotation without angles near π turns by more than `above` radians.

    The Cayley transform S = (R − I)(R + I)⁻¹ is skew; i·S is Hermitian with eigenvalues
    ±tan(θ/2), which rise with θ, so that nearby angles do not mix.

    Returns:
        planes (M, 2, n), angles (M,) falling, and a basis (n, n − 2M) of what stays.
    """
    size = len(rotation)
    cayley = np.linalg.solve(rotation + np.eye(size), rotation - np.eye(size))
    values, vectors = np.linalg.eigh(0.5j * (cayley - cayley.T))
    angles = 2.0 * np.arctan(values[::-1])
    keep = angles > above
    turning = vectors[:, ::-1][:, keep]
    count = 2 * turning.shape[1]
    pairs = np.stack([turning.real, turning.imag], axis=2).reshape(size, count)
    # Eigenvectors of tiny angles lean on each other: the larger angles, which are sure, go first.
    axes, upper = np.linalg.qr(pairs, mode="complete")
    planes = (axes[:, :count] * np.sign(np.diag(upper))).T.reshape(count // 2, 2, size)
    return planes, angles[keep], axes[:, count:]
