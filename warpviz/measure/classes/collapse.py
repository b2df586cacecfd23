"""Neural collapse of one state: what the means of the classes look like, and who decides by them.

Source: Papyan, Han & Donoho, Prevalence of neural collapse during the terminal phase of deep
learning training, PNAS 2020, arXiv:2008.08186, figures 2 to 7; at the stops between input and
logits as in Parker, Onal, Stengel & Intrater 2023, arXiv:2308.02760. NC1 is in `scatter`.
"""

from typing import NamedTuple

import numpy as np

from warpviz.arrays import Floats, Ints
from warpviz.measure.classes.scatter import ClassMeans, class_means
from warpviz.measure.separability import ROUNDING


class Simplex(NamedTuple):
    """NC2: how far the means of C classes are from the corners of a regular simplex; all 0 there.

    Attributes:
        lengths: Std_c ‖μ_c − μ_G‖ / Ave_c ‖μ_c − μ_G‖, of means of one length 0.
        angles: Std of cos(μ_c − μ_G, μ_c' − μ_G) over pairs of classes, of equal angles 0.
        widest: Ave |cos(μ_c − μ_G, μ_c' − μ_G) + 1 / (C − 1)| over pairs, 0 where the angles are
            as wide as C equal ones can be.
    """

    lengths: float
    angles: float
    widest: float


def simplex(states: Floats, labels: Ints) -> Simplex | None:
    """How far the class means are from a simplex frame.

    Args:
        states: (N, D).
        labels: (N,) integers of C classes.

    Returns:
        None for a single class, and where a mean lies in the middle of all, hence in no direction.

    >>> import numpy as np
    >>> [round(each, 12) for each in simplex(np.eye(3), np.arange(3))]
    [0.0, 0.0, 0.0]
    """
    found = class_means(states, labels)
    means = None if found is None else _directed(found)
    if means is None:
        return None
    lengths = np.linalg.norm(means, axis=1)
    rows = means / lengths[:, None]
    first, second = np.triu_indices(len(means), k=1)
    cosines = np.sum(rows[first] * rows[second], axis=1)
    parts = (
        np.std(lengths) / np.mean(lengths),
        np.std(cosines),
        np.mean(np.abs(cosines + 1.0 / (len(means) - 1))),
    )
    # What rounding makes is none: two classes are a frame, to the last digit.
    return Simplex(*(float(each) if each > ROUNDING else 0.0 for each in parts))


def _directed(found: ClassMeans) -> Floats | None:
    """The means less their mean, (C, D), if each is more than rounding."""
    means = found.centred
    return None if np.linalg.norm(means, axis=1).min() <= ROUNDING else means


def self_duality(states: Floats, labels: Ints, weight: Floats) -> float | None:
    """NC3 = ‖W / ‖W‖_F − M / ‖M‖_F‖_F²: 0 where the last layer's rows are the means, rescaled.

    Args:
        states: (N, D) that the last layer acts on.
        labels: (N,) integers of C classes.
        weight: W (C, D) of the last layer.

    Returns:
        0 … 4; None for a single class, another shape of W, or where W or all of M is 0.
    """
    found = class_means(states, labels)
    if found is None or weight.shape != found.means.shape:
        return None
    means = found.centred
    largest = float(np.abs(weight).max())
    if np.linalg.norm(means) <= ROUNDING or largest == 0:
        return None
    rows = weight / largest
    away = rows / np.linalg.norm(rows) - means / np.linalg.norm(means)
    return float(np.sum(away * away))


def off_centre(states: Floats, labels: Ints, decisions: Ints) -> float | None:
    """NC4: the share of points for which the nearest class mean is not what the network says.

    Args:
        states: (N, D).
        labels: (N,) integers of C classes, their means are the centres.
        decisions: (N,) what the network says, of the same integers.

    Returns:
        0 … 1; None for a single class, or where all classes have one mean.
    """
    found = class_means(states, labels)
    if found is None or np.linalg.norm(found.means, axis=1).max() <= ROUNDING:
        return None
    points = found.deviations + found.means[found.places]
    # ‖h − μ‖² less ‖h‖², which is the same for all: no (N, C, D) array.
    scores = np.sum(found.means**2, axis=1) - 2.0 * points @ found.means.T
    nearest = np.unique(labels)[np.argmin(scores, axis=1)]
    return float(np.mean(nearest != decisions))
