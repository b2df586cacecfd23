"""Films in which Python's marks are compared with the player's."""

from collections.abc import Callable
from functools import cache

import numpy as np

from tests.film.insets.maps import MAPS
from tests.model.residuals import nested
from warpviz.data import Dataset, load_data
from warpviz.film.build import animate, compare
from warpviz.film.reel.animation import Animation
from warpviz.model import mlp

RINGS = load_data("rings", seed=0)
MANY = Dataset(
    np.random.default_rng(0).normal(size=(60, 2)) * [0.002, 300.0] + [0.01, 9e4],
    np.arange(60) % 9,
    class_names=tuple(f"class number {i}" for i in range(9)),
    feature_names=("thickness (mm)", "load (N)"),
)


FILMS: dict[str, Callable[[], Animation]] = {
    "plane to space": lambda: animate(
        mlp([2, 3, 3, 2], "relu", seed=1), RINGS, size=(640, 720)
    ),
    "small, light": lambda: animate(
        mlp([2, 2, 2], "tanh", seed=2), RINGS, size=(240, 180), theme="light", view="2d"
    ),
    "many classes, own axes, measures": lambda: animate(
        mlp([2, 3, 9], "tanh", seed=0), MANY.standardised(), size=(900, 700),
        show=("measures",),
    ),
    "three": lambda: compare(
        {name: mlp([2, 3, 2], name, seed=0) for name in ("relu", "sin", "tanh")},
        RINGS, size=(900, 360), title="Three activations",
    ),
    "unit vectors": lambda: animate(MAPS, RINGS, size=(480, 360), show=("basis",)),
    "short ones": lambda: animate(MAPS, Dataset(1e-5 * RINGS.x, RINGS.y), show=("basis",)),
    "network": lambda: animate(nested("relu"), RINGS, size=(480, 360), network=True),
    "networks, shortened": lambda: compare(
        {name: mlp([2, 40, 2], name, seed=0) for name in ("relu", "tanh")},
        RINGS, size=(720, 400), network=True, theme="light",
    ),
    "a title that must shrink, and be cut": lambda: compare(
        {name: mlp([2, 3, 2], name, seed=0) for name in ("relu", "tanh")},
        RINGS, size=(480, 240), title="What two activations do to the plane, and how " * 3,
    ),
}  # fmt: skip


@cache
def film_of(name: str) -> Animation:
    return FILMS[name]()


MOMENTS = [
    (0, 0.0),
    (0, 0.1),
    (0, 0.5),
    (0, 0.93),
    (1, 0.0),
    (1, 0.4),
    (1, 1.0),
    (2, 0.06),
    (3, 0.5),
]
