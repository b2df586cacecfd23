"""What people write for the keys of a grid, as a grid keeps it: lists, seeds, widths, times."""

from collections.abc import Callable, Sequence
from typing import Any

from warpviz.errors import WarpvizError

MOST = 10_000_000
"""Networks of a study."""


def seeds_of(text: str) -> tuple[int, ...]:
    """Seeds as they are written: from, and up to but not including; or one by one.

    >>> seeds_of("0:3"), seeds_of("1,5")
    ((0, 1, 2), (1, 5))
    """
    first, colon, last = text.partition(":")
    words = [first or "0", last] if colon else text.split(",")
    if not all(word.strip().isdecimal() for word in words):
        raise WarpvizError(f"seeds expects 0:50, or seeds such as 0,3,7, got {text!r}.")
    numbers = [int(word) for word in words]
    if colon and numbers[1] - numbers[0] > MOST:
        raise WarpvizError(f"seeds expects at most {MOST:,}, got {text!r}.")
    return tuple(range(*numbers)) if colon else tuple(numbers)


def plain(name: str, value: Any) -> Any:
    """A number or a name.

    Raises:
        WarpvizError: it is of another kind.
    """
    kinds = {"epochs": int, "points": int | None, "seed": int, "optimizer": str, "precision": str}
    wanted = kinds.get(name, float | int | None if name == "learning_rate" else float | int)
    if isinstance(value, bool) or not isinstance(value, wanted):
        raise WarpvizError(f"study cannot take {value!r} as {name}.")
    return value


def _names(name: str, value: Any) -> tuple[str, ...]:
    words = [value] if isinstance(value, str) else value
    if not isinstance(words, Sequence) or not all(isinstance(word, str) for word in words):
        raise WarpvizError(f"study expects {name} to be names, got {value!r}.")
    return tuple(words)


def _whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _seeds(name: str, value: Any) -> tuple[int, ...]:
    if isinstance(value, str):
        return seeds_of(value)
    numbers = [value] if _whole(value) else value
    if not isinstance(numbers, Sequence) or not all(map(_whole, numbers)):
        raise WarpvizError(f"study expects seeds to be whole numbers or '0:50', got {value!r}.")
    return tuple(numbers)


def _layers(name: str, value: Any) -> tuple[tuple[int, ...], ...]:
    entries = [value] if isinstance(value, int | str) else value
    if not isinstance(entries, Sequence):
        raise WarpvizError(f"study expects layers such as [[4, 4], [8]], got {value!r}.")
    found = []
    for entry in entries:
        widths = [entry] if _whole(entry) else entry
        if isinstance(entry, str):
            words = entry.split(",")
            widths = [int(word) for word in words if word.strip().isdecimal()]
            widths = widths if len(widths) == len(words) else None
        if not isinstance(widths, Sequence) or not all(map(_whole, widths)):
            raise WarpvizError(f"study expects layers such as [[4, 4], [8]], got {value!r}.")
        found.append(tuple(widths))
    return tuple(found)


def _times(name: str, value: Any) -> str | tuple[int, ...]:
    if isinstance(value, str):
        words = value.split(",")
        numbers = all(word.strip().isdecimal() for word in words)
        return tuple(int(word) for word in words) if numbers else value
    return _seeds("times", value)


READERS: dict[str, Callable[[str, Any], Any]] = {
    "data": _names,
    "activation": _names,
    "measure": _names,
    "seeds": _seeds,
    "layers": _layers,
    "times": _times,
}
"""Key → how it is read; others as they are, see `plain`."""
