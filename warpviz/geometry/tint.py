"""Cells cut along the levels of a prediction, so that each can have one tint that is true.

    Sheet ── scores at its vertices ──► split along each level ──► Sheet of bands
                                                    centres ──► chances ── settled ──► tints

Between two levels a probability has one shade: at the logits of two classes the tint is a
function of z₁ − z₂ alone, on however many layers of cloth.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from warpviz.arrays import Floats, row_most
from warpviz.data.dataset import Dataset
from warpviz.geometry.sheet import Sheet
from warpviz.geometry.straight.cutting import split
from warpviz.geometry.straight.polygons import Polygons
from warpviz.model.chain import Chain
from warpviz.model.predictions import tints

LEVELS = 0.05 + 0.09 * np.arange(11)
"""Probabilities along which cells are cut; one of them is a half."""
SHADES = np.concatenate([[0.0], (LEVELS[1:] + LEVELS[:-1]) / 2, [1.0]])
"""The probability that stands for each band between levels."""
BANDS = 9
"""From one level of a number to the next, cells are cut along so many values."""
SNAP = 0.008
"""Levels of many classes lie almost on each other: vertices so near to a level are on it."""
FAINT = 1e-12
"""As a part of the largest score: what lies so near to a level may be there by rounding alone, as
the boundary does along which cells were cut before."""
MOST_CELLS = 64_000
"""A sheet that has more cells is cut no further."""
MANY_CLASSES = 64
"""Of more, scores are worked out at once: one by one they took a time that grew as the square;"""
ROWS = 1024
"""of so many points."""


@dataclass(frozen=True, eq=False)
class Tint:
    """What a sheet is tinted by.

    Attributes:
        chain: gives the logits of C classes, or one number.
        marks: the numbers along which cells are cut, rising; None for classes.
    """

    chain: Callable[[Floats], Floats]
    marks: Floats | None = None

    def scores(self, x: Floats) -> Floats:
        """(N, S) of points (N, n_in): what is level along a cut.

        The number itself; z₁ − z₂ of two classes; of more, for each class the logarithm of its
        odds, then its lead over the best other one.
        """
        return self.scores_of(self.chain(x))

    def scores_of(self, z: Floats) -> Floats:
        """The same of what the chain gives, (N, C)."""
        if self.marks is not None:
            return z[:, :1]
        if z.shape[1] == 1:  # one output of which nobody says what it is: one tint
            return 0.0 * z
        if z.shape[1] == 2:
            return z[:, :1] - z[:, 1:]
        if z.shape[1] > MANY_CLASSES:
            found = np.empty((len(z), 2 * z.shape[1]))
            for at in range(0, len(z), ROWS):
                found[at : at + ROWS] = np.hstack(_odds_and_leads(z[at : at + ROWS]))
            return found
        odds, leads = np.empty_like(z), np.empty_like(z)
        for label in range(z.shape[1]):
            odds[:, label], leads[:, label] = _odds_and_lead(z, label)
        return np.hstack([odds, leads])

    def score(self, x: Floats, column: int) -> Floats:
        """(N,) one column of the scores of points (N, n_in)."""
        z = self.chain(x)
        if self.marks is not None or z.shape[1] < 3:
            return self.scores_of(z)[:, column]
        return _odds_and_lead(z, column % z.shape[1])[column // z.shape[1]]

    def shares(self, scores: Floats) -> Floats:
        """Scores (N, S) as what is seen of them: probabilities, or numbers in steps of marks."""
        if self.marks is not None:
            at = np.interp(scores, self.marks, np.arange(len(self.marks)))
            return np.asarray(at * (LEVELS[1] - LEVELS[0]))
        return 1.0 / (1.0 + np.exp(-np.clip(scores, -50.0, 50.0)))

    def cuts(self, columns: int) -> list[tuple[int, float, float]]:
        """Column, level and how near to it counts as on it; of `columns` scores."""
        if self.marks is not None:
            return [(0, float(mark), 0.0) for mark in self.marks]
        odds = np.log(LEVELS / (1.0 - LEVELS))
        if columns == 1:
            return [(0, float(level), 0.0) for level in odds]
        near = SNAP / (LEVELS * (1.0 - LEVELS))
        half = columns // 2
        leads = [(column, 0.0, 0.0) for column in range(half, columns)]
        return leads + [
            (column, float(level), float(snap))
            for level, snap in zip(odds, near, strict=True)
            for column in range(half)
        ]


def _odds_and_lead(z: Floats, label: int) -> tuple[Floats, Floats]:
    """Of one of three classes or more, (N,) the logarithm of its odds, and its lead."""
    others = np.delete(z, label, axis=1)
    best = row_most(others)
    lead = z[:, label] - best
    return lead - np.log(np.exp(others - best[:, None]).sum(axis=1)), lead


def _odds_and_leads(z: Floats) -> tuple[Floats, Floats]:
    """The same of all classes at once, (N, C) both: each way takes as long as one class alone."""
    rows = np.arange(len(z))
    winner = z.argmax(axis=1)
    top = z[rows, winner]
    rest = z.copy()
    rest[rows, winner] = -np.inf
    second = rest.max(axis=1)
    leads = z - top[:, None]
    leads[rows, winner] = top - second
    # What is left of a sum without a loser is 1 at least, so that little is rounded off.
    shares = np.exp(z - top[:, None])
    left = shares.sum(axis=1, keepdims=True) - shares
    left[rows, winner] = np.exp(rest - second[:, None]).sum(axis=1)
    return leads - np.log(left), leads


def cut_for_tint(sheet: Sheet, tint: Tint) -> Sheet:
    """The sheet with its cells cut along the levels of its tint; its lines stay as they are."""
    polygons = Polygons(sheet.vertices, sheet.corners, sheet.offsets)
    scores = tint.scores(polygons.points)
    affine = sheet.exact and scores.shape[1] == 1
    for column, level, near in tint.cuts(scores.shape[1]):
        if len(polygons) > MOST_CELLS:
            break
        z = scores[:, column] - level
        near = max(near, FAINT * float(np.abs(z).max(initial=0.0)))
        if z.max() <= near or z.min() >= -near:
            continue
        z[np.abs(z) <= near] = 0.0

        def value(x: Floats, column: int = column, level: float = level) -> Floats:
            return np.asarray(tint.score(x, column) - level)

        steepness = np.zeros(len(polygons))
        cut = split(polygons, z, steepness, close=0.0, values=None if affine else value)
        polygons = cut.polygons
        scores = np.vstack([scores, tint.scores(polygons.points[len(scores) :])])
    return replace(
        sheet, vertices=polygons.points, corners=polygons.corners, offsets=polygons.offsets
    )


def settled(chances: Floats) -> Floats:
    """Probabilities (N, C) with one shade for all that lie between the same levels.

    Of two classes that is a shade for each band; of more, the mean of all rows of the same bands
    and the same likeliest class, which so stays the likeliest.
    """
    bands = np.searchsorted(LEVELS, chances)
    if chances.shape[1] == 2:
        shades = SHADES[bands[:, 0]]
        return np.column_stack([shades, 1.0 - shades])
    keys = np.column_stack([bands, chances.argmax(axis=1)])
    _, group, count = np.unique(keys, axis=0, return_inverse=True, return_counts=True)
    group = group.reshape(-1)
    sums = np.stack([np.bincount(group, column) for column in chances.T], axis=1)
    return np.asarray((sums / count[:, None])[group])


def tint_of(chain: Chain, data: Dataset) -> Tint:
    """What a sheet is tinted by: the model's classes, or its number in the data's levels."""
    if data.targets is None:
        return Tint(chain.logits())
    return tint_of_numbers(chain, data)


def tint_of_numbers(says: Callable[[Floats], Floats], data: Dataset) -> Tint:
    """The tint of a model that gives points (N, n_in) one number each, (N, 1)."""
    assert data.targets is not None
    low, high = float(data.targets.min()), float(data.targets.max())
    return Tint(says, np.linspace(low, high, BANDS * (data.n_classes - 1) + 1))


def cell_tints(chain: Chain, sheet: Sheet, data: Dataset) -> Floats:
    """What a model says of each cell of a sheet (cells, C); of classes, a shade for each band."""
    found = tints(chain, sheet.centres(), data)
    even = data.targets is None and chain.logits().widths[-1] == 1
    return found if even else of_cells(found, data)


def of_cells(found: Floats, data: Dataset) -> Floats:
    """What is said of cells (cells, C) as it is shown; of classes, a shade for each band."""
    return found if data.targets is not None else settled(found)
