"""What is left of the two directions of the sheet: ranks of Jacobians, and which side is up."""

import numpy as np

from warpviz.arrays import Floats
from warpviz.measure.stretch import COLLAPSED, stretches


def rank_shares(jacobians: Floats) -> tuple[float, float, float]:
    """The shares of points where a map has rank 0, 1 and 2; they sum to 1.

    A direction counts where it is stretched by more than `COLLAPSED` times the largest stretch of
    all the points, as for the collapsed share of the sheet.

    Args:
        jacobians: (N, D, 2), one a point.

    Raises:
        WarpvizError: another shape, or not finite.

    >>> import numpy as np
    >>> rank_shares(np.array([np.eye(2), np.diag([3.0, 0.0]), np.eye(2), np.zeros((2, 2))]))
    (0.25, 0.25, 0.5)
    """
    larger, smaller = stretches(jacobians)
    least = COLLAPSED * larger.max(initial=0.0)
    none, both = float(np.mean(larger <= least)), float(np.mean(smaller > least))
    return none, float(np.mean((larger > least) & (smaller <= least))), both


def folded_share(jacobians: Floats, areas: Floats) -> float | None:
    """The share of the sheet that lies with its other side up than most of it: 0 … ½.

    That is where det J has the other sign. What has collapsed has no side and does not count.

    Args:
        jacobians: (R, D, 2) of pieces of the sheet.
        areas: (R,) of them.

    Returns:
        None where the sheet does not lie in a plane, D ≠ 2, or all of it has collapsed.

    Raises:
        WarpvizError: a value is not finite.

    >>> import numpy as np
    >>> folded_share(np.array([np.eye(2), np.diag([1.0, -1.0])]), np.array([3.0, 1.0]))
    0.25
    """
    larger, smaller = stretches(jacobians)
    if jacobians.shape[1] != 2:
        return None
    # Divided by the larger stretch of each, no product can overflow or vanish.
    j = jacobians / np.where(larger > 0, larger, 1.0)[:, None, None]
    side = np.sign(j[:, 0, 0] * j[:, 1, 1] - j[:, 0, 1] * j[:, 1, 0])
    side[smaller <= COLLAPSED * larger.max(initial=0.0)] = 0.0
    up, down = float(areas[side > 0].sum()), float(areas[side < 0].sum())
    return min(up, down) / (up + down) if up + down > 0 else None
