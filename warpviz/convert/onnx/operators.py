"""Formulas as operators of ONNX."""

from collections.abc import Callable

from warpviz.functions import Node

OPERATORS = {
    "+": "Add", "-": "Sub", "*": "Mul", "/": "Div", "**": "Pow", "neg": "Neg", "max": "Max",
    "min": "Min", "abs": "Abs", "where": "Where", "<": "Less", "<=": "LessOrEqual", "exp": "Exp",
    "log": "Log", "sqrt": "Sqrt", "sin": "Sin", "cos": "Cos", "tanh": "Tanh",
    "sigmoid": "Sigmoid", "softplus": "Softplus", "erf": "Erf", "relu": "Relu",
}  # fmt: skip
"""Kind of node → operator."""


def operators(node: Node, x: str, add: Callable[..., str], known: Callable[[float], str]) -> str:
    """Write a formula of what is named x; equal parts are written once.

    Args:
        node: the formula.
        x: the name of z.
        add: adds an operator with the names of its inputs and gives the name of its output.
        known: gives the name of a number.

    Returns:
        The name of f(z).
    """
    written: dict[Node, str] = {}

    def name(part: Node) -> str:
        if part.kind == "z":
            return x
        if part.kind == "number":
            return known(part.number)
        if part not in written:
            inputs = [name(inner) for inner in part.parts]
            if part.kind == "log1p":
                written[part] = add("Log", add("Add", inputs[0], known(1.0)))
            elif part.kind == "expm1":
                written[part] = add("Sub", add("Exp", inputs[0]), known(1.0))
            else:
                written[part] = add(OPERATORS[part.kind], *inputs)
        return written[part]

    return name(node)
