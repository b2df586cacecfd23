"""Layers as code: with their numbers where they are few, else of their shape."""

from warpviz.arrays import Floats

FEW = 12
"""Numbers that are written out where a layer or a chain is printed; more are left out."""


def dense_code(weight: Floats, bias: Floats, activation: str, values: bool) -> str:
    """Code that makes a dense layer again, or without its values one of its shape."""
    name = "" if activation == "identity" else f", {activation!r}"
    if values:
        return f"Dense({weight.tolist()}, {bias.tolist()}{name})"
    n_out, n_in = weight.shape
    return f"Dense.of({n_in}, {n_out}{name})"
