"""Annotations, taken apart."""

from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin

import numpy as np
import numpy.typing as npt


def _spelt_out(hint: Any) -> Any:
    """An annotation without the names that `type` statements give, as numpy's are since 2.5."""
    while True:
        if hasattr(get_origin(hint), "__value__"):
            hint = get_origin(hint).__value__[get_args(hint)]
        elif hasattr(hint, "__value__"):
            hint = hint.__value__
        else:
            return hint


def _joined(hint: Any) -> tuple[Any, ...]:
    """All that a union of unions joins."""
    hint = _spelt_out(hint)
    if get_origin(hint) not in (Union, UnionType):
        return (hint,)
    return tuple(each for part in get_args(hint) for each in _joined(part))


_ARRAY_LIKE = frozenset(_joined(npt.ArrayLike))


@cache
def members(hint: Any) -> tuple[Any, ...]:
    """The kinds that an annotation allows; all that an array is made of is one of them."""
    allowed = _joined(hint)
    if not set(allowed) >= _ARRAY_LIKE:
        return allowed
    return (np.ndarray[Any, np.dtype[Any]], *(one for one in allowed if one not in _ARRAY_LIKE))


@cache
def takes_arrays(hint: Any) -> bool:
    """Whether any array of real numbers is of a kind that an annotation names."""
    kinds = [parts(parts(one)[1][-1])[1] for one in members(hint) if parts(one)[0] is np.ndarray]
    return any(inside != (np.uint8,) for inside in kinds)


@cache
def parts(hint: Any) -> tuple[Any, tuple[Any, ...]]:
    """Its origin and its arguments."""
    return get_origin(hint), get_args(hint)
