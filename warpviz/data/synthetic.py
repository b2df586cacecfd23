"""Synthetic data sets: shapes in the plane, within [−1, 1] squared but for noise.

Every maker takes the number of points n, the standard deviation of Gaussian noise (in data
units) and a random generator, and returns points (n, 2), labels (n,) and class names. The
classes come one after the other and are as equal in size as n allows, the first ones larger.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from warpviz.arrays import Floats, Ints
from warpviz.data.dataset import Dataset
from warpviz.errors import WarpvizError
from warpviz.names import unknown_name

Points: TypeAlias = tuple[Floats, Ints, tuple[str, ...]]

SHAPES: Mapping[str, Mapping[str, float]] = {
    "rings": {"hole": 0.001, "disc": 1 / 3, "inner": 2 / 3, "outer": 1.0},
    "circles": {"inner": 0.4, "outer": 0.9},
    "moons": {"radius": 0.6, "right": 0.3, "up": 0.15},
    "spirals": {"begin": 0.08, "length": 0.87, "half_turns": 3.0},
    "xor": {"low": 0.08, "high": 0.95},
    "blobs": {"radius": 0.6, "spread": 0.13, "share": 0.2},
    "checkerboard": {"squares": 4, "side": 0.5, "low": 0.05, "high": 0.45},
}
"""How far things are from the middle, from each other and around, in data units."""
LAYERS = "3:identity,3,3"
"""Hidden layers that separate most data of the plane, as `--layers` writes them."""
MOST_ARMS = 12
"""Of spirals, and blobs, at most."""


@dataclass(frozen=True)
class Maker:
    """One entry of `DATASETS`.

    Attributes:
        make: `make(n, classes, rng)` → points (n, 2), labels (n,), class names; no noise yet.
        noise: Its noise unless told otherwise, standard deviation in data units.
        title: One line on what it looks like.
        classes: How many arms or blobs unless told otherwise; None where it is always two.
        layers: Hidden layers that separate it, as `--layers` writes them.
    """

    make: Callable[[int, int, np.random.Generator], Points]
    noise: float
    title: str
    classes: int | None = None
    layers: str = LAYERS


def ring(n: int, r_min: float, r_max: float, n_r: int | None = None) -> Floats:
    """Points on rays: (r sin t, r cos t), the angle t in the outer loop, the radius in the inner.

    t runs over linspace(0, 2π), both ends included, and r over linspace(r_min, r_max).

    Args:
        n: Number of points; where it is no multiple of n_r, the last ray is cut short.
        r_min: Smallest radius.
        r_max: Largest radius.
        n_r: Points on a ray; √n by default.

    Returns:
        The points, (n, 2).
    """
    n_r = n_r or max(1, int(np.sqrt(n)))
    t = np.linspace(0.0, 2.0 * np.pi, -(-n // n_r))[:, None]
    r = np.linspace(r_min, r_max, n_r)[None, :]
    return np.stack([r * np.sin(t), r * np.cos(t)], axis=-1).reshape(-1, 2)[:n]


def _sizes(n: int, classes: int) -> list[int]:
    return [n // classes + (k < n % classes) for k in range(classes)]


def _labels(n: int, classes: int) -> Ints:
    return np.repeat(np.arange(classes), _sizes(n, classes))


def _numbered(word: str, classes: int) -> tuple[str, ...]:
    return tuple(f"{word} {k + 1}" for k in range(classes))


def _rings(n: int, classes: int, rng: np.random.Generator) -> Points:
    inner, outer = _sizes(n, 2)
    at = SHAPES["rings"]
    x = np.concatenate([ring(inner, at["hole"], at["disc"]), ring(outer, at["inner"], at["outer"])])
    return x, _labels(n, 2), ("inner", "outer")


def _circles(n: int, classes: int, rng: np.random.Generator) -> Points:
    at = SHAPES["circles"]
    radius = np.repeat([at["inner"], at["outer"]], _sizes(n, 2))
    t = rng.uniform(0.0, 2.0 * np.pi, n)
    return (
        np.stack([radius * np.cos(t), radius * np.sin(t)], axis=1),
        _labels(n, 2),
        (
            "inner",
            "outer",
        ),
    )


def _moons(n: int, classes: int, rng: np.random.Generator) -> Points:
    # Two half circles, the lower one moved right by a radius and up by half of one.
    y, at = _labels(n, 2), SHAPES["moons"]
    t = rng.uniform(0.0, np.pi, n)
    sign = 1 - 2 * y
    across = at["radius"] * np.cos(t) - at["right"]
    x = np.stack([sign * across, sign * (at["radius"] * np.sin(t) - at["up"])], axis=1)
    return x, y, ("upper", "lower")


def _spirals(n: int, arms: int, rng: np.random.Generator) -> Points:
    # Archimedean arms of 1½ turns; √ spreads the points evenly along the arm.
    y, at = _labels(n, arms), SHAPES["spirals"]
    s = np.sqrt(rng.uniform(0.0, 1.0, n))
    r = at["begin"] + at["length"] * s
    t = at["half_turns"] * np.pi * s * min(1.0, 2.0 / arms) + 2.0 * np.pi * y / arms
    return np.stack([r * np.cos(t), r * np.sin(t)], axis=1), y, _numbered("arm", arms)


def _xor(n: int, classes: int, rng: np.random.Generator) -> Points:
    # Four squares with a gap of 0.16 between them.
    y, at = _labels(n, 2), SHAPES["xor"]
    size = rng.uniform(at["low"], at["high"], (n, 2))
    sign = rng.choice([-1.0, 1.0], n)
    return (
        np.stack([sign * size[:, 0], sign * (1 - 2 * y) * size[:, 1]], axis=1),
        y,
        (
            "same sign",
            "other sign",
        ),
    )


def _blobs(n: int, blobs: int, rng: np.random.Generator) -> Points:
    y, at = _labels(n, blobs), SHAPES["blobs"]
    t = 2.0 * np.pi * y / blobs + np.pi / 2.0
    # Neighbours are at least six deviations apart, however many: 997 of 1,000 on their own side.
    spread = min(at["spread"], at["share"] * np.sin(np.pi / blobs))
    x = at["radius"] * np.stack([np.cos(t), np.sin(t)], axis=1) + rng.normal(0.0, spread, (n, 2))
    return x, y, _numbered("blob", blobs)


def _checkerboard(n: int, classes: int, rng: np.random.Generator) -> Points:
    # Four by four squares of side 0.5 with gaps; a column, then one of its two right rows.
    y, at = _labels(n, 2), SHAPES["checkerboard"]
    column = rng.integers(0, int(at["squares"]), n)
    row = 2 * rng.integers(0, 2, n) + (column + y) % 2
    inside = rng.uniform(at["low"], at["high"], (n, 2))
    return np.stack([column, row], axis=1) * at["side"] - 1.0 + inside, y, ("black", "white")


DATASETS: dict[str, Maker] = {
    "rings": Maker(_rings, 0.0, "a disc in a ring, on rays"),
    "circles": Maker(_circles, 0.04, "two circles, one in the other"),
    "moons": Maker(_moons, 0.05, "two half-moons that interlock"),
    "spirals": Maker(_spirals, 0.02, "two or more arms: spirals:3", classes=2, layers="8,8,3"),
    "xor": Maker(_xor, 0.0, "four squares, opposite ones alike"),
    "blobs": Maker(_blobs, 0.0, "three or more clouds: blobs:5", classes=3),
    "checkerboard": Maker(
        _checkerboard, 0.0, "four by four squares in two colours", layers="12,12,3"
    ),
}
"""Name → how its points are made."""


def make_data(
    name: str, *, n: int | None = None, noise: float | None = None, seed: int = 0
) -> Dataset:
    """Make a data set by name; `spirals` and `blobs` take their number after a colon.

    Args:
        name: A key of `DATASETS`, or such as "spirals:3".
        n: Number of points, 1800 by default.
        noise: Standard deviation of Gaussian noise on every coordinate, in data units.
        seed: Of the points (where they are random) and of the noise.

    Raises:
        WarpvizError: for an unknown name, too few points or a noise below zero.

    >>> make_data("spirals:3", n=9, seed=1).y
    array([0, 0, 0, 1, 1, 1, 2, 2, 2])
    """
    stem, colon, text = str(name).partition(":")
    if stem not in DATASETS:
        raise unknown_name("data set", name, DATASETS)
    maker = DATASETS[stem]
    classes = _classes(stem, maker, text) if colon else (maker.classes or 2)
    n = 1800 if n is None else n
    if isinstance(n, bool) or not isinstance(n, int | np.integer) or n < classes:
        raise WarpvizError(
            f"Data set '{name}' expects n, a whole number from {classes}, got {n!r}."
        )
    noise = maker.noise if noise is None else noise
    if not 0.0 <= noise < np.inf:
        raise WarpvizError(f"Data set '{name}' expects a noise of 0 or more, got {noise!r}.")
    rng = np.random.default_rng(seed)
    x, y, class_names = maker.make(int(n), classes, rng)
    if noise > 0.0:
        x = x + rng.normal(0.0, noise, x.shape)
    return Dataset(x, y, class_names, name)


def _classes(stem: str, maker: Maker, text: str) -> int:
    if maker.classes is None:
        raise WarpvizError(f"Data set '{stem}' takes no number, got '{stem}:{text}'.")
    if not text.isdecimal() or not maker.classes <= int(text) <= MOST_ARMS:
        raise WarpvizError(
            f"Data set '{stem}' expects a number from {maker.classes} to {MOST_ARMS} after the "
            f"colon, got {text!r}."
        )
    return int(text)
