"""How far the points of a class scatter, measured by how far the classes are apart.

states, labels ── class_means ──► deviations (N, D), means (C, D)
               ── fuzziness   ──► tr(SS_w SS_b⁺), the opposite way round to Fisher's ratio
               ── collapse    ──► tr(Σ_W Σ_B⁺) / C
"""

from typing import NamedTuple

import numpy as np

from warpviz.arrays import Floats, Ints
from warpviz.measure.probe import binary_unit, check_labelled
from warpviz.measure.separability import ROUNDING

THINNEST = 1e-10
"""Directions in which the means spread less than this part of their widest do not count."""


class ClassMeans(NamedTuple):
    """A state as means of its classes and the deviations from them, in a unit of its own size.

    Attributes:
        deviations: (N, D) of every point from the mean of its class.
        means: (C, D), moved so that `middle` is 0.
        sizes: (C,) how many points each class has.
        places: (N,) the class of every point, below C.
        unit: what one is in the state.
        middle: (D,) the mean of the points, in that unit.
    """

    deviations: Floats
    means: Floats
    sizes: Ints
    places: Ints
    unit: float
    middle: Floats

    @property
    def centred(self) -> Floats:
        """(C, D): the means less their own mean, in which every class counts the same."""
        return np.asarray(self.means - self.means.mean(axis=0))


def class_means(states: Floats, labels: Ints) -> ClassMeans | None:
    """Means of the classes and deviations from them; None for a single class.

    Args:
        states: (N, D).
        labels: (N,) integers.

    Raises:
        WarpvizError: the shapes do not fit or a state is not finite.
    """
    x, classes, index = check_labelled(states, labels)
    if len(classes) < 2:
        return None
    unit = float(binary_unit(np.abs(x).max()))
    x = x / unit
    middle = x.mean(axis=0)
    x = x - middle
    counts = np.bincount(index)
    sums = np.zeros((len(classes), x.shape[1]))
    np.add.at(sums, index, x)
    means = sums / counts[:, None]
    return ClassMeans(x - means[index], means, counts, index, unit, middle)


def fuzziness(states: Floats, labels: Ints) -> float | None:
    """Separation fuzziness D = tr(SS_w SS_b⁺), 0 where every class is one point.

    SS_w = Σ_k Σ_i (x_ki − x̄_k)(x_ki − x̄_k)ᵀ / n and SS_b = Σ_k n_k (x̄_k − x̄)(x̄_k − x̄)ᵀ / n.
    The pseudo-inverse leaves out directions below `THINNEST` of the widest.
    Source: He & Su, A law of data separation in deep learning, 2022, arXiv:2210.17020.

    Args:
        states: (N, D).
        labels: (N,) integers.

    Returns:
        At least 0; None for a single class, or where all classes have one mean.

    >>> import numpy as np
    >>> round(fuzziness(np.array([[0.0], [2.0], [10.0], [12.0]]), np.array([0, 0, 1, 1])), 12)
    0.04
    """
    found = class_means(states, labels)
    if found is None:
        return None
    share = np.sqrt(found.sizes / len(found.places))[:, None]
    return _ratio(found.deviations / np.sqrt(len(found.places)), found.means * share)


def collapse(states: Floats, labels: Ints) -> float | None:
    """NC1 = tr(Σ_W Σ_B⁺) / C: the spread within classes goes to 0 as a network collapses.

    Σ_W = Ave_c Ave_i (h_ci − μ_c)(h_ci − μ_c)ᵀ and Σ_B = Ave_c (μ_c − μ_G)(μ_c − μ_G)ᵀ, where
    every class counts the same, as in the paper all have the same number of points.
    Source: Papyan, Han & Donoho, Prevalence of neural collapse, 2020, arXiv:2008.08186.

    Returns:
        At least 0; None for a single class, or where all classes have one mean.

    >>> import numpy as np
    >>> round(collapse(np.array([[0.0], [2.0], [10.0], [12.0]]), np.array([0, 0, 1, 1])), 12)
    0.02
    """
    found = class_means(states, labels)
    if found is None:
        return None
    count = len(found.means)
    share = 1.0 / np.sqrt(count * found.sizes)[found.places]
    ratio = _ratio(found.deviations * share[:, None], found.centred / np.sqrt(count))
    return None if ratio is None else ratio / count


def _ratio(within: Floats, between: Floats) -> float | None:
    """tr(WᵀW (BᵀB)⁺) of rows W (N, D) and B (C, D); None where B is but rounding."""
    _, spreads, axes = np.linalg.svd(between, full_matrices=False)
    kept = spreads > max(THINNEST * spreads[0], ROUNDING)
    if not kept.any():
        return None
    along = within @ axes[kept].T
    return float(np.sum(np.sum(along * along, axis=0) / spreads[kept] ** 2))
