"""PyTorch models to chains, by the steps of one forward pass on a few made-up points.

Between two places where a single value is all that goes on there is a segment: one operation, or
several paths that meet again, as in x·σ(x). Each becomes a part of the chain: by the tables of
`torch_steps`, as the activation that it spells out, as the affine map or as the residual layer
x + f(x) that it is. In the end
the chain must give what the model itself gave.
"""

from collections.abc import Callable, Iterable, Sequence
from copy import copy
from typing import Any

import numpy as np
import torch

from warpviz.convert.parts import Part, Scale, with_help
from warpviz.convert.parts import chain_of as chain_of_parts
from warpviz.convert.torch_graph import Node, evaluating, recorded
from warpviz.convert.torch_model import (
    attribute,
    check_module,
    check_same,
    chosen,
    form_of,
    input_shapes,
    points,
    unwrapped,
)
from warpviz.convert.torch_segments import affine_part, formula_part, residual_part
from warpviz.convert.torch_steps import module_part, operation_part
from warpviz.errors import WarpvizError
from warpviz.model.chain import Chain

HELP = (
    "a chain is made of Linear, BatchNorm1d, activations of `warpviz list activations`, Softmax "
    "and sums x + f(x) of these; write it with these, or give the part of the model that is"
)
FORMULA = 12
"""Segments that the formula of one activation has at most."""
Read = Callable[[], Part | None]


def chain_of(model: Any, output: int | str | None = None) -> Chain:
    """The chain of a PyTorch module.

    Args:
        model: the module; it is run once on points that are made up, and left as it was.
        output: which of several outputs, by place or name.

    Raises:
        WarpvizError: a layer has no counterpart, or the forward pass is no chain; it is named.
    """
    return Traced(model, output).chain()


