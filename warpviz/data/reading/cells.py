"""Cells to numbers, a column at a time: signs, groups of digits, per cents, and what is missing."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from warpviz.arrays import Bools, Floats

MISSING = frozenset(
    {
        *("", "na", "n/a", "#n/a", "nan", "-nan", "null", "none", "nil", "?", "-", "–", "—", "--"),
        *("---", ".", "..", "...", "\\n", "<na>", "nat", "#div/0!", "#value!", "#ref!", "#num!"),
        *("#name?", "#null!", "#na", "#n/a n/a", "-1.#qnan", "1.#qnan", "1.#ind", "-1.#ind"),
    }
)
"""What stands in a cell that holds nothing, in lower case."""
UNLABELLED = frozenset(
    {"", "na", "n/a", "nan", "null", "#n/a", "\\n", "<na>", "nat", "#div/0!", "#value!", "#ref!"}
)
"""The same of a cell of labels that are words: + and −, none and mild may be classes."""
TRUTH = {"true": 1.0, "false": 0.0}
_SIGNS = str.maketrans(
    {"−": "-", "﹣": "-", "－": "-", "\u00a0": " ", "\u202f": " ", "\u2009": " "}
)
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eEdD][+-]?\d+)?")
_GROUPED = {
    sign: re.compile(rf"[+-]?[1-9]\d{{0,2}}({re.escape(sign)}\d{{3}})+([^\d{re.escape(sign)}].*)?")
    for sign in " ',."
}
"""Digits in threes, and what follows them."""


@dataclass(frozen=True, eq=False)
class Parsed:
    """A column as numbers.

    Attributes:
        values: (N,), NaN where there is none.
        empty: (N,) where nothing is.
        words: (N,) where something is that is no number.
        mixed: a number with a comma whose meaning is open, "" for none.
        truth: whether all cells are True or False.
    """

    values: Floats
    empty: Bools
    words: Bools
    mixed: str = ""
    truth: bool = False

    @property
    def numeric(self) -> bool:
        """Whether all that is there are numbers."""
        return not self.words.any() and not self.mixed and not self.empty.all()


def numbers_of(values: npt.NDArray[Any]) -> Parsed:
    """A column (N,) as numbers, of numbers, of text, or of things of any kind.

    >>> numbers_of(np.array(["1 234,5", "−2,0", "NA"], dtype=object)).values.tolist()
    [1234.5, -2.0, nan]
    """
    if values.dtype.kind in "biuf":
        found = values.astype(np.float64)
        nothing = np.zeros(len(found), dtype=bool)
        return Parsed(found, np.isnan(found), nothing, truth=values.dtype.kind == "b")
    if values.dtype.kind in "mMcV":
        return Parsed(np.full(len(values), np.nan), _not_a_time(values), ~_not_a_time(values))
    cells = values.tolist()
    if cells and all(type(cell) is str and "_" not in cell for cell in cells):
        try:
            found = np.array(cells, dtype=object).astype(np.float64)
        except ValueError:
            pass
        else:  # Most columns of numbers are as plain as this.
            return Parsed(found, np.isnan(found), np.zeros(len(found), dtype=bool))
    return _of_cells([as_cell(value) for value in cells])


def as_cell(value: Any) -> str:
    """A value as the text of its cell; "" where nothing is; whole numbers without a point."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace").strip()
    if value is None or type(value).__name__ in ("NAType", "NaTType"):
        return ""
    if isinstance(value, float) and value != value:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return str(int(value))
    return str(value)


def _not_a_time(values: npt.NDArray[Any]) -> Bools:
    if values.dtype.kind in "mM":
        return np.asarray(np.isnat(values))
    return np.zeros(len(values), dtype=bool)


def _of_cells(cells: list[str]) -> Parsed:
    lower = [cell.lower() for cell in cells]
    empty = np.array([cell in MISSING for cell in lower], dtype=bool)
    some = {cell for cell, nothing in zip(lower, empty, strict=True) if not nothing}
    if some and some <= TRUTH.keys():
        values = np.array([TRUTH.get(cell, np.nan) for cell in lower])
        return Parsed(values, empty, np.zeros(len(cells), dtype=bool), truth=True)
    plain = [cell if cell.isascii() else cell.translate(_SIGNS).strip() for cell in cells]
    there = np.flatnonzero(~empty)
    values = np.full(len(cells), np.nan)
    values[there], mixed = _either_way([plain[i] for i in there.tolist()])
    return Parsed(values, empty, np.isnan(values) & ~empty, mixed)


def _either_way(cells: Sequence[str]) -> tuple[list[float], str]:
    """Numbers with a decimal point or, where only that makes sense of them, a decimal comma.

    The second is a cell that leaves open which it is: "1,026" beside "917" is a thousand, or a
    little more than one.
    """
    point = [_number(cell, comma=False) for cell in cells]
    if not any("," in cell or cell.count(".") > 1 for cell in cells):
        return point, ""
    comma = [_number(cell, comma=True) for cell in cells]
    pairs = [(a, b) for a, b in zip(point, comma, strict=True) if a == a or b == b]
    with_comma = [cell for cell, a, b in zip(cells, point, comma, strict=True)
                  if "," in cell and (a == a or b == b)]  # fmt: skip
    by_point = all(a == a for a, _ in pairs)
    by_comma = all(b == b for _, b in pairs)
    if by_comma and (not by_point or len(with_comma) == len(cells)):
        return comma, ""
    if by_point and not by_comma:
        return point, ""
    return point, with_comma[0] if with_comma else ""


def _number(cell: str, *, comma: bool) -> float:
    """A cell's number, NaN where it is none."""
    if not comma or not {",", "."} & set(cell):
        try:
            return float(cell) if "_" not in cell else np.nan
        except ValueError:
            pass
    text, share = cell, 1.0
    if text.endswith("%"):
        text, share = text[:-1].rstrip(), 0.01
    text = text[1:] if text[:1] in ("$", "€", "£") else text
    for sign in (" ", "'", "." if comma else ","):
        if sign in text:
            if not _GROUPED[sign].fullmatch(text):
                return np.nan
            text = text.replace(sign, "")
    text = text.replace(",", ".") if comma else text
    if not _NUMBER.fullmatch(text):
        return np.nan
    # Fortran writes 1.5D+02.
    return float(re.sub("[dD]", "e", text)) * share
