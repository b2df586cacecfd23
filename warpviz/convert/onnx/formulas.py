"""Activations that an ONNX graph spells out in operators on single numbers.

The nodes are read as a formula of z. Where its values are those of an activation with a name it is
that activation; otherwise the formula itself is one.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

import numpy as np

from warpviz.convert.elementwise import ABSOLUTE, PROBES, RELATIVE, formula_of, meant, recognised
from warpviz.convert.onnx.steps import STEPS
from warpviz.convert.onnx.tensors import attributes
from warpviz.convert.parts import Part, Scale
from warpviz.functions import Node, value
from warpviz.functions import node as make

OLD = ("broadcast", "consumed_inputs")
"""Attributes that mean nothing of single numbers, in files of version 6 and before."""
LONGEST = 16
"""Operators that the formula of one activation has at most."""


@dataclass(frozen=True)
class SpelledOut:
    """What nodes make up: a step of a chain, and how many of them it takes."""

    part: Part
    count: int


def spelled_out(
    nodes: Sequence[Any],
    name: str,
    users: Mapping[str, int],
    number: Callable[[str], float | None],
) -> SpelledOut | None:
    """The activation that nodes make up from the first on.

    Args:
        nodes: of the graph, in order.
        name: the tensor that the first is a function of.
        users: how many nodes take each tensor.
        number: gives the number that a tensor is all over, None for one that depends on data.

    Returns:
        The first that has a name; else the longest formula that does not end in an affine step;
        else the first step; None where there is no formula.
    """
    trees: dict[str, Node] = {name: make.Z}
    left = dict(users)
    first: SpelledOut | None = None
    longest: SpelledOut | None = None
    for count, node in enumerate(nodes[:LONGEST], 1):
        inputs = [_tree(one, trees, number) for one in node.input]
        if node.op_type not in FORMULAS or node.domain not in ("", "ai.onnx") or None in inputs:
            break
        for one in node.input:
            left[one] = left.get(one, 0) - 1
        try:
            given = {name: v for name, v in attributes(node).items() if name not in OLD}
            tree = FORMULAS[node.op_type](*inputs, **given)
        except (TypeError, ValueError):  # other inputs or attributes than a formula has
            break
        trees[node.output[0]] = tree
        if [one for one in trees if left.get(one, 0) > 0] != [node.output[0]]:
            continue
        found = _named(tree)
        if isinstance(found, str):
            return SpelledOut(found, count)
        if found is not None:
            first = first or SpelledOut(found, count)
        elif node.op_type not in STEPS or _joins(node, name, number):
            formula = formula_of(tree)
            longest = longest if formula is None else SpelledOut(formula, count)
    return first or longest


def _joins(node: Any, name: str, number: Callable[[str], float | None]) -> bool:
    """Whether a node takes several values of a tensor; x + f(x) is a layer of its own kind."""
    if len(node.input) < 2 or any(number(one) is not None for one in node.input):
        return False
    return node.op_type != "Add" or name not in node.input


def _tree(
    name: str, trees: Mapping[str, Node], number: Callable[[str], float | None]
) -> Node | None:
    """What an input is: a formula, a number, or neither."""
    if name in trees or not name:
        return trees.get(name, _NONE)
    kept = number(name)
    return None if kept is None else make.number(meant(kept))


def _named(tree: Node) -> str | Scale | None:
    if tree.kind in ("<", "<="):  # not yet a function: what is chosen by it follows
        return None
    with np.errstate(all="ignore"):
        return recognised(value(tree, PROBES))


_NONE = make.number(np.nan)
"""An input that is left out."""
_INFINITE = float(np.finfo(np.float32).max)
"""As Clip writes that there is no limit."""


def _clip(z: Node, low: Node = _NONE, high: Node = _NONE, **given: float) -> Node:
    ends = [make.number(given[name]) if name in given else end
            for name, end in (("min", low), ("max", high))]  # fmt: skip
    for kind, end in zip(("max", "min"), ends, strict=True):
        if end is not _NONE and abs(end.number) < _INFINITE:
            z = Node(kind, (z, end))
    return z


def _where(test: Node, yes: Node, no: Node) -> Node:
    """A choice; one that only keeps numbers from overflowing is none."""
    made = Node("where", (test, yes, no))
    with np.errstate(all="ignore"):
        chosen, other = value(made, PROBES), value(no, PROBES)
    return no if np.allclose(chosen, other, RELATIVE, ABSOLUTE) else made


def _softplus(z: Node) -> Node:
    return make.call("softplus", z)


def _plus(a: Node, factor: float, b: float) -> Node:
    return make.add(make.mul(make.number(factor), a), make.number(b))


def _grown(z: Node, alpha: float) -> Node:
    """α (e^min(z, 0) − 1)."""
    return make.mul(make.number(alpha), make.call("expm1", Node("min", (z, make.ZERO))))


def _shrunk(z: Node, part: Node, bias: Node) -> Node:
    inner = Node("where", (Node("<", (z, make.neg(part))), make.add(z, bias), make.ZERO))
    return Node("where", (Node("<", (part, z)), make.sub(z, bias), inner))


def _above(z: Node) -> Node:
    return Node("max", (z, make.ZERO))


def _selu(z: Node, alpha: float = 1.6732632423543772, gamma: float = 1.0507009873554805) -> Node:
    return make.mul(make.number(gamma), make.add(_above(z), _grown(z, alpha)))


def _joined(kind: str) -> Callable[..., Node]:
    return lambda *parts: reduce(lambda a, b: Node(kind, (a, b)), parts)


def _called(kind: str) -> Callable[[Node], Node]:
    return lambda z: make.call(kind, z)


FORMULAS: dict[str, Callable[..., Node]] = {
    "Add": make.add, "Sub": make.sub, "Mul": make.mul, "Div": make.div, "Pow": make.power,
    "Neg": make.neg, "Reciprocal": lambda z: make.div(make.ONE, z),
    **{kind.capitalize(): _called(kind) for kind in
       ("exp", "log", "abs", "sqrt", "erf", "tanh", "sigmoid", "sin", "cos", "softplus")},
    "Relu": _above, "Max": _joined("max"), "Min": _joined("min"), "Clip": _clip,
    "Where": _where, "Identity": lambda z: z,
    "Less": lambda a, b: Node("<", (a, b)), "LessOrEqual": lambda a, b: Node("<=", (a, b)),
    "Greater": lambda a, b: Node("<", (b, a)), "GreaterOrEqual": lambda a, b: Node("<=", (b, a)),
    "Softsign": lambda z: make.div(z, make.add(make.ONE, make.call("abs", z))),
    "Mish": lambda z: make.mul(z, make.call("tanh", _softplus(z))),
    "Swish": lambda z, alpha=1.0: make.mul(
        z, make.call("sigmoid", make.mul(make.number(alpha), z))),
    "HardSigmoid": lambda z, alpha=0.2, beta=0.5: _clip(_plus(z, alpha, beta), min=0.0, max=1.0),
    "HardSwish": lambda z: make.mul(z, _clip(_plus(z, 1 / 6, 0.5), min=0.0, max=1.0)),
    "Elu": lambda z, alpha=1.0: make.add(_above(z), _grown(z, alpha)),
    "Celu": lambda z, alpha=1.0: make.add(
        _above(z), _grown(make.div(z, make.number(alpha)), alpha)),
    "Selu": _selu,
    "ThresholdedRelu": lambda z, alpha=1.0: Node(
        "where", (Node("<", (make.number(alpha), z)), z, make.ZERO)),
    "Shrink": lambda z, lambd=0.5, bias=0.0: _shrunk(z, make.number(lambd), make.number(bias)),
    "LeakyRelu": lambda z, alpha=0.01: make.add(
        _above(z), make.mul(make.number(alpha), Node("min", (z, make.ZERO)))),
}  # fmt: skip
"""Operator → its formula."""
