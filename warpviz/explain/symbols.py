"""Chains as symbolic expressions, through sympy.

Every activation is one expression without cases, so that it can be printed, differentiated and
evaluated alike: elu(z) = max(0, z) + α (e^{min(0, z)} − 1).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from warpviz.arrays import Floats
from warpviz.errors import WarpvizError
from warpviz.model.activations import ACTIVATIONS, PARAMETERISED
from warpviz.model.chain import Chain
from warpviz.model.layers import Dense, Softmax
from warpviz.model.normal import lower_tail

MOST_TERMS = 20_000
"""Leaves of a nested expression; layer by layer nothing is nested."""


def sympy_module() -> Any:
    """The sympy package, or one sentence."""
    try:
        import sympy
    except ImportError:
        raise WarpvizError(
            "Formulas and graphs need sympy; install it with: pip install 'warpviz[formula]'."
        ) from None
    return sympy


def functions(sympy: Any) -> dict[str, Callable[[Any, float | None], Any]]:
    """Activation → expression of z, and of the number after a colon."""
    half = sympy.Rational(1, 2)

    def leaky(z: Any, slope: float | None) -> Any:
        alpha = number(sympy, PARAMETERISED["leaky_relu"][1] if slope is None else slope)
        if 0 <= alpha <= 1:
            return sympy.Max(alpha * z, z)
        return sympy.Max(0, z) + alpha * sympy.Min(0, z)

    def elu(z: Any, given: float | None) -> Any:
        alpha = number(sympy, PARAMETERISED["elu"][1] if given is None else given)
        return sympy.Max(0, z) + alpha * (sympy.exp(sympy.Min(0, z)) - 1)

    def gelu_tanh(z: Any, _: float | None) -> Any:
        cubic = z + sympy.Float("0.044715") * z**3
        return z * (1 + sympy.tanh(sympy.sqrt(2 / sympy.pi) * cubic)) * half

    return {
        "identity": lambda z, _: z,
        "relu": lambda z, _: sympy.Max(0, z),
        "leaky_relu": leaky,
        "tanh": lambda z, _: sympy.tanh(z),
        "sigmoid": lambda z, _: 1 / (1 + sympy.exp(-z)),
        "gelu": lambda z, _: z * (1 + sympy.erf(z / sympy.sqrt(2))) * half,
        "gelu_tanh": gelu_tanh,
        "sin": lambda z, _: sympy.sin(z),
        "silu": lambda z, _: z / (1 + sympy.exp(-z)),
        "elu": elu,
        "softplus": lambda z, _: sympy.log(1 + sympy.exp(z)),
    }


def acted(sympy: Any, name: str, z: Any) -> Any:
    """An activation of an expression."""
    ACTIVATIONS[name]
    stem, _, text = name.partition(":")
    return functions(sympy)[stem](z, float(text) if text else None)


def number(sympy: Any, value: float) -> Any:
    """A number as sympy keeps it: whole ones exactly, others as the double that they are."""
    return sympy.Integer(int(value)) if float(value).is_integer() else sympy.Float(float(value))


def named(sympy: Any, letter: str, count: int) -> tuple[Any, ...]:
    """x, or x_1 … x_n."""
    if count == 1:
        return (sympy.Symbol(letter, real=True),)
    return tuple(sympy.Symbol(f"{letter}_{i}", real=True) for i in range(1, count + 1))


@dataclass(frozen=True, eq=False)
class Expressions:
    """The outputs of a chain as expressions of its inputs.

    Attributes:
        chain: the model.
        letters: weights and biases as symbols w_{ij}^{(k)}, b_i^{(k)} instead of numbers.
        digits: significant digits that numbers are rounded to; None leaves them whole.
    """

    chain: Chain
    letters: bool = False
    digits: int | None = None

    @cached_property
    def inputs(self) -> tuple[Any, ...]:
        """Symbols of the inputs."""
        return named(sympy_module(), "x", self.chain.widths[0])

    @cached_property
    def outputs(self) -> tuple[Any, ...]:
        """One expression an output, nested down to the inputs.

        Raises:
            WarpvizError: it would have more than `MOST_TERMS` terms.
        """
        terms = 1
        for layer in self.chain:
            terms *= layer.n_in if isinstance(layer, Dense) else 1
        if terms * self.chain.widths[-1] > MOST_TERMS:
            raise WarpvizError(
                f"The nested formula would have {terms * self.chain.widths[-1]:,} terms; write it "
                "layer by layer, with form='layers' (--form layers)."
            )
        state = self.inputs
        for k in range(len(self.chain)):
            state = self.step(k, state)
        return tuple(state)

    def step(self, k: int, state: Sequence[Any]) -> tuple[Any, ...]:
        """What layer k makes of expressions."""
        sympy = sympy_module()
        layer = self.chain[k]
        if isinstance(layer, Softmax):
            powers = [sympy.exp(z) for z in state]
            shares = [power / sympy.Add(*powers) for power in powers]
            return tuple(sympy.log(share) for share in shares) if layer.log else tuple(shares)
        if not isinstance(layer, Dense):
            return tuple(acted(sympy, layer.name, z) for z in state)
        weight, bias = self.parameters(k)
        sums = [
            sympy.Add(*(w * z for w, z in zip(row, state, strict=True)), b)
            for row, b in zip(weight, bias, strict=True)
        ]
        return tuple(acted(sympy, layer.activation, z) for z in sums)

    def parameters(self, k: int) -> tuple[list[list[Any]], list[Any]]:
        """Weight and bias of a Dense layer as numbers or letters of sympy."""
        sympy = sympy_module()
        layer = self.chain[k]
        assert isinstance(layer, Dense)
        if self.letters:
            place = 1 + sum(isinstance(one, Dense) for one in self.chain.layers[:k])

            def letter(name: str) -> Any:
                return sympy.Symbol(f"{name}^{{({place})}}", real=True)

            rows, columns = layer.weight.shape
            far = "," if max(rows, columns) > 9 else ""
            weight = [
                [letter(f"w_{{{i}{far}{j}}}") for j in range(1, columns + 1)]
                for i in range(1, rows + 1)
            ]
            return weight, [letter(f"b_{{{i}}}") for i in range(1, rows + 1)]
        weight = [[number(sympy, self._rounded(v)) for v in row] for row in layer.weight.tolist()]
        return weight, [number(sympy, self._rounded(v)) for v in layer.bias.tolist()]

    def _rounded(self, value: float) -> float:
        return value if self.digits is None else float(f"{value:.{self.digits}g}")

    def __call__(self, x: npt.ArrayLike) -> Floats:
        """The expressions' values at points (N, n_in) → (N, n_out)."""
        sympy = sympy_module()
        known = [{"erf": lambda z: 2 * lower_tail(np.sqrt(2) * np.asarray(z))[0] - 1}, "numpy"]
        function = sympy.lambdify(self.inputs, list(self.outputs), modules=known, cse=True)
        points = np.asarray(x, dtype=np.float64)
        with np.errstate(over="ignore"):
            columns = function(*points.T)
        return np.column_stack([np.broadcast_to(column, len(points)) for column in columns])


