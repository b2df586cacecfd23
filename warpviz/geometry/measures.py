"""Measures of one state: what a layer has done to the classes and to the sheet.

    states, labels ──► probe, separability, Fisher ratio ─┐
    Jacobians, areas ──► area factor, collapsed share ────┼─► Measures
    cells as seen ──► overlap;  regions ──► their number ─┘

Everything comes as plain arrays, so that any model and any sheet can be measured.
"""

from dataclasses import asdict, dataclass

import numpy as np

from warpviz.arrays import Floats, Ints
from warpviz.errors import WarpvizError
from warpviz.geometry.probe import binary_unit, check_labelled, fit_probe
from warpviz.geometry.separability import ROUNDING, separate
from warpviz.geometry.stretch import area_factor

FISHER_CUTOFF = 1e-10
"""Directions whose within-class variance is below this part of the largest do not count."""


@dataclass(frozen=True)
class Measures:
    """What is known of one state; None where undefined or not asked for, never infinite.

    Attributes:
        accuracy: of a linear probe on the same points, in [0, 1].
        separable: whether scores W x + b exist that put every point in its class, strictly.
        fisher: tr(S_W⁺ S_B), how far the classes are apart in units of their own spread.
        area_factor: median log area factor of the sheet that has not collapsed.
        collapsed: share of the sheet's area that has collapsed to lines or points, in [0, 1].
        regions: number of linear regions so far.
        overlap: mean number of sheet layers over a covered pixel, at least 1.
    """

    accuracy: float | None = None
    separable: bool | None = None
    fisher: float | None = None
    area_factor: float | None = None
    collapsed: float | None = None
    regions: int | None = None
    overlap: float | None = None

    def __post_init__(self) -> None:
        for name, value in asdict(self).items():
            if value is not None and not np.isfinite(value):
                raise WarpvizError(f"Measures expect a finite {name} or None, got {value}.")

    def as_dict(self) -> dict[str, float | int | bool | None]:
        """The measures by name, as plain values that JSON can carry.

        >>> Measures(accuracy=1.0, separable=True).as_dict()["fisher"] is None
        True
        """
        return asdict(self)


def fisher_ratio(states: Floats, labels: Ints) -> float | None:
    """Fisher ratio tr(S_W⁺ S_B) of the scatter between classes to the scatter within them.

    S_W = Σ_c Σ_{i in c} (x_i − μ_c)(x_i − μ_c)ᵀ / N and S_B = Σ_c n_c (μ_c − μ)(μ_c − μ)ᵀ / N.
    The pseudo-inverse drops eigenvalues below `FISHER_CUTOFF` of the largest.

    Args:
        states: (N, D).
        labels: (N,) integers.

    Returns:
        The ratio, at least 0; None for a single class or where no class has any spread.

    Raises:
        WarpvizError: the shapes do not fit or a state is not finite.

    >>> import numpy as np
    >>> round(fisher_ratio(np.array([[0.0], [2.0], [10.0], [12.0]]), np.array([0, 0, 1, 1])), 9)
    25.0
    """
    x, classes, index = check_labelled(states, labels)
    if len(classes) == 1:
        return None
    x = x / binary_unit(np.abs(x).max())  # the ratio has no unit
    x = x - x.mean(axis=0)
    counts = np.bincount(index)
    sums = np.zeros((len(classes), x.shape[1]))
    np.add.at(sums, index, x)
    means = sums / counts[:, None]
    within = x - means[index]
    between = means * np.sqrt(counts / len(x))[:, None]
    values, axes = np.linalg.eigh(within.T @ within / len(x))
    # What the rounding of the coordinates themselves makes is no spread.
    if values[-1] <= ROUNDING**2:
        return None
    kept = values > FISHER_CUTOFF * values[-1]
    along = between @ axes[:, kept]
    return float(np.sum(np.sum(along * along, axis=0) / values[kept]))


def measure(
    states: Floats,
    labels: Ints,
    *,
    jacobians: Floats | None = None,
    areas: Floats | None = None,
    regions: int | None = None,
    overlap: float | None = None,
) -> Measures:
    """All measures of one state.

    Args:
        states: (N, D) of the data.
        labels: (N,) integers.
        jacobians: (R, D, 2) of the map from the sheet, one for each piece of it.
        areas: (R,) of these pieces on the sheet.
        regions: the number of linear regions so far, where the chain is piecewise linear.
        overlap: `coverage.overlap` of the sheet as seen.

    Raises:
        WarpvizError: the shapes do not fit or a value is not finite.
    """
    probe = fit_probe(states, labels)
    stretch, collapsed = None, None
    if jacobians is not None and areas is not None:
        stretch, collapsed = area_factor(jacobians, areas)
    return Measures(
        accuracy=probe.accuracy,
        separable=separate(states, labels, probe=probe).separable,
        fisher=fisher_ratio(states, labels),
        area_factor=stretch,
        collapsed=collapsed,
        regions=regions,
        overlap=overlap,
    )
