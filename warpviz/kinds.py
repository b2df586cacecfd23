"""Kinds of values, as annotations name them: whether a value is one, and what it is called."""

import operator
import os
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from numbers import Real
from pathlib import PurePath
from types import NoneType
from typing import Any, Literal, TypeVar, get_args, get_origin

import numpy as np

from warpviz.hints import members, parts, takes_arrays

LONGEST = 40
"""Signs of a value in a sentence."""
LARGEST = 2**62
"""No count and no size is larger; numpy's whole numbers end there."""


_SHORT = (str, bytes, int, float, complex, list, tuple, dict, set)


def shown(value: Any) -> str:
    """A value in a sentence: itself where that is short, else its kind.

    >>> shown("x"), shown(2.5), shown(object()), shown(np.zeros((2, 3)))
    ("'x'", '2.5', 'an object', 'an array of shape (2, 3)')
    """
    if value is None or isinstance(value, _SHORT):
        try:
            text = repr(value)
        except ValueError:  # too many digits
            text = f"{_article(type(value).__name__)} {type(value).__name__}"
        if len(text) <= LONGEST:
            return text
        if isinstance(value, str):
            return f"{text[:LONGEST]}…"
    called = value.__name__ if isinstance(value, type) else type(value).__name__
    called = "array" if called == "ndarray" else called
    called = f"the class {called}" if isinstance(value, type) else f"{_article(called)} {called}"
    shape = getattr(value, "shape", None)
    return f"{called} of shape {tuple(shape)}" if isinstance(shape, tuple) else called


def _article(word: str) -> str:
    return "an" if word[:1].lower() in "aeiou" else "a"


def is_kind(value: Any, hint: Any) -> bool:
    """Whether a value is of a kind that an annotation names; numbers of any library are numbers."""
    kind = type(value)
    if kind in (float, NoneType):  # what is true of one is so of all
        return _is_alike(value and 0.5, hint)
    if kind is int and hint is int:
        return bool(-LARGEST < value < LARGEST)
    if kind is np.ndarray and value.dtype.kind in "biuf" and takes_arrays(hint):
        return True
    return any(_one(value, member) for member in members(hint))


@cache
def _is_alike(value: float | None, hint: Any) -> bool:
    return any(_one(value, member) for member in members(hint))


def _one(value: Any, hint: Any) -> bool:
    origin, inside = parts(hint)
    if hint is Any or hint is object or isinstance(hint, TypeVar):
        return True
    if origin is Literal:
        return value in inside
    if hint is NoneType or hint is None:
        return value is None
    if hint is bool:
        return isinstance(value, bool | np.bool_)
    if hint is int:
        return _is_whole(value)
    if hint is float:
        return _is_number(value)
    if hint in (str, bytes):
        return isinstance(value, hint)
    if (
        isinstance(hint, type) and issubclass(hint, PurePath | os.PathLike)
    ) or origin is os.PathLike:
        return isinstance(value, str | os.PathLike) and "\0" not in os.fspath(value)
    if origin is np.ndarray:
        return _is_array(value, parts(inside[-1])[1])
    if origin is tuple and inside and inside[-1] is not Ellipsis:
        ordered = _is_row(value) and not isinstance(value, set | frozenset)
        return ordered and len(value) == len(inside) and all(map(is_kind, value, inside))
    if origin in (list, Sequence) and isinstance(value, set | frozenset):
        return False
    if origin in (tuple, list, Sequence):
        return _is_row(value) and all(is_kind(each, inside[0]) for each in value)
    if origin in (dict, Mapping):
        return isinstance(value, Mapping) and all(
            is_kind(key, inside[0]) and is_kind(each, inside[1]) for key, each in value.items()
        )
    if origin is Callable or hint is Callable:
        return callable(value)
    kind = origin or hint
    return isinstance(value, kind) if isinstance(kind, type) else True


def _is_row(value: Any) -> bool:
    """Whether it is a sequence of its members, which a text is not."""
    if isinstance(value, str | bytes | Mapping | type) or not hasattr(value, "__iter__"):
        return False
    try:
        return len(value) >= 0
    except TypeError:  # a generator, or an array of no axes
        return False


def _is_whole(value: Any) -> bool:
    if isinstance(value, bool):
        return False
    try:
        return abs(operator.index(value)) < LARGEST
    except (TypeError, ValueError):
        return False


def _is_number(value: Any) -> bool:
    if isinstance(value, bool) or getattr(value, "ndim", 0) != 0:
        return False
    if not isinstance(value, Real) and not hasattr(value, "__float__"):
        return False
    if isinstance(value, int) and abs(value) >= LARGEST:
        return False
    try:
        float(value)
    except (TypeError, ValueError, OverflowError, RuntimeError):
        return False
    return True


def _is_array(value: Any, kinds: tuple[Any, ...]) -> bool:
    """Whether numpy can make an array of numbers of it, or of anything where the kind is open."""
    if kinds == (np.uint8,):  # pictures: their bytes are what they are
        return isinstance(value, np.ndarray) and value.dtype == np.uint8
    try:
        array = np.asarray(value.detach().cpu() if hasattr(value, "detach") else value)
        if array.dtype.kind == "c":
            return False
        if kinds and kinds[0] is not Any and array.dtype.kind not in "biuf":
            np.asarray(array, dtype=np.float64)
            return array.dtype.kind == "O"
    except (TypeError, ValueError, OverflowError, RuntimeError):
        return False
    return True


_WORDS = {
    Any: "anything",
    None: "None",
    NoneType: "None",
    bool: "True or False",
    int: "a whole number",
    float: "a number",
    str: "a text",
    bytes: "bytes",
}
_MANY = {int: "whole numbers", float: "numbers", str: "texts"}


def told(hint: Any) -> str:
    """What an annotation asks for, in words.

    >>> told(str | None), told(tuple[int, int]), told(Sequence[float])
    ('a text or None', '2 whole numbers', 'a list of numbers')
    """
    allowed = members(hint)
    if len(allowed) > 1:
        # A path is given as text too: one word for both.
        paths = [one for one in allowed if _is_path(one)]
        words = [told(one) for one in allowed if not (paths and one is str)]
        return ", ".join(dict.fromkeys(words[:-1])) + " or " + words[-1] if words[1:] else words[0]
    hint = allowed[0]
    origin, inside = get_origin(hint), get_args(hint)
    if hint in _WORDS:
        return _WORDS[hint]
    if _is_path(hint):
        return "a path"
    if origin is np.ndarray:
        kind = get_args(inside[-1])[:1]
        return {(Any,): "an array", (np.uint8,): "an array of type uint8"}.get(
            kind, "an array of numbers"
        )
    if origin is Literal:
        return " or ".join(map(repr, inside))
    if origin is tuple and inside and inside[-1] is not Ellipsis:
        return f"{len(inside)} {_many(inside[0])}"
    if origin in (tuple, list, Sequence):
        return f"a list of {_many(inside[0])}"
    if origin in (dict, Mapping):
        return "a dict"
    if origin is Callable or hint is Callable:
        return "a function"
    called = getattr(origin or hint, "__name__", str(hint))
    return f"{_article(called)} {called}"


def _is_path(hint: Any) -> bool:
    kind = get_origin(hint) or hint
    return isinstance(kind, type) and issubclass(kind, PurePath | os.PathLike)


def _many(hint: Any) -> str:
    allowed = members(hint)
    if len(allowed) == 1 and hint in _MANY:
        return _MANY[hint]
    words = [told(one).removeprefix("a ").removeprefix("an ") for one in allowed]
    return " or ".join(
        word if word == "None" else f"{word.partition(' of ')[0]}s" for word in words
    )
