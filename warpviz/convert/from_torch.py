"""PyTorch models to chains, through the graph that torch.fx writes down of one forward pass.

The model itself is never run: its weights are read, and nothing of it is changed.
"""

from collections.abc import Iterator
from typing import Any

from warpviz.convert.elementwise import SHEET, recognised, unit_by_unit
from warpviz.convert.parts import Part, Scale, with_help
from warpviz.convert.parts import chain_of as chain_of_parts
from warpviz.convert.torch_graph import attribute, evaluating, traced, unwrapped
from warpviz.convert.torch_steps import SHAPES, module_part, operation_part
from warpviz.errors import WarpvizError
from warpviz.model.chain import Chain

HELP = (
    "a chain is made of Linear, BatchNorm1d, activations of `warpviz list activations` and "
    "Softmax; write it with these, or give the part of the model that is"
)
FORMULA = 12
"""Operations that the formula of one activation has at most."""


def chain_of(model: Any) -> Chain:
    """The chain of a PyTorch module.

    Raises:
        WarpvizError: a layer has no counterpart, or the forward pass is no chain; it is named.
    """
    model = unwrapped(model)
    with evaluating(model):
        walk = _Walk(traced(model))
        parts = list(walk.parts())
    try:
        return chain_of_parts(parts, walk.width if not _told(parts) else None)
    except WarpvizError as error:
        raise WarpvizError(f"Cannot translate {type(model).__name__}: {error}") from None


def _told(parts: list[Part]) -> bool:
    return any(not isinstance(part, str | Scale) and hasattr(part, "weight") for part in parts)


class _Walk:
    """From input to output along a traced graph."""

    def __init__(self, graph_module: Any) -> None:
        self.module = graph_module
        self.nodes = [node for node in graph_module.graph.nodes]
        self.known: dict[Any, Any] = {}
        """Values of nodes that do not depend on the input."""
        self.shapes: set[Any] = set()
        """Nodes that speak of shapes alone."""
        self.here: Any = None
        self.width: int | None = None

    def parts(self) -> Iterator[Part]:
        """Steps, in order."""
        at = 0
        while at < len(self.nodes):
            node = self.nodes[at]
            at += 1
            if node.op == "placeholder":
                self._enter(node)
            elif node.op == "output":
                if node.args[0] is not self.here:
                    raise self._refusal(node, "the output is not the last layer's, or not alone")
            elif node.op == "get_attr":
                self.known[node] = attribute(self.module, node.target)
            elif self._apart(node):
                continue
            else:
                try:
                    part = self._step(node)
                except WarpvizError:
                    formula = self._formula(at - 1)
                    if formula is None:
                        raise
                    part, at = formula
                else:
                    self.here = node
                if part is not None:
                    self.width = getattr(part, "n_out", self.width)
                    yield part

    def _enter(self, node: Any) -> None:
        if self.here is None:
            self.here = node
        elif node.users:
            raise self._refusal(node, "the model takes more than one input")
        elif node.args:
            self.known[node] = node.args[0]

    @staticmethod
    def _asks(node: Any) -> bool:
        """Whether a node speaks of shapes alone."""
        return node.target in SHAPES or getattr(node.target, "__name__", "") in ("getattr", *SHAPES)

    def _apart(self, node: Any) -> bool:
        """Whether a node does not carry data: it speaks of shapes, or of parameters alone."""
        inputs = node.all_input_nodes
        asks = node.target in SHAPES or getattr(node.target, "__name__", "") in SHAPES
        if asks or (inputs and all(one in self.shapes for one in inputs)):
            self.shapes.add(node)
            return True
        if node.op != "call_module" and all(one in self.known for one in inputs):
            from torch.fx.node import map_arg

            args, kwargs = map_arg((node.args, node.kwargs), self.known.__getitem__)
            self.known[node] = (
                getattr(args[0], node.target)(*args[1:], **kwargs)
                if node.op == "call_method"
                else node.target(*args, **kwargs)
            )
            return True
        return False

    def _data_inputs(self, node: Any) -> list[Any]:
        apart = self.shapes.union(self.known)
        return [one for one in node.all_input_nodes if one not in apart]

    def _step(self, node: Any) -> Part | None:
        inputs = self._data_inputs(node)
        live = [user for user in self.here.users if user not in self.shapes and user is not node]
        if inputs == [self.here] and any(not self._asks(user) for user in live):
            raise self._refusal(node, "the model branches, it starts a second path")
        if inputs != [self.here]:
            joins = "joins two paths" if len(inputs) > 1 else "starts a second path"
            raise self._refusal(node, f"the model branches, it {joins}")
        if node.op == "call_module":
            module = self.module.get_submodule(node.target)
            try:
                return module_part(module)
            except WarpvizError as error:
                raise self._refusal(node, str(error)) from None
        try:
            return operation_part(node, self.known, self.width)
        except WarpvizError as error:
            raise self._refusal(node, str(error)) from None

    def _formula(self, start: int) -> tuple[Part, int] | None:
        """An activation that is spelled out from here on, and where it ends."""
        import torch

        if self.nodes[start].op == "call_module":
            return None
        sheets = [torch.tensor(SHEET), torch.tensor(SHEET[::2].copy())]
        values = [{self.here: sheet} for sheet in sheets]
        for at in range(start, min(start + FORMULA, len(self.nodes))):
            node = self.nodes[at]
            if node.op == "get_attr":
                self.known[node] = attribute(self.module, node.target)
                continue
            inputs = self._data_inputs(node)
            if node.op not in ("call_function", "call_method", "call_module") or not inputs:
                return None
            if not all(one in values[0] for one in inputs):
                return None
            try:
                for known in values:
                    known[node] = self._computed(node, known)
                whole, half = (known[node].double().numpy() for known in values)
            except (RuntimeError, TypeError, ValueError, AttributeError, IndexError):
                return None
            open_ends = [
                one for one in values[0] if any(user not in values[0] for user in one.users)
            ]
            if open_ends == [node]:
                alone = unit_by_unit(whole, half)
                found = None if alone is None else recognised(alone)
                if found is not None:
                    self.here = node
                    return found, at + 1
        return None

    def _computed(self, node: Any, values: dict[Any, Any]) -> Any:
        """The value of a node in double precision."""
        from torch.fx.node import map_arg

        def value(one: Any) -> Any:
            kept: Any = values.get(one, self.known.get(one))
            return kept.double() if hasattr(kept, "double") else kept

        args, kwargs = map_arg((node.args, node.kwargs), value)
        if node.op == "call_module":
            module = self.module.get_submodule(node.target)
            if any(True for _ in module.parameters()):
                raise ValueError("a layer with parameters is no activation")
            return module(*args, **kwargs)
        if node.op == "call_method":
            return getattr(args[0], node.target)(*args[1:], **kwargs)
        return node.target(*args, **kwargs)

    def _refusal(self, node: Any, why: str) -> WarpvizError:
        steps = [one for one in self.nodes if one.op.startswith("call")]
        if node.op == "call_module":
            name = type(self.module.get_submodule(node.target)).__name__
            what = f"{name} at '{node.target}'"
        else:
            name = getattr(node.target, "__name__", node.target)
            what = f"{name} at '{node.name}'"
        place = f", step {steps.index(node) + 1} of {len(steps)}" if node in steps else ""
        return WarpvizError(f"Cannot translate {what}{place}: {with_help(why, HELP)}.")
