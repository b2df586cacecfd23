"""A chain in matrices, and the one matrix that affine layers alone come to."""

from collections.abc import Sequence

import numpy as np

from warpviz.arrays import Floats
from warpviz.explain.formulas.writing import Value, around, definitions, numeral, parameters
from warpviz.model.chain import Chain
from warpviz.model.layers import Activation, Dense, Softmax, steps_of
from warpviz.model.letters import Sign, Walk
from warpviz.model.residual import Add, Keep


def collapsed(chain: Chain) -> tuple[Floats, Floats] | None:
    """W and b of a chain that is affine as a whole, None for one that bends.

    >>> W, b = collapsed(Chain([Dense(np.diag([2.0, 3.0]), np.ones(2)),
    ...                         Dense(np.array([[1.0, 1.0]]), np.zeros(1))]))
    >>> W, b
    (array([[2., 3.]]), array([2.]))
    """
    weight, bias = np.eye(chain.widths[0]), np.zeros(chain.widths[0])
    kept: list[tuple[Floats, Floats]] = []
    for step in steps_of(chain):
        if isinstance(step, Keep):
            kept.append((weight, bias))
        elif isinstance(step, Add):
            weight, bias = (a + b for a, b in zip(kept.pop(), (weight, bias), strict=True))
        elif isinstance(step, Softmax) or step.function.breakpoints != ():
            return None
        else:
            if isinstance(step, Dense):
                weight, bias = step.weight @ weight, step.weight @ bias + step.bias
            slope, shift = step.function.pieces
            weight, bias = slope * weight, slope * bias + shift
    return weight, bias


def matrix_lines(chain: Chain, letters: bool, digits: int) -> list[str]:
    """A line a layer, and where nothing bends one more that says what all come to."""
    walk = Walk.of(chain)
    signs = [bold(sign) for sign in walk.signs[:-1]] + [r"\mathbf{y}"]
    lines = []
    for k, step in enumerate(walk.steps):
        here, there = signs[k], signs[k + 1]
        if isinstance(step, Keep):
            continue
        if isinstance(step, Add):
            lines.append(f"{there} = {signs[walk.kept(k)]} + {here}")
            continue
        if isinstance(step, Softmax):
            name = r"\ln\operatorname{softmax}" if step.log else r"\operatorname{softmax}"
            lines.append(rf"{there} = {name}\left({here}\right)")
            continue
        inner, name = here, step.name if isinstance(step, Activation) else step.activation
        if isinstance(step, Dense):
            weight, bias = parameters(walk, k, letters)
            inner = f"{matrix(weight, digits)} {here} + {matrix([[b] for b in bias], digits)}"
        lines.append(f"{there} = {around(name, inner)}")
    lines += definitions(chain)
    whole = collapsed(chain)
    count = sum(isinstance(step, Dense) for step in walk.steps)
    if whole is not None and count > 1:
        if not any(isinstance(step, Keep) for step in walk.steps):
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
