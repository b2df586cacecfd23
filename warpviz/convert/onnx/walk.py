"""From input to output along a graph, step by step."""

from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import replace
from pathlib import Path as File
from typing import Any

import numpy.typing as npt

from warpviz.convert.onnx.constants import folded, shape_of
from warpviz.convert.onnx.formulas import FORMULAS, spelled_out
from warpviz.convert.onnx.graph import Path, described
from warpviz.convert.onnx.place import Place
from warpviz.convert.onnx.steps import STEPS, step_of
from warpviz.convert.onnx.tensors import array_of, attributes, constant_of
from warpviz.convert.parts import LARGEST_WIDTH, Part, with_help
from warpviz.convert.parts import chain_of as chain_of_parts
from warpviz.errors import WarpvizError
from warpviz.model.binary import as_classifier
from warpviz.model.chain import Chain
from warpviz.model.layers import Softmax
from warpviz.model.residual import Residual

HELP = (
    "a chain is made of Gemm, MatMul with Add, BatchNormalization, activations, Softmax and sums "
    "x + f(x) of these; export the part of the model that is"
)


class Constants:
    """The numbers of tensors that do not depend on data, read when they are asked for."""

    def __init__(self, graph: Any, folder: File | None) -> None:
        self._tensors = {tensor.name: tensor for tensor in graph.initializer}
        self._folder = folder
        self._values: dict[str, npt.NDArray[Any]] = {}
        for node in graph.node:  # wherever they stand
            if node.op_type == "Constant" and len(node.attribute) == 1:
                self._values[node.output[0]] = constant_of(node, folder)

    def __call__(self, name: str) -> npt.NDArray[Any] | None:
        """The numbers of a tensor, None for one that depends on data."""
        if name not in self._values and name in self._tensors:
            self._values[name] = array_of(self._tensors[name], self._folder)
        return self._values.get(name)

    def fold(self, node: Any) -> bool:
        """Work out a node that takes constants alone; whether it is one."""
        if node.output[0] in self._values:
            return True
        inputs = [self(name) if name else None for name in node.input]
        if any(name and value is None for name, value in zip(node.input, inputs, strict=True)):
            return False
        made = folded(node.op_type, attributes(node), inputs)
        if made is not None:
            self._values[node.output[0]] = made
        return made is not None

    def put(self, name: str, value: npt.NDArray[Any]) -> None:
        """Keep what is known of a tensor."""
        self._values[name] = value

    def apart(self) -> "Constants":
        """The same, to be added to without a trace."""
        other = Constants.__new__(Constants)
        other._tensors, other._folder = self._tensors, self._folder
        other._values = dict(self._values)
        return other


