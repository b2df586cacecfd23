"""PyTorch models to chains, by the steps of one forward pass on a few made-up points.

Each operation is read by the tables of `torch_steps`, or tried out as part of a `flow`. In the end
the chain must give what the model itself gave.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import torch

from warpviz.arrays import Floats
from warpviz.convert.flow import Flow, Read
from warpviz.convert.nodes import Node
from warpviz.convert.parts import Part, Scale, check_same, with_help
from warpviz.convert.parts import chain_of as chain_of_parts
from warpviz.convert.torch_graph import evaluating, recorded
from warpviz.convert.torch_model import (
    CLOSE,
    attribute,
    check_module,
    chosen,
    form_of,
    input_shapes,
    points,
    unwrapped,
)
from warpviz.convert.torch_steps import module_part, operation_part
from warpviz.errors import WarpvizError
from warpviz.model.chain import Chain

HELP = (
    "a chain is made of Linear, BatchNorm1d, activations of `warpviz list activations`, Softmax "
    "and sums x + f(x) of these; write it with these, or give the part of the model that is"
)


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
            self.reads = self.flow.reads(self._told, self._again, lambda: self.known)
            chain = self._put_together()
        near = CLOSE * float(torch.finfo(self.result.dtype).eps) ** 0.5
        x, result = (each.detach().cpu().double().numpy() for each in (self.x, self.result))
        check_same(self.name, chain, x, result, near)

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
                self.result = chosen(recording.result, self.output, self.name)
                found = recording.of.get(id(self.result))
                if found is None or not found.of_data:
                    raise WarpvizError(
                        f"Cannot translate {self.name}: its output does not come of its input by "
                        "operations of PyTorch; give the part of the model where it does."
                    )
                self.flow = Flow(recording.nodes, found)
                self.steps = self.flow.steps
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

    def _known(self) -> dict[Node, Any]:
        with torch.no_grad():
            return self.flow.known(lambda node: attribute(self.model, node.name))

    def _told(self, node: Node) -> Read:
        """How one operation is read, by the tables."""
        paths = [one for one in node.inputs if one.of_data]
        if len(paths) > 1:
            raise self._refusal(node, "the model branches, it joins two paths")

        def read() -> Part | None:
            try:
                if node.module is not None:
                    return module_part(node.module)
                return operation_part(node, self.known)
            except WarpvizError as error:
                raise self._refusal(node, str(error)) from None

        return read

    def _again(self, nodes: Sequence[Node], rows: Floats) -> Floats:
        """What nodes make of other numbers, as many points at a time as there were."""
        shape = nodes[0].shape
        missing = -len(rows) % shape[0]
        padded = np.concatenate([rows, np.zeros((missing, rows.shape[1]))])
        known = {node: _double(value) for node, value in self.known.items()}
        found = []
        with torch.no_grad():
            for batch in padded.reshape(-1, *shape):
                values = {**known, nodes[0]: torch.tensor(batch)}
                for node in nodes[1:]:
                    if node.module is not None and any(True for _ in node.module.parameters()):
                        raise ValueError("a layer with parameters is no activation")
                    values[node] = _double(node.computed(values))
                result = values[nodes[-1]].numpy()
                if result.shape[:1] != shape[:1]:
                    raise ValueError("it mixes points")
                found.append(result.reshape(shape[0], -1))
        return np.concatenate(found)[: len(rows)]

    def _put_together(self) -> Chain:
        parts = [part for part in (read() for read in self.reads) if part is not None]
        # What acts on every number alone, as nn.ReLU() does, takes rows of any width.
        bare = all(isinstance(part, str | Scale) for part in parts)
        any_width = bare and not self.model.state_dict()
        width = int(np.prod(self.flow.data[0].shape[1:]))
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


def _double(value: Any) -> Any:
    number = isinstance(value, torch.Tensor) and value.is_floating_point()
    return value.double() if number else value
