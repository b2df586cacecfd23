"""The linear probe: how much of the labels an affine read-out of a state can tell.

    states (N, D) ──standardise──► (N, D) ──Newton on cross entropy──► Probe ──► accuracy

Fit and accuracy use the same points: the measure is of the state, not of a forecast.
"""

from dataclasses import dataclass

import numpy as np

from warpviz.arrays import Floats, Ints
from warpviz.errors import WarpvizError

RIDGE = 1e-6
"""Weight of ½‖W‖² beside the mean cross entropy: it bounds the fit of separable classes."""

FLAT_COLUMN = 1e-12
"""A column whose spread is below this part of its magnitude is rounding noise, hence constant."""

MOST_STEPS = 200
ENOUGH = 1e-13
"""A step of Newton's that promises no more than this is the last."""
ARMIJO = 1e-4
"""Of the fall that a step promises, what it must keep."""
SHORTEST = 1e-10
"""Of a step, as a part of Newton's."""
BARE = 1e-13
"""Ridge of what has none, the bias: with all points sure, the Hessian is 0."""
DENSE_HESSIAN = 800
"""Newton systems up to this many unknowns are solved directly, larger ones iteratively."""


@dataclass(frozen=True, eq=False)
class Probe:
    """A fitted linear read-out, scores(x) = W (x − centre) + b.

    Attributes:
        classes: (C,) the labels, ascending; row c of the weight speaks for classes[c].
        weight: (C, D), in the units of the state.
        bias: (C,).
        centre: (D,) the mean of the states.
        loss: the minimised mean cross entropy (natural log) with its ridge.
        accuracy: share of the points, in [0, 1], whose highest score is their own class's.
    """

    classes: Ints
    weight: Floats
    bias: Floats
    centre: Floats
    loss: float
    accuracy: float

    def scores(self, states: Floats) -> Floats:
        """(N, C): the scores of states (N, D)."""
        return np.asarray((states - self.centre) @ self.weight.T + self.bias)


def check_labelled(states: Floats, labels: Ints) -> tuple[Floats, Ints, Ints]:
    """Labelled states as arrays, or a sentence about what is wrong with them.

    Returns:
        states (N, D) as float64, classes (C,) ascending, index (N,) of each point's class.
    """
    x, y = np.asarray(states, dtype=np.float64), np.asarray(labels)
    if x.ndim != 2 or x.size == 0:
        raise WarpvizError(f"A measure expects states of shape (N, D), got {np.shape(states)}.")
    if y.shape != (len(x),):
        raise WarpvizError(f"A measure expects labels of shape ({len(x)},), got {y.shape}.")
    if not np.all(np.isfinite(x)):
        raise WarpvizError("A measure expects finite states, got NaN or infinity.")
    classes, index = np.unique(y, return_inverse=True)
    return x, classes, index.reshape(-1)


def binary_unit(size: Floats) -> Floats:
    """The power of two just below each size, 1 for 0.

    Dividing by it is exact, and afterwards no square overflows or vanishes.

    >>> binary_unit(np.array([0.0, 5.0])).tolist()
    [1.0, 4.0]
    """
    return np.asarray(np.where(size > 0, np.ldexp(1.0, np.frexp(size)[1] - 1), 1.0))


def standardise(states: Floats) -> tuple[Floats, Floats, Floats]:
    """Columns of mean 0 and standard deviation 1; constant columns become 0.

    Returns:
        standardised (N, D), centre (D,), scale (D,); the scale of a constant column is infinite,
        so that dividing a weight by it gives 0.

    >>> import numpy as np
    >>> standardise(np.array([[1.0, 5.0], [3.0, 5.0]]))[0].tolist()
    [[-1.0, 0.0], [1.0, 0.0]]
    """
    unit = binary_unit(np.abs(states).max(axis=0))
    inner = states / unit
    mean = inner.mean(axis=0)
    inner -= mean
    spread = np.sqrt(np.mean(inner * inner, axis=0))
    flat = (spread <= FLAT_COLUMN) | (unit < 1e-290)
    inner[:, flat] = 0.0
    scale = np.where(flat, np.inf, spread * unit)
    return inner / np.where(flat, 1.0, spread), mean * unit, scale


def contrasts(count: int) -> Floats:
    """(C, C − 1): orthonormal columns orthogonal to the ones (Helmert's).

    Adding one vector to every class's scores changes no softmax, so a fit works without that
    direction, in which its Hessian would be singular.

    >>> contrasts(2).round(4).tolist()
    [[0.7071], [-0.7071]]
    """
    k = np.arange(1, count)
    basis = np.triu(np.ones((count, count - 1)))
    basis[k, k - 1] = -k
    return np.asarray(basis / np.sqrt(k * (k + 1.0)))


