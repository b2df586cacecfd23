"""Strict linear separability of all classes at once, decided with a certificate.

Points x of class y are separable when scores s(x) = W x + b exist with s_y(x) > s_j(x) for every
point and every rival j ≠ y: when an affine layer can classify them all. With x̃ = (x, 1) and
a_ij = (e_y − e_j) ⊗ x̃ this asks for u = (W, b) with a_ij·u > 0, and by Gordan's theorem exactly
one of these holds: there is such a u (a `Separator`), or 0 is a convex combination of the a_ij (a
`Meeting`). The point of their hull nearest to 0 tells which, and is the certificate either way.
Sources: Gordan 1873; Kesler's construction in Duda & Hart, Pattern Classification, 1973; Wolfe,
Finding the nearest point in a polytope, 1976.
"""

from dataclasses import dataclass, field

import numpy as np

from warpviz.arrays import Floats, Ints
from warpviz.measure.nearest_point import nearest_point
from warpviz.measure.probe import Probe, check_labelled, fit_probe, standardise

TOLERANCE = 1e-10
"""Hulls nearer to each other than this, in standard deviations of the state, count as meeting."""

ROUNDING = 64 * np.finfo(np.float64).eps
"""What a state's own coordinates are trusted to, relative to their magnitude."""

THINNEST = 1e4
"""A principal axis along which a state is thinner than this many roundings is no axis."""


@dataclass(frozen=True, eq=False)
class Separator:
    """Proof that the classes are separable: scores(x) = W (x − centre) + b.

    Attributes:
        classes: (C,) the labels, ascending.
        weight: (C, D).
        bias: (C,).
        centre: (D,), so that states far from the origin keep their digits.
        margin: the smallest lead of a point's own score over a rival's less all rounding: > 0
            (infinite for a single class, which has no rival).
    """

    classes: Ints
    weight: Floats
    bias: Floats
    centre: Floats
    margin: float = field(default=np.nan)
    separable: bool = field(default=True, init=False)

    def check(self, states: Floats, labels: Ints) -> float:
        """The smallest lead, less a bound of the rounding in it: positive proves separability."""
        x, classes, index = check_labelled(states, labels)
        if len(self.classes) == 1:
            return float(np.inf)
        inner = x - self.centre
        scores = inner @ self.weight.T + self.bias
        # Forward bound of a dot product of D + 2 terms, both scores and their difference.
        sizes = np.abs(inner) @ np.abs(self.weight).T + np.abs(self.bias)
        unit = (x.shape[1] + 6) * np.finfo(np.float64).eps
        own = np.searchsorted(self.classes, classes)[index]
        at = np.arange(len(x))
        lead = (scores - unit * sizes)[at, own][:, None] - (scores + unit * sizes)
        lead[at, own] = np.inf
        return float(lead.min())


@dataclass(frozen=True, eq=False)
class Meeting:
    """Proof that the classes are not separable: weights λ ≥ 0, Σλ = 1, with Σ λ a ≈ 0.

    Entry m takes point `points[m]` against class `rivals[m]`. For every class, the weighted sum
    of its own points equals that of the points for which it is the rival, and so do the weights:
    for two classes, Σ λx over the one is Σ λx over the other, a point in both convex hulls.

    Attributes:
        points: (m,) indices of points; m is at most (C − 1)·(D + 1) + 1.
        rivals: (m,) labels.
        weights: (m,) positive, of sum 1.
        residual: ‖Σ λ a‖ in standard deviations of the state along its principal axes; at most
            2 · `TOLERANCE`, unless the search ended early at the edge of float64 (seen below
            1e-9, once in 20,000 hard states).
    """

    points: Ints
    rivals: Ints
    weights: Floats
    residual: float = field(default=np.nan)
    separable: bool = field(default=False, init=False)

    def check(self, states: Floats, labels: Ints) -> float:
        """‖Σ λ a‖ as `residual` is measured: near 0 proves that nothing separates."""
        x, classes, index = check_labelled(states, labels)
        rows = whitened(x)[0][self.points] * self.weights[:, None]
        balance = np.zeros((len(classes), rows.shape[1]))
        np.add.at(balance, index[self.points], rows)
        np.subtract.at(balance, np.searchsorted(classes, self.rivals), rows)
        return float(np.sqrt(np.sum(balance * balance)))


