"""A chain with its loss as a program of the compiled kernels: what the engine's tape does, in rows.

    chain, loss ──► Program: steps on rows of a workspace that has a column for each point

The first rows hold the points, the next the targets. A formula becomes one step a node, on as many
rows as the layer is wide, with its slope beside it; rows that only lead there are used again by the
next activation. What the kernels cannot do has no program, and is trained by numpy.
"""

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from warpviz.arrays import Floats, Ints
from warpviz.compiled import KERNELS
from warpviz.functions import Node, read, slope
from warpviz.functions.elementary import elementary
from warpviz.functions.node import Z
from warpviz.model.chain import Chain
from warpviz.model.layers import Activation, Dense, steps_of
from warpviz.model.residual import Add, Keep
from warpviz.training.losses import Loss

KINDS: dict[str, int] = {name: k for k, name in enumerate(getattr(KERNELS, "KINDS", ()))}
WIDEST = 64
"""Wider layers are trained by BLAS, which is faster there."""
CACHE = 128_000
"""Bytes of a workspace."""
GROUP = 16
"""Points that go together, see `train.h`."""
LARGEST_ROOM = 4096
_LATER = 1 << 40
"""From here on, the number of a row that is used again."""


@dataclass(frozen=True, eq=False)
class Program:
    """What the kernels are told.

    Attributes:
        code: (S, 6) steps: kind, count and rows, see `train.h`.
        constants: (K,) that steps refer to.
        rows: of the workspace.
    """

    code: Ints
    constants: Floats
    rows: int


class Unknown(Exception):
    """The kernels cannot do this."""


def program_of(chain: Chain, loss: Loss) -> Program | None:
    """The program of a chain that is split into its steps; None where the kernels have none."""
    widths = [len(array) for array in chain.parameters()]
    if not KINDS or max([*chain.widths, *widths]) > WIDEST or loss.name not in KINDS:
        return None
    writing = _Writing(chain.widths[0])
    try:
        return writing.of(chain, loss)
    except Unknown:
        return None


Step = tuple[int, int, int, int, int, int]


@dataclass
class _Writing:
    """A program that is being written: the steps so far, constants, and rows in use."""

    rows: int
    later: int = 0
    most_later: int = 0
    constants: list[float] = field(default_factory=list)
    forward: list[Step] = field(default_factory=list)
    backward: list[list[Step]] = field(default_factory=list)  # the last ones are played first

    def room(self, count: int) -> int:
        """Rows that stay."""
        self.rows += count
        return self.rows - count

    def scratch(self, count: int) -> int:
        """Rows for the way."""
        self.later += count
        self.most_later = max(self.most_later, self.later)
        return _LATER + self.later - count

    def constant(self, value: float) -> int:
        """The operand that stands for a number."""
        self.constants.append(value)
        return -len(self.constants)

    def of(self, chain: Chain, loss: Loss) -> Program:
        """All steps, forwards, the loss, and back."""
        outputs = chain.widths[-1]
        target = self.room(outputs)
        state, width, delta = 0, chain.widths[0], -1  # no delta while no parameter lies before
        at = 0
        kept: list[tuple[int, int]] = []
        for layer in steps_of(chain):
            if isinstance(layer, Keep):
                total = self.room(width)
                kept.append((state, total))
                if delta >= 0:
                    self.back(step("+", width, delta, delta, total))
            elif isinstance(layer, Dense):
                value, after = self.room(layer.n_out), self.room(layer.n_out)
                self.forward.append(step("matrix", layer.n_out, value, state, layer.n_in, at))
                steps = [step("weight_slopes", layer.n_out, at, after, layer.n_in, state)]
                if delta >= 0:
                    steps.append(step("matrix_back", layer.n_in, delta, after, layer.n_out, at))
                self.back(*steps)
                at += layer.n_out * (layer.n_in + 1)
                state, width, delta = value, layer.n_out, after
            elif isinstance(layer, Activation):
                value, rise = self.room(width), self.room(width)
                self.later = 0
                units = layer.function.units or (layer.function,)
                count = width // len(units)
                for k, unit in enumerate(units):
                    if not unit.formula:
                        raise Unknown
                    first = k * count
                    self.formula(unit.formula, count, state + first, value + first, rise + first)
                if delta >= 0:
                    self.back(step("*", width, delta, delta, rise))
                state = value
            elif isinstance(layer, Add):
                before, total = kept.pop()
                value = self.room(width)
                self.forward.append(step("+", width, value, before, state))
                if delta >= 0:
                    self.back(step("copy", width, delta, total))
                    delta = total
                state = value
            else:
                value = self.room(width)
                self.forward.append(step("softmax", width, value, state))
                if delta >= 0:
                    self.back(step("softmax_back", width, delta, value))
                state = value
        if delta < 0:
            raise Unknown  # nothing is to be trained
        self.forward.append(step(loss.name, outputs, delta, state, target))
        steps = self.forward + [each for some in reversed(self.backward) for each in some]
        code = np.array(steps, dtype=np.int64)
        far = code >= _LATER
        code[far] += self.rows - _LATER
        return Program(code, np.array(self.constants), self.rows + self.most_later)

    def back(self, *steps: Step) -> None:
        """Steps that are played before all that were given so far."""
        self.backward.append(list(steps))

    def formula(self, text: str, count: int, z: int, value: int, rise: int) -> None:
        """The steps from z to a formula's value and slope, on `count` rows each."""
        node = read(text)
        known = {Z: z}
        for tree, out in ((node, value), (slope(node), rise)):
            found = self.node(tree, count, known)
            kind, rows, last, *operands = self.forward[-1]
            if found == last and found >= _LATER:  # straight to where it shall be
                self.forward[-1] = (kind, rows, out, operands[0], operands[1], operands[2])
                known[tree] = out
            else:
                self.forward.append(step("copy", count, out, found))

    def node(self, node: Node, count: int, known: dict[Node, int]) -> int:
        """Where a node's values are: rows, or a constant."""
        if node not in known:
            known[node] = self.fresh(node, count, known)
        return known[node]

    def fresh(self, node: Node, count: int, known: dict[Node, int]) -> int:
        """The same of a node that is met for the first time."""
        if node.is_number:
            return self.constant(node.number)
        simpler = elementary(node)
        if simpler is None or simpler.kind not in KINDS:
            raise Unknown
        if simpler is not node:
            return self.node(simpler, count, known)
        parts = [self.node(part, count, known) for part in node.parts]
        out = self.scratch(count)
        self.forward.append(step(node.kind, count, out, *parts))
        return out


def step(kind: str, count: int, out: int, *operands: int) -> Step:
    """One step; an operand that it does not look at is its first."""
    a, b, c = (*operands, *[operands[0]] * (3 - len(operands)))
    return KINDS[kind], count, out, a, b, c


def room_of(program: Program, precision: "np.dtype[np.floating[Any]]", points: int) -> int:
    """How many points go at a time: so many that the workspace stays in a cache."""
    fitting = CACHE // (program.rows * precision.itemsize) // GROUP * GROUP
    return int(np.clip(fitting, GROUP, min(LARGEST_ROOM, -(-points // GROUP) * GROUP)))
