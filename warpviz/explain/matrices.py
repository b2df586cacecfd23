"""A chain in matrices, and the one matrix that affine layers alone come to."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from warpviz.arrays import Floats
from warpviz.explain.symbols import Expressions, acted, sympy_module, written
from warpviz.model.chain import Chain
from warpviz.model.layers import Dense, Softmax


def collapsed(chain: Chain) -> tuple[Floats, Floats] | None:
    """W and b of a chain that is affine as a whole, None for one that bends.

    >>> W, b = collapsed(Chain([Dense(np.diag([2.0, 3.0]), np.ones(2)),
    ...                         Dense(np.array([[1.0, 1.0]]), np.zeros(1))]))
    >>> W, b
    (array([[2., 3.]]), array([2.]))
    """
    weight, bias = np.eye(chain.widths[0]), np.zeros(chain.widths[0])
    for layer in chain:
        if isinstance(layer, Softmax) or layer.function.breakpoints != ():
            return None
        if isinstance(layer, Dense):
            weight, bias = layer.weight @ weight, layer.weight @ bias + layer.bias
    return weight, bias


def matrix_lines(chain: Chain, rounded: Expressions) -> list[str]:
    """A line a layer, and where nothing bends one more that says what all come to."""
    sympy = sympy_module()
    lines, here = [], r"\mathbf{x}"
    for k, layer in enumerate(chain):
        there = r"\mathbf{y}" if k == len(chain) - 1 else rf"\mathbf{{h}}^{{({k + 1})}}"
        inner = here
        if isinstance(layer, Dense):
            weight, bias = rounded.parameters(k)
            column = matrix([[value] for value in bias], rounded.digits)
            inner = f"{matrix(weight, rounded.digits)} {here} + {column}"
        if isinstance(layer, Softmax):
            name = r"\log\operatorname{softmax}" if layer.log else r"\operatorname{softmax}"
            right = rf"{name}\left({inner}\right)"
        else:
            name = layer.activation if isinstance(layer, Dense) else layer.name
            bends = layer.function.breakpoints != ()
            right = around(sympy, name, inner) if bends else inner
        lines.append(f"{there} = {right}")
        here = there
    whole = collapsed(chain)
    dense = [k for k, layer in enumerate(chain) if isinstance(layer, Dense)]
    if whole is not None and len(dense) > 1:
        product = " ".join(f"W^{{({k + 1})}}" for k in reversed(range(len(dense))))
        lines.append(rf"\mathbf{{y}} = W \mathbf{{x}} + \mathbf{{b}},\quad W = {product}")
        if not rounded.letters:
            single = Expressions(Chain([Dense(*whole)]), digits=rounded.digits)
            weight, bias = single.parameters(0)
            column = matrix([[value] for value in bias], rounded.digits)
            lines.append(
                rf"\mathbf{{y}} = {matrix(weight, rounded.digits)} \mathbf{{x}} + {column}"
            )
    return lines


def around(sympy: Any, name: str, inner: str) -> str:
    """LaTeX of an activation of what is written already."""
    z = sympy.Symbol("z", real=True)
    text = str(sympy.latex(acted(sympy, name, z)))
    if text.count("z") == 1 and r"\left(z" in text:  # \tanh{\left(z \right)} takes anything
        return text.replace("z", inner)
    return rf"f\left({inner}\right),\quad f(z) = {text}"


def matrix(entries: Sequence[Sequence[Any]], digits: int | None = None) -> str:
    """LaTeX of a matrix in round brackets."""
    rows = r" \\ ".join(" & ".join(written(value, digits) for value in row) for row in entries)
    return rf"\begin{{pmatrix}} {rows} \end{{pmatrix}}"
