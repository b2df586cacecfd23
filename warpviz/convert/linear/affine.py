"""The affine map that a function of rows is, found by trying it."""

from collections.abc import Callable

import numpy as np

from warpviz.arrays import Floats

FAR = 2.0**20
"""The length along each axis at which a map is tried: rounding beside a large mean is small there.
"""
SIZES = (0.01, 1.0, 1e3, 1e6)
"""How large the numbers are on which the map that was found is tried."""
EACH = 6
"""Points of each size."""
CLOSE = 1e-8
WIDEST = 2_000
"""Features of which a map is found by trying each."""


def affine_of(function: Callable[[Floats], Floats], width: int) -> tuple[Floats, Floats] | None:
    """W (n_out, width) and b (n_out,) of what maps rows (N, width) to W x + b; None if none does.

    A map that gives the same for all that is tried is none: it may not know these values.

    >>> affine_of(lambda x: 3 * x[:, :1] - 1, 2), affine_of(np.abs, 2)
    ((array([[3., 0.]]), array([-1.])), None)
    """
    if width > WIDEST:
        return None
    chance = np.random.default_rng(0)
    tried = [size * chance.normal(size=(EACH, width)) for size in SIZES]
    whole = chance.integers(0, 6, size=(EACH, width)).astype(np.float64)
    rows = np.concatenate([np.zeros((1, width)), FAR * np.eye(width), *tried, whole])
    try:
        found = np.asarray(function(rows), dtype=np.float64)
    except Exception:  # other people's code, which may refuse such numbers in any way
        return None
    found = found[:, None] if found.ndim == 1 else found
    if found.ndim != 2 or len(found) != len(rows) or not np.isfinite(found).all():
        return None
    bias = found[0]
    weight = ((found[1 : width + 1] - bias) / FAR).T
    near = CLOSE * (np.abs(rows) @ np.abs(weight).T + np.abs(bias) + np.finfo(float).tiny)
    if not weight.any() or (np.abs(rows @ weight.T + bias - found) > near).any():
        return None
    return np.ascontiguousarray(weight), bias.copy()