class Traced:
    """A module whose forward pass is known: its chain as it is now, at little cost.

    What stands here: the steps from the input to the output, and how each is read again.
    """

    def __init__(self, model: Any, output: int | str | None = None) -> None:
        """Run the module once, and find out what each step is."""
        self.given, self.output = model, output
        self.model, shape = unwrapped(model)
        self.name = type(self.model).__name__
        check_module(self.model)
        with evaluating(self.model):
            self.form = form_of(self.model)
            self._run([shape] if shape else input_shapes(self.model))
            self.known = self._known()
            self.cuts = self._cuts()
            self.reads = self._understood()
            chain = self._put_together()
        check_same(self.name, chain, self.x, self.result)

    def chain(self) -> Chain:
        """The chain of the weights as they are; the pass is made anew if the module has changed."""
        if self.form != form_of(self.model):
            self.__init__(self.given, self.output)  # type: ignore[misc]
        with evaluating(self.model):
            self.known = self._known()
            return self._put_together()

    def _run(self, shapes: Iterable[tuple[int, ...]]) -> None:
        """Run the module on points of the first shape that it takes."""
        first: Exception | None = None
        for shape in shapes:
            x = points(self.model, shape)
            self.x = x.clone()
            recording = recorded(self.model, x)
            if recording.error is None:
                self.nodes = recording.nodes
                self.result = chosen(recording.result, self.output, self.name)
                found = recording.of.get(id(self.result))
                if found is None or not found.of_data:
                    raise WarpvizError(
                        f"Cannot translate {self.name}: its output does not come of its input by "
                        "operations of PyTorch; give the part of the model where it does."
                    )
                self.end = found
                self._keep_needed(recording.input)
                return
            self.steps = recording.leaves
            for leaf in recording.leaves:
                self._check_leaf(leaf)
            first = first or recording.error
        error = first or ValueError("no input")
        told = (str(error).strip().splitlines() or [type(error).__name__])[0].rstrip(".")
        raise WarpvizError(
            f"Cannot translate {self.name}: its forward pass cannot be traced ({told}); a chain "
            "takes rows (N, D), and one path whatever the data is; give the part of the model that "
            "does, such as an nn.Sequential."
        )

    def _check_leaf(self, leaf: Node) -> None:
        try:
            module_part(leaf.module)
        except WarpvizError as error:
            raise self._refusal(leaf, str(error)) from None

    def _keep_needed(self, start: Node) -> None:
        """The nodes that the output needs, in order; other outputs are left alone."""
        needed, waiting = {self.end}, [self.end]
        while waiting:
            for one in waiting.pop().inputs:
                if one not in needed:
                    needed.add(one)
                    waiting.append(one)
        self.nodes = [node for node in self.nodes if node in needed]
        self.flow = [node for node in self.nodes if node.of_data]
        self.steps = [node for node in self.flow if node is not start]

    def _known(self) -> dict[Node, Any]:
        """The values of nodes that do not depend on the data, as they are now."""
        known: dict[Node, Any] = {}
        with torch.no_grad():
            for node in self.nodes:
                if not node.of_data:
                    known[node] = (
                        attribute(self.model, node.name)
                        if node.call is None
                        else node.computed(known)
                    )
        return known

    def _cuts(self) -> list[int]:
        """Places of the flow behind which nothing before is needed any more."""
        places = {node: place for place, node in enumerate(self.flow)}
        last = [0] * len(self.flow)
        for place, node in enumerate(self.flow):
            for one in node.inputs:
                if one in places:
                    last[places[one]] = place
        furthest = np.maximum.accumulate([0, *last[:-1]])
        return [p for p in range(len(self.flow)) if furthest[p] <= p and self.flow[p].shape]

    def _understood(self) -> list[Read]:
        """How each part of the chain is read, in order."""
        found: list[tuple[int, Read]] = []
        at = 0
        while at < len(self.cuts) - 1:
            try:
                read = self._single(at)
                read()
                found.append((at, read))
                at += 1
            except WarpvizError:
                start, end, read_ = self._several(at) or (at, at, None)
                if read_ is None:
                    raise
                found = [(place, one) for place, one in found if place < start]
                found.append((start, read_))
                at = end
        return [read for _, read in found]

    def _single(self, at: int) -> Read:
        """How the segment behind a cut is read, if it is one operation."""
        begin, end = self.cuts[at], self.cuts[at + 1]
        node = self.flow[end]
        inputs = [one for one in node.inputs if one.of_data]
        if end - begin > 1 and not (end - begin == 2 and node.name == "getitem"):
            meeting = next(n for n in self.flow[begin + 1 :] if sum(o.of_data for o in n.inputs) > 1
                           or n is node)  # fmt: skip
            raise self._refusal(meeting, "the model branches, it joins two paths")
        node = inputs[0] if end - begin == 2 else node

        def read() -> Part | None:
            try:
                if node.module is not None:
                    return module_part(node.module)
                return operation_part(node, self.known)
            except WarpvizError as error:
                raise self._refusal(node, str(error)) from None

        return read

    def _several(self, at: int) -> tuple[int, int, Read] | None:
        """What the segments around a cut are together, the shortest first."""
        for start in range(at, max(at - FORMULA, -1), -1):
            for end in range(at + 1, min(start + FORMULA, len(self.cuts) - 1) + 1):
                nodes = self.flow[self.cuts[start] : self.cuts[end] + 1]
                if (read := formula_part(nodes, lambda: self.known)) is not None:
                    return start, end, read
        nodes = self.flow[self.cuts[at] : self.cuts[at + 1] + 1]
        read = affine_part(nodes, lambda: self.known) or residual_part(nodes, self._inside)
        return None if read is None else (at, at + 1, read)

    def _inside(self, nodes: Sequence[Node]) -> Callable[[], Chain]:
        """How the chain of a part of the flow is read, the first node being what goes in."""
        inner = copy(self)
        inner.flow = list(nodes)
        inner.cuts = inner._cuts()
        inner.reads = inner._understood()

        def chain() -> Chain:
            inner.known = self.known
            return inner._put_together()

        return chain

    def _put_together(self) -> Chain:
        parts = [part for part in (read() for read in self.reads) if part is not None]
        # What acts on every number alone, as nn.ReLU() does, takes rows of any width.
        bare = all(isinstance(part, str | Scale) for part in parts)
        any_width = bare and not self.model.state_dict()
        width = int(np.prod(self.flow[0].shape[1:]))
        try:
            return chain_of_parts(parts, None if any_width else width)
        except WarpvizError as error:
            raise WarpvizError(f"Cannot translate {self.name}: {error}") from None

    def _refusal(self, node: Node, why: str) -> WarpvizError:
        what = node.name
        if node.module is not None and node.place:
            what = f"{what} at '{node.place}'"
        elif node.place:
            what = f"{what} in '{node.place}'"
        place = f", step {self.steps.index(node) + 1} of {len(self.steps)}"
        return WarpvizError(f"Cannot translate {what}{place}: {with_help(why, HELP)}.")
