"""Expressions that people type, read without running anything.

Python's parser makes a tree of the text, and only numbers, names, + − · / powers and the functions
of a short list are taken from it.
"""

import ast
from collections.abc import Callable
from typing import Any

from warpviz.errors import WarpvizError
from warpviz.explain.formulas.sympy_functions import sympy_module
from warpviz.names import unknown_name

LONGEST = 500
"""Letters."""
DEEPEST = 40
"""Brackets within brackets."""
LARGEST_POWER = 64
LARGEST_NUMBER = 1e12
MOST_BITS = 4096
"""Of a whole number, or of both parts of a fraction."""
FUNCTIONS = (
    "sin", "cos", "tan", "exp", "log", "sqrt", "tanh", "sinh", "cosh", "asin", "acos", "atan",
    "abs", "sign", "erf", "max", "min",
)  # fmt: skip
CONSTANTS = {"pi": "pi", "e": "E"}
_OPERATORS: dict[type[ast.operator], str] = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.Pow: "**",
}  # fmt: skip


def parse(text: str, names: tuple[str, ...] | None = None, *, evaluate: bool = True) -> Any:
    """The expression of sympy that a text means.

    Args:
        text: as in "exp(-x^2) + 1/2"; ^ is a power too.
        names: the symbols that may occur; None takes any.
        evaluate: let sympy collect terms; False keeps the expression as it was typed.

    Raises:
        WarpvizError: for what is no such expression, or too large a one.

    >>> parse("2*x^2 - sin(x)/3", ("x",))
    2*x**2 - sin(x)/3
    """
    if len(text) > LONGEST:
        raise WarpvizError(f"An expression has at most {LONGEST} letters, got {len(text)}.")
    try:
        tree = ast.parse(text.strip().replace("^", "**"), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise WarpvizError(f"{text!r:.60} is no expression, such as 'exp(-x^2) + 1/2'.") from None
    expression = _Reader(text, names, evaluate).read(tree, 0)
    sympy = sympy_module()
    if expression.has(sympy.zoo, sympy.nan, sympy.oo, -sympy.oo):
        raise WarpvizError(f"{text!r:.60} is not finite.")
    return expression


def _bits(value: Any) -> int:
    """How long a number is; a little for what is not rational."""
    if value.is_Rational:
        return int(value.p).bit_length() + int(value.q).bit_length()
    if value.is_number and not value.is_Atom:
        return sum(_bits(part) for part in value.args)
    return 64


class _Reader:
    def __init__(self, text: str, names: tuple[str, ...] | None, evaluate: bool) -> None:
        self.text, self.names, self.evaluate = text, names, evaluate
        self.sympy = sympy_module()

    def read(self, node: ast.AST, depth: int) -> Any:
        if depth > DEEPEST:
            raise WarpvizError(f"An expression is nested at most {DEEPEST} deep.")
        if isinstance(node, ast.Constant):
            return self._number(node.value)
        if isinstance(node, ast.Name):
            return self._name(node.id)
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub | ast.UAdd):
            value = self.read(node.operand, depth + 1)
            return value if isinstance(node.op, ast.UAdd) else self._product(-1, value)
        if isinstance(node, ast.BinOp) and type(node.op) in _OPERATORS:
            # Long sums nest to the left: only what is in brackets counts as deeper.
            left, right = self.read(node.left, depth), self.read(node.right, depth + 1)
            return self._joined(_OPERATORS[type(node.op)], left, right)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and not node.keywords:
            arguments = [self.read(one, depth + 1) for one in node.args]
            return self._called(node.func.id, arguments)
        raise WarpvizError(
            f"{self.text!r:.60} has more than numbers, names, + - * / ^ and functions in it."
        )

    def _number(self, value: object) -> Any:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise WarpvizError(f"{value!r:.30} is no number.")
        if abs(value) > LARGEST_NUMBER:
            # A whole number of many digits is none that could be rounded.
            raise WarpvizError(f"Numbers go up to {LARGEST_NUMBER:g} here, got {value!r:.20}….")
        return self.sympy.Integer(value) if isinstance(value, int) else self.sympy.Float(value)

    def _name(self, name: str) -> Any:
        if self.names is None or name in self.names:
            known = self.names is None and name in CONSTANTS
            if not known:
                return self.sympy.Symbol(name, real=True)
        if name in CONSTANTS:
            return getattr(self.sympy, CONSTANTS[name])
        raise unknown_name("name", name, [*(self.names or ()), *CONSTANTS])

    def _product(self, left: Any, right: Any) -> Any:
        return self.sympy.Mul(left, right, evaluate=self.evaluate)

    def _power(self, base: Any, exponent: Any) -> Any:
        if exponent.is_number:
            size = abs(float(exponent.evalf()))
            bits = _bits(base) * size
            if not size <= LARGEST_POWER or bits > MOST_BITS:
                raise WarpvizError(
                    f"Powers go up to {LARGEST_POWER} here, of numbers that are not long; "
                    f"{self.text!r:.60} has a larger one."
                )
        return self._checked(self.sympy.Pow(base, exponent, evaluate=self.evaluate))

    def _checked(self, value: Any) -> Any:
        """A value that is real, finite and of a size that can be handled."""
        if value.is_number:
            number = value.evalf()
            finite = number.is_Float or number.is_Rational
            if not finite or not (number == 0 or 1e-300 < abs(number) < 1e300):
                raise WarpvizError(f"A part of {self.text!r:.60} is no real number of usual size.")
            if _bits(value) > MOST_BITS:
                raise WarpvizError(f"A number in {self.text!r:.60} has too many digits.")
        return value

    def _joined(self, sign: str, left: Any, right: Any) -> Any:
        plain: dict[str, Callable[[Any, Any], Any]] = {
            "+": lambda a, b: self.sympy.Add(a, b, evaluate=self.evaluate),
            "-": lambda a, b: self.sympy.Add(a, self._product(-1, b), evaluate=self.evaluate),
            "*": self._product,
            "**": self._power,
        }
        if sign == "/":
            if right == 0:
                raise WarpvizError(f"{self.text!r:.60} divides by 0.")
            inverse = self.sympy.Pow(right, -1, evaluate=self.evaluate)
            return self._checked(self._product(left, inverse))
        return self._checked(plain[sign](left, right))

    def _called(self, name: str, arguments: list[Any]) -> Any:
        if name not in FUNCTIONS:
            raise unknown_name("function", name, FUNCTIONS)
        many = name in ("max", "min")
        if not arguments or (len(arguments) != 1 and not many):
            raise WarpvizError(f"{name} takes {'numbers' if many else 'one number'}.")
        function = getattr(self.sympy, {"abs": "Abs", "max": "Max", "min": "Min"}.get(name, name))
        if name in (
            "exp", "sinh", "cosh",
        ):  # fmt: skip
            if not all(abs(float(one.evalf())) <= 600 for one in arguments if one.is_number):
                raise WarpvizError(f"{name} of {arguments[0]} is too large.")
        return self._checked(function(*arguments, evaluate=self.evaluate))
