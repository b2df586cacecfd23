"""Chains for the tests of the geometry: random ones, and random ones full of coincidences."""

from itertools import pairwise

import numpy as np
import numpy.typing as npt
from hypothesis import strategies as st

from warpviz.arrays import Bools, Floats, Ints
from warpviz.geometry.sheet import Limits, Sheet
from warpviz.geometry.straight.cutting import Split, split
from warpviz.geometry.straight.polygons import Polygons
from warpviz.model import Chain, Dense

UNIT: Limits = (-1.0, 1.0, -1.0, 1.0)
SLANTED: Limits = (-2.0, 3.0, 0.0, 1.7)


def dense(weight: npt.ArrayLike, bias: npt.ArrayLike, activation: str = "identity") -> Dense:
    """A layer from plain numbers."""
    return Dense(np.asarray(weight, dtype=float), np.asarray(bias, dtype=float), activation)


def net(widths: tuple[int, ...], activation: str = "relu", *, seed: int = 0) -> Chain:
    rng = np.random.default_rng(seed)
    names = [activation] * (len(widths) - 2) + ["identity"]
    return Chain(
        [
            Dense(rng.normal(size=(n, m)) * np.sqrt(2 / m), rng.normal(size=n) * 0.5, name)
            for m, n, name in zip(widths[:-1], widths[1:], names, strict=True)
        ]
    )


@st.composite
def straight_chains(draw: st.DrawFn, most_outputs: int = 4) -> Chain:
    """Piecewise-linear chains: generic, whole-numbered, without bias, or with copied units."""
    kind = draw(st.sampled_from(["generic", "whole", "unbiased", "copied"]))
    inner = draw(st.lists(st.integers(1, 7), min_size=1, max_size=3))
    widths = [2, *inner, draw(st.integers(2, most_outputs))]
    rng = np.random.default_rng(draw(st.integers(0, 10_000)))
    layers: list[Dense] = []
    for m, n in pairwise(widths):
        weight, bias = rng.normal(size=(n, m)), rng.normal(size=n) * 0.5
        if kind == "whole":
            weight = rng.integers(-1, 2, size=(n, m)).astype(np.float64)
            bias = rng.choice([-1.0, -0.5, 0.0, 0.5, 1 / 3], size=n)
        elif kind == "unbiased":
            bias *= 0.0
        elif kind == "copied":
            of, scale = rng.integers(n, size=n), rng.choice([1.0, -1.0, 3.0], size=n)
            weight, bias = weight[of] * scale[:, None], bias[of] * scale
        name = draw(st.sampled_from(["relu", "relu", "leaky_relu:0.2", "leaky_relu:-1"]))
        layers.append(Dense(weight, bias, name if len(layers) < len(inner) else "identity"))
    return Chain(layers)


def centroids(vertices: Floats, polygons: Polygons | Sheet) -> Floats:
    """The mean corner of each polygon."""
    sums = np.add.reduceat(vertices[polygons.corners], polygons.offsets[:-1], axis=0)
    return np.asarray(sums / np.diff(polygons.offsets)[:, None])


def pattern(chain: Chain, x: Floats) -> tuple[Floats, Bools]:
    """Which side of its bend each unit is on, (N, U), and which rows are too near to say."""
    sides, near = [np.zeros((len(x), 0))], np.zeros(len(x), dtype=bool)
    for layer in chain:
        assert isinstance(layer, Dense)
        z = layer.affine(x)
        if layer.activation != "identity":
            sides.append((z > 0).astype(np.float64))
            near |= (np.abs(z) < 1e-9).any(axis=1)
        x = layer(x)
    return np.hstack(sides), near


def assert_tiles(vertices: Floats, corners: Ints, offsets: Ints, limits: Limits) -> None:
    """No gaps, no overlaps, no T-junctions, counter-clockwise."""
    x0, x1, y0, y1 = limits
    polygons = Polygons(vertices, corners, offsets)
    areas = polygons.areas()
    assert areas.min() > 0
    assert abs(areas.sum() - (x1 - x0) * (y1 - y0)) < 1e-9
    edges = Sheet(vertices, corners, offsets).edges()
    lonely = vertices[edges[(edges[:, 2:] < 0).any(axis=1), :2]]  # (E, 2 ends, 2)
    on_border = [lonely[:, :, 0] == x0, lonely[:, :, 0] == x1]
    on_border += [lonely[:, :, 1] == y0, lonely[:, :, 1] == y1]
    assert np.logical_or.reduce([side.all(axis=1) for side in on_border]).all()
    assert len(np.unique(vertices, axis=0)) == len(vertices)


def cut(polygons: Polygons, a: float, b: float, c: float) -> Split:
    """Cut by a x + b y + c = 0."""
    z = polygons.points[:, :2] @ np.array([a, b]) + c
    steepness = np.full(len(polygons), np.hypot(a, b))
    return split(polygons, z, steepness, close=1e-12)
