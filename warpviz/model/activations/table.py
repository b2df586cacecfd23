"""Activation functions: one record each, written once.

A name finds its record, and so does a formula, alone or with a name before it:

    ACTIVATIONS["relu"]   ACTIVATIONS["leaky_relu:0.2"]   ACTIVATIONS["max(z, -0.3*z)"]
    ACTIVATIONS["wave=sin(2*z)/2 + z/2"]                  ACTIVATIONS["bump"] = "z/(1 + z**2)"
"""

import math
import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from warpviz.errors import WarpvizError
from warpviz.functions.node import FUNCTIONS
from warpviz.model.activations.function import ActivationFunction
from warpviz.model.activations.records import FAMILIES, RECORDS
from warpviz.names import unknown_name

WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
ALIKE = 0.7
"""From which likeness on an unknown name is taken for a known one."""
MOST_UNITS = 10_000
"""Of a layer whose units have numbers of their own."""
ALIASES = {"swish": "silu", "linear": "identity"}
"""Other names by which an entry is found."""
ELSEWHERE = {
    "logistic": "write 'sigmoid'",
    "heaviside": "write 'step'",
    "hard_silu": "write 'hardswish'",
    "exponential": "write the formula 'exp(z)'",
    "glu": "it halves a layer, which no activation does; write it as layers of their own",
    "sign": "write the formula 'where(z > 0, 1, where(z < 0, -1, 0))'",
    "sparse_plus": "write the formula 'where(z > 1, z, max(0, z + 1)**2/4)'",
    "sparse_sigmoid": "write the formula 'clip((z + 1)/2, 0, 1)'",
    "squareplus": "write the formula '(z + sqrt(z**2 + 4))/2'",
    "relu_squared": "write the formula 'max(0, z)**2'",
    "quick_gelu": "write the formula 'z*sigmoid(1.702*z)'",
    "lisht": "write the formula 'z*tanh(z)'",
    "rrelu": "its slope is drawn at random; the mean of PyTorch's is 'leaky_relu:0.229'",
    **dict.fromkeys(("atan", "arctan"), "formulas know no arc tangent; take 'tanh' or 'softsign'"),
    **dict.fromkeys(
        ("sparsemax", "softmin"), "it takes a layer as a whole, which no formula of z does"
    ),
    **{name: f'it is a layer of its own, {{"{name}": true}} in a .json model'
       for name in ("softmax", "log_softmax")},
}  # fmt: skip
"""What other libraries call what there is here in another way."""


DOMAINS: dict[str, tuple[Callable[..., bool], str]] = {
    **dict.fromkeys(("celu", "softplus"), (lambda number: number > 0, "a number above 0")),
    **dict.fromkeys(("softshrink", "hardshrink"), (lambda at: at >= 0, "a number of 0 or more")),
    "hardtanh": (lambda low, high: low < high, "a lower and then an upper level"),
}
"""What the numbers of some activations must be, and how that is said."""


class _Activations(dict[str, ActivationFunction]):
    """The table, which also makes parameterised functions and reads formulas."""

    def __setitem__(self, name: str, entry: Any) -> None:
        """Put in a record, or a formula as text."""
        if not isinstance(name, str) or not WORD.fullmatch(name):
            raise WarpvizError(f"An activation's name is a word such as 'softsign', got {name!r}.")
        if isinstance(entry, str):
            entry = ActivationFunction(name, formula=entry)
        if not isinstance(entry, ActivationFunction):
            raise WarpvizError(
                f"ACTIVATIONS['{name}'] expects a formula of z, as in 'z/(1 + abs(z))', or an "
                f"ActivationFunction; got {entry!r:.60}."
            )
        super().__setitem__(name, entry if entry.name == name else _renamed(name, entry))
        _found.cache_clear()

    def __missing__(self, name: str) -> ActivationFunction:
        return self[ALIASES[name]] if name in ALIASES else _found(str(name))


def _check_own(name: str) -> None:
    """Raise where a formula would take the name of an activation that all know."""
    if canonical(name) in BUILT_IN:
        raise WarpvizError(
            f"'{name}' is a built-in activation; give the formula a name of its own, such as "
            f"'my_{name}'."
        )


def _renamed(name: str, made: ActivationFunction) -> ActivationFunction:
    fields = {key: getattr(made, key) for key in made.__dataclass_fields__}
    return ActivationFunction(**(fields | {"name": name}))


@lru_cache(maxsize=256)
def _found(name: str) -> ActivationFunction:
    """What is not in the table as it stands: a number after a colon, or a formula."""
    if not name.strip():
        raise WarpvizError(
            f"An activation is a name such as 'relu', or a formula of z such as 'sin(2*z)', got "
            f"{name!r}."
        )
    title, sign, formula = name.partition("=")
    if sign and not formula.startswith("="):
        _check_own(title.strip())
    if sign and WORD.fullmatch(title.strip()) and not formula.startswith("="):
        return ActivationFunction(f"{title.strip()}={formula.strip()}", formula=formula.strip())
    stem, colon, text = name.partition(":")
    if WORD.fullmatch(name) and name != "z":
        raise _unknown(name)
    if colon and stem not in ACTIVATIONS:
        raise unknown_name("activation", name, ACTIVATIONS, ALIKE)
    if not colon:
        return ActivationFunction(name, formula=name)
    if stem not in FAMILIES:
        raise WarpvizError(f"Activation '{stem}' takes no number, got {name!r}.")
    return _with_numbers(stem, text, name)


