"""Statements about points, such as "x**2 + y**2 < 4 and not y > sin(x)": where they hold.

Read as formulas are: Python's own parser makes the tree; nothing of it is ever run.
"""

import ast
import operator
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from warpviz.arrays import Bools, Floats
from warpviz.errors import WarpvizError
from warpviz.functions.node import Node
from warpviz.functions.numbers import value_at
from warpviz.functions.reading import DEEPEST, LONGEST, SHOWN, SIGNS, node_of

WORDS = {"≤": "<=", "≥": ">=", "≠": "!=", "π": "pi"}
_COMPARED: dict[type[ast.cmpop], Callable[[Any, Any], Any]] = {
    ast.Lt: operator.lt, ast.LtE: operator.le, ast.Gt: operator.gt, ast.GtE: operator.ge,
    ast.Eq: operator.eq, ast.NotEq: operator.ne,
}  # fmt: skip
_OPPOSITE = {"<": "≥", "<=": ">", ">": "≤", ">=": "<", "==": "≠", "!=": "="}
_SHOWN = {"<": "<", "<=": "≤", ">": ">", ">=": "≥", "==": "=", "!=": "≠"}


def where_it_holds(text: str, points: Mapping[str, Floats]) -> tuple[Floats | Bools, Bools]:
    """Whether a statement holds at points, or a formula's values there, (N,); and where defined.

    Args:
        text: comparisons of formulas, joined by and, or, not; or one formula.
        points: (N,) of each variable.

    Raises:
        WarpvizError: with the reason, where it is no such text.

    >>> where_it_holds("x > 0 and y < log(x)", {"x": np.array([-1.0, 2.0]), "y": np.zeros(2)})
    (array([False,  True]), array([False,  True]))
    """
    tree, shown = _tree(text)
    known = {Node(name): values for name, values in points.items()}
    return _found(tree, shown, known, 0)


def sides(text: str) -> tuple[str, str]:
    """A statement and its opposite, as names of what fulfils them.

    >>> sides("y > sin(x)"), sides("x > 0 and y > 0")
    (('y > sin(x)', 'y ≤ sin(x)'), ('x > 0 and y > 0', 'elsewhere'))
    """
    tree, _ = _tree(text)
    if not isinstance(tree, ast.Compare) or len(tree.ops) > 1:
        return " ".join(text.split()), "elsewhere"
    # Where the sign stands between the two sides.
    left, right = ast.unparse(tree.left), ast.unparse(tree.comparators[0])
    sign = ast.unparse(tree).removeprefix(left).removesuffix(right).strip()
    return f"{left} {_SHOWN[sign]} {right}", f"{left} {_OPPOSITE[sign]} {right}"


def _tree(text: str) -> tuple[ast.expr, str]:
    shown = text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"
    if len(text) > LONGEST:
        raise WarpvizError(f"A statement has at most {LONGEST} signs, '{shown}' has {len(text)}.")
    plain = text.translate(SIGNS)
    for sign, word in WORDS.items():
        plain = plain.replace(sign, word)
    try:
        return ast.parse(plain.strip(), mode="eval").body, shown
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        raise WarpvizError(
            f"'{shown}' is no statement about x and y; write one such as 'y > sin(x)' or "
            "'x**2 + y**2 < 4 and x > 0'."
        ) from None


def _found(
    tree: ast.expr, shown: str, known: Mapping[Node, Floats], depth: int
) -> tuple[Floats | Bools, Bools]:
    if depth > DEEPEST:
        raise WarpvizError(f"'{shown}' is nested more than {DEEPEST} deep; make it shorter.")
    if isinstance(tree, ast.BoolOp):
        every = isinstance(tree.op, ast.And)
        return _joined(tree.values, every, shown, known, depth)
    if isinstance(tree, ast.BinOp) and isinstance(tree.op, ast.BitAnd | ast.BitOr):
        both = isinstance(tree.op, ast.BitAnd)
        return _joined([tree.left, tree.right], both, shown, known, depth)
    if isinstance(tree, ast.UnaryOp) and isinstance(tree.op, ast.Not | ast.Invert):
        holds, defined = _joined([tree.operand], True, shown, known, depth)
        return ~np.asarray(holds, dtype=bool), defined
    if isinstance(tree, ast.Compare):
        parts = [_found(part, shown, known, depth + 1) for part in (tree.left, *tree.comparators)]
        defined = np.logical_and.reduce([where for _, where in parts])
        holds = np.ones(len(defined), dtype=bool)
        for sign, (left, _), (right, _) in zip(tree.ops, parts, parts[1:], strict=False):
            if type(sign) not in _COMPARED:
                raise WarpvizError(f"'{shown}' compares in a way that is none of < <= > >= == !=.")
            if (left.dtype == bool) != (right.dtype == bool):
                raise WarpvizError(f"'{shown}' compares a statement with a number; join by 'and'.")
            holds &= _COMPARED[type(sign)](left, right)
        return holds & defined, defined
    names = {node.kind: node for node in known}
    values = value_at(node_of(tree, shown, names), known)
    return values, np.isfinite(values)


def _joined(
    parts: list[ast.expr], every: bool, shown: str, known: Mapping[Node, Floats], depth: int
) -> tuple[Bools, Bools]:
    found = [_found(part, shown, known, depth + 1) for part in parts]
    if any(holds.dtype != bool for holds, _ in found):
        raise WarpvizError(f"'{shown}' joins what are no comparisons; write x > 0 and y > 0.")
    join = np.logical_and if every else np.logical_or
    return join.reduce([holds for holds, _ in found]), np.logical_and.reduce([d for _, d in found])
