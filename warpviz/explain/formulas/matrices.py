"""A chain in matrices, and the one matrix that affine layers alone come to."""

from collections.abc import Sequence

import numpy as np

from warpviz.arrays import Floats
from warpviz.explain.formulas.writing import Value, around, definitions, numeral, parameters
from warpviz.model.chain import Chain
from warpviz.model.layers import Activation, Dense, Softmax
from warpviz.model.letters import Sign, state_signs


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
        slope, shift = layer.function.pieces
        weight, bias = slope * weight, slope * bias + shift
    return weight, bias


def matrix_lines(chain: Chain, letters: bool, digits: int) -> list[str]:
    """A line a layer, and where nothing bends one more that says what all come to."""
    signs = state_signs(chain)
    lines, here = [], r"\mathbf{x}"
    for k, layer in enumerate(chain):
        there = r"\mathbf{y}" if k == len(chain) - 1 else bold(signs[k + 1])
        if isinstance(layer, Softmax):
            name = r"\ln\operatorname{softmax}" if layer.log else r"\operatorname{softmax}"
            lines.append(rf"{there} = {name}\left({here}\right)")
            here = there
            continue
        inner, name = here, layer.name if isinstance(layer, Activation) else layer.activation
        if isinstance(layer, Dense):
            weight, bias = parameters(chain, k, letters)
            inner = f"{matrix(weight, digits)} {here} + {matrix([[b] for b in bias], digits)}"
        lines.append(f"{there} = {around(name, inner)}")
        here = there
    lines += definitions(chain)
    whole = collapsed(chain)
    count = sum(isinstance(layer, Dense) for layer in chain)
    if whole is not None and count > 1:
        product = " ".join(f"W^{{({k})}}" for k in range(count, 0, -1))
        lines.append(rf"\mathbf{{y}} = W \mathbf{{x}} + \mathbf{{b}},\quad W = {product}")
        if not letters:
            weight, bias = whole[0].tolist(), whole[1].tolist()
            column = matrix([[b] for b in bias], digits)
            lines.append(rf"\mathbf{{y}} = {matrix(weight, digits)} \mathbf{{x}} + {column}")
    return lines


def bold(sign: Sign) -> str:
    """The sign of a whole state: a vector is bold."""
    return rf"\mathbf{{{sign.letter}}}" + sign.latex()[len(sign.letter) :]


def matrix(entries: Sequence[Sequence[Value]], digits: int) -> str:
    """LaTeX of a matrix in round brackets."""
    rows = [[v if isinstance(v, str) else numeral(v, digits) for v in row] for row in entries]
    inner = r" \\ ".join(" & ".join(row) for row in rows)
    return rf"\begin{{pmatrix}} {inner} \end{{pmatrix}}"