def _unknown(name: str) -> WarpvizError:
    """The error for a word that is no entry."""
    plain = name.lower().replace("_", "")
    known = ALIASES | {entry.replace("_", ""): entry for entry in ACTIVATIONS}
    if name.lower() in ELSEWHERE:
        return WarpvizError(f"Unknown activation {name!r}; {ELSEWHERE[name.lower()]}.")
    if plain in known:
        return WarpvizError(f"Unknown activation {name!r}; did you mean {known[plain]!r}?")
    if name in FUNCTIONS:
        return WarpvizError(f"Unknown activation {name!r}; as a formula it is '{name}(z)'.")
    return unknown_name("activation", name, ACTIVATIONS, ALIKE)


def _with_numbers(stem: str, text: str, name: str) -> ActivationFunction:
    make, usual = FAMILIES[stem], FAMILIES[stem].__defaults__ or ()
    try:
        given = [float(part) for part in text.split(":")]
    except ValueError:
        given = [math.nan]
    if not all(map(math.isfinite, given)) or len(given) > (len(usual) or MOST_UNITS):
        example = ":".join((stem, *(f"{number:.3g}" for number in usual or (0.25,))))
        several = "a finite number" if len(usual) == 1 else "finite numbers"
        raise WarpvizError(
            f"Activation '{stem}' expects {several} after the colon, as in '{example}', "
            f"got '{name:.60}'."
        )
    numbers = (*given, *usual[len(given) :])
    fits, wanted = DOMAINS.get(stem, (lambda *_: True, ""))
    if not fits(*numbers):
        raise WarpvizError(f"Activation '{stem}' expects {wanted}, got '{name:.60}'.")
    return make(*numbers)


ACTIVATIONS = _Activations()
"""Name → record; a formula finds one too, and a new entry is taken by all that takes a name."""
for _record in RECORDS:
    _stem = _record.name.partition(":")[0]
    ACTIVATIONS[_stem] = _record
BUILT_IN = frozenset(ACTIVATIONS)
"""Names that every warpviz knows."""


def canonical(name: str) -> str:
    """The one name of what has several.

    >>> canonical("swish"), canonical("relu")
    ('silu', 'relu')
    """
    return ALIASES.get(name, name)


def portable(name: str) -> str:
    """A name that finds the same function elsewhere: with its formula, where it was put in here.

    >>> portable("relu"), portable("elu:0.5"), portable("z**2")
    ('relu', 'elu:0.5', 'z**2')
    """
    record = ACTIVATIONS.get(name)
    if record is None or name in BUILT_IN or not record.formula:
        return name
    return f"{name}={record.formula}"


def activation(name: str, formula: str | None = None) -> ActivationFunction:
    """Find an activation by its name or formula, or put a new one into `ACTIVATIONS`.

    Args:
        name: an entry's name; some take numbers after colons; or a formula of z, alone or after a
            name and =.
        formula: f(z) of a new entry of that name, in the language of `warpviz.functions.read`.

    Raises:
        WarpvizError: for a name that no activation has, what is no formula, or a formula that
            takes the name of a built-in one.

    >>> activation("leaky_relu:0.2").f([-1.0])
    array([-0.2])
    >>> activation("max(z, -0.3*z)").f([-1.0])
    array([0.3])
    >>> activation("rellu")
    Traceback (most recent call last):
    warpviz.errors.WarpvizError: Unknown activation 'rellu'; did you mean 'relu'?
    """
    if formula is not None:
        if not isinstance(formula, str):
            raise WarpvizError(f"A formula is a text such as 'z/(1 + abs(z))', got {formula!r}.")
        if isinstance(name, str):  # Another name is refused where it is put in.
            _check_own(name)
        ACTIVATIONS[name] = ActivationFunction(name, formula=formula)
    return ACTIVATIONS[name]


def own_activations(given: object) -> dict[str, str]:
    """The activations that a .json model defines: name → the name with its formula behind it.

    Raises:
        WarpvizError: they are no formulas, or take the name of a built-in one.
    """
    if not isinstance(given, dict) or not all(isinstance(each, str) for each in given.values()):
        raise WarpvizError(
            f'activations should be names with formulas, {{"wave": "sin(2*z)"}}, got {given!r:.60}.'
        )
    taken = next((name for name in given if canonical(name) in BUILT_IN), None)
    if taken is not None:
        raise WarpvizError(f"activations should have names of their own, got '{taken}'.")
    return {name: f"{name}={formula}" for name, formula in given.items()}
