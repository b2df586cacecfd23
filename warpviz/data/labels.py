"""Labels to classes or to targets of a regression, by one rule."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from warpviz.arrays import Floats, Ints
from warpviz.data.dataset import Dataset
from warpviz.data.reading.cells import as_cell, numbers_of
from warpviz.errors import WarpvizError

MOST_CLASSES = 50
"""More different numbers than these are targets of a regression, not labels of classes."""
FEW = 10
"""So many may have one point each."""


def are_few(kinds: int, points: int) -> bool:
    """Whether so many different labels of so many points are classes.

    >>> are_few(10, 12), are_few(11, 12), are_few(11, 22), are_few(51, 999)
    (True, False, True, False)
    """
    return kinds <= FEW or (kinds <= MOST_CLASSES and 2 * kinds <= points)


def are_targets(numbers: Floats) -> bool:
    """Whether numbers (N,) are those of a regression, by the rule.

    They are where one has a fraction, or where they are more than `MOST_CLASSES` different ones,
    or more than `FEW` with fewer than two points each.
    """
    whole = bool((numbers == np.floor(numbers)).all())
    return not whole or not are_few(len(np.unique(numbers)), len(numbers))


def labelled(
    x: Floats,
    labels: Sequence[Any] | npt.NDArray[Any],
    name: str,
    feature_names: Sequence[str] = (),
    *,
    kind: str | None = None,
    called: str = "the labels",
    notes: Sequence[str] = (),
) -> Dataset:
    """Points (N, D) with their labels as classes or, of numbers by `are_targets`, as targets.

    Args:
        x: the points.
        labels: one each, of any kind; 1, 1.0 and "1.00" are one class, called 1.
        name: of the data.
        feature_names: of the features.
        kind: "classes" or "regression", whatever the rule says; None is the rule.
        called: the labels in a sentence.
        notes: what is to be said already.

    Raises:
        WarpvizError: a regression is asked for of what is no numbers.

    >>> x = np.zeros((3, 2))
    >>> labelled(x, ["1.5", "2", "1"], "a").targets, labelled(x, ["1.0", "2", "1"], "b").class_names
    (array([1.5, 2. , 1. ]), ('1', '2'))
    """
    values = labels if isinstance(labels, np.ndarray) else np.array(list(labels), dtype=object)
    parsed = numbers_of(values)
    numeric = parsed.numeric and not parsed.truth and not parsed.empty.any()
    if kind == "regression" and not (parsed.numeric and not parsed.empty.any()):
        bad = next((i for i in np.flatnonzero(parsed.words | parsed.empty)), 0)
        raise WarpvizError(
            f"{name}: {called} are no numbers for a regression (such as "
            f"{as_cell(values[bad])!r:.40}); choose a column of numbers with --label, or leave "
            "--regression out."
        )
    told = list(notes)
    if kind == "regression" or (numeric and kind is None and are_targets(parsed.values)):
        if kind is None:
            told.append(f"{name}: {called} are {_why(parsed.values)}, so this is a regression; "
                        "--classes makes each a class.")  # fmt: skip
        return Dataset.with_targets(
            x, parsed.values, name, feature_names=feature_names, notes=tuple(told)
        )
    if numeric and kind is None:
        kinds = len(np.unique(parsed.values))
        told.append(
            f"{name}: {called} are {kinds} different whole numbers, so they are classes; "
            "--regression makes them targets."
        )
    texts = [_number_text(number) for number in parsed.values.tolist()] if numeric else [
        as_cell(value) for value in values.tolist()]  # fmt: skip
    y, order = encoded(texts)
    return Dataset(x, y, order, name, feature_names=feature_names, notes=tuple(told))


def _why(numbers: Floats) -> str:
    if (numbers != np.floor(numbers)).any():
        return "numbers with a fraction"
    return f"{len(np.unique(numbers))} different numbers"


def _number_text(number: float) -> str:
    return str(int(number)) if number.is_integer() and abs(number) < 2**53 else f"{number:.15g}"


def encoded(labels: Sequence[str]) -> tuple[Ints, tuple[str, ...]]:
    """Labels as places in their order (N,), and the order: numbers by size, then text.

    >>> encoded(["cat", "10", "9", "cat"])
    (array([2, 1, 0, 2]), ('9', '10', 'cat'))
    """

    def key(text: str) -> tuple[int, float, str]:
        try:
            return 0, float(text), text
        except ValueError:
            return 1, 0.0, text

    order = tuple(sorted(set(labels), key=key))
    place = {text: number for number, text in enumerate(order)}
    return np.array([place[text] for text in labels], dtype=np.intp), order