class Walk:
    """One way along a path: the input holds its points as a place says."""

    def __init__(
        self, path: Path, place: Place, constant: Constants, version: int, all_nodes: Sequence[Any]
    ) -> None:
        self.path = path
        self.place = place
        self.name = path.input.name
        self.constant = constant
        self.version = version
        self.all_nodes = all_nodes
        self.places = {self.name: place}
        self.last: Part | None = None
        self._count_users()

    def _count_users(self) -> None:
        self.users: dict[str, int] = {self.path.output: 1}
        for node in self.path.nodes:
            for name in node.input:
                self.users[name] = self.users.get(name, 0) + (node.op_type != "Shape")

    def chain(self) -> Chain:
        """The chain of the whole path."""
        known = self.place.width
        parts = list(self._parts())
        if self.name != self.path.output:
            raise WarpvizError(
                "the output is not what the last layer gives; export the model up to there."
            )
        told = next((part.n_in for part in parts if hasattr(part, "n_in") and part.n_in), None)
        chain = chain_of_parts(parts, told or known or None)
        if chain.width is None:
            raise WarpvizError(
                "the graph does not say how many numbers a point has; export it with an input of "
                "known shape, such as ['N', 2]."
            )
        if self.path.two_of_one:
            if chain.widths[-1] != 1 or self.last != "sigmoid":
                raise WarpvizError(
                    "the output joins 1 − p and p of what is no sigmoid of one number; export the "
                    "model up to p."
                )
            return as_classifier(chain, 2)
        return chain

    def _parts(self) -> Iterator[Part]:
        nodes = [node for node in self.path.nodes if node.op_type != "Constant"]
        at = 0
        while at < len(nodes):
            node = nodes[at]
            if node.op_type == "Shape" and node.input[0] in self.places:
                sides = shape_of(self.places[node.input[0]], attributes(node))
                self.constant.put(node.output[0], sides)
                at += 1
                continue
            try:
                if self.constant.fold(node):
                    at += 1
                    continue
                parts, count = self._step(nodes[at:])
            except WarpvizError as error:
                raise self._refusal(node, str(error)) from None
            at += count
            self.name = self._output_of(nodes[at - 1])
            self.places[self.name] = self.place
            for part in parts:
                self.last = part
                yield part

    def _step(self, nodes: Sequence[Any]) -> tuple[list[Part], int]:
        """What the next nodes do, and how many they are."""
        node = nodes[0]
        moving = [name for name in node.input if name and self.constant(name) is None]
        if not moving:
            raise WarpvizError(
                "it makes constants in a way that is not worked out here; export the model with "
                "its constants folded"
            )
        if set(moving) != {self.name}:
            where = "joins two paths" if len(set(moving)) > 1 else "starts a second path"
            raise WarpvizError(f"the graph branches, it {where}")
        refusal = None
        several = self.users.get(self.name, 0) > 1
        if not several and node.op_type in STEPS:
            try:
                return self._layer(node), 1
            except WarpvizError as error:
                refusal = error
        found = spelled_out(nodes, self.name, self.users, self._number)
        if found is not None:
            return [found.part], found.count
        added = self._residual(nodes) if several else None
        if added is not None:
            return added
        if refusal is not None:
            raise refusal
        if node.op_type in FORMULAS and node.op_type not in STEPS:
            raise WarpvizError("it is no function of one number that a chain's units could share")
        return self._layer(node), 1

    def _residual(self, nodes: Sequence[Any]) -> tuple[list[Part], int] | None:
        """What next nodes add to what came last, with their number; None where they add nothing."""

        def moving(node: Any) -> set[str]:
            return {name for name in node.input if name and self.constant(name) is None}

        sums = [
            place
            for place, node in enumerate(nodes)
            if node.op_type == "Add" and self.name in moving(node) and len(moving(node)) == 2
        ]
        if not sums:
            return None
        count = sums[-1]  # the sum around all others
        (output,) = moving(nodes[count]) - {self.name}
        inner = copy(self)
        inner.path = replace(self.path, output=output, nodes=tuple(nodes[:count]), two_of_one=False)
        inner.places = dict(self.places)
        inner._count_users()
        parts = list(inner._parts())
        if inner.name != output or inner.place.width != self.place.width:
            raise WarpvizError("the graph branches, it joins two paths")
        return [Residual(chain_of_parts(parts, self.place.width))], count + 1

    def _number(self, name: str) -> float | None:
        """The one number that a tensor gives all numbers of all points, None where it does not."""
        value = self.constant(name)
        if value is None or value.size == 0 or value.ndim > len(self.place.sides):
            return None
        try:
            numbers, _ = self.place.spread(value)
        except WarpvizError:
            return None
        return float(numbers[0]) if (numbers == numbers[0]).all() else None

    def _layer(self, node: Any) -> list[Part]:
        if node.op_type == "Normalizer":
            # Exporters of scikit-learn leave one behind chances, which add up to 1 already.
            if isinstance(self.last, Softmax) and not self.last.log:
                return []
            raise WarpvizError("it divides the numbers of a point by their sum")
        constants = [self.constant(name) if name else None for name in node.input]
        parts, self.place = step_of(node, constants, self.place, self.version)
        for part in parts:
            units = getattr(part, "n_out", None) or 0
            if units > LARGEST_WIDTH:
                raise WarpvizError(
                    f"it has {units:,} units, layers of a chain have at most {LARGEST_WIDTH:,}"
                )
        return parts

    @staticmethod
    def _output_of(node: Any) -> str:
        return str(node.output[1 if node.op_type == "LinearClassifier" else 0])

    def _refusal(self, node: Any, why: str) -> WarpvizError:
        return WarpvizError(
            f"cannot translate {described(node, self.all_nodes)}: {with_help(why, HELP)}."
        )
