"""A chain as equations: nested down to the inputs, or a line for every unit."""

from collections.abc import Sequence

from warpviz.explain.formulas.symbols import check_terms
from warpviz.explain.formulas.writing import (
    Text,
    copies,
    definitions,
    named,
    softmax_line,
    step,
    sums,
)
from warpviz.model.chain import Chain
from warpviz.model.layers import Activation, Dense, Layer, Softmax
from warpviz.model.letters import Sign, Walk
from warpviz.model.residual import Add, Keep, Residual


def equations(sign: Sign, texts: Sequence[Text]) -> list[str]:
    """y_i = … for each unit."""
    return [
        f"{name.latex} = {text.latex}"
        for name, text in zip(named(sign, len(texts)), texts, strict=True)
    ]


def nested_lines(chain: Chain, letters: bool, digits: int) -> list[str]:
    """One equation an output, down to the inputs; a softmax has its own line.

    Raises:
        WarpvizError: it would be too long.
    """
    signs = output_signs(Walk.of(chain))
    if not letters and not any(isinstance(layer, Residual) for layer in chain):
        chain, stops = merged(chain)
        # What is written as one keeps the numbers of the layers that it is made of.
        signs = tuple(signs[stop] for stop in stops)
    check_terms(chain, copies)
    walk = Walk.of(chain)
    state = named(signs[0], chain.widths[0])
    lines: list[str] = []
    kept: list[list[Text]] = []
    for k, one in enumerate(walk.steps):
        if isinstance(one, Keep):
            kept.append(state)
        elif isinstance(one, Add):
            state = sums(kept.pop(), state, digits)
        elif isinstance(one, Softmax):
            lines += equations(signs[k], state) if k else []
            lines.append(softmax_line(one, signs[k + 1], signs[k], walk.widths[k]))
            state = named(signs[k + 1], walk.widths[k + 1])
        else:
            state = step(walk, k, state, letters, digits)
    if not chain.layers or not isinstance(chain.layers[-1], Softmax):
        lines += equations(Sign("y"), state)
    return [*lines, *definitions(chain)]


def layer_lines(chain: Chain, letters: bool, digits: int) -> list[str]:
    """One equation a unit, layer by layer."""
    walk = Walk.of(chain)
    signs = output_signs(walk)
    lines: list[str] = []
    for k, one in enumerate(walk.steps):
        state = named(signs[k], walk.widths[k])
        if isinstance(one, Keep):
            continue
        if isinstance(one, Softmax):
            lines.append(softmax_line(one, signs[k + 1], signs[k], walk.widths[k]))
            continue
        if isinstance(one, Add):
            after = sums(named(signs[walk.kept(k)], walk.widths[k]), state, digits)
        else:
            after = step(walk, k, state, letters, digits)
        lines += equations(signs[k + 1], after)
    if not len(chain):
        lines = equations(Sign("y"), named(Sign("x"), chain.widths[0]))
    return [*lines, *definitions(chain)]


def output_signs(walk: Walk) -> tuple[Sign, ...]:
    """The signs of all steps' states, y for the last."""
    return (*walk.signs[:-1], Sign("y")) if walk.steps else (Sign("x"), Sign("y"))


def merged(chain: Chain) -> tuple[Chain, tuple[int, ...]]:
    """The same chain with affine maps that follow one another as one.

    Returns:
        The chain, and for each of its states, the input first, which state of the whole it is.

    >>> import numpy as np
    >>> twice = Dense(np.array([[2.0]]), np.array([1.0]))
    >>> short, stops = merged(Chain([twice, twice]))
    >>> short.layers[0].weight, stops
    (array([[4.]]), (0, 2))
    """
    layers: list[Layer] = []
    stops = [0]
    for k, layer in enumerate(chain, 1):
        if isinstance(layer, Activation) and layer.function.is_identity:
            stops[len(layers)] = k if layers else 0
            continue
        before = layers[-1] if layers else None
        affine = isinstance(before, Dense) and before.activation == "identity"
        if isinstance(layer, Dense) and isinstance(before, Dense) and affine:
            weight, bias = layer.weight @ before.weight, layer.weight @ before.bias + layer.bias
            layers[-1] = Dense(weight, bias, layer.activation)
            stops[-1] = k
        else:
            layers.append(layer)
            stops.append(k)
    return Chain(layers, chain.width), tuple(stops)
