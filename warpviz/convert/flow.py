"""What happens to the data in a model, step by step, and what the steps are as parts of a chain.

Between two places where a single value is all that goes on there is a segment: one operation, or
several paths that meet again, as in x·σ(x). A segment, or a few behind each other, becomes a part:
by what its library's tables say, as the activation that it spells out, as the affine map or the
softmax that it is, or as x + f(x). What it is, is tried out on numbers in double precision.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from warpviz.arrays import Floats
from warpviz.convert.elementwise import ABSOLUTE, PROBES, RELATIVE, recognised
from warpviz.convert.linear.affine import affine_of
from warpviz.convert.nodes import Node
from warpviz.convert.parts import Part, Scale, Select, chain_of
from warpviz.convert.spelled import spelled_out
from warpviz.errors import WarpvizError
from warpviz.model.layers import Dense, Softmax
from warpviz.model.residual import Residual

LONGEST = 12
"""Segments that are one part at most."""
Read = Callable[[], Part | None]
Known = Callable[[], Mapping[Node, Any]]
Run = Callable[[Sequence[Node], Floats], Floats]
"""What nodes make of points: the first is what goes in, the last what comes out."""


class Flow:
    """The steps that lead from a model's input to one output, and where they are cut."""

    def __init__(self, nodes: Sequence[Node], end: Node, begin: Node | None = None) -> None:
        """Keep what the output needs; other outputs are left alone.

        Args:
            nodes: all, in order.
            end: the output.
            begin: what goes in; None is what nothing goes into.
        """
        needed, waiting = {end}, [end]
        while waiting:
            node = waiting.pop()
            for one in node.inputs if node is not begin else ():
                if one not in needed:
                    needed.add(one)
                    waiting.append(one)
        self.nodes = [node for node in nodes if node in needed]
        self.data = [node for node in self.nodes if node.of_data]
        self.steps = self.data[1:]
        places = {node: place for place, node in enumerate(self.data)}
        last = [0] * len(self.data)
        for place, node in enumerate(self.data):
            for one in node.inputs:
                if one in places:
                    last[places[one]] = place
        furthest = np.maximum.accumulate([0, *last[:-1]])
        self.cuts = [p for p, node in enumerate(self.data) if furthest[p] <= p and node.shape]
        """Places of `data` behind which nothing before is needed any more."""

    def known(self, begin: Callable[[Node], Any]) -> dict[Node, Any]:
        """The values of nodes that do not depend on the data, as they are now."""
        known: dict[Node, Any] = {}
        for node in self.nodes:
            if not node.of_data:
                known[node] = begin(node) if node.call is None else node.computed(known)
        return known

    def reads(self, told: Callable[[Node], Read], run: Run, known: Known = dict) -> list[Read]:
        """How each part of the chain is read, in order.

        Args:
            told: how a single operation is read by the tables of its library; raises a
                WarpvizError with its place, as it does for the last node of several paths.
            run: does nodes again for points (N, D).
            known: gives the values of nodes that do not depend on data, for formulas.
        """
        found: list[tuple[int, Read]] = []
        at = 0
        while at < len(self.cuts) - 1:
            try:
                read = self._single(at, told)
                read()
                start, end = at, at + 1
            except WarpvizError:
                several = self._several(at, run) or self._residual(at, told, run, known)
                several = several or self._spelled(at, known)
                if several is None:
                    raise
                start, end, read = several
                found = [(place, one) for place, one in found if place < start]
            found.append((start, read))
            at = end
        return [read for _, read in found]

    def _segment(self, start: int, end: int) -> Sequence[Node]:
        return self.data[self.cuts[start] : self.cuts[end] + 1]

    def _single(self, at: int, told: Callable[[Node], Read]) -> Read:
        nodes = self._segment(at, at + 1)[1:]
        if len(nodes) == 1 or (len(nodes) == 2 and nodes[1].name == "getitem"):
            return told(nodes[0])
        joins = (n for n in nodes if sum(one.of_data for one in n.inputs) > 1)
        return told(next(joins, nodes[-1]))

    def _several(self, at: int, run: Run) -> tuple[int, int, Read] | None:
        """What the segments around a cut are together, the shortest first."""
        for kind in (_affine, _formula):
            if (read := self._part(at, at + 1, kind, run)) is not None:
                return at, at + 1, read
        for end in range(at + 2, min(at + LONGEST, len(self.cuts) - 1) + 1):
            if (read := self._part(at, end, _affine, run)) is not None:
                return at, end, read
        for kind in (_formula, _softmax):
            for start in range(at, max(at - LONGEST, -1), -1):
                for end in range(at + 1, min(start + LONGEST, len(self.cuts) - 1) + 1):
                    if (read := self._part(start, end, kind, run)) is not None:
                        return start, end, read
        return None

    def _residual(
        self, at: int, told: Callable[[Node], Read], run: Run, known: Known
    ) -> tuple[int, int, Read] | None:
        """The sum of what goes into a segment and of a chain of it; None of other segments."""
        nodes = self._segment(at, at + 1)
        last = nodes[-1]
        summed = [one for one in last.inputs if one.of_data]
        if last.name != "add" or len(nodes) < 3 or last.kwargs.get("alpha", 1) != 1:
            return None
        if len(summed) != 2 or {*summed} != {nodes[0], nodes[-2]}:
            return None
        reads = Flow(nodes[:-1], nodes[-2], nodes[0]).reads(told, run, known)
        width = int(np.prod(nodes[0].shape[1:]))

        def read() -> Part:
            parts = (one() for one in reads)
            return Residual(chain_of([part for part in parts if part is not None], width))

        return at, at + 1, read

    def _spelled(self, at: int, known: Known) -> tuple[int, int, Read] | None:
        """The formula of one value that a segment spells out; None of others."""
        nodes = self._segment(at, at + 1)
        if spelled_out(nodes, known()) is None:
            return None
        return at, at + 1, lambda: spelled_out(nodes, known())

    def _part(
        self, start: int, end: int, kind: Callable[[Any, int], Part | None], run: Run
    ) -> Read | None:
        """How segments are read as a part of a kind; what needs no parameters once for all."""
        nodes = self._segment(start, end)
        width = int(np.prod(nodes[0].shape[1:]))

        def read() -> Part | None:
            return kind(lambda rows: run(nodes, rows), width)

        try:
            part = read()
        except Exception:  # what other people's code does not take it is not
            return None
        if part is None:
            return None
        fixed = all(one.of_data for node in nodes[1:] for one in node.inputs)
        return (lambda: part) if fixed else read


