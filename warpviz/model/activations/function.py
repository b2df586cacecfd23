"""One record an activation: all that any part of warpviz needs to know of it.

formula ──► value and slope, pieces, LaTeX, caption, Python, C, JavaScript, ONNX, PyTorch
            each of which the record may give in a better form
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from warpviz.arguments import check_fields, check_kind
from warpviz.arrays import Floats
from warpviz.errors import WarpvizError
from warpviz.functions import (
    LANGUAGES,
    Node,
    branches,
    latex,
    read,
    sharp_places,
    straight,
    value,
    written,
)
from warpviz.languages.language import word
from warpviz.model.activations.fills import Fill, in_blocks, of_formula
from warpviz.names import unknown_name

LARGE = 40.0
"""Of z, when it is looked at what a function does."""
NODES, BOUNDED = 16_000, 0.25
"""Steps of z in which it is looked at; what rises by less than this part of z squashes."""
_SHOWN = np.array([0.0, 1.0])
"""A straight line that keeps these keeps all."""


@dataclass(frozen=True, eq=False, repr=False)
class ActivationFunction:
    r"""A function applied to every entry of a state, with its derivative.

    Attributes:
        name: The name that finds it again: `activation(name)`.
        latex: LaTeX of f(z); the letter z occurs in it only as the variable.
        breakpoints: Where a piecewise linear function bends, `()` for a straight one; None
            for a function with curved parts.
        fill: `fill(z, value, slope)` writes f(z) and f'(z) into arrays of the shape and
            dtype of z. Right for |z| up to 1000 at least, though an exponential may overflow
            on the way: call it where numpy keeps quiet about that, as `f` and training do.
        formula: f(z) in the small language of `warpviz.functions`; what else is not given
            follows from it. "" for a function that has none.
        meaning: a line for lists.
        effect: what it does to the sheet, in words.
        caption: f({z}) in plain signs.
        forms: source code that is better than what the formula gives, by language.
        onnx: the operator and its attributes, arrays among them being further inputs; None where
            the formula's operators do.
        torch: the module's name in `torch.nn` and its arguments; None likewise.
        gain: how much wider than others the first weights before it are drawn.
        units: a function for each unit, where they differ; z then has as many columns, and its
            entries of `forms` know the unit as i.

    >>> from warpviz.model import ACTIVATIONS
    >>> ACTIVATIONS["relu"].f([-2.0, 0.0, 3.0])
    array([0., 0., 3.])
    >>> ActivationFunction("bump", formula="z/(1 + z**2)").derivative(0.0)
    array(1.)
    """

    name: str
    latex: str = ""
    breakpoints: tuple[float, ...] | None = None
    fill: Fill = None  # type: ignore[assignment]  # __post_init__ takes the formula's
    formula: str = ""
    meaning: str = ""
    effect: str = ""
    caption: str = ""
    forms: Mapping[str, str] = field(default_factory=dict)
    onnx: tuple[str, Mapping[str, Any]] | None = None
    torch: tuple[str, Mapping[str, Any]] | None = None
    gain: float = 1.0
    units: tuple["ActivationFunction", ...] = ()

    def __post_init__(self) -> None:
        check_kind("ActivationFunction", "formula", self.formula, str)
        if not self.formula and self.fill is None:
            raise WarpvizError(
                f"Activation '{self.name}' expects a formula of z, or a fill; got neither."
            )
        node = read(self.formula) if self.formula else None
        if self.fill is None and node is not None:
            object.__setattr__(self, "fill", of_formula(node))
        check_fields(self)
        if self.breakpoints is not None:
            object.__setattr__(self, "breakpoints", tuple(self.breakpoints))
        if node is None:
            return
        pieces = straight(node)
        found: dict[str, Any] = {
            "latex": latex(node),
            "breakpoints": None if pieces is None else pieces.breaks,
            "caption": written(node, "plain").replace("z", "{z}"),
        }
        for name, given in found.items():
            if not getattr(self, name):
                object.__setattr__(self, name, given)

    def __repr__(self) -> str:
        formula = f": {self.formula:.60}" if self.formula else ""
        return f"<ActivationFunction {self.label}{formula}>"

    def f(self, z: npt.ArrayLike) -> Floats:
        """The value at z, in the shape of z; float32 stays float32, all else becomes float64."""
        return self.value_and_slope(z, slopes=False)[0]

    def derivative(self, z: npt.ArrayLike) -> Floats:
        """The slope at z, in the shape of z; at a bend, the slope on the left (0 for relu)."""
        return self.value_and_slope(z)[1]

    def value_and_slope(self, z: npt.ArrayLike, *, slopes: bool = True) -> tuple[Floats, Floats]:
        """Both f(z) and f'(z), in the shape of z; without slopes, the second has no meaning."""
        if not isinstance(z, np.ndarray) or z.dtype.kind != "f":
            check_kind(f"Activation '{self.label}'", "z", z, Floats)
        given: Any = np.asarray(z)
        if given.dtype != np.float32:
            given = given.astype(np.float64, copy=False)
        rows = np.atleast_1d(given)  # of a single number numpy makes a scalar, not an array
        if self.units and rows.shape[-1] != len(self.units):
            raise WarpvizError(
                f"Activation '{self.label}' expects z of shape (…, {len(self.units)}), with a "
                f"column for each of its numbers, got {given.shape}."
            )
        value = np.empty_like(rows)
        with np.errstate(over="ignore"):
            slope: Any = in_blocks(self.fill, rows, value, slopes, bool(self.units))
        return value.reshape(given.shape), slope.reshape(given.shape) if slopes else slope

    @property
    def label(self) -> str:
        """What it is called: of "wave=sin(2*z)" the part before the sign, of many numbers two."""
        name = self.name.partition("=")[0]
        numbers = name.split(":")
        return name if len(numbers) < 5 else ":".join([*numbers[:3], "…"])

    @cached_property
    def sharp(self) -> tuple[float, ...]:
        """Where it bends sharply or jumps, also between curved parts."""
        if self.breakpoints is not None or not self.formula:
            return self.breakpoints or ()
        return sharp_places(read(self.formula))[0]

    @cached_property
    def branches(self) -> tuple[float, ...]:
        """Where its formula goes over to another branch, sharply or not."""
        return branches(read(self.formula)) if self.formula else self.breakpoints or ()

    @cached_property
    def jumps(self) -> tuple[float, ...]:
        """Where it jumps, and so tears the sheet."""
        if not self.formula or self.breakpoints == ():
            return ()
        found = sharp_places(read(self.formula))[1]
        near = np.array(self.sharp)  # of the same places the exact numbers
        return tuple(float(near[np.abs(near - at).argmin()]) for at in found)

    @cached_property
    def is_identity(self) -> bool:
        """Whether it gives everything back as it is."""
        return self.breakpoints == () and bool((self.f(_SHOWN) == _SHOWN).all())

    @cached_property
    def pieces(self) -> tuple[Floats, Floats]:
        """Slope and value at 0 of each straight piece, from the left: (P,) or (P, units) each."""
        bends = np.array(self.breakpoints or (0.0,), dtype=np.float64)
        inside = [bends[0] - 1.0, *(bends[1:] + bends[:-1]) / 2, bends[-1] + 1.0]
        z = np.array(inside if self.breakpoints else inside[:1])
        z = np.repeat(z[:, None], len(self.units), axis=1) if self.units else z
        value, slope = self.value_and_slope(z)
        return slope, value - slope * z

    @property
    def fill_columns(self) -> Fill:
        """The same as `fill`, for arrays (…, units, N): points are columns."""
        if not self.units:
            return self.fill
        return lambda *arrays: self.fill(*(each.swapaxes(-1, -2) for each in arrays))

    def unit(self, number: int) -> "ActivationFunction":
        """What acts on one unit, counted from 0."""
        return self.units[number] if self.units else self

    def node(self, form: str) -> Node:
        """The formula as a tree.

        Args:
            form: what it is asked for, for the sentence where there is none.

        Raises:
            WarpvizError: there is no formula.
        """
        if not self.formula:
            raise WarpvizError(
                f"Activation '{self.label}' cannot be written as {form}: it has no formula; give "
                f"one, as in activation('{self.label}', 'z/(1 + abs(z))')."
            )
        return read(self.formula)

    def source(self, language: str) -> str:
        """f(z) in one of `warpviz.functions.LANGUAGES`.

        Raises:
            WarpvizError: neither a form of its own nor a formula is known, or another language.
        """
        if str(language) not in LANGUAGES:
            raise unknown_name("language", str(language), LANGUAGES)
        spoken = {"python": "Python", "c": "C", "javascript": "JavaScript"}.get(language, language)
        return self.forms.get(language) or written(self.node(spoken), language)

    @cached_property
    def does(self) -> str:
        """What it does to the sheet, in words: its own, or seen from its slopes."""
        if self.effect:
            return self.effect
        z = np.linspace(-LARGE, LARGE, NODES + 1)
        value, slope = self.value_and_slope(z)
        falls, rises = (slope < 0).any(), (slope > 0).any()
        if self.jumps and not slope.any():
            return word("tears the sheet along straight lines into flat levels")
        if self.jumps:
            return word("tears the sheet along straight lines")
        if self.breakpoints is not None and not self.breakpoints:
            return word("leaves it straight")
        if self.breakpoints is not None and (not slope.all() or (falls and rises)):
            return word("folds the sheet along straight lines")
        if self.breakpoints is not None:
            return word("bends the sheet along straight lines")
        if falls and rises:
            return word("bends the sheet and folds it softly")
        if np.ptp(value) < BOUNDED * np.ptp(z):
            return word("squashes the sheet into a box")
        return word("bends the sheet")


def formula_values(formula: str, z: npt.ArrayLike) -> Floats:
    """A formula's own values, without any faster form: what tests hold the forms to."""
    return value(read(formula), np.asarray(z, dtype=np.float64))
