"""Measures of one state: what a layer has done to the classes and to the sheet.

    states, labels ──► probe, separability, Fisher ratio ─┐
    states, targets ──► R² of a linear read-out ──────────┤
    Jacobians, areas ──► area factor, collapsed share ────┼─► Measures
    cells as seen ──► overlap;  regions ──► their number ─┘

Everything comes as plain arrays, so that any model and any sheet can be measured.
"""

from dataclasses import asdict, dataclass, replace

import numpy as np

from warpviz.arguments import check_fields
from warpviz.arrays import Floats, Ints
from warpviz.errors import WarpvizError
from warpviz.measure.probe import binary_unit, check_labelled, fit_probe, standardise
from warpviz.measure.separability import ROUNDING, separate
from warpviz.measure.stretch import log_area_factor

FISHER_CUTOFF = 1e-10
"""Directions whose within-class variance is below this part of the largest do not count."""

LARGEST_LOG = float(np.log(np.finfo(np.float64).max))
"""Of a factor that float64 can hold."""


@dataclass(frozen=True)
class Measures:
    """What is known of one state; None where undefined or not asked for, never infinite.

    Attributes:
        accuracy: of a linear probe on the same points, in [0, 1]; 1 where it is proved that the
            classes are separable.
        separable: whether scores W x + b exist that put every point in its class, strictly.
        fisher: tr(S_W⁺ S_B), how far the classes are apart in units of their own spread.
        r_squared: of a regression instead of these three: how much of the targets' variance a
            linear read-out of the state explains, in [0, 1].
        area_factor: median of √det(JᵀJ) over the sheet that has not collapsed: 1 keeps areas, 2
            doubles them; None also where it is beyond float64.
        collapsed: share of the sheet's area that has collapsed to lines or points, in [0, 1].
        regions: number of linear regions so far, as activation patterns.
        affine_pieces: the same, where neighbours with one affine map of this state count once.
        overlap: mean number of sheet layers over a covered pixel, at least 1.
    """

    accuracy: float | None = None
    separable: bool | None = None
    fisher: float | None = None
    r_squared: float | None = None
    area_factor: float | None = None
    collapsed: float | None = None
    regions: int | None = None
    affine_pieces: int | None = None
    overlap: float | None = None

    def __post_init__(self) -> None:
        check_fields(self)
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


def r_squared(targets: Floats, said: Floats) -> float:
    """R² = 1 − Σ(target − said)² / Σ(target − mean of the targets)²: 1 is exact, 0 is the mean.

    Args:
        targets: (N,), not all the same.
        said: (N,) of a model.

    Returns:
        At most 1; a model that is worse than the mean has less than 0.

    >>> import numpy as np
    >>> r_squared(np.array([0.0, 2.0]), np.array([0.0, 2.0])), r_squared(
    ...     np.array([0.0, 2.0]), np.array([100.0, 102.0]))
    (1.0, -9999.0)
    """
    unit = binary_unit(np.abs(targets).max())
    even = targets / unit
    off = even - said / unit
    peak = float(binary_unit(np.abs(off).max()))
    wrong = float(np.linalg.norm(off / peak)) * peak
    return 1.0 - min(wrong / float(np.linalg.norm(even - even.mean())), 1e150) ** 2


def linear_r_squared(states: Floats, targets: Floats) -> float:
    """R² of the best affine read-out w·x + b of a state, in [0, 1], by least squares.

    Args:
        states: (N, D).
        targets: (N,), not all the same.

    >>> import numpy as np
    >>> x = np.array([[0.0], [1.0], [2.0], [3.0]])
    >>> round(linear_r_squared(x, x[:, 0] ** 2), 9) == round(45 / 49, 9)
    True
    """
    unit = binary_unit(np.abs(targets).max())
    even = targets / unit
    even = even - even.mean()
    axes = standardise(np.asarray(states, dtype=np.float64))[0]
    weight = np.linalg.lstsq(axes, even, rcond=None)[0]
    return float(np.clip(r_squared(even, axes @ weight), 0.0, 1.0))


def measure(
    states: Floats,
    labels: Ints,
    *,
    targets: Floats | None = None,
    jacobians: Floats | None = None,
    areas: Floats | None = None,
    regions: int | None = None,
    overlap: float | None = None,
) -> Measures:
    """All measures of one state.

    Args:
        states: (N, D) of the data.
        labels: (N,) integers; where all are the same, nothing is said of classes.
        targets: (N,) numbers of a regression: then labels say nothing.
        jacobians: (R, D, 2) of the map from the sheet, one for each piece of it.
        areas: (R,) of these pieces on the sheet.
        regions: the number of linear regions so far, where the chain is piecewise linear.
        overlap: `coverage.overlap` of the sheet as seen.

    Raises:
        WarpvizError: the shapes do not fit or a value is not finite.
    """
    stretch, collapsed = None, None
    if jacobians is not None and areas is not None:
        log_stretch, collapsed = log_area_factor(jacobians, areas)
        if log_stretch is not None and log_stretch < LARGEST_LOG:
            stretch = float(np.exp(log_stretch))
    sheet = Measures(area_factor=stretch, collapsed=collapsed, regions=regions, overlap=overlap)
    if targets is not None:
        return replace(sheet, r_squared=linear_r_squared(states, targets))
    if len(np.unique(labels)) < 2:  # points without labels
        return sheet
    probe = fit_probe(states, labels)
    separable = separate(states, labels, probe=probe).separable
    return replace(
        sheet,
        # A fit that stops short of the last point is no news where there is a proof.
        accuracy=1.0 if separable else probe.accuracy,
        separable=separable,
        fisher=fisher_ratio(states, labels),
    )
