"""Layers as code: with their numbers where they are few, else of their shape."""

from collections.abc import Sequence
from typing import Any

from warpviz.arrays import Floats

FEW = 12
"""Numbers that are written out where a layer or a chain is printed; more are left out."""
WIDTHS = 8
"""That are listed; of more the middle is left out."""


def dense_code(weight: Floats, bias: Floats, activation: str, values: bool) -> str:
    """Code that makes a dense layer again, or without its values one of its shape."""
    name = "" if activation == "identity" else f", {activation!r}"
    if values:
        return f"Dense({weight.tolist()}, {bias.tolist()}{name})"
    n_out, n_in = weight.shape
    return f"Dense.of({n_in}, {n_out}{name})"


def chain_code(layers: Sequence[Any], width: int | None, values: bool) -> str:
    """Code that makes a chain again, or one of its shape where it has many numbers."""
    told = [_layer_code(layer, values) for layer in layers]
    # Without a layer that tells it, the width is told.
    more = "" if width is None or any(layer.n_in for layer in layers) else f", width={width}"
    return f"Chain([{', '.join(told)}]{more})"


def _layer_code(layer: Any, values: bool) -> str:
    if hasattr(layer, "weight"):
        return dense_code(layer.weight, layer.bias, layer.activation, values)
    if hasattr(layer, "chain"):
        return f"Residual({chain_code(layer.chain.layers, layer.chain.width, values)})"
    return repr(layer)


def shape_of(widths: Sequence[int]) -> str:
    """Widths from the input to the output.

    >>> shape_of([2, 3, 2]), shape_of([2, *[64] * 20, 1]), shape_of([])
    ('2→3→2', '2→64→64→64→…→64→64→1', 'any width')
    """
    told = list(map(str, widths))
    if len(told) > WIDTHS:
        told = [*told[: WIDTHS // 2], "…", *told[-(WIDTHS // 2 - 1) :]]
    return "→".join(told) or "any width"
