"""Points for models of PyTorch, and what each of its modules makes of them: the oracle."""

from typing import Any

import numpy as np
import torch
from torch import nn

import warpviz as wv


def points(width: int = 2, seed: int = 0) -> Any:
    return torch.randn(60, width, generator=torch.Generator().manual_seed(seed)) * 2


def settled(model: Any, seed: int = 0) -> Any:
    """The model with random statistics in its normalisations, in evaluation mode."""
    generator = torch.Generator().manual_seed(seed)
    for module in model.modules():
        if isinstance(module, nn.BatchNorm1d) and module.running_mean is not None:
            module.running_mean.copy_(torch.randn(module.num_features, generator=generator))
            module.running_var.copy_(torch.rand(module.num_features, generator=generator) + 0.5)
            if module.weight is not None:
                with torch.no_grad():
                    module.weight.copy_(torch.randn(module.num_features, generator=generator))
    return model.eval()


def outputs(model: Any, x: Any) -> list[np.ndarray]:
    """What every module of a model gives, by hooks."""
    found: list[np.ndarray] = [x.detach().numpy().copy()]
    hooks = [
        module.register_forward_hook(lambda _, __, y: found.append(y.detach().numpy().copy()))
        for module in model.modules()
    ]
    with torch.no_grad():
        model(x)
    for hook in hooks:
        hook.remove()
    return found


def check_states(model: Any, x: Any) -> None:
    """Every state of the chain is one that the model itself has."""
    own = outputs(model, x)
    states = wv.to_chain(model).split().states(x.detach().double().numpy())
    for state in states:
        assert any(
            state.shape == other.shape and np.allclose(state, other, rtol=1e-5, atol=1e-6)
            for other in own
        )
    with torch.no_grad():
        np.testing.assert_allclose(states[-1], model(x), rtol=1e-5, atol=2e-6)
