"""The graph of a PyTorch module's forward pass, written down by torch.fx and not run."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from warpviz.convert.parts import LARGEST_WIDTH
from warpviz.errors import WarpvizError
from warpviz.kinds import shown


def attribute(module: Any, path: str) -> Any:
    """What a module has under a path with dots; of a parameter its values."""
    for name in path.split("."):
        module = getattr(module, name)
    return module.detach() if hasattr(module, "detach") else module


def unwrapped(model: Any) -> Any:
    """The module inside of DataParallel, torch.compile and torch.export.

    Raises:
        WarpvizError: there is none.
    """
    import torch

    if isinstance(model, torch.export.ExportedProgram):
        model = model.module()
    if not isinstance(model, torch.nn.Module):
        raise WarpvizError(
            f"to_chain expects a module of PyTorch, got {shown(model)}; give the nn.Module itself."
        )
    while type(model).__name__ in ("DataParallel", "DistributedDataParallel", "OptimizedModule"):
        model = getattr(model, "_orig_mod", None) or model.module
    return model


@contextmanager
def evaluating(model: Any) -> Iterator[None]:
    """Let a forward pass be traced as it is after training, and every module be as it was."""
    modes = [(module, module.training) for module in model.modules()]
    for module, _ in modes:
        for hook in getattr(module, "_forward_pre_hooks", {}).values():
            # weight_norm, spectral_norm and pruning make the weight anew before each pass.
            if type(hook).__module__.startswith("torch.nn.utils"):
                hook(module, ())
    try:
        for module, _ in modes:
            module.__dict__["training"] = False
        yield
    finally:
        for module, training in modes:
            module.__dict__["training"] = training


def traced(model: Any) -> Any:
    """The graph of a forward pass."""
    import torch
    from torch.fx import symbolic_trace

    if isinstance(model, torch.jit.ScriptModule):
        raise WarpvizError(
            "Cannot translate a TorchScript module: its layers are compiled; give the module that "
            "it was made from."
        )
    for name, parameter in [*model.named_parameters(), *model.named_buffers()]:
        if torch.nn.parameter.is_lazy(parameter) or parameter.is_meta:
            raise WarpvizError(
                f"Cannot translate {type(model).__name__}: its parameter '{name}' has no values "
                "yet; run it once on data, or load its weights."
            )
        if max(parameter.shape, default=0) > LARGEST_WIDTH:
            raise WarpvizError(
                f"Cannot translate {type(model).__name__}: its parameter '{name}' has shape "
                f"{tuple(parameter.shape)}; a chain takes at most {LARGEST_WIDTH} units a layer."
            )
    try:
        # A leaf alone, such as a Linear, would be traced into its functions.
        is_leaf = type(model).__module__.startswith("torch.nn.modules") and not list(
            model.children()
        )
        return symbolic_trace(torch.nn.Sequential(model) if is_leaf else model)
    except WarpvizError:
        raise
    except Exception as error:  # the model's own code runs while it is traced: anything may come
        first = (str(error).strip().splitlines() or [type(error).__name__])[0].rstrip(".")
        raise WarpvizError(
            f"Cannot translate {type(model).__name__}: its forward pass cannot be traced ({first});"
            " a chain takes one path whatever the data is; give the part of the model that does, "
            "such as an nn.Sequential."
        ) from None