def separate(states: Floats, labels: Ints, *, probe: Probe | None = None) -> Separator | Meeting:
    """Decide strict linear separability of all classes at once, with a proof.

    A state counts as separable when its classes stay apart by more than `TOLERANCE` standard
    deviations along its principal axes and by more than its own rounding; either proof is
    verified.

    Args:
        states: (N, D).
        labels: (N,) integers.
        probe: a fit of the same points, where there is one: its scores often are a proof.

    Returns:
        A `Separator` or a `Meeting`; both have `.separable` and `.check(states, labels)`.

    Raises:
        WarpvizError: the shapes do not fit or a state is not finite.

    >>> import numpy as np
    >>> square = np.array([[0.0, 0.0], [1.0, 1.0], [0.0, 1.0], [1.0, 0.0]])
    >>> separate(square, np.array([0, 0, 1, 1])).separable
    False
    >>> separate(square, np.array([0, 1, 1, 1])).separable
    True
    """
    x, classes, index = check_labelled(states, labels)
    probe = probe or fit_probe(x, labels)
    white, centre, forward, backward = whitened(x)
    guess = np.column_stack([probe.weight @ backward, probe.bias])
    # Should the probe's direction not survive the strict check, the search starts without it.
    for start in (guess, np.zeros_like(guess)):
        nearest = nearest_point(white, index, start, TOLERANCE)
        if not nearest.apart:
            break
        weight, bias = nearest.direction[:, :-1] @ forward.T, nearest.direction[:, -1]
        margin = Separator(classes, weight, bias, centre).check(x, labels)
        if margin > 0:
            return Separator(classes, weight, bias, centre, margin)
    rivals = classes[nearest.rivals]
    residual = Meeting(nearest.points, rivals, nearest.weights).check(x, labels)
    return Meeting(nearest.points, rivals, nearest.weights, residual)


def affine_rank(states: Floats) -> int:
    """The dimension of the smallest flat that holds the points (N, D), up to their rounding."""
    return int(whitened(np.asarray(states, dtype=np.float64))[0].shape[1]) - 1


def whitened(states: Floats) -> tuple[Floats, Floats, Floats, Floats]:
    """A state made as round as a ball, which changes no answer but the conditioning.

    Its columns are principal axes of standard deviation 1. An axis that carries rounding above
    `TOLERANCE` is scaled down until that is all it carries; one that is thinner than 10⁴ times
    its rounding is left out.

    Returns:
        x̃ (N, r + 1): r ≤ D axes and a column of ones; centre (D,); forward (D, r), from centred
        states to the axes; backward (D, r), whose transpose leads back.
    """
    z, centre, scale = standardise(states)
    live = np.isfinite(scale)
    noise = np.zeros_like(scale)
    noise[live] = ROUNDING * np.abs(states).max(axis=0)[live] / scale[live]
    axes = np.linalg.svd(z, full_matrices=False)[2].T
    spread = np.sqrt(np.mean((z @ axes) ** 2, axis=0))
    noise = np.sqrt((noise * noise) @ (axes * axes))
    kept = spread > THINNEST * noise
    axes, spread, noise = axes[:, kept], spread[kept], noise[kept]
    unit = np.maximum(spread, noise / TOLERANCE)
    white = np.hstack([z @ (axes / unit), np.ones((len(z), 1))])
    backward = np.where(live, scale, 0.0)[:, None] * axes * unit
    return white, centre, axes / unit / scale[:, None], backward
