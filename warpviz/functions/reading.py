"""Text to formulas. Python's own parser makes the tree; nothing of it is ever run."""

import ast
import math
from collections.abc import Callable, Mapping

from warpviz.errors import WarpvizError
from warpviz.functions import node as make
from warpviz.functions.node import FUNCTIONS, Node
from warpviz.names import unknown_name

LONGEST = 400
"""Signs of a formula."""
DEEPEST = 40
LARGEST = 1e12
"""Of numbers in it."""
SHOWN = 40
"""Signs of it in a sentence."""
_JOINED: dict[type[ast.operator], Callable[[Node, Node], Node]] = {
    ast.Add: make.add, ast.Sub: make.sub, ast.Mult: make.mul, ast.Div: make.div,
    ast.Pow: make.power,
}  # fmt: skip
CONSTANTS = {"pi": math.pi, "e": math.e}
WORDS = ("max", "min", "clip", "where", *FUNCTIONS)
VARIABLE = {"z": make.Z}
SIGNS = str.maketrans({"−": "-", "·": "*", "×": "*", "²": "**2", "³": "**3", "^": "**"})


def read(text: str) -> Node:
    """The formula of a text: numbers, z, + - * / **, comparisons in `where`, and `WORDS`.

    Args:
        text: such as "z * tanh(log(1 + exp(z)))", "max(z, -0.3*z)", "where(z > 0, z, 0.1*z)".

    Raises:
        WarpvizError: with the reason, where it is no such formula.

    >>> read("max(z, 0.5*z)").kind, read("log(1 + exp(z))").kind
    ('max', 'softplus')
    """
    shown = text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"
    if len(text) > LONGEST:
        raise WarpvizError(f"A formula has at most {LONGEST} signs, '{shown}' has {len(text)}.")
    try:
        tree = ast.parse(text.translate(SIGNS).strip(), mode="eval")
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        raise WarpvizError(
            f"'{shown}' is no formula of z; write one such as 'max(z, 0.1*z)' or 'sin(2*z)/2'."
        ) from None
    found = node_of(tree.body, shown)
    if found.kind in ("<", "<="):
        raise WarpvizError(
            f"'{shown}' compares; say what follows: where({text.strip()[:SHOWN]}, 1, 0)."
        )
    return found


def node_of(
    tree: ast.expr, shown: str, names: Mapping[str, Node] = VARIABLE, depth: int = 0
) -> Node:
    """The formula of a tree of Python's.

    Args:
        tree: of the text.
        shown: the text in a sentence.
        names: the variables that may occur.
        depth: in which it stands.

    Raises:
        WarpvizError: it is no formula of those variables.
    """
    if depth > DEEPEST:
        raise WarpvizError(f"'{shown}' is nested more than {DEEPEST} deep; make it shorter.")
    deeper = depth + 1
    if isinstance(tree, ast.Constant) and type(tree.value) in (int, float):
        if not abs(tree.value) <= LARGEST:  # type: ignore[arg-type]
            raise WarpvizError(f"'{shown}' has a number above {LARGEST:g}; scale the formula.")
        return make.number(tree.value)  # type: ignore[arg-type]
    if isinstance(tree, ast.Name):
        if tree.id in names:
            return names[tree.id]
        if tree.id in CONSTANTS:
            return make.number(CONSTANTS[tree.id])
        told = "variable is" if len(names) == 1 else "variables are"
        raise WarpvizError(
            f"'{shown}' has the name '{tree.id:.20}' in it; a formula's {told} "
            f"{' and '.join(names)}."
        )
    if isinstance(tree, ast.UnaryOp) and isinstance(tree.op, ast.USub | ast.UAdd):
        inner = _value(tree.operand, shown, names, deeper)
        return make.neg(inner) if isinstance(tree.op, ast.USub) else inner
    if isinstance(tree, ast.BinOp) and type(tree.op) in _JOINED:
        left, right = (_value(part, shown, names, deeper) for part in (tree.left, tree.right))
        return _JOINED[type(tree.op)](left, right)
    if isinstance(tree, ast.Compare) and len(tree.ops) == 1:
        both = (tree.left, tree.comparators[0])
        left, right = (_value(part, shown, names, deeper) for part in both)
        return _compared(tree.ops[0], left, right, shown)
    if isinstance(tree, ast.Call) and isinstance(tree.func, ast.Name) and not tree.keywords:
        parts = [node_of(part, shown, names, deeper) for part in tree.args]
        return _called(tree.func.id, parts, shown)
    raise WarpvizError(
        f"'{shown}' has more in it than numbers, {', '.join(names)}, + - * / ** and "
        f"functions ({', '.join(WORDS)})."
    )


def _value(tree: ast.expr, shown: str, names: Mapping[str, Node], depth: int) -> Node:
    found = node_of(tree, shown, names, depth)
    if found.kind in ("<", "<="):
        raise WarpvizError(f"'{shown}' calculates with a comparison; use where(z > 0, 1, 0).")
    return found


def _compared(sign: ast.cmpop, left: Node, right: Node, shown: str) -> Node:
    if isinstance(sign, ast.Lt | ast.LtE):
        return Node("<" if isinstance(sign, ast.Lt) else "<=", (left, right))
    if isinstance(sign, ast.Gt | ast.GtE):
        return Node("<" if isinstance(sign, ast.Gt) else "<=", (right, left))
    raise WarpvizError(f"'{shown}' compares in a way that is none of <, <=, > and >=.")


def _called(name: str, parts: list[Node], shown: str) -> Node:
    if name not in WORDS:
        raise unknown_name("function", f"{name:.20}", WORDS)
    tests = [part.kind in ("<", "<=") for part in parts]
    expected = {"max": 2, "min": 2, "clip": 3, "where": 3}.get(name, 1)
    enough = len(parts) >= 2 if name in ("max", "min") else len(parts) == expected
    if not enough:
        more = "two or more" if name in ("max", "min") else str(expected)
        raise WarpvizError(f"{name} takes {more} in brackets, '{shown}' gives it {len(parts)}.")
    if name == "where":
        if not tests[0] or any(tests[1:]):
            raise WarpvizError(
                f"where expects a comparison and two formulas, as in where(z > 0, z, 0.1*z); "
                f"got '{shown}'."
            )
        return make.call("where", *parts)
    if any(tests):
        raise WarpvizError(f"'{shown}' calculates with a comparison; use where(z > 0, 1, 0).")
    if name == "clip":
        return make.call("min", make.call("max", parts[0], parts[1]), parts[2])
    if name in ("max", "min"):
        found = parts[0]
        for part in parts[1:]:
            found = make.call(name, found, part)
        return found
    return make.call(name, parts[0])
