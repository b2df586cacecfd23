"""What several steps of a pass are together: an activation spelled out, affine, x + f(x)."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import torch

from warpviz.arrays import Floats
from warpviz.convert.elementwise import SHEET, recognised, unit_by_unit
from warpviz.convert.parts import Part, Select
from warpviz.convert.torch_graph import Node
from warpviz.convert.torch_steps import RESHAPING, same_rows
from warpviz.model.chain import Chain
from warpviz.model.layers import Dense
from warpviz.model.residual import Residual

WIDEST = 1_000
"""Numbers of a point of which an affine map is found out by trying each."""
FAILING = (RuntimeError, TypeError, ValueError, AttributeError, IndexError, KeyError)
Known = Callable[[], Mapping[Node, Any]]
Read = Callable[[], Part | None]


def formula_part(nodes: Sequence[Node], known: Known) -> Read | None:
    """How the activation or scale is read that nodes spell out; None where they do not.

    Args:
        nodes: the first is what goes in, the last what comes out.
        known: gives the values of nodes that do not depend on the data.
    """

    def read() -> Part | None:
        whole, half = (_replayed(nodes, sheet, known()) for sheet in (SHEET, SHEET[::2]))
        alone = unit_by_unit(whole, half)
        return None if alone is None else recognised(alone)

    return _read_if(read, nodes)


def affine_part(nodes: Sequence[Node], known: Known) -> Read | None:
    """How the affine map of rows is read that nodes are together; None where they are not.

    Args:
        nodes: the first is what goes in, the last what comes out.
        known: gives the values of nodes that do not depend on the data.
    """
    shape = nodes[0].shape
    width = int(np.prod(shape[1:]))
    if width > WIDEST or any(one.module is not None for one in nodes[1:]):
        return None
    chance = np.random.default_rng(0)
    tried = chance.normal(size=(2 * shape[0], width))
    rows = np.concatenate([np.zeros((1, width)), np.eye(width), tried])
    missing = -len(rows) % shape[0]
    rows = np.concatenate([rows, np.zeros((missing, width))])

    def read() -> Part | None:
        # As many points at a time as there were, for code that has that number in it.
        given = np.split(rows, len(rows) // shape[0])
        batches = [_replayed(nodes, batch.reshape(shape), known()) for batch in given]
        if any(len(batch) != shape[0] for batch in batches):
            return None
        found = np.concatenate([batch.reshape(len(batch), -1) for batch in batches])
        bias = found[0]
        weight = (found[1 : width + 1] - bias).T
        if not np.allclose(rows @ weight.T + bias, found, 1e-9, 1e-9):
            return None
        ones = weight == 1
        if not bias.any() and (ones.sum(axis=1) == 1).all() and (ones | (weight == 0)).all():
            columns = tuple(ones.argmax(axis=1).tolist())
            return "identity" if columns == tuple(range(width)) else Select(columns, width)
        return Dense(weight, bias)

    return _read_if(read, nodes)


def residual_part(
    nodes: Sequence[Node], inside: Callable[[Sequence[Node]], Callable[[], Chain]]
) -> Read | None:
    """How the residual layer is read that nodes are together; None where they are none.

    Args:
        nodes: the first is what goes in, the last what comes out: their sum with what the others
            make of it.
        inside: gives how the chain of some nodes is read; raises where they are none.
    """
    last = nodes[-1]
    if last.name != "add" or [one.of_data for one in last.inputs] != [True, True]:
        return None
    if nodes[0] not in last.inputs or nodes[-2] not in last.inputs or len(nodes) < 3:
        return None
    chain = inside(nodes[:-1])
    return lambda: Residual(chain())


def _read_if(read: Read, nodes: Sequence[Node]) -> Read | None:
    """A way to read, where it succeeds; what needs no parameters is read once for all."""
    try:
        part = read()
    except FAILING:
        return None
    if part is None:
        return None
    inner = set(nodes[1:])
    fixed = all(one.of_data for node in inner for one in node.inputs)
    return (lambda: part) if fixed else read


def _replayed(nodes: Sequence[Node], x: Floats, known: Mapping[Node, Any]) -> Floats:
    """What nodes give for other numbers, in double precision."""
    double = {node: _double(value) for node, value in known.items()}
    values: dict[Node, Any] = {**double, nodes[0]: torch.tensor(x)}
    with torch.no_grad():
        for node in nodes[1:]:
            values[node] = _computed(node, values, x.shape)
    last = values[nodes[-1]]
    if last.dtype == torch.bool:
        raise ValueError("a comparison is no activation, but what is chosen by it")
    return np.asarray(last.double().numpy())


def _computed(node: Node, values: Mapping[Node, Any], shape: tuple[int, ...]) -> Any:
    if node.module is not None and any(True for _ in node.module.parameters()):
        raise ValueError("a layer with parameters is no activation")
    source = node.inputs[0]
    if node.name in RESHAPING and shape[0] != source.shape[0]:
        if same_rows(source.shape, node.shape):
            return values[source]  # it has the number of points in it
        raise ValueError("it mixes points")
    return _double(node.computed(values))


def _double(value: Any) -> Any:
    return (
        value.double() if isinstance(value, torch.Tensor) and value.is_floating_point() else value
    )
