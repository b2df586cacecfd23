"""Lines along which the two largest outputs of a chain tie, and points that are brought onto them.

Several sets of lines may be looked for at once: a point is known by its place and by its set.
"""

from dataclasses import dataclass

import numpy as np

from warpviz.arrays import Bools, Floats, Ints, distinct
from warpviz.geometry.plane import Plane
from warpviz.geometry.sheet import Limits
from warpviz.model.chain import Chain
from warpviz.model.layers import Dense

NEWTON_STEPS = 20


@dataclass(frozen=True, eq=False)
class Ties:
    """What ties.

    Attributes:
        chain: of any number of outputs.
        limits: x0, x1, y0, y1.
        plane: origin and axes of the input.
        levels: None for one set of lines, along which any two outputs tie. Else (S,) outputs and
            (S,) levels: along the lines of set s 0 and outputs[s] − levels[s] tie.
    """

    chain: Chain
    limits: Limits
    plane: Plane
    levels: tuple[Ints, Floats] | None = None

    @property
    def n_outputs(self) -> int:
        """How many may tie."""
        return self.chain.widths[-1] if self.levels is None else 2

    def alone(self, number: int) -> Chain:
        """The chain whose outputs tie along the lines of one set."""
        if self.levels is None:
            return self.chain
        output, level = (each[number] for each in self.levels)
        return level_pair(self.chain, int(output), float(level))

    def outputs(self, places: Floats, sets: Ints) -> Floats:
        """(N, C) what may tie at places (N, 2) of sets (N,)."""
        outputs = self.chain(places @ self.plane[1].T + self.plane[0])
        return outputs if self.levels is None else self.above(outputs, sets)

    def above(self, outputs: Floats, sets: Ints) -> Floats:
        """(N, 2) zero, and by how much outputs (N, D) of the chain exceed the levels of sets."""
        assert self.levels is not None
        own, level = (each[sets] for each in self.levels)
        return np.column_stack([np.zeros(len(outputs)), outputs[np.arange(len(own)), own] - level])

    def winner(self, places: Floats, sets: Ints) -> Ints:
        """(N,) which is the largest."""
        return np.asarray(self.outputs(places, sets).argmax(axis=1))

    def slopes(self, places: Floats, sets: Ints, weights: Floats) -> Floats:
        """(N, 2) the gradient of a weighted sum of what may tie, with weights (N, C)."""
        if self.levels is not None:
            rows, spread = np.arange(len(places)), np.zeros((len(places), self.chain.widths[-1]))
            spread[rows, self.levels[0][sets]] = weights[:, 1]
            weights = spread
        x = places @ self.plane[1].T + self.plane[0]
        return np.asarray(self.chain.backward(x, weights)[0] @ self.plane[1])


def level_pair(chain: Chain, output: int, level: float) -> Chain:
    """A chain of two outputs, 0 and z − level, which tie where an output z is at a level."""
    row = np.zeros((2, chain.widths[-1]))
    row[1, output] = 1.0
    return Chain([*chain, Dense(row, np.array([0.0, -level]))], chain.width)


def onto_the_curve(
    places: Floats, tied: Bools, ties: Ties, sets: Ints, reach: float, equal: Floats
) -> tuple[Floats, Bools]:
    """Move points (V, 2) by Newton steps to where their tied outputs (V, C) are equal.

    Args:
        places: near the curve.
        tied: which outputs are to be equal.
        ties: what ties.
        sets: (V,) of which set each point is.
        reach: how long a step may be.
        equal: (V,) what may be left between outputs that tie.

    Returns:
        The places, and (V, 2) along which axes each may move: what is on the border stays on it.
    """
    x0, x1, y0, y1 = ties.limits
    inside = np.column_stack(
        [(places[:, 0] > x0) & (places[:, 0] < x1), (places[:, 1] > y0) & (places[:, 1] < y1)]
    )
    places, tied, todo = places.copy(), tied.copy(), np.arange(len(places))
    while len(todo):
        for count in distinct(tied[todo].sum(axis=1)):
            group = todo[tied[todo].sum(axis=1) == count]
            labels = np.argsort(~tied[group], axis=1, kind="stable")[:, :count]
            places[group] = _tie(
                places[group], labels, inside[group], ties, sets[group], reach, equal[group]
            )
        # Where a third output has overtaken two that tie, all three meet near by.
        winner = ties.winner(places[todo], sets[todo])
        overtaken = ~tied[todo, winner]
        tied[todo, winner] = True
        todo = todo[overtaken]
    return places, inside


def _tie(
    places: Floats,
    labels: Ints,
    inside: Bools,
    ties: Ties,
    sets: Ints,
    reach: float,
    equal: Floats,
) -> Floats:
    """Newton steps (the shortest ones) of points (N, 2) to where outputs labels (N, T) tie."""
    todo = np.arange(len(places))
    for _ in range(NEWTON_STEPS):
        values = ties.outputs(places[todo], sets[todo])
        gaps = np.take_along_axis(values, labels, axis=1)
        gaps = gaps[:, 1:] - gaps[:, :1]
        far = np.abs(gaps).max(axis=1) > equal[todo]
        if not far.any():
            break
        todo, labels, inside, gaps = todo[far], labels[far], inside[far], gaps[far]
        rows, slopes = np.arange(len(todo)), np.empty((*gaps.shape, 2))
        for k in range(gaps.shape[1]):
            weights = np.zeros((len(todo), values.shape[1]))
            weights[rows, labels[:, k + 1]] = 1.0
            weights[rows, labels[:, 0]] = -1.0
            slopes[:, k] = ties.slopes(places[todo], sets[todo], weights) * inside
        step = -(np.linalg.pinv(slopes) @ gaps[:, :, None])[:, :, 0]
        length = np.hypot(step[:, 0], step[:, 1])[:, None]
        places[todo] += step * np.minimum(1.0, reach / np.maximum(length, 1e-300))
    return places
