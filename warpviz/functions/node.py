"""Formulas as trees: what is joined how, with the little arithmetic that keeps them short.

Trees are made by the functions here, which leave out what changes nothing (x + 0, 1·x) and work
out what is known (2·3). Two patterns become functions of their own, because they overflow as they
are written: ln(1 + e^u) is softplus(u), and 1/(1 + e^−u) is sigmoid(u).
"""

import math
from dataclasses import dataclass
from functools import cached_property

ARITY: dict[str, int] = {
    **dict.fromkeys(("number", "z"), 0),
    **dict.fromkeys(
        ("neg", "abs", "exp", "log", "log1p", "expm1", "sqrt", "sin", "cos", "tanh", "sigmoid",
         "softplus", "erf", "relu"), 1),
    **dict.fromkeys(("+", "-", "*", "/", "**", "max", "min", "<", "<="), 2),
    "where": 3,
}  # fmt: skip
"""Every kind of node, and how many it joins. a > b is b < a; clip is a max of a min."""
FUNCTIONS = tuple(kind for kind, count in ARITY.items() if kind.isalnum() and count == 1)[1:]
"""Those with a name of their own and one argument."""


@dataclass(frozen=True)
class Node:
    """A formula of z.

    Attributes:
        kind: a key of `ARITY`.
        parts: what it joins.
        number: of a node of the kind "number".
    """

    kind: str
    parts: tuple["Node", ...] = ()
    number: float = 0.0

    @cached_property
    def _key(self) -> int:
        return hash((self.kind, self.parts, self.number))

    def __hash__(self) -> int:
        return self._key

    @property
    def is_number(self) -> bool:
        """Whether it is a number alone."""
        return self.kind == "number"

    @cached_property
    def constant(self) -> bool:
        """Whether z does not occur in it."""
        return self.kind != "z" and all(part.constant for part in self.parts)

    @cached_property
    def size(self) -> int:
        """How many nodes it has, written out."""
        return 1 + sum(part.size for part in self.parts)


Z = Node("z")


def number(value: float) -> Node:
    """A number."""
    return Node("number", (), float(value))


ZERO, ONE = number(0.0), number(1.0)


def add(a: Node, b: Node) -> Node:
    """A + b."""
    if a == ZERO:
        return b
    if b == ZERO:
        return a
    if a.is_number and b.is_number:
        return number(a.number + b.number)
    if b.kind == "neg":
        return sub(a, b.parts[0])
    return Node("+", (a, b))


def sub(a: Node, b: Node) -> Node:
    """A − b."""
    if b == ZERO:
        return a
    if a == ZERO:
        return neg(b)
    if a.is_number and b.is_number:
        return number(a.number - b.number)
    return Node("-", (a, b))


def neg(a: Node) -> Node:
    """−a."""
    if a.is_number:
        return number(0.0 if a.number == 0 else -a.number)
    return a.parts[0] if a.kind == "neg" else Node("neg", (a,))


def mul(a: Node, b: Node) -> Node:
    """A · b."""
    if ZERO in (a, b):
        return ZERO
    if a == ONE:
        return b
    if b == ONE:
        return a
    if a.is_number and b.is_number:
        return number(a.number * b.number)
    return Node("*", (a, b))


def div(a: Node, b: Node) -> Node:
    """A / b; 1/(1 + e^−u) is sigmoid(u)."""
    if b == ONE:
        return a
    if a == ZERO and b != ZERO:
        return ZERO
    grown = _one_plus_exp(b)
    if grown is not None:
        u = _negated(grown)
        return Node("sigmoid", (u,)) if a == ONE else Node("*", (a, Node("sigmoid", (u,))))
    return Node("/", (a, b))


def power(a: Node, b: Node) -> Node:
    """A to the power of b."""
    if b == ONE:
        return a
    return ONE if b == ZERO else Node("**", (a, b))


def call(name: str, *parts: Node) -> Node:
    """A function of parts: a key of `ARITY`; ln(1 + e^u) and log1p(e^u) are softplus(u)."""
    if name == "log":
        grown = _one_plus_exp(parts[0])
        if grown is not None:
            return Node("softplus", (grown,))
    if name == "log1p" and parts[0].kind == "exp":
        return Node("softplus", parts[0].parts)
    return Node(name, parts)


def _one_plus_exp(node: Node) -> Node | None:
    """The u of 1 + e^u."""
    if node.kind == "+":
        for one, other in (node.parts, node.parts[::-1]):
            if one == ONE and other.kind == "exp":
                return other.parts[0]
    return None


def _negated(u: Node) -> Node:
    if u.kind == "*" and u.parts[0].is_number:
        return mul(number(-u.parts[0].number), u.parts[1])
    return neg(u)


PI = number(math.pi)
