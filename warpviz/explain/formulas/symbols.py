"""Chains as symbolic expressions, through sympy.

Every activation is one expression without cases, so that it can be printed, differentiated and
evaluated alike: elu(z) = max(0, z) + α (e^{min(0, z)} − 1).
"""

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from warpviz.arrays import Floats
from warpviz.errors import WarpvizError
from warpviz.explain.formulas.sympy_functions import own_functions, sympy_module
from warpviz.functions import Node
from warpviz.functions.normal import lower_tail
from warpviz.model.activations import ACTIVATIONS, ActivationFunction
from warpviz.model.chain import Chain
from warpviz.model.checks import rows
from warpviz.model.layers import Activation, Dense, Softmax, steps_of
from warpviz.model.letters import Sign, Walk
from warpviz.model.residual import Add, Keep

MOST_TERMS = 20_000
"""Leaves of a nested expression; layer by layer nothing is nested."""


def acted(sympy: Any, name: str, z: Any) -> Any:
    """An activation of an expression.

    Raises:
        WarpvizError: the activation has no formula.
    """
    return _expression(sympy, ACTIVATIONS[name].node("a formula"), z, {})


def _acted(sympy: Any, function: ActivationFunction, state: Sequence[Any]) -> tuple[Any, ...]:
    """What an activation makes of each unit's expression."""
    return tuple(acted(sympy, function.unit(i).name, z) for i, z in enumerate(state))


def _expression(sympy: Any, node: Node, z: Any, known: dict[Node, Any]) -> Any:
    if node.kind == "z":
        return z
    if node.kind == "number":
        return sympy.pi if node.number == math.pi else sympy_number(sympy, node.number)
    if node not in known:
        parts = [_expression(sympy, part, z, known) for part in node.parts]
        known[node] = _joins(sympy)[node.kind](*parts)
    return known[node]


def _joins(sympy: Any) -> dict[str, Callable[..., Any]]:
    """Every kind of node that joins others, as a function of expressions."""
    own = own_functions()
    return {
        "+": lambda a, b: a + b, "-": lambda a, b: a - b, "*": lambda a, b: a * b,
        "/": lambda a, b: a / b, "**": lambda a, b: a**b, "neg": lambda a: -a,
        "max": sympy.Max, "min": sympy.Min, "abs": sympy.Abs, "<": sympy.Lt, "<=": sympy.Le,
        "where": lambda test, a, b: sympy.Piecewise((a, test), (b, True)),
        "exp": sympy.exp, "log": sympy.log, "log1p": lambda a: sympy.log(1 + a),
        "expm1": lambda a: sympy.exp(a) - 1, "sqrt": sympy.sqrt, "sin": sympy.sin,
        "cos": sympy.cos, "tanh": sympy.tanh, "sigmoid": own.sigmoid, "softplus": own.softplus,
        "erf": sympy.erf, "relu": lambda a: sympy.Max(0, a),
    }  # fmt: skip


def copies(name: str) -> int:
    """How often an activation writes down what it acts on.

    >>> copies("relu"), copies("gelu")
    (1, 2)
    """
    formula = ACTIVATIONS[name].unit(0).formula
    return max(1, len(re.findall(r"\bz\b", formula)))


def check_terms(chain: Chain, copies: Callable[[str], int]) -> None:
    """Tell that a nested formula would be too long to be read or worked with.

    Args:
        chain: the model.
        copies: how often an activation writes down what it acts on.

    Raises:
        WarpvizError: it would have more than `MOST_TERMS` terms.
    """
    terms, width = 1, chain.widths[0]
    kept: list[int] = []
    for layer in steps_of(chain):
        if isinstance(layer, Keep):
            kept.append(terms)
        elif isinstance(layer, Add):
            terms += kept.pop()
        elif isinstance(layer, Dense):
            terms, width = terms * layer.n_in, layer.n_out
            terms *= copies(layer.activation)
        elif isinstance(layer, Softmax):
            terms *= width
        else:
            terms *= copies(layer.name)
    if terms * width > MOST_TERMS:
        raise WarpvizError(
            f"The nested formula would have {terms * width:,} terms; write it "
            "layer by layer, with form='layers' (--form layers)."
        )


def sympy_number(sympy: Any, value: float) -> Any:
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
    """

    chain: Chain
    letters: bool = False

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
        check_terms(self.chain, copies)
        state = self.inputs
        kept: list[tuple[Any, ...]] = []
        try:
            for k, step in enumerate(self.walk.steps):
                if isinstance(step, Keep):
                    kept.append(state)
                elif isinstance(step, Add):
                    state = tuple(a + b for a, b in zip(kept.pop(), state, strict=True))
                else:
                    state = self.step(k, state)
        except RecursionError:
            raise WarpvizError(
                f"An expression of {len(self.chain)} layers is nested too deep for sympy; write it "
                "layer by layer, with form='layers' (--form layers)."
            ) from None
        return tuple(state)

    @cached_property
    def walk(self) -> Walk:
        """The chain step by step."""
        return Walk.of(self.chain)

    def step(self, k: int, state: Sequence[Any]) -> tuple[Any, ...]:
        """What step k, a layer of its own, makes of expressions."""
        sympy = sympy_module()
        layer = self.walk.steps[k]
        if isinstance(layer, Softmax):
            own = own_functions()
            share = own.log_softmax if layer.log else own.softmax
            return tuple(share(i, *state) for i in range(1, len(state) + 1))
        if isinstance(layer, Activation):
            return _acted(sympy, layer.function, state)
        assert isinstance(layer, Dense)
        weight, bias = self.parameters(k)
        sums = [
            sympy.Add(*(w * z for w, z in zip(row, state, strict=True)), b)
            for row, b in zip(weight, bias, strict=True)
        ]
        return _acted(sympy, layer.function, sums)

    def parameters(self, k: int) -> tuple[list[list[Any]], list[Any]]:
        """Weight and bias of a Dense layer as numbers or letters of sympy."""
        sympy = sympy_module()
        layer = self.walk.steps[k]
        assert isinstance(layer, Dense)
        if self.letters:
            place = self.walk.depth(k)

            def letter(name: str, *units: int) -> Any:
                return sympy.Symbol(Sign(name, place).latex(*units), real=True)

            rows, columns = layer.weight.shape
            weight = [
                [letter("w", i, j) for j in range(1, columns + 1)] for i in range(1, rows + 1)
            ]
            return weight, [letter("b", i) for i in range(1, rows + 1)]
        weight = [[sympy_number(sympy, value) for value in row] for row in layer.weight.tolist()]
        return weight, [sympy_number(sympy, value) for value in layer.bias.tolist()]

    def __call__(self, x: npt.ArrayLike) -> Floats:
        """The expressions' values at points (N, n_in) → (N, n_out), layer by layer."""
        sympy = sympy_module()
        known = [{"erf": lambda z: 2 * lower_tail(np.sqrt(2) * np.asarray(z))[0] - 1}, "numpy"]
        state = rows(x, "Formula", self.chain.widths[0])
        kept: list[Floats] = []
        for k, one in enumerate(self.walk.steps):
            if isinstance(one, Keep):
                kept.append(state)
                continue
            if isinstance(one, Add):
                state = kept.pop() + state
                continue
            symbols = named(sympy, "x", self.walk.widths[k])
            step = sympy.lambdify(symbols, list(self.step(k, symbols)), modules=known)
            with np.errstate(over="ignore", invalid="ignore"):
                columns = step(*state.T)
            state = np.column_stack([np.broadcast_to(column, len(state)) for column in columns])
        return state
