"""Loops of JavaScript that write an activation's values and slopes.

value, slope ── constants worked out, powers as products ──► what goes by the same exponential,
worked out once ──► what else they have in common ──► a loop
"""

from collections.abc import Sequence

import numpy as np

from warpviz.functions import Node, shared, slope, value
from warpviz.functions.node import call, mul, neg, number
from warpviz.model.activations.function import ActivationFunction

HELPERS = ("erf", "erfBeside", "sigmoid", "softplus", "tanhSoftplusBeside")
"""Functions of `js/functions.js` that loops may call."""
MOST_POWER = 4
"""Up to it a power is written as a product."""
_FALL = {
    "sigmoid": "({0} < 0 ? {1} : 1) / (1 + {1})",
    "softplus": "Math.max({0}, 0) + Math.log1p({1})",
    "tanh": "tanhSoftplusBeside({0}, {1})",
}
"""What goes by e^−|u|, of u and this; of tanh that of softplus."""


def loop(function: ActivationFunction) -> str:
    """A function of JavaScript that writes values and slopes of many numbers."""
    if function.units:
        loops = ",\n".join(loop(unit) for unit in function.units)
        given = "z, value, slope, start, count"
        return f"({given}, unit) => [{loops}][unit]({given}, 0)"
    node = function.node("JavaScript")
    nodes = (_plain(node), _plain(slope(node)))
    names, texts = _beside(nodes)
    named, (height, rise) = shared(nodes, "javascript", names)
    known = "".join(f"  const {name} = {text};\n" for name, text in (*texts.items(), *named))
    return (
        "(zs, value, slope, start, count) => {\n"
        "for (let at = start; at < start + count; at++) {\n"
        f"  const z = zs[at];\n{known}  value[at] = {height};\n  slope[at] = {rise};\n}}\n}}"
    )


def _plain(node: Node) -> Node:
    """A formula with its constants worked out, and small powers as products."""
    if node.constant:
        known = float(value(node, np.zeros(1))[0])
        return number(known) if np.isfinite(known) else node
    parts = tuple(map(_plain, node.parts))
    if node.kind == "**" and parts[1].is_number and parts[1].number in range(2, MOST_POWER + 1):
        product = parts[0]
        for _ in range(int(parts[1].number) - 1):
            product = mul(product, parts[0])
        return product
    return Node(node.kind, parts, node.number)


def _beside(nodes: Sequence[Node]) -> tuple[dict[Node, str], dict[str, str]]:
    """Names of what goes by exponentials, and the texts of these and of the names, in order.

    erf(u) and its slope go by e^−u²; sigmoid(±u), softplus(±u) and tanh(softplus(±u)) by e^−|u|.
    """
    names: dict[Node, str] = {}
    texts: dict[str, str] = {}

    def name(node: Node, letter: str, text: str) -> str:
        names[node] = f"{letter}{len(texts)}"
        texts[names[node]] = text
        return names[node]

    def look(node: Node) -> None:
        if node in names:
            return
        inner = _inside(node)
        if inner is None or inner.constant:
            for part in node.parts:
                look(part)
            return
        base = inner.parts[0] if inner.kind == "neg" else inner
        look(base)
        (_, (text,)), kind = shared((base,), "javascript", names), node.kind
        if base.parts:
            text = names.get(base) or name(base, "u", text)
        if kind == "erf":
            bell = call("exp", neg(mul(base, base)))
            e = names.get(bell) or name(bell, "e", f"Math.exp(-({text} * {text}))")
            name(node, "f", f"erfBeside({text}, {e})")
            return
        fall = call("exp", neg(call("abs", base)))
        e = names.get(fall) or name(fall, "e", f"Math.exp(-Math.abs({text}))")
        name(node, "f", _FALL[kind].format(f"-{text}" if inner.kind == "neg" else text, e))

    for node in nodes:
        look(node)
    return names, texts


def _inside(node: Node) -> Node | None:
    """The u of erf(u), sigmoid(u), softplus(u), tanh(softplus(u))."""
    if node.kind in ("erf", "sigmoid", "softplus"):
        return node.parts[0]
    soft = node.kind == "tanh" and node.parts[0].kind == "softplus"
    return node.parts[0].parts[0] if soft else None
