"""Matrices of every kind that polar motion must carry."""

import math

import numpy as np
from hypothesis import strategies as st

from warpviz.arrays import Floats
from warpviz.motion.polar import Turn

KINDS = ("normal", "low rank", "small integers", "turns", "signs")
TIMES = (0.0, 0.1, 0.5, 0.9, 0.99)


def turned(*angles: float) -> Floats:
    """Block-diagonal rotation, one plane an angle."""
    out = np.zeros((2 * len(angles), 2 * len(angles)))
    for i, angle in enumerate(angles):
        c, s = math.cos(angle), math.sin(angle)
        out[2 * i : 2 * i + 2, 2 * i : 2 * i + 2] = [[c, -s], [s, c]]
    return out


def random_frame(rng: np.random.Generator, size: int) -> Floats:
    """Orthonormal columns and rows, (size, size)."""
    frame: Floats = np.linalg.qr(rng.normal(size=(size, size)))[0]
    return frame


def drawn(kind: str, n_out: int, n_in: int, seed: int) -> Floats:
    """A weight (n_out, n_in) of one of `KINDS`."""
    rng = np.random.default_rng(seed)
    least, size = min(n_out, n_in), max(n_out, n_in)
    weight = rng.normal(size=(n_out, n_in))
    if kind == "low rank":
        rank = int(rng.integers(0, least + 1))
        weight = rng.normal(size=(n_out, rank)) @ rng.normal(size=(rank, n_in))
    elif kind == "small integers":
        weight = rng.integers(-1, 2, size=(n_out, n_in)).astype(float)
    elif kind == "turns":
        frame = random_frame(rng, size + size % 2)
        angles = rng.choice([0.0, 0.5, -2.0, math.pi / 2, math.pi, math.pi], size=len(frame) // 2)
        weight = (frame @ turned(*angles) @ frame.T)[:n_out, :n_in]
        weight[np.abs(weight) < 1e-9] = 0.0  # a cut-out that is rounding alone has no sure rank
    elif kind == "signs":
        weight = np.eye(n_out, n_in) * rng.choice([-2.0, -1.0, 0.0, 1.0], size=n_in)
    return weight


weights = st.builds(
    drawn,
    st.sampled_from(KINDS),
    st.integers(1, 6),
    st.integers(1, 6),
    st.integers(0, 10**6),
)


def turn_of(weight: Floats) -> Turn:
    n_out = int(weight.shape[0])
    return Turn.of(weight, np.zeros(n_out))
