"""One forward pass of a PyTorch module, written down step by step while it runs on a few points.

Tensors are real, so that code which asks for shapes, types and devices takes the path it takes in
use; code that asks for values of the data is told that a chain cannot. Parameters are copies for
the time of the pass, and attributes are put back: the module is as it was.
"""

import operator
import sys
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, nullcontext
from itertools import chain as joined
from typing import Any

import torch
from torch.overrides import TorchFunctionMode

from warpviz.convert.nodes import Node, mapped
from warpviz.errors import WarpvizError

ROWS = 13
"""Points of the pass; no model is written for so many."""
VALUES = frozenset(
    "__bool__ __float__ __int__ __index__ __complex__ __contains__ __array__ item tolist numpy "
    "equal allclose is_nonzero".split()
)
"""Operations that tell what the data is."""
REVERSED = {"rsub": "sub", "rdiv": "div", "rtruediv": "div", "rpow": "pow", "radd": "add",
            "rmul": "mul", "rmatmul": "matmul"}  # fmt: skip
_TENSOR = torch.Tensor


def nodes_in(value: Any) -> list[Node]:
    """The nodes anywhere in arguments."""
    return Node("", (value,)).inputs


class Recording(TorchFunctionMode):  # type: ignore[misc]
    """What happens to the data, and to parameters, while it is entered."""

    def __init__(self, x: Any, parameters: Mapping[str, Any]) -> None:
        super().__init__()
        self.nodes: list[Node] = []
        self.of: dict[int, Node] = {}
        """By the identity of a tensor: the step that it comes of."""
        self.kept: list[Any] = [x, *parameters.values()]
        self.at: dict[Any, Node] = {}
        """The same by the memory that it lies in."""
        self.done: dict[Any, Node] = {}
        """By module and what went in: the same once more is the same step."""
        self.path: list[str] = []
        """Modules whose forward pass runs, the innermost last."""
        self.leaf: Any = None
        self.leaves: list[Node] = []
        """Modules of PyTorch's own that the data came to."""
        self.result: Any = None
        self.error: Exception | None = None
        self.input = self._keep(x, Node("x", shape=tuple(x.shape)))
        for name, tensor in parameters.items():
            self._keep(tensor, Node(name, shape=tuple(tensor.shape), of_data=False))

    def _keep(self, result: Any, node: Node) -> Node:
        self.nodes.append(node)
        self.kept.append(result)
        if isinstance(result, _TENSOR):
            self.of[id(result)] = node
            self.at[_memory(result)] = node
        elif isinstance(result, tuple | list):
            for place, one in enumerate(result):
                if isinstance(one, _TENSOR):
                    shape, data = tuple(one.shape), node.of_data
                    part = Node("getitem", (node, place), shape=shape, of_data=data,
                                place=node.place, call=operator.getitem)  # fmt: skip
                    self._keep(one, part)
        return node

    def _noted(self, value: Any) -> Any:
        """Arguments with nodes in the place of tensors that are known."""
        return mapped(value, self._node_of, _TENSOR)

    def _node_of(self, tensor: Any) -> Any:
        """The step that a tensor comes of, itself where none is known."""
        found = self.of.get(id(tensor))
        # Another tensor of the same numbers, as torch.autograd.Variable(x) is one.
        return found or self.at.get(_memory(tensor), tensor)

    def _told(
        self, name: str, call: Callable[..., Any], noted: Any, result: Any, module: Any = None
    ) -> None:
        """Write down what was done, where it gives tensors of those that are known."""
        (args, kwargs), inputs = noted, nodes_in(noted)
        if not inputs or isinstance(result, torch.Size):
            return
        if not isinstance(result, _TENSOR | tuple | list):
            return
        if name in REVERSED:
            name, args, forward = REVERSED[name], args[::-1], call

            def call(*values: Any) -> Any:
                return forward(*values[::-1])

        place = self.path[-1] if self.path else ""
        of_data = any(one.of_data for one in inputs)
        shape = tuple(getattr(result, "shape", ()))
        self._keep(result, Node(name, args, kwargs, shape, of_data, module, place, call))

    def __torch_function__(
        self, function: Any, types: Any, args: Any = (), kwargs: Any = None
    ) -> Any:
        """Do it, and write it down."""
        given = (args, kwargs or {})
        if self.leaf is not None:
            return function(*args, **given[1])
        noted = self._noted(given)  # before: an operation in place gives its own tensor back
        inputs = nodes_in(noted)
        asked = getattr(function, "__name__", "")
        if asked in VALUES and any(one.of_data for one in inputs):
            raise WarpvizError(f"it asks for values of the data, by {asked.strip('_')}")
        result = function(*args, **given[1])
        self._told(name_of(function), function, noted, result)
        return result

    @contextmanager
    def listening(self, model: Any) -> Iterator[None]:
        """Take a module of PyTorch's own as one step."""
        with ExitStack() as stack:
            for path, module in model.named_modules():
                before = module.register_forward_pre_hook(self._before(path), with_kwargs=True)
                after = module.register_forward_hook(self._after, with_kwargs=True)
                stack.callback(before.remove)
                stack.callback(after.remove)
            yield

    def _before(self, path: str) -> Callable[..., None]:
        def hook(module: Any, args: Any, kwargs: Any) -> None:
            self.path.append(path)
            if self.leaf is None and is_leaf(module):
                noted = self._noted((args, kwargs))
                if any(one.of_data for one in nodes_in(noted)):
                    self.leaf = module, noted
                    self.leaves.append(Node(type(module).__name__, module=module, place=path))

        return hook

    def _after(self, module: Any, args: Any, kwargs: Any, result: Any) -> None:
        if self.leaf is not None and self.leaf[0] is module:
            noted, self.leaf = self.leaf[1], None
            key = (module, *noted[0]) if all(isinstance(one, Node) for one in noted[0]) else None
            if key in self.done and not noted[1] and isinstance(result, _TENSOR):
                self.kept.append(result)
                self.of[id(result)] = self.at[_memory(result)] = self.done[key]
            else:
                self._told(type(module).__name__, module, noted, result, module)
                if key is not None and id(result) in self.of:
                    self.done[key] = self.of[id(result)]
        self.path.pop()


