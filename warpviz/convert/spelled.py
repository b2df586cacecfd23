"""Formulas that code spells out of one value, x * torch.sigmoid(1.702 * x), step by step.

What has a name was recognised before by its values; here it has none, and the formula is its own.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from warpviz.convert.elementwise import formula_of, meant
from warpviz.convert.nodes import Node as Step
from warpviz.functions import Node
from warpviz.functions import node as make


def spelled_out(nodes: Sequence[Step], known: Mapping[Step, Any]) -> str | None:
    """The activation that steps are, None where they are no formula of one number.

    Args:
        nodes: the first is what goes in, the last what comes out.
        known: values of steps that do not depend on data.
    """
    trees = {nodes[0]: make.Z}

    def tree_of(given: Any) -> Node | None:
        if isinstance(given, Step):
            if given in trees:
                return trees[given]
            given = known.get(given)
        value = given
        if hasattr(value, "numel") and value.numel() == 1:
            value = value.item()
        number = isinstance(value, int | float) and not isinstance(value, bool)
        return make.number(meant(float(value))) if number else None

    for node in nodes[1:]:
        parts = [tree_of(one) for one in node.args]
        formula = FORMULAS.get(node.name.strip("_").lower())
        if formula is None or {*node.kwargs} - {"inplace"} or None in parts:
            return None
        try:
            trees[node] = formula(*parts)
        except TypeError:  # other arguments than a formula has
            return None
    return formula_of(trees[nodes[-1]]) if nodes[-1].shape == nodes[0].shape else None


def _called(kind: str) -> Callable[[Node], Node]:
    return lambda z: make.call(kind, z)


FORMULAS: dict[str, Callable[..., Node]] = {
    "add": make.add, "sub": make.sub, "mul": make.mul, "multiply": make.mul, "div": make.div,
    "truediv": make.div, "pow": make.power, "neg": make.neg,
    "reciprocal": lambda z: make.div(make.ONE, z),
    "square": lambda z: make.power(z, make.number(2.0)),
    "relu": lambda z: Node("max", (z, make.ZERO)),
    "silu": lambda z: make.mul(z, make.call("sigmoid", z)),
    **{kind: _called(kind) for kind in
       ("exp", "log", "abs", "sqrt", "erf", "tanh", "sigmoid", "sin", "cos", "log1p", "expm1")},
}  # fmt: skip
"""Operations of PyTorch, and its modules without numbers of their own, in small letters."""
