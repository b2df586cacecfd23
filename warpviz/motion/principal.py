"""First principal axes where there are far more units than points, or many of both."""

import numpy as np

from warpviz.arrays import Floats

WIDE = 4
"""States of so many times as many units as points have their axes from the points' products."""
MANY = 512
"""Units of a state from which on its first axes alone are worked out."""
FIRST = 256
"""Points by which these are looked for at first."""
ROUNDING = 1e-12
"""Axes of less power, as a part of the first one's, are none."""


def axes_of_few(inner: Floats) -> tuple[Floats, Floats]:
    """Powers (N,) and first axes (≤ 3, D) of few points (N, D) about their mean.

    The axes come from the products of the points, which are a small matrix: of D in the tens of
    thousands, as behind a convolution, that takes a tenth of the time.
    """
    power, mixes = np.linalg.eigh(inner @ inner.T)
    power, mixes = np.maximum(power[::-1], 0.0), mixes[:, ::-1]
    kept = power[:3] > ROUNDING * power[0]
    directions = (mixes[:, :3][:, kept].T @ inner) / np.sqrt(power[:3][kept])[:, None]
    return power, directions


def axes_of_many(inner: Floats) -> tuple[Floats, Floats]:
    """Powers of the first axes, and of all that is left; axes (≤ 3, D) of points (N, D), both many.

    A few directions, the first axes of some of the points, are led through all points and back
    until their power grows no more: what is across the first axes fades (subspace iteration:
    Halko, Martinsson & Tropp 2011, arXiv:0909.4061).
    """
    some = inner[np.linspace(0, len(inner) - 1, min(len(inner), FIRST)).astype(np.intp)]
    _, mixes = np.linalg.eigh(some @ some.T)
    led = np.linalg.qr(some.T @ mixes[:, -8:])[0]
    before = 0.0
    for _ in range(200):
        spread = inner @ led
        found = float((np.linalg.svd(spread, compute_uv=False)[:3] ** 2).sum())
        if found <= before * (1 + ROUNDING):
            break
        before = found
        led = np.linalg.qr(inner.T @ spread)[0]
    _, strength, turns = np.linalg.svd(inner @ led, full_matrices=False)
    power = strength[:3] ** 2
    rest = max(float(np.vdot(inner, inner)) - float(power.sum()), 0.0)
    kept = power > ROUNDING * power[0]
    return np.append(power, rest), (turns @ led.T)[:3][kept]


def within_span(points: Floats) -> Floats:
    """Points (N, D) by coordinates of the space that they span, where D is far above N.

    Distances and what separates the points stay as they are.
    """
    if points.shape[1] <= WIDE * len(points):
        return points
    inner = points - points.mean(axis=0)
    power, mixes = np.linalg.eigh(inner @ inner.T)
    return np.asarray(mixes * np.sqrt(np.maximum(power, 0.0)))
