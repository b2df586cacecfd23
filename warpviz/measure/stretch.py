"""How a map stretches the sheet: area factors and what has collapsed."""

import numpy as np

from warpviz.arrays import Floats, Ints
from warpviz.errors import WarpvizError

COLLAPSED = 1e-9
"""A piece whose least stretch is below this part of the sheet's largest stretch has collapsed."""
AT_ONCE = 2**20
"""Numbers of Jacobians that are worked out at once, to bound memory."""


def stretches(jacobians: Floats) -> tuple[Floats, Floats]:
    """The larger and the smaller singular value of each Jacobian.

    The smaller is the area factor over the larger, and the area factor √det(JᵀJ) is taken from
    an orthogonalisation, so that a rank of 1 shows as rounding of J, not as that of its square.

    Args:
        jacobians: (R, D, 2).

    Returns:
        larger (R,), smaller (R,).

    Raises:
        WarpvizError: another shape, or not finite.

    >>> import numpy as np
    >>> [s.tolist() for s in stretches(np.array([[[3.0, 0.0], [0.0, 0.5]]]))]
    [[3.0], [0.5]]
    """
    j = np.asarray(jacobians, dtype=np.float64)
    if j.ndim != 3 or j.shape[2] != 2 or not np.all(np.isfinite(j)):
        raise WarpvizError(f"Area factors expect finite Jacobians (R, D, 2), got {j.shape}.")
    block = max(AT_ONCE // max(2 * j.shape[1], 1), 1)
    parts = [_stretches(j[at : at + block]) for at in range(0, max(len(j), 1), block)]
    larger, smaller = (np.concatenate(each) for each in zip(*parts, strict=True))
    return larger, smaller


def _stretches(j: Floats) -> tuple[Floats, Floats]:
    """The same of a few, finite."""
    size = np.abs(j).max(axis=(1, 2), initial=0.0)
    j = j / np.where(size > 0, size, 1.0)[:, None, None]
    a, b = j[:, :, 0], j[:, :, 1]
    aa, bb, ab = (np.einsum("rd,rd->r", p, q) for p, q in ((a, a), (b, b), (a, b)))
    turned = (bb > aa)[:, None]
    long, short = np.where(turned, b, a), np.where(turned, a, b)
    longest = np.maximum(aa, bb)
    across = short - long * (ab / np.where(longest > 0, longest, 1.0))[:, None]
    area = np.sqrt(longest * np.einsum("rd,rd->r", across, across))
    larger = np.sqrt((aa + bb) / 2 + np.hypot((aa - bb) / 2, ab))
    return larger * size, area / np.where(larger > 0, larger, 1.0) * size


def log_area_factor(jacobians: Floats, areas: Floats) -> tuple[float | None, float | None]:
    """Median log area factor ½ log det(JᵀJ) of what has not collapsed, and the collapsed share.

    Args:
        jacobians: (R, D, 2) of the map from the sheet to the state: one for each linear region
            (its matrix M) or each cell.
        areas: (R,) of the pieces on the sheet, at least 0: the weights of median and share.

    Returns:
        The median (0 keeps areas, log 2 doubles them) and the share in [0, 1]; None for the
        median where all has collapsed, for both where there is no area.

    Raises:
        WarpvizError: the shapes do not fit, or a value is not finite or an area negative.

    >>> import numpy as np
    >>> log_area_factor(np.array([np.eye(2), np.zeros((2, 2))]), np.array([3.0, 1.0]))
    (0.0, 0.25)
    """
    larger, smaller = stretches(jacobians)
    weight = np.asarray(areas, dtype=np.float64)
    if weight.shape != larger.shape or not np.all((weight >= 0) & np.isfinite(weight)):
        raise WarpvizError(
            f"Area factors expect {len(larger)} finite areas of at least 0, got {weight.shape}."
        )
    real = weight > 0
    larger, smaller, weight = larger[real], smaller[real], weight[real]
    if not len(weight):
        return None, None
    weight = weight / weight.max()
    flat = smaller <= COLLAPSED * larger.max()
    share = float(weight[flat].sum() / weight.sum()) if np.any(~flat) else 1.0
    if np.all(flat):
        return None, share
    logs = np.log(larger[~flat]) + np.log(smaller[~flat])
    return weighted_median(logs, weight[~flat]), share


def weighted_median(values: Floats, weights: Floats) -> float:
    """The value with half of the weight on each side; the middle of two where both have half.

    >>> import numpy as np
    >>> weighted_median(np.array([5.0, 1.0, 2.0]), np.array([1.0, 1.0, 3.0]))
    2.0
    """
    order = np.argsort(values, kind="stable")
    below = np.cumsum(weights[order])
    # A hair's breadth, so that two equal halves are seen as such in spite of rounding.
    half, hair = below[-1] / 2, 1e-12 * below[-1]
    low = int(np.searchsorted(below, half - hair))
    high = min(int(np.searchsorted(below, half + hair)), len(order) - 1)
    return float((values[order[low]] + values[order[high]]) / 2)


def cell_jacobians(
    vertices: Floats, states: Floats, corners: Ints, offsets: Ints
) -> tuple[Floats, Floats]:
    """The affine map of each cell of a sheet in its least-squares sense, and its area.

    Exact where the map is affine over the cell; else the mean slope over its corners.

    Args:
        vertices: (V, 2) in coordinates of the sheet's plane.
        states: (V, D) their images.
        corners: (M,) vertex indices of all cells, one cell after the other.
        offsets: (cells + 1,) where each cell begins in `corners`.

    Returns:
        jacobians (cells, D, 2), areas (cells,). A cell without area has the Jacobian 0.
    """
    begin, sides = offsets[:-1], np.diff(offsets)
    cell = np.repeat(np.arange(len(sides)), sides)

    def inner(values: Floats) -> Floats:
        means = np.add.reduceat(values[corners], begin, axis=0) / sides[:, None]
        return np.asarray(values[corners] - means[cell])

    plane, image = inner(np.asarray(vertices)), inner(np.asarray(states))
    # Normal equations of 2 × 2, solved by Cramer's rule for all cells at once.
    squares = np.add.reduceat(plane[:, :, None] * plane[:, None, :], begin, axis=0)
    mixed = np.add.reduceat(image[:, :, None] * plane[:, None, :], begin, axis=0)
    p, q, r = squares[:, 0, 0], squares[:, 0, 1], squares[:, 1, 1]
    determinant = p * r - q * q
    flat = determinant <= COLLAPSED**2 * (p + r) ** 2
    adjugate = np.stack([np.stack([r, -q], -1), np.stack([-q, p], -1)], -2)
    inverse = adjugate / np.where(flat, 1.0, determinant)[:, None, None]
    jacobians = np.where(flat[:, None, None], 0.0, mixed @ inverse)
    after = np.arange(len(corners)) + 1
    after[np.asarray(offsets)[1:] - 1] = begin
    twice = plane[:, 0] * plane[after, 1] - plane[:, 1] * plane[after, 0]
    return jacobians, np.abs(np.add.reduceat(twice, begin)) / 2