def _memory(tensor: Any) -> Any:
    """Where the numbers of a tensor lie, and how."""
    if tensor.layout is not torch.strided or not tensor.numel():
        return id(tensor)
    return tensor.data_ptr(), tuple(tensor.shape), tensor.stride(), tensor.dtype


def is_leaf(module: Any) -> bool:
    """Whether a module is one of PyTorch's own that does something itself."""
    own = type(module).__module__.startswith("torch.nn") and not list(module.children())
    return own or "parametrizations" in dict(module.named_children())


def name_of(function: Any) -> str:
    """What an operation is called: of a property its name, of "add_" and "__add__" add."""
    name = getattr(function, "__name__", str(function))
    if name == "__get__":
        name = getattr(function.__self__, "__name__", name)
    # torch.export calls its operations "linear.default".
    return str(name).partition(".")[0].strip("_")


@contextmanager
def evaluating(model: Any) -> Iterator[None]:
    """Let a model be as it is after training, and leave every module as it was."""
    kept = [(module, dict(module.__dict__)) for module in model.modules()]
    for module, _ in kept:
        for hook in getattr(module, "_forward_pre_hooks", {}).values():
            # weight_norm, spectral_norm and pruning make the weight anew before each pass.
            if type(hook).__module__.startswith("torch.nn.utils"):
                hook(module, ())
    try:
        for module, _ in kept:
            module.__dict__["training"] = False
        yield
    finally:
        for module, attributes in kept:
            module.__dict__.clear()
            module.__dict__.update(attributes)


def recorded(model: Any, x: Any) -> Recording:
    """The steps of one pass of a model on x (N, …), its result, or what stopped it."""
    named = dict(joined(model.named_parameters(), model.named_buffers()))
    copies = {name: tensor.detach().clone() for name, tensor in named.items()}
    recording = Recording(x, copies)
    # Compiled parts run as they are written; nothing is compiled where the compiler is not loaded.
    stance = getattr(torch.compiler, "set_stance", None) if "torch._dynamo" in sys.modules else None
    eager = stance("force_eager") if stance else nullcontext()
    with torch.no_grad(), eager, warnings.catch_warnings(), recording.listening(model):
        warnings.simplefilter("ignore")  # the model's own
        with recording:
            try:
                recording.result = torch.func.functional_call(model, copies, (x,))
            except Exception as error:  # the model's own code runs here: anything may come
                recording.error = error
    return recording
