"""States that a line separates or not, and proofs checked in fractions."""

from fractions import Fraction

import numpy as np

from warpviz.arrays import Floats, Ints
from warpviz.measure.separability import Meeting, Separator


def standardised(states: Floats) -> Floats:
    spread = states.std(axis=0)
    return np.asarray((states - states.mean(axis=0)) / np.where(spread > 0, spread, 1))


def random_state(seed: int) -> tuple[Floats, Ints]:
    """States of 2 to 5 classes and width 1 to 6, about half of them separable."""
    rng = np.random.default_rng(seed)
    classes, width = int(rng.integers(2, 6)), int(rng.integers(1, 7))
    n = int(rng.integers(2 * classes, 50))
    states = (
        lambda: rng.normal(size=(n, width)),
        lambda: rng.integers(0, 3, size=(n, width)).astype(np.float64),
        lambda: np.maximum(rng.normal(size=(n, width)) @ rng.normal(size=(width, width)), 0),
        lambda: rng.normal(size=(n, width)) * 10.0 ** rng.integers(-3, 4, size=width),
    )[seed % 4]()
    labels = rng.integers(0, classes, size=n)
    labels[:2] = 0, 1
    if seed % 3 == 0:
        return states, labels
    z = standardised(states)
    labels = np.argmax(z @ rng.normal(size=(width, classes)) + rng.normal(size=classes), axis=1)
    if seed % 3 == 1 or np.all(labels == labels[0]):
        labels[0] = (labels[0] + 1) % classes
    return states, labels


def smallest_exact_lead(proof: Separator, states: Floats, labels: Ints) -> Fraction:
    """In fractions, without any rounding."""
    leads: list[Fraction] = []
    weight = [[Fraction(w) for w in row] for row in proof.weight.tolist()]
    bias = [Fraction(b) for b in proof.bias.tolist()]
    for x, y in zip(states.tolist(), np.searchsorted(proof.classes, labels), strict=True):
        inner = [Fraction(a) - Fraction(c) for a, c in zip(x, proof.centre.tolist(), strict=True)]
        scores = [
            sum((w * a for w, a in zip(row, inner, strict=True)), b)
            for row, b in zip(weight, bias, strict=True)
        ]
        leads += [scores[y] - s for j, s in enumerate(scores) if j != y]
    return min(leads)


def imbalance(proof: Meeting, states: Floats, labels: Ints) -> float:
    """How far each class's own weighted points are from those it rivals, in exact sums."""
    assert np.all(proof.weights > 0)
    assert np.all(labels[proof.points] != proof.rivals)
    total = sum((Fraction(w) for w in proof.weights.tolist()), Fraction(0))
    assert abs(float(total) - 1) < 1e-12
    worst = 0.0
    for column in np.column_stack([states, np.ones(len(states))]).T:
        size = np.ptp(column) or np.abs(column).max() or 1.0
        for c in np.unique(labels):
            rest = Fraction(0)
            entries = zip(proof.points, proof.rivals, proof.weights.tolist(), strict=True)
            for i, rival, weight in entries:
                sign = int(labels[i] == c) - int(rival == c)
                rest += sign * Fraction(weight) * Fraction(float(column[i]))
            worst = max(worst, abs(float(rest)) / size)
    return worst


def check_proof(proof: Separator | Meeting, states: Floats, labels: Ints) -> None:
    if isinstance(proof, Separator):
        assert proof.margin > 0
        assert proof.margin <= smallest_exact_lead(proof, states, labels)
    else:
        assert proof.residual < 1e-9
        assert imbalance(proof, states, labels) < 1e-9
        classes = len(np.unique(labels))
        assert len(proof.points) <= (classes - 1) * (states.shape[1] + 1) + 1
