"""PyTorch modules, watched by hooks for the time of one run."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

from warpviz.convert.torch_model import unwrapped
from warpviz.convert.watched.runs import Array, Given, Runs, first_array


def runs_of(model: Any, sample: Array) -> Runs:
    """A module as it can be watched; nothing of it is changed when a run is over."""
    import torch

    model, _ = unwrapped(model)
    names = dict(model.named_modules())
    kept = next((p for p in model.parameters() if p.is_floating_point()), None)
    tokens = any(isinstance(module, torch.nn.Embedding) for module in names.values())

    def run(points: Array, wanted: frozenset[str] | None) -> list[Given]:
        found: list[Given] = []
        whole = tokens and bool((points == np.round(points)).all())
        kind = torch.int64 if whole else torch.float32 if kept is None else kept.dtype
        device = None if kept is None else kept.device

        def keep(name: str, module: Any, value: Any) -> None:
            tensor = first_array(value, torch.is_tensor)
            if tensor is not None:
                # A copy: the next layer may write into the same memory.
                copy = tensor.detach().to(device="cpu", dtype=torch.float64, copy=True).numpy()
                found.append(Given(name, copy, not any(True for _ in module.children())))

        def hook_of(name: str) -> Any:
            return lambda module, _, value: keep(name, module, value)

        hooks = [
            module.register_forward_hook(hook_of(name))
            for name, module in names.items()
            if name and (wanted is None or name in wanted)
        ]
        try:
            with _at_rest(model):
                x = torch.as_tensor(np.array(points)).to(dtype=kind, device=device)
                keep("", model, model(x))
        finally:
            for hook in hooks:
                hook.remove()
        return found

    kinds = {name: type(module).__name__ for name, module in names.items()}
    return Runs(type(model).__name__, [name for name in names if name], run, kinds)


@contextmanager
def _at_rest(model: Any) -> Iterator[None]:
    """The module as it is after training and without gradients, and afterwards as it was."""
    import torch

    modes = [(module, module.training) for module in model.modules()]
    # The short cut of transformers runs no layer that could be watched.
    quick = torch.backends.mha.get_fastpath_enabled()
    try:
        for module, _ in modes:
            module.__dict__["training"] = False
        torch.backends.mha.set_fastpath_enabled(False)
        with torch.no_grad():
            yield
    finally:
        torch.backends.mha.set_fastpath_enabled(quick)
        for module, training in modes:
            module.__dict__["training"] = training
