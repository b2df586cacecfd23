"""Layers as code: with their numbers where they are few, else of their shape."""

from collections.abc import Sequence

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


def shape_of(widths: Sequence[int]) -> str:
    """Widths from the input to the output.

    >>> shape_of([2, 3, 2]), shape_of([2, *[64] * 20, 1]), shape_of([])
    ('2→3→2', '2→64→64→64→…→64→64→1', 'any width')
    """
    told = list(map(str, widths))
    if len(told) > WIDTHS:
        told = [*told[: WIDTHS // 2], "…", *told[-(WIDTHS // 2 - 1) :]]
    return "→".join(told) or "any width"
