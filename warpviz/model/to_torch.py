"""Layers to PyTorch modules."""

from collections.abc import Iterable
from typing import Any

from warpviz.errors import WarpvizError
from warpviz.model.layers import Dense, Layer, Softmax


def module_of(layers: Iterable[Layer]) -> Any:
    """An `nn.Sequential` of split layers, one module each, in torch's default precision.

    Raises:
        WarpvizError: PyTorch is not installed.
    """
    try:
        import torch
    except ImportError:
        raise WarpvizError(
            "to_torch needs PyTorch; install it with: pip install 'warpviz[torch]'."
        ) from None
    modules: list[Any] = []
    for layer in layers:
        if isinstance(layer, Dense):
            linear = torch.nn.Linear(layer.n_in, layer.n_out)
            with torch.no_grad():
                linear.weight.copy_(torch.tensor(layer.weight))
                linear.bias.copy_(torch.tensor(layer.bias))
            modules.append(linear)
        elif isinstance(layer, Softmax):
            kind = torch.nn.LogSoftmax if layer.log else torch.nn.Softmax
            modules.append(kind(dim=1))
        else:
            modules.append(_activation(torch.nn, layer.name))
    return torch.nn.Sequential(*modules)


def _activation(nn: Any, name: str) -> Any:
    stem, _, text = name.partition(":")
    parameter = (float(text),) if text else ()
    if stem == "sin":
        return _sine(nn)
    made = {
        "identity": lambda: nn.Identity(),
        "relu": lambda: nn.ReLU(),
        "leaky_relu": lambda: nn.LeakyReLU(*parameter),
        "tanh": lambda: nn.Tanh(),
        "sigmoid": lambda: nn.Sigmoid(),
        "gelu": lambda: nn.GELU(),
        "gelu_tanh": lambda: nn.GELU("tanh"),
        "silu": lambda: nn.SiLU(),
        "elu": lambda: nn.ELU(*parameter),
        "softplus": lambda: nn.Softplus(),
    }
    return made[stem]()


def _sine(nn: Any) -> Any:
    """Torch has no module of the sine."""

    class Sin(nn.Module):  # type: ignore[misc]
        def forward(self, x: Any) -> Any:
            return x.sin()

    return Sin()
