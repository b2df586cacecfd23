"""What values are of a kind, and what a kind is called in a sentence."""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pytest
import torch

from warpviz.arrays import Floats, Pixels
from warpviz.kinds import LARGEST, LONGEST, is_kind, shown, told

KINDS: list[tuple[Any, list[Any], list[Any]]] = [
    (int, [0, -3, np.int64(2), LARGEST - 1], [True, 1.0, "1", None, LARGEST, -LARGEST, [1]]),
    (float, [1, 1.5, np.float32(1), Fraction(1, 2), torch.tensor(1.0)],
     [True, "1", None, 1j, np.zeros(1), LARGEST, [1.0]]),
    (bool, [True, np.bool_(False)], [0, 1, None, "True"]),
    (str, ["", "a"], [b"a", None, 1]),
    (Path, ["a", Path("a")], ["a\0b", b"a", 1, None]),
    (str | None, ["a", None], [1]),
    (Literal["a", "b"], ["a"], ["c", None]),
    (tuple[int, int], [(1, 2), [1, 2], np.array([1, 2])],
     [(1,), (1, 2, 3), {1, 2}, "12", (1, "a")]),
    (tuple[float, ...], [(), (1, 2.5), [1]], ["12", ("a",), {1: 2}]),
    (list[int], [[1], (1, 2)], [{1}, "1", ["a"], 1, np.array(1), (k for k in (1, 2))]),
    (Sequence[str], [["a"], ()], ["ab", {"a"}]),
    (dict[str, int], [{}, {"a": 1}], [{1: 1}, {"a": "b"}, [("a", 1)]]),
    (Mapping[int, float], [{1: 2.0}], [{"a": 1.0}]),
    (Callable[[], int], [len, int], [1, "len"]),
    (Floats, [np.zeros(2), [[1, 2]], 1.0, [True]], ["a", [1j], [[1], [1, 2]], ["a"]]),
    (Pixels, [np.zeros((2, 2, 3), np.uint8)], [np.zeros(2), [[1]]]),
    (npt.ArrayLike, [np.zeros(2), [1.0], "a", 3], [[1j]]),
    (Any, [1, None, "a"], []),
]  # fmt: skip


@pytest.mark.parametrize(("hint", "right", "wrong"), KINDS, ids=lambda value: str(value)[:30])
def test_values_are_of_a_kind_or_not(hint: Any, right: list[Any], wrong: list[Any]) -> None:
    assert [value for value in right if not is_kind(value, hint)] == []
    assert [value for value in wrong if is_kind(value, hint)] == []


@pytest.mark.parametrize(
    ("hint", "words"),
    [
        (int, "a whole number"), (float, "a number"), (bool, "True or False"), (str, "a text"),
        (None, "None"), (Any, "anything"), (Path, "a path"), (str | Path, "a path"),
        (int | None, "a whole number or None"),
        (int | str | None, "a whole number, a text or None"),
        (Literal["a", "b"], "'a' or 'b'"), (tuple[float, float], "2 numbers"),
        (tuple[str, ...], "a list of texts"), (list[Path], "a list of paths"),
        (Sequence[str | None], "a list of texts or None"), (dict[str, int], "a dict"),
        (Callable[[], int], "a function"), (Floats, "an array of numbers"),
        (Pixels, "an array of type uint8"), (npt.NDArray[Any], "an array"),
        (OSError, "an OSError"), (Fraction, "a Fraction"),
    ],
)  # fmt: skip
def test_kinds_have_words(hint: Any, words: str) -> None:
    assert told(hint) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "None"), ("a", "'a'"), (-2, "-2"), ([1, 2], "[1, 2]"),
        (np.zeros((2, 3)), "an array of shape (2, 3)"), (Fraction(1, 2), "a Fraction"),
        (OSError, "the class OSError"),
        (list(range(40)), "a list"), (OSError(), "an OSError"), (10**5000, "an int"),
        (torch.zeros(2), "a Tensor of shape (2,)"),
    ],
    ids=lambda value: str(type(value)),
)  # fmt: skip
def test_values_are_shown_where_they_are_short(value: Any, words: str) -> None:
    assert shown(value) == words


def test_long_texts_are_cut() -> None:
    assert shown("x" * 38) == repr("x" * 38) and len(shown("x" * 38)) == LONGEST
    assert shown("x" * 39) == "'" + "x" * 39 + "…"
