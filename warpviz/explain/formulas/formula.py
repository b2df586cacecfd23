"""The function of a chain, written out: nested, layer by layer, in matrices, or piece by piece."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy.typing as npt

from warpviz.arguments import check_fields, kinds_checked
from warpviz.arrays import Floats
from warpviz.convert import to_chain
from warpviz.errors import WarpvizError
from warpviz.explain.formulas.breaking import WIDTH, aligned, width
from warpviz.explain.formulas.equations import layer_lines, nested_lines
from warpviz.explain.formulas.matrices import matrix_lines
from warpviz.explain.formulas.piecewise import piece_lines
from warpviz.explain.formulas.symbols import Expressions
from warpviz.model.captions import outline
from warpviz.model.chain import Chain
from warpviz.names import unknown_name
from warpviz.own_theme import ThemeLike

FORMS = {
    "nested": "one expression an output, down to the inputs",
    "layers": "a line for every unit, layer by layer",
    "matrix": "a line for every layer, in matrices",
    "piecewise": "of relu chains: the affine formula of every linear region",
}
"""How a formula may be written."""
DIGITS = 4
LONG = 3 * WIDTH
"""Signs of an equation that is read as a whole."""


@dataclass(frozen=True, eq=False, repr=False)
class Formula:
    """What a chain computes, in LaTeX and as expressions of sympy.

    In a notebook it shows itself as mathematics.

    Attributes:
        chain: the model.
        form: a name of `FORMS`; None is nested, and in a notebook layers where that is long.
        digits: significant digits of numbers in LaTeX; expressions keep all.
        letters: weights as w_{21}^{(1)} (unit 2 of layer 1, its input 1) instead of numbers.
        limits: of the inputs where regions are told apart, low and high of each.
    """

    chain: Chain
    form: str | None = None
    digits: int = DIGITS
    letters: bool = False
    limits: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        if not isinstance(self.chain, Chain):
            raise WarpvizError(
                f"formula expects a Chain, got {type(self.chain).__name__}; to_chain makes one."
            )
        check_fields(self)
        object.__setattr__(self, "limits", tuple(self.limits))
        if self.limits and self.form != "piecewise":
            raise WarpvizError("limits are of form='piecewise' (--form piecewise); leave them out.")
        if self.form is not None and self.form not in FORMS:
            raise unknown_name("form", self.form, FORMS)
        if not 1 <= self.digits <= 17:
            raise WarpvizError(f"digits expects 1 to 17, got {self.digits}.")
        if self.letters and self.form == "piecewise":
            raise WarpvizError("Regions depend on the numbers; leave the letters out.")

    def __repr__(self) -> str:
        form = self.form or "nested"
        kind = "letters" if self.letters else f"{self.digits} digits"
        return f"<Formula of {outline(self.chain)}: {form}, {kind}; .latex has it>"

    @property
    def expressions(self) -> tuple[Any, ...]:
        """One expression of sympy an output, of the symbols `inputs`, every digit kept."""
        return Expressions(self.chain, self.letters).outputs

    @property
    def inputs(self) -> tuple[Any, ...]:
        """The symbols that the expressions are of."""
        return Expressions(self.chain, self.letters).inputs

    def __call__(self, x: npt.ArrayLike) -> Floats:
        """The expressions' values at points, (N, n_in) → (N, n_out)."""
        return Expressions(self.chain)(x)

    @property
    def lines(self) -> list[str]:
        """LaTeX, an equation a line; what σ and its like are stands last."""
        return self._written(self.form or "nested")

    @property
    def latex(self) -> str:
        """LaTeX of all: one equation as it is, several or long ones aligned and broken at +."""
        return aligned(self.lines)

    def _repr_latex_(self) -> str:
        return f"$\\displaystyle {aligned(self._written(self.form or self._readable()))}$"

    def _readable(self) -> str:
        """The form of a notebook where none was asked for."""
        try:
            nested = self._written("nested")
        except WarpvizError:
            return "layers"
        return "nested" if max(map(width, nested)) <= LONG else "layers"

    def _written(self, form: str) -> list[str]:
        if form == "nested":
            return nested_lines(self.chain, self.letters, self.digits)
        if form == "layers":
            return layer_lines(self.chain, self.letters, self.digits)
        if form == "matrix":
            return matrix_lines(self.chain, self.letters, self.digits)
        return piece_lines(self.chain, self.limits, self.digits)

    @kinds_checked
    def save(self, path: str | os.PathLike[str], *, theme: ThemeLike = "light") -> Path:
        """Draw the formula into a .svg, .pdf or .png, or write its LaTeX into a .tex.

        Raises:
            WarpvizError: for another suffix, or a path that cannot be written.
        """
        from warpviz.explain.formulas.typeset import save_lines

        return save_lines(self.lines, Path(path), theme)


@kinds_checked
def formula(
    chain: Chain | Any,
    *,
    form: str | None = None,
    digits: int = DIGITS,
    letters: bool = False,
    limits: Sequence[float] = (),
) -> Formula:
    r"""Write the function of a chain explicitly.

    Args:
        chain: a model that `to_chain` takes.
        form: a name of `FORMS`; None is nested, and in a notebook layers where that is long.
        digits: significant digits of numbers in LaTeX.
        letters: symbols for weights and biases instead of numbers.
        limits: for "piecewise": x0, x1 or x0, x1, y0, y1; −1 to 1 by default.

    >>> import numpy as np
    >>> from warpviz.model.layers import Dense
    >>> net = Chain([Dense(np.array([[211.0], [221.0]]), np.array([21.0, 22.0]), "sin"),
    ...              Dense(np.array([[311.0, 312.0]]), np.array([31.0]))])
    >>> print(formula(net).latex)
    y = 311 \sin{\left(211 x + 21 \right)} + 312 \sin{\left(221 x + 22 \right)} + 31
    """
    return Formula(to_chain(chain), form, digits, letters, tuple(limits))
