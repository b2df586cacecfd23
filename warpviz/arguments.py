"""Arguments of public functions: what is of another kind than was declared is refused in words.

A declaration is the annotation that the reader sees. What an annotation cannot say, such as a
range or a shape, the function itself checks.
"""

import dataclasses
import inspect
from collections.abc import Callable, Iterator, Mapping
from functools import wraps
from itertools import chain
from typing import Any, ParamSpec, TypeVar, get_type_hints

import numpy as np

from warpviz.arrays import Floats
from warpviz.errors import WarpvizError
from warpviz.hints import members
from warpviz.kinds import is_kind, shown, told

P = ParamSpec("P")
R = TypeVar("R")

MADE_BY = {
    "Chain": "to_chain makes one",
    "Dataset": "load_data or Dataset(x, y) makes one",
    "Landscape": "loss_landscape makes one",
    "Recorder": "Recorder(model) is one",
    "Approximation": "approximate makes one",
}
"""What to do where another kind came."""


def kinds_checked(function: Callable[P, R]) -> Callable[P, R]:
    """A function that refuses arguments of another kind than its annotations say.

    Names and number of arguments are left to Python, and so is what is annotated as Any.

    >>> @kinds_checked
    ... def half(count: int) -> float:
    ...     return count / 2
    >>> half("x")
    Traceback (most recent call last):
    ...
    warpviz.errors.WarpvizError: half expects count to be a whole number, got 'x'.
    """
    named = _Named.of(function)
    kept: dict[str, Any] = {}

    @wraps(function)
    def checked(*args: P.args, **kwargs: P.kwargs) -> R:
        if not (len(args) in named.alone and not kwargs) and not named.fits(args, kwargs):
            return function(*args, **kwargs)  # Python's own message names the function
        if not kept:
            kept.update(_hints(function))
        for name, value in chain(named.in_order(args), kwargs.items()):
            if name in kept and name in named.own:
                check_kind(function.__qualname__, name, value, kept[name])
        return function(*args, **kwargs)

    return checked


@dataclasses.dataclass(frozen=True)
class _Named:
    """The parameters of a function: `inspect.Signature.bind` takes longer than what is called.

    Attributes:
        places: of those that can be given by place, their names in order.
        more: what any number of further values is called; "" where there are none.
        own: all names but that of any number of keywords.
        needed: those without a default.
        open: whether any keyword is taken.
        alone: how many values by place are enough, without any keyword.
    """

    places: tuple[str, ...]
    more: str
    own: frozenset[str]
    needed: frozenset[str]
    open: bool
    alone: range

    @classmethod
    def of(cls, function: Callable[..., Any]) -> "_Named":
        each = inspect.signature(function).parameters.values()
        many = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)
        by_place = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
        places = tuple(one.name for one in each if one.kind in by_place)
        needed = frozenset(o.name for o in each if o.kind not in many and o.default is o.empty)
        # Python takes no parameter without a default behind one that has one.
        alone = range(len(needed), len(places) + 1) if needed <= {*places} else range(0)
        return cls(
            places,
            next((one.name for one in each if one.kind is many[0]), ""),
            frozenset(one.name for one in each if one.kind is not many[1]),
            needed,
            any(one.kind is many[1] for one in each),
            alone,
        )

    def fits(self, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> bool:
        """Whether a call has all that is needed, nothing twice and nothing unknown."""
        if len(args) > len(self.places) and not self.more:
            return False
        first = self.places[: len(args)]
        if any(name in kwargs for name in first) or not (self.open or self.own >= kwargs.keys()):
            return False
        return all(name in kwargs or name in first for name in self.needed)

    def in_order(self, args: tuple[Any, ...]) -> Iterator[tuple[str, Any]]:
        """Values with the names of their places."""
        further = ((self.more, value) for value in args[len(self.places) :])
        return chain(zip(self.places, args, strict=False), further)


def numbers(value: Any) -> Floats:
    """An array of float64 from numbers of any library; what a tensor keeps is not touched.

    `check_kind(…, Floats)` tells before whether it can be made.
    """
    value = value.detach().cpu() if hasattr(value, "detach") else value
    return np.asarray(value, dtype=np.float64)


def _hints(function: Callable[..., Any]) -> dict[str, Any]:
    try:
        return get_type_hints(function)
    except NameError:  # what only a type checker loads, such as a library's kinds
        known = function.__annotations__.items()
        return {name: hint for name, hint in known if not isinstance(hint, str)}


_FIELDS: dict[type, dict[str, Any]] = {}


def check_fields(value: Any) -> None:
    """The same for the fields of a dataclass, from its `__post_init__`.

    Raises:
        WarpvizError: for the first field that is of another kind than declared.
    """
    kind = type(value)
    check_given(kind.__name__, kind, {name: getattr(value, name) for name in _fields(kind)})


def check_given(subject: str, kind: type, given: Mapping[str, Any]) -> None:
    """The same for keywords before they become fields of a dataclass: the user called the subject.

    Raises:
        WarpvizError: for the first one that is of another kind than the field's.
    """
    hints = _fields(kind)
    for name, value in given.items():
        check_kind(subject, name, value, hints[name])


def _fields(kind: type) -> dict[str, Any]:
    if kind not in _FIELDS:
        hints = get_type_hints(kind)
        _FIELDS[kind] = {
            each.name: hints[each.name] for each in dataclasses.fields(kind) if each.init
        }
    return _FIELDS[kind]


def check_kind(subject: str, name: str, value: Any, hint: Any) -> None:
    """Refuse a value of another kind than an annotation says.

    Raises:
        WarpvizError: naming the subject, what it expects, and what came.
    """
    if not is_kind(value, hint):
        kinds = [getattr(one, "__name__", "") for one in members(hint)]
        what = next((f"; {MADE_BY[kind]}" for kind in kinds if kind in MADE_BY), "")
        raise WarpvizError(
            f"{subject} expects {name} to be {told(hint)}, got {shown(value)}{what}."
        )


def check_least(subject: str, name: str, value: float, least: float) -> None:
    """Refuse a number below the least.

    Raises:
        WarpvizError: naming the subject, what it expects, and what came.
    """
    if not value >= least:
        raise WarpvizError(f"{subject} expects {name} to be {least:g} or more, got {value:g}.")