def _formula(run: Callable[[Floats], Floats], width: int) -> Part | None:
    """The activation, or the scale, that acts on every number alone."""
    orders = [np.roll(np.arange(len(PROBES)), 7 * column) for column in range(width)]
    given = np.column_stack([PROBES[order] for order in orders])
    # Two points that share all numbers but one tell at little cost what mixes them.
    two = given[[0, 0]]
    two[1, -1] += 1.0
    few = run(two)
    if few.shape != two.shape or (few[0, :-1] != few[1, :-1]).any():
        return None
    found = run(given)
    values = found[:, 0]
    alone = np.stack([values[order] for order in orders], axis=1)
    same = np.allclose(found, alone, RELATIVE, ABSOLUTE, equal_nan=True)
    return recognised(values) if same else None


def _affine(run: Callable[[Floats], Floats], width: int) -> Part | None:
    """The affine map of rows: a choice of columns, a scale, or a matrix."""
    found = affine_of(run, width)
    if found is None:
        return None
    weight, bias = found
    ones = weight == 1
    if not bias.any() and (ones.sum(axis=1) == 1).all() and (ones | (weight == 0)).all():
        columns = tuple(ones.argmax(axis=1).tolist())
        return "identity" if columns == tuple(range(width)) else Select(columns, width)
    if weight.shape == (width, width) and not (weight - np.diag(np.diag(weight))).any():
        return Scale(np.diag(weight).copy(), bias)
    return Dense(weight, bias)


def _softmax(run: Callable[[Floats], Floats], width: int) -> Part | None:
    """A softmax over a row, or its logarithm."""
    rows = np.random.default_rng(0).normal(size=(26, width)) * 3
    found = run(rows)
    for one in (Softmax(), Softmax(log=True)):
        if width > 1 and found.shape == rows.shape and np.allclose(found, one(rows), 1e-6, 1e-9):
            return one
    return None
