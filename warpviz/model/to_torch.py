"""Layers to PyTorch modules."""

from collections.abc import Callable, Iterable
from typing import Any

from warpviz.errors import WarpvizError
from warpviz.functions import Node
from warpviz.model.activations import ACTIVATIONS
from warpviz.model.layers import Dense, Layer, Softmax
from warpviz.model.residual import Residual


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
        elif isinstance(layer, Residual):
            modules.append(_residual(torch, module_of(layer.chain.layers)))
        else:
            modules.append(_activation(torch, layer.name))
    return torch.nn.Sequential(*modules)


def _residual(torch: Any, inner: Any) -> Any:
    class Residual(torch.nn.Module):  # type: ignore[misc]
        """x + f(x)."""

        def __init__(self) -> None:
            super().__init__()
            self.f = inner

        def forward(self, x: Any) -> Any:
            return x + self.f(x)

    return Residual()


def _activation(torch: Any, name: str) -> Any:
    record = ACTIVATIONS[name]
    if record.units:
        module = torch.nn.PReLU(len(record.units))
        with torch.no_grad():
            module.weight.copy_(torch.tensor([float(one.f(-1.0)) for one in record.units]).neg())
        return module
    if record.torch is not None:
        kind, given = record.torch
        return getattr(torch.nn, kind)(**given)
    node = record.node("a PyTorch module")

    class Formula(torch.nn.Module):  # type: ignore[misc]
        """An activation that torch has no module of."""

        formula = record.formula

        def forward(self, z: Any) -> Any:
            return _value(torch, node, z)

        def extra_repr(self) -> str:
            return self.formula

    return Formula()


def _value(torch: Any, node: Node, z: Any) -> Any:
    if node.kind == "z":
        return z
    if node.kind == "number":
        return torch.full_like(z, node.number)
    return functions_of(torch)[node.kind](*(_value(torch, part, z) for part in node.parts))


def functions_of(torch: Any) -> dict[str, Callable[..., Any]]:
    """Every kind of node that joins others, as a function of tensors."""
    softplus = torch.nn.functional.softplus
    return {
        "+": torch.add, "-": torch.sub, "*": torch.mul, "/": torch.div, "**": torch.pow,
        "neg": torch.neg, "max": torch.maximum, "min": torch.minimum, "abs": torch.abs,
        "where": torch.where, "<": torch.lt, "<=": torch.le, "exp": torch.exp, "log": torch.log,
        "log1p": torch.log1p, "expm1": torch.expm1, "sqrt": torch.sqrt, "sin": torch.sin,
        "cos": torch.cos, "tanh": torch.tanh, "sigmoid": torch.sigmoid, "erf": torch.erf,
        # Exact where torch would go straight on from 20.
        "softplus": lambda z: softplus(z, threshold=40), "relu": torch.relu,
    }  # fmt: skip
