"""Formulas as source code: Python with numpy, C, JavaScript, and plain signs for captions."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from warpviz.functions.node import Node

LANGUAGES = ("python", "c", "javascript", "plain")
SUM, PRODUCT, SIGN, POWER, ATOM = range(1, 6)
"""How tightly a text holds together."""
Text = tuple[str, int]
_SIGNS = {"+": ("+", SUM), "-": ("-", SUM), "*": ("*", PRODUCT), "/": ("/", PRODUCT)}

_CALLS: Mapping[str, Mapping[str, str]] = {
    "python": {
        "max": "np.maximum({}, {})", "min": "np.minimum({}, {})", "abs": "np.abs({})",
        "where": "np.where({}, {}, {})", "sigmoid": "np.exp(-np.logaddexp(0.0, -({})))",
        "softplus": "np.logaddexp(0.0, {})", "erf": "np.vectorize(math.erf)({})",
        "relu": "np.maximum({}, 0.0)",
        **{f: f"np.{f}({{}})" for f in
           ("exp", "log", "log1p", "expm1", "sqrt", "sin", "cos", "tanh")},
    },
    "c": {
        "max": "fmax({}, {})", "min": "fmin({}, {})", "abs": "fabs({})",
        "where": "({} ? {} : {})", "sigmoid": "(1.0 / (1.0 + exp(-({}))))",
        "softplus": "(log1p(exp(-fabs({0}))) + fmax({0}, 0.0))", "relu": "fmax({}, 0.0)",
        "**": "pow({}, {})",
        **{f: f"{f}({{}})" for f in
           ("exp", "log", "log1p", "expm1", "sqrt", "sin", "cos", "tanh", "erf")},
    },
    "javascript": {
        "max": "Math.max({}, {})", "min": "Math.min({}, {})", "where": "({} ? {} : {})",
        "sigmoid": "sigmoid({})", "softplus": "softplus({})", "erf": "erf({})",
        "relu": "Math.max({}, 0)", "**": "Math.pow({}, {})",
        **{f: f"Math.{f}({{}})" for f in
           ("abs", "exp", "log", "log1p", "expm1", "sqrt", "sin", "cos", "tanh")},
    },
    "plain": {
        "max": "max({}, {})", "min": "min({}, {})", "abs": "|{}|",
        "where": "({1} if {0} else {2})", "log": "ln({})", "sqrt": "√({})", "relu": "max(0, {})",
        "sigmoid": "σ({})",
        **{f: f"{f}({{}})" for f in
           ("exp", "log1p", "expm1", "sin", "cos", "tanh", "erf", "softplus")},
    },
    "formula": {
        "max": "max({}, {})", "min": "min({}, {})", "where": "where({}, {}, {})",
        **{f: f"{f}({{}})" for f in
           ("abs", "exp", "log", "log1p", "expm1", "sqrt", "sin", "cos", "tanh", "sigmoid",
            "softplus", "erf", "relu")},
    },
}  # fmt: skip


def written(node: Node, language: str) -> str:
    """A formula in one of `LANGUAGES`, or as `warpviz.functions.read` takes it ("formula").

    >>> from warpviz.functions import read
    >>> written(read("max(z, -0.3*z)**2"), "c"), written(read("sin(2*z)/2 + z"), "plain")
    ('pow(fmax(z, -0.3 * z), 2.0)', 'sin(2·z)/2 + z')
    """
    return _text(node, language, {})[0]


def shared(
    nodes: Sequence[Node], language: str, given: Mapping[Node, str] = MappingProxyType({})
) -> tuple[list[tuple[str, str]], list[str]]:
    """Formulas of which what they have in common is worked out once: names and texts.

    Args:
        nodes: the formulas.
        language: one of `LANGUAGES`.
        given: names of parts that are known already.

    Returns:
        The parts in common, a name and a text each, which may name those before it; and the texts
        of the formulas.

    >>> from warpviz.functions import read, slope
    >>> tanh = read("tanh(z)")
    >>> shared((tanh, slope(tanh)), "javascript")
    ([('s0', 'Math.tanh(z)')], ['s0', '1 - s0 * s0'])
    """
    count: dict[Node, int] = {}
    order: list[Node] = []

    def look(node: Node) -> None:
        if node in given:
            return
        if not node.parts or node.kind in ("<", "<=", "neg"):
            for part in node.parts:
                look(part)
            return
        count[node] = count.get(node, 0) + 1
        if count[node] == 1:
            for part in node.parts:
                look(part)
            order.append(node)

    for node in nodes:
        look(node)
    known = dict(given)
    named: list[tuple[str, str]] = []
    for node in order:
        if count[node] > 1 and not node.constant:
            text = _text(node, language, known)[0]
            known[node] = f"s{len(named)}"
            named.append((known[node], text))
    return named, [_text(node, language, known)[0] for node in nodes]


def _number(value: float, language: str) -> Text:
    if language in ("plain", "javascript", "formula"):
        digits = f"{value:.6g}" if language == "plain" else repr(value)
        text = digits if language == "plain" or not digits.endswith(".0") else digits[:-2]
    else:
        text = repr(value)
    if value < 0:
        return (text.replace("-", "−", 1) if language == "plain" else text), SIGN
    return text, ATOM


def _text(node: Node, language: str, known: Mapping[Node, str]) -> Text:
    if node in known:
        return known[node], ATOM
    if node.kind == "z":
        return "z", ATOM
    if node.kind == "number":
        return _number(node.number, language)
    calls = _CALLS[language]
    parts = [_text(part, language, known) for part in node.parts]
    if node.kind in calls:
        return calls[node.kind].format(*(text for text, _ in parts)), ATOM
    return _RULES[node.kind](parts, language)


def _held(part: Text, least: int) -> str:
    return part[0] if part[1] >= least else f"({part[0]})"


def _binary(kind: str) -> Callable[[list[Text], str], Text]:
    sign, level = _SIGNS[kind]

    def text(parts: list[Text], language: str) -> Text:
        left = _held(parts[0], level)
        # What is subtracted or divided by holds together by itself; so does what has a sign.
        right = _held(parts[1], level if kind in "+*" and parts[1][1] != SIGN else level + 1)
        right = _held((right, SUM), ATOM) if parts[1][1] == SIGN and right == parts[1][0] else right
        if language == "plain":
            shown = {"-": " − ", "+": " + ", "*": "·", "/": "/"}[kind]
        else:
            shown = f" {sign} "
        return f"{left}{shown}{right}", level

    return text


def _power(parts: list[Text], language: str) -> Text:
    base = _held(parts[0], ATOM)
    if language == "plain":
        raised = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
        if parts[1][0].isdigit():
            return f"{base}{parts[1][0].translate(raised)}", POWER
        return f"{base}^{_held(parts[1], ATOM)}", POWER
    return f"{base}**{_held(parts[1], ATOM)}", POWER


def _minus(parts: list[Text], language: str) -> Text:
    return f"{'−' if language == 'plain' else '-'}{_held(parts[0], POWER)}", SIGN


def _compared(sign: str) -> Callable[[list[Text], str], Text]:
    turned = sign.replace("<", ">")

    def text(parts: list[Text], language: str) -> Text:
        (left, _), (right, _) = parts
        # What is known stands behind what is not: z > 0.
        behind = "z" in left or (left[:1] == "s" and left[1:].isdigit())
        left, way, right = (left, sign, right) if behind else (right, turned, left)
        if language == "plain":
            way = {"<=": "≤", ">=": "≥"}.get(way, way)
        return f"{left} {way} {right}", 0

    return text


_RULES: dict[str, Callable[[list[Text], str], Text]] = {
    **{kind: _binary(kind) for kind in _SIGNS},
    "**": _power,
    "neg": _minus,
    "<": _compared("<"),
    "<=": _compared("<="),
}