def equations(letter: str, expressions: Sequence[Any], digits: int | None = None) -> list[str]:
    """y_i = … in LaTeX, numbers with so many significant digits."""
    sympy = sympy_module()
    names = named(sympy, letter, len(expressions))
    return [
        f"{sympy.latex(name)} = {written(expression, digits)}"
        for name, expression in zip(names, expressions, strict=True)
    ]


def written(expression: Any, digits: int | None = None) -> str:
    """LaTeX of an expression: numbers first, then weights, then what they weigh; biases last."""
    sympy = sympy_module()
    if digits is not None:
        # Once more: sympy splits exp(0.1 + x), say, into a number times exp(x).
        rounded = {one: sympy.Float(f"{float(one):.{digits}g}", max(digits, 15))
                   for one in expression.atoms(sympy.Float)}  # fmt: skip
        expression = expression.xreplace(rounded)
    # sympy sorts by name: so each letter gets a name that sorts as it is to stand.
    order = {"w": "a", "b": "z"}
    symbols = sorted(expression.free_symbols, key=str)
    stand_ins = {
        symbol: sympy.Symbol(f"{order.get(str(symbol)[0], str(symbol)[0])}{place:06d}", real=True)
        for place, symbol in enumerate(symbols)
    }
    names = {stand_in: sympy.latex(symbol) for symbol, stand_in in stand_ins.items()}
    replaced = expression.xreplace(stand_ins)
    return str(sympy.latex(replaced, symbol_names=names, min=-5, max=6))
