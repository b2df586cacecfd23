"""A PyTorch model before it is read: which module it is, what it is run on, what it gives."""

import inspect
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

import torch

from warpviz.convert.parts import LARGEST_WIDTH
from warpviz.convert.torch_graph import ROWS
from warpviz.errors import WarpvizError
from warpviz.kinds import shown

WRAPPERS = ("DataParallel", "DistributedDataParallel", "OptimizedModule", "AveragedModel")
CLOSE = 30.0
"""How far apart a chain and its model may be, in square roots of the model's precision."""
LOGITS = "logits"
"""Which of several named outputs a chain gives, where none is chosen."""


def attribute(module: Any, path: str) -> Any:
    """What a module has under a path with dots; of a parameter its values."""
    for name in path.split("."):
        module = getattr(module, name)
    return module.detach() if hasattr(module, "detach") else module


def unwrapped(model: Any) -> tuple[Any, tuple[int, ...] | None]:
    """The module inside of others and of torch.export, and the shape of its input if it is told.

    Raises:
        WarpvizError: there is none, or it is of a kind that cannot be read.
    """
    shape = None
    if isinstance(model, torch.export.ExportedProgram):
        values = {node.name: node.meta.get("val") for node in model.graph.nodes}
        inputs = [values[name] for name in model.graph_signature.user_inputs if name in values]
        model = model.module()
        if len(inputs) == 1:
            rows, *rest = inputs[0].shape
            shape = (rows if isinstance(rows, int) else ROWS, *map(int, rest))
    if not isinstance(model, torch.nn.Module):
        raise WarpvizError(
            f"to_chain expects a module of PyTorch, got {shown(model)}; give the nn.Module itself."
        )
    while type(model).__name__ in WRAPPERS:
        model = getattr(model, "_orig_mod", None) or model.module
    if isinstance(model, torch.jit.ScriptModule):
        raise WarpvizError(
            "Cannot translate a TorchScript module: its layers are compiled; give the module that "
            "it was made from."
        )
    return model, shape


def check_module(model: Any) -> None:
    """Refuse a module without values, too wide, or of several inputs."""
    name = type(model).__name__
    for path, parameter in [*model.named_parameters(), *model.named_buffers()]:
        if torch.nn.parameter.is_lazy(parameter) or parameter.is_meta:
            raise WarpvizError(
                f"Cannot translate {name}: its parameter '{path}' has no values yet; run it once "
                "on data, or load its weights."
            )
        if max(parameter.shape, default=0) > LARGEST_WIDTH:
            raise WarpvizError(
                f"Cannot translate {name}: its parameter '{path}' has shape "
                f"{tuple(parameter.shape)}; a chain takes at most {LARGEST_WIDTH} units a layer."
            )
    needed = [
        one.name
        for one in inspect.signature(model.forward).parameters.values()
        if one.default is one.empty and one.kind not in (one.VAR_POSITIONAL, one.VAR_KEYWORD)
    ]
    if len(needed) > 1:
        raise WarpvizError(
            f"Cannot translate {name}: its forward takes {len(needed)} inputs "
            f"({', '.join(needed)}), a chain takes one; give a module whose forward(x) calls it "
            "with the others filled in."
        )


def form_of(model: Any) -> list[Any]:
    """What the path of a forward pass may depend on: modules, and plain values that they keep."""
    plain = (bool, int, float, str, type(None))
    return [
        (id(module), [(key, value) for key, value in vars(module).items()
                      if key != "training" and isinstance(value, plain)])
        for module in model.modules()
    ]  # fmt: skip


def input_shapes(model: Any) -> Iterator[tuple[int, ...]]:
    """Shapes of input that a module may take, the likeliest first: rows, then images of as many."""
    widths: dict[int, None] = {}
    for module in model.modules():
        for name in ("in_features", "in1_features", "num_features"):
            if isinstance(found := getattr(module, name, None), int):
                widths[found] = None
    for parameter in [*model.parameters(), *model.buffers()]:
        widths |= dict.fromkeys(reversed(parameter.shape[-2:]))
    widths = widths or {2: None, 1: None}
    for width in widths:
        yield ROWS, width
    for width in widths:
        yield ROWS, 1, width
        for channels in (1, 3):
            side = int((width / channels) ** 0.5)
            if channels * side**2 == width:
                yield ROWS, channels, side, side
                yield from [(ROWS, side, side)] * (channels == 1)


def points(model: Any, shape: tuple[int, ...]) -> Any:
    """Made-up points on which a model is run, of its own precision and on its own device."""
    like = next((one for one in model.parameters() if one.is_floating_point()), torch.zeros(()))
    chance = torch.Generator().manual_seed(0)
    return torch.randn(shape, generator=chance).to(dtype=like.dtype, device=like.device)


def chosen(result: Any, output: int | str | None, name: str) -> Any:
    """The tensor of what a model gives that is a chain's output.

    Args:
        result: a tensor, or several in a tuple, a dict or a record.
        output: which one, by place or name; None is the one called "logits", the only one, or the
            first of a tuple.
        name: of the model.

    Raises:
        WarpvizError: there is no such output, or it is not plain which.
    """
    if isinstance(result, torch.Tensor):
        if output in (None, 0):
            return result
        raise WarpvizError(f"{name} gives one output, got output={output!r}; leave it out.")
    several: dict[Any, Any] = {}
    if isinstance(result, Mapping):
        several = dict(result)
    elif hasattr(result, "_asdict"):
        several = result._asdict()
    elif is_dataclass(result):
        several = {field.name: getattr(result, field.name) for field in fields(result)}
    elif isinstance(result, tuple | list):
        several = dict(enumerate(result))
    several = {key: value for key, value in several.items() if value is not None}
    if not several:
        raise WarpvizError(
            f"Cannot translate {name}: it gives {shown(result)}, where a chain gives a tensor; "
            "give a module whose forward returns one."
        )
    ordered = isinstance(result, tuple | list)
    if output is None:
        found = LOGITS if LOGITS in several else next(iter(several))
        if found != LOGITS and len(several) > 1 and not ordered:
            told = ", ".join(map(str, several))
            raise WarpvizError(
                f"{name} gives several outputs ({told}); choose one, as in "
                f"to_chain(model, output={found!r})."
            )
    elif ordered and isinstance(output, int) and output < 0 and output + len(result) in several:
        found = output + len(result)
    elif output in several:
        found = output
    else:
        told = ", ".join(map(repr, several))
        raise WarpvizError(f"{name} has no output {output!r}; choose one of {told}.")
    return chosen(several[found], None, name)
