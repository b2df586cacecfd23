"""What a network says at each snapshot, and where it is asked."""

import numpy as np

from warpviz.approximation.approximation import Approximation
from warpviz.approximation.largest_error import jumps
from warpviz.arrays import Floats, Ints


def places_of(one: Approximation, count: int) -> Floats:
    """So many x, evenly, and both sides of every jump of the truth with a break between them."""
    x = np.linspace(*one.target.limits, max(count, 2))
    if one.target.function is None:
        return x
    sides = jumps(one.target.function, *one.target.limits)
    x = np.unique(np.concatenate([x, sides.ravel()]))
    return np.insert(x, np.searchsorted(x, sides[:, 1]), np.nan)


def said_by_snapshots(one: Approximation, picked: Ints, x: Floats) -> Floats:
    """What the network says at x (N,) at every picked snapshot: (K, N), NaN at NaN."""
    chains, known = one.run.chains(), ~np.isnan(x)
    rows = np.full((len(picked), len(x)), np.nan)
    for row, i in zip(rows, picked, strict=True):
        row[known] = chains[i](x[known, None])[:, 0]
    return rows
