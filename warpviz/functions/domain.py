"""Where formulas may be 0, and where they may begin or cease to be defined."""

from collections.abc import Iterator

from warpviz.functions.node import ONE, Node, add
from warpviz.functions.switches import crossings

SAME = 1e-12
"""What is nearer to another root is that root, found in another factor."""


def roots(node: Node) -> tuple[float, ...]:
    """Where a formula is 0 because a factor is, or changes its sign, rising.

    So a root of any order is found, though the sign stays and values near it are too small.

    >>> from warpviz.functions import read
    >>> roots(read("(z - 0.3)**1000 * (z + 2)"))
    (-2.0, 0.3)
    """
    found: list[float] = []
    for at in sorted(at + 0.0 for factor in _factors(node) for at in crossings(factor)):
        if not found or at - found[-1] > SAME * max(1.0, abs(at)):
            found.append(at)
    return tuple(found)


def _factors(node: Node) -> Iterator[Node]:
    """What is 0 where a formula is."""
    if node.kind == "*":
        for part in node.parts:
            yield from _factors(part)
    elif node.kind in ("/", "**", "neg", "abs", "sqrt", "sin", "tanh", "erf", "expm1", "log1p"):
        yield from _factors(node.parts[0])
    if node.kind not in ("*", "/", "**"):
        yield node


def edges(node: Node) -> tuple[float, ...]:
    """Where a formula may begin or cease to be defined, rising.

    These are roots of what it divides by, or takes the logarithm, the root or a power of.

    >>> from warpviz.functions import read
    >>> edges(read("log(z + 1)/(z - 2)**2")), edges(read("z**2")), edges(read("z**z"))
    ((-1.0, 2.0), (), (0.0,))
    """
    return tuple(sorted({at for part in _conditions(node) for at in roots(part)}))


def _conditions(node: Node) -> Iterator[Node]:
    """What must not be 0, or not below 0."""
    if node.kind in ("log", "sqrt"):
        yield node.parts[0]
    elif node.kind == "log1p":
        yield add(ONE, node.parts[0])
    elif node.kind == "/":
        yield node.parts[1]
    elif node.kind == "**":
        base, exponent = node.parts
        if not exponent.is_number or exponent.number < 0 or exponent.number % 1:
            yield base
    for part in node.parts:
        yield from _conditions(part)
