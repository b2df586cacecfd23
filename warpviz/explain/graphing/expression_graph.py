"""A chain in letters, its derivatives, and expressions as trees."""

import re
from collections.abc import Mapping
from typing import Any

from warpviz.errors import WarpvizError
from warpviz.explain.formulas.symbols import Expressions, acted, sympy_number
from warpviz.explain.formulas.sympy_functions import sympy_module
from warpviz.explain.graphing.graph import Edge, Graph
from warpviz.explain.passes.numbers import drawn
from warpviz.model.chain import Chain
from warpviz.model.layers import Dense, Softmax, steps_of
from warpviz.model.letters import Sign
from warpviz.model.residual import Add, Keep


def expression_graph(
    expression: Any, *, share: bool = False, signs: Mapping[str, str] | None = None
) -> Graph:
    """The tree of an expression of sympy: Mul, Add, Pow, functions, and symbols and numbers.

    Args:
        expression: any.
        share: draw equal parts as one node.
        signs: how symbols are written, by name; see `signs_of`.
    """
    signs = signs or {}
    graph = Graph()
    known: dict[Any, int] = {}

    def visit(part: Any) -> int:
        if share and part in known:
            return known[part]
        label = type(part).__name__ if part.args else _short(part)
        place = graph.add(signs.get(label, label), not part.args, label if label in signs else "")
        known[part] = place
        for argument in part.args:
            child = visit(argument)
            graph.edges.append(Edge(place, child))
        return place

    try:
        visit(expression)
    except RecursionError:
        raise WarpvizError("The expression is nested too deep to be drawn.") from None
    return graph


def _short(leaf: Any) -> str:
    text = f"{float(leaf):.4g}" if leaf.is_Float else str(leaf)
    return drawn(text) if leaf.is_number else text


def signs_of(chain: Chain) -> dict[str, str]:
    """How the letters of `letters_of` are written in a drawing, as formulas write them.

    >>> from warpviz.model import mlp
    >>> signs = signs_of(mlp([2, 3, 1], "tanh"))
    >>> signs["w121"], signs["b13"], signs["i2"]
    ('w₂₁⁽¹⁾', 'b₃⁽¹⁾', 'x₂')
    """
    signs = {f"i{j}": Sign("x").plain(j) for j in range(1, chain.widths[0] + 1)}
    if chain.widths[0] == 1:
        signs = {"i1": "x"}
    for symbol in _numbers(chain):
        kind, rest = str(symbol)[0], str(symbol)[1:]
        depth, *places = map(int, rest.split("_") if "_" in rest else rest)
        signs[str(symbol)] = Sign(kind, depth).plain(*places)
    return signs


def letters_of(chain: Chain) -> tuple[tuple[Any, ...], list[Any]]:
    """A chain in letters: inputs i1, i2, …, weights w111 (layer, unit, input), biases b11.

    Returns:
        The input symbols, and one expression an output. Numbers above 9 are parted by _.
    """
    sympy = sympy_module()

    def letter(kind: str, *places: int) -> Any:
        between = "_" if any(place > 9 for place in places) else ""
        return sympy.Symbol(kind + between.join(map(str, places)), real=True)

    inputs = tuple(letter("i", j + 1) for j in range(chain.widths[0]))
    state: list[Any] = list(inputs)
    depth = 0
    kept: list[list[Any]] = []
    for k, layer in enumerate(steps_of(chain)):
        if isinstance(layer, Keep):
            kept.append(state)
        elif isinstance(layer, Add):
            state = [a + b for a, b in zip(kept.pop(), state, strict=True)]
        elif isinstance(layer, Dense):
            depth += 1
            sums = [
                sympy.Add(
                    *(letter("w", depth, u + 1, j + 1) * z for j, z in enumerate(state)),
                    letter("b", depth, u + 1),
                )
                for u in range(layer.n_out)
            ]
            state = [acted(sympy, layer.function.unit(i).name, z) for i, z in enumerate(sums)]
        elif isinstance(layer, Softmax):
            state = list(Expressions(chain).step(k, state))
        else:
            state = [acted(sympy, layer.function.unit(i).name, z) for i, z in enumerate(state)]
    return inputs, state


def chain_expression(
    chain: Chain,
    *,
    output: int = 1,
    gradient: str | None = None,
    loss: str | None = None,
    target: float | None = None,
    numbers: bool = False,
) -> Any:
    """One output of a chain, its loss, or a derivative of either, unsimplified.

    Args:
        chain: the model.
        output: which, counted from 1.
        gradient: with respect to which weight: "w111" or "W1[0,0]", "b11" or "b1[0]", or an input.
        loss: "half-squared" or "squared" takes (o − t)² / 2 or (o − t)²; half-squared where there
            is a target.
        target: t as a number; None leaves the letter.
        numbers: put in the chain's own weights.

    Raises:
        WarpvizError: for an output or a weight that there is not.
    """
    sympy = sympy_module()
    _, outputs = letters_of(chain)
    if not 1 <= output <= len(outputs):
        raise WarpvizError(f"output expects 1 to {len(outputs)}, got {output}.")
    expression = outputs[output - 1]
    loss = "half-squared" if loss is None and target is not None else loss
    if loss is not None:
        if loss not in ("half-squared", "squared"):
            raise WarpvizError(f"loss expects half-squared or squared, got {loss!r}.")
        wanted = sympy.Symbol("t", real=True) if target is None else sympy_number(sympy, target)
        expression = (expression - wanted) ** 2
        expression = expression / 2 if loss == "half-squared" else expression
    if gradient is not None:
        expression = sympy.diff(expression, _weight_named(chain, gradient, expression))
    return expression.subs(_numbers(chain)) if numbers else expression


def _weight_named(chain: Chain, name: str, expression: Any) -> Any:
    sympy = sympy_module()
    indexed = re.fullmatch(r"([Wb])(\d+)\[(\d+)(?:,\s*(\d+))?\]", name)
    if indexed:
        kind, layer, unit, place = indexed.groups()
        if (kind == "W") == (place is not None):
            parts = [int(layer), int(unit) + 1, *([int(place) + 1] if place else [])]
            between = "_" if any(part > 9 for part in parts) else ""
            name = kind.lower() + between.join(map(str, parts))
    known = {str(symbol): symbol for symbol in expression.free_symbols}
    every = {str(symbol) for symbol in _numbers(chain)} | {str(i) for i in letters_of(chain)[0]}
    if name not in every:
        raise WarpvizError(
            f"There is no weight {name!r}; w111 is weight 1 of unit 1 in layer 1, b11 its bias, "
            "i1 input 1."
        )
    return known.get(name, sympy.Symbol(name, real=True))


def _numbers(chain: Chain) -> dict[Any, Any]:
    """Letter → number of every weight and bias."""
    sympy = sympy_module()
    values: dict[Any, Any] = {}
    dense = [layer for layer in steps_of(chain) if isinstance(layer, Dense)]
    for depth, layer in enumerate(dense, 1):
        for u, (row, bias) in enumerate(zip(layer.weight, layer.bias, strict=True), 1):
            for kind, places, value in [
                *(("w", (depth, u, j), w) for j, w in enumerate(row, 1)),
                ("b", (depth, u), bias),
            ]:
                between = "_" if any(place > 9 for place in places) else ""
                name = kind + between.join(map(str, places))
                values[sympy.Symbol(name, real=True)] = sympy_number(sympy, float(value))
    return values
