"""Formulas in LaTeX."""

from warpviz.functions.node import ONE, Node

SUM, PRODUCT, SIGN, POWER, ATOM = range(1, 6)
Text = tuple[str, int]
_NAMED = {
    "exp": r"\exp", "log": r"\ln", "sin": r"\sin", "cos": r"\cos", "tanh": r"\tanh",
    "erf": r"\operatorname{erf}", "sigmoid": r"\sigma", "max": r"\max", "min": r"\min",
    "softplus": r"\operatorname{softplus}",
}  # fmt: skip


def latex(node: Node) -> str:
    r"""A formula in LaTeX; the letter z occurs in it only as the variable.

    >>> from warpviz.functions import read
    >>> print(latex(read("sin(2*z)/2 + max(0, z)")))
    \frac{\sin(2\,z)}{2} + \max(0, z)
    """
    return _text(node)[0]


def _held(part: Text, least: int) -> str:
    return part[0] if part[1] >= least else rf"\left({part[0]}\right)"


def _text(node: Node) -> Text:
    if node.kind == "z":
        return "z", ATOM
    if node.kind == "number":
        return f"{node.number:.15g}", SIGN if node.number < 0 else ATOM
    parts = [_text(part) for part in node.parts]
    inner = ", ".join(text for text, _ in parts)
    match node.kind:
        case "+" | "-":
            least = SUM if node.kind == "+" and parts[1][1] != SIGN else PRODUCT
            right = _held(parts[1], ATOM if parts[1][1] == SIGN else least)
            return f"{parts[0][0]} {node.kind} {right}", SUM
        case "*":
            left, right = _held(parts[0], PRODUCT), _held(parts[1], POWER)
            return rf"{left}\,{right}", SIGN if parts[0][1] == SIGN else PRODUCT
        case "/":
            return rf"\frac{{{parts[0][0]}}}{{{parts[1][0]}}}", ATOM
        case "**":
            return f"{_held(parts[0], ATOM)}^{{{parts[1][0]}}}", POWER
        case "neg":
            return f"-{_held(parts[0], ATOM if parts[0][1] == SIGN else PRODUCT)}", SIGN
        case "abs":
            return rf"\left|{inner}\right|", ATOM
        case "sqrt":
            return rf"\sqrt{{{inner}}}", ATOM
        case "relu":
            return rf"\max(0, {inner})", ATOM
        case "log1p":
            return rf"\ln(1 + {inner})", ATOM
        case "expm1":
            return f"e^{{{inner}}} - {ONE.number:g}", SUM
        case "<" | "<=":
            sign = "<" if node.kind == "<" else r"\le"
            if node.parts[0].constant:
                turned = ">" if node.kind == "<" else r"\ge"
                return f"{parts[1][0]} {turned} {parts[0][0]}", SUM
            return f"{parts[0][0]} {sign} {parts[1][0]}", SUM
        case "where":
            test, then, otherwise = (text for text, _ in parts)
            rows = rf"{then} & {test} \\ {otherwise} & \text{{otherwise}}"
            return rf"\begin{{cases}} {rows} \end{{cases}}", ATOM
    return f"{_NAMED[node.kind]}({inner})", ATOM