def fit_probe(states: Floats, labels: Ints, *, ridge: float = RIDGE) -> Probe:
    """Multinomial logistic regression of the labels on a state.

    Minimises mean(−log softmax(W z + b)_y) + ½·ridge·‖W‖² over W (C, D) and b (C,), where z are
    the standardised states, by Newton's method from zero with backtracking.

    Args:
        states: (N, D).
        labels: (N,) integers; any number of classes.
        ridge: at least 0; without it the fit of separable classes has no end.

    Returns:
        The probe, its accuracy taken on the same points.

    Raises:
        WarpvizError: the shapes do not fit or a state is not finite.

    >>> import numpy as np
    >>> fit_probe(np.array([[0.0], [1.0], [2.0], [3.0]]), np.array([0, 0, 1, 1])).accuracy
    1.0
    """
    x, classes, index = check_labelled(states, labels)
    z, centre, scale = standardise(x)
    ones = np.ones((len(z), 1))
    theta, loss = _newton(np.hstack([z, ones]), index, contrasts(len(classes)), ridge)
    weight, bias = theta[:, :-1], theta[:, -1]
    best = np.argmax(z @ weight.T + bias, axis=1)
    accuracy = float(np.mean(best == index))
    return Probe(classes, weight / scale, bias, centre, loss, accuracy)


def _newton(z: Floats, index: Ints, basis: Floats, ridge: float) -> tuple[Floats, float]:
    """The minimiser, (C, D + 1) with the bias last, and its loss; z has a last column of ones."""
    n, width = z.shape
    penalty = np.full(width, ridge)
    penalty[-1] = 0.0
    theta = np.zeros((basis.shape[1], width))
    loss, p = _cross_entropy(z, index, basis, theta, penalty)
    own = np.zeros_like(p)
    own[np.arange(n), index] = 1.0
    for _ in range(MOST_STEPS):
        gradient = basis.T @ ((p - own).T @ z) / n + penalty * theta
        step = _newton_step(z, p @ basis, p, basis, penalty, gradient)
        decrement = float(np.sum(gradient * step))
        if decrement <= ENOUGH:
            break
        size = 1.0
        while size > SHORTEST:
            trial = theta - size * step
            trial_loss, trial_p = _cross_entropy(z, index, basis, trial, penalty)
            if trial_loss <= loss - ARMIJO * size * decrement:
                break
            size /= 2
        else:
            break  # the loss no longer feels a step: as exact as float64 allows
        theta, loss, p = trial, trial_loss, trial_p
    return np.asarray(basis @ theta), loss


def _cross_entropy(
    z: Floats, index: Ints, basis: Floats, theta: Floats, penalty: Floats
) -> tuple[float, Floats]:
    """The ridged mean cross entropy and the softmax (N, C)."""
    scores = z @ (theta.T @ basis.T)
    scores -= scores.max(axis=1, keepdims=True)
    own = scores[np.arange(len(z)), index]
    np.exp(scores, out=scores)
    total = scores.sum(axis=1)
    loss = np.mean(np.log(total) - own) + 0.5 * np.sum(penalty * theta * theta)
    return float(loss), scores / total[:, None]


def _newton_step(
    z: Floats, q: Floats, p: Floats, basis: Floats, penalty: Floats, gradient: Floats
) -> Floats:
    """H⁻¹ gradient, (C − 1, D + 1), where H = mean of Bᵀ(diag p − p pᵀ)B ⊗ z zᵀ, plus the ridge."""
    n, width = z.shape
    rank = basis.shape[1]
    ridge = np.maximum(penalty, BARE)
    if rank * width > DENSE_HESSIAN:
        return _conjugate_gradients(z, q, p, basis, ridge, gradient)
    hessian = np.empty((rank, width, rank, width))
    for a in range(rank):
        for b in range(a + 1):
            weight = p @ (basis[:, a] * basis[:, b]) - q[:, a] * q[:, b]
            block = (z.T * weight) @ z / n
            hessian[a, :, b, :] = hessian[b, :, a, :] = block
    square = hessian.reshape(rank * width, rank * width)
    square[np.diag_indices_from(square)] += np.tile(ridge, rank)
    return np.asarray(np.linalg.solve(square, gradient.ravel()).reshape(rank, width))


def _conjugate_gradients(
    z: Floats, q: Floats, p: Floats, basis: Floats, ridge: Floats, gradient: Floats
) -> Floats:
    """The same step, truncated: H is used but never formed."""
    step = np.zeros_like(gradient)
    rest = gradient.copy()
    direction = rest.copy()
    square = first = float(np.sum(rest * rest))
    accept = first * min(1e-2, first)
    for _ in range(250):
        if square <= accept:
            break
        along = z @ direction.T  # (N, C − 1)
        bent = (p * (along @ basis.T)) @ basis - q * np.sum(q * along, axis=1, keepdims=True)
        image = bent.T @ z / len(z) + ridge * direction
        size = square / float(np.sum(direction * image))
        step += size * direction
        rest -= size * image
        previous, square = square, float(np.sum(rest * rest))
        direction = rest + square / previous * direction
    return step
