"""The data of a study: what is trained with, and what is held out."""

import hashlib
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from warpviz.arrays import Floats
from warpviz.data import Dataset, load_data
from warpviz.errors import WarpvizError
from warpviz.studies.grid import Grid


@dataclass(frozen=True, eq=False)
class Points:
    """Data that was parted.

    Attributes:
        train: what networks are trained with, and measured by.
        test: points (N, n) that they never saw; N may be 0.
        labels: (N,) of these.
    """

    train: Dataset
    test: Floats
    labels: Any

    def facts(self) -> dict[str, object]:
        """What tells whether data is the same again: counts, and a hash of all numbers."""
        digest = hashlib.sha256()
        for array in (self.train.x, self.train.y, self.test, self.labels):
            digest.update(np.ascontiguousarray(array).tobytes())
        return {
            "train": len(self.train),
            "test": len(self.test),
            "classes": self.train.n_classes,
            "features": self.train.x.shape[1],
            "sha256": digest.hexdigest(),
        }


def points_of(grid: Grid) -> dict[str, Points]:
    """The data of a grid by name, each parted at random as its seed says.

    Raises:
        WarpvizError: data that cannot be loaded, or has no classes.
    """
    return {name: _points(name, grid) for name in grid.data}


def _points(name: str, grid: Grid) -> Points:
    data = load_data(name, n=grid.points, seed=grid.seed, standardise=True)
    if data.targets is not None or not data.labelled:
        raise WarpvizError(
            f"A study expects data with classes, got '{name}', which has "
            f"{'no labels' if data.targets is None else 'numbers'}."
        )
    rng = np.random.default_rng([grid.seed, len(data)])
    out = np.zeros(len(data), dtype=bool)
    out[rng.permutation(len(data))[: round(grid.holdout * len(data))]] = True
    train, seen = replace(data, x=data.x[~out], y=data.y[~out]), np.unique(data.y[~out])
    if len(seen) < data.n_classes:
        raise WarpvizError(
            f"'{name}' has too few points to hold {grid.holdout:.0%} of them out: a class is gone; "
            "take a smaller holdout."
        )
    return Points(train, data.x[out], data.y[out])
