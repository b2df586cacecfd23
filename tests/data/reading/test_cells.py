from io import StringIO

import numpy as np
import pandas as pd  # type: ignore[import-untyped]
import pytest

from warpviz.data.reading.cells import MISSING, as_cell, numbers_of

NAN = float("nan")


@pytest.mark.parametrize(
    ("cells", "values"),
    [
        (["1.5", "-2", "+3e-1"], [1.5, -2.0, 0.3]),
        (["1,5", "2", "-0,25"], [1.5, 2.0, -0.25]),
        (["1 234,5", "7,0"], [1234.5, 7.0]),
        (["1\u202f234,5", "1\u00a0000"], [1234.5, 1000.0]),
        (["1.234,5", "2"], [1234.5, 2.0]),
        (["1,234.5", "917"], [1234.5, 917.0]),
        (["1,234,567", "1,026"], [1234567.0, 1026.0]),
        (["1.234.567", "3"], [1234567.0, 3.0]),
        (["1'234.5", "2"], [1234.5, 2.0]),
        (["1,026", "1.5"], [1026.0, 1.5]),
        (["0,123", "5"], [0.123, 5.0]),
        (["12 %", "0.5%"], [0.12, 0.005]),
        (["12,5 %", "3 %"], [0.125, 0.03]),
        (["\u22121.5", "\uff0d2"], [-1.5, -2.0]),
        (["$1,234.50", "€3"], [1234.5, 3.0]),
        (["1.5D+02", "2d0"], [150.0, 2.0]),
        (["True", "false", "TRUE"], [1.0, 0.0, 1.0]),
        (["inf", "-Infinity", "1e999"], [np.inf, -np.inf, np.inf]),
    ],
)
def test_numbers(cells: list[str], values: list[float]) -> None:
    found = numbers_of(np.array(cells, dtype=object))
    np.testing.assert_allclose(found.values, values, rtol=1e-15)
    assert found.numeric


def test_every_mark_of_nothing() -> None:
    marks = ["", "NA", ".", "--", "\\N", "#DIV/0!", "?", "NaN", "null", "None", "<NA>", "n/a", "–"]
    found = numbers_of(np.array([*marks, "1"], dtype=object))
    assert found.empty.tolist() == [True] * len(marks) + [False]
    assert found.numeric and not found.words.any()
    assert all(mark == mark.lower() for mark in MISSING)


def test_what_pandas_takes_for_nothing_is_nothing() -> None:
    marks = ["#N/A", "#N/A N/A", "#NA", "-1.#IND", "-1.#QNAN", "-NaN", "1.#IND", "1.#QNAN", "<NA>"]
    marks += ["N/A", "NA", "NULL", "NaN", "None", "n/a", "nan", "null"]
    theirs = pd.read_csv(StringIO("a,b\n" + "".join(f"1,{mark}\n" for mark in marks)))
    assert theirs["b"].isna().all() and {mark.lower() for mark in marks} <= MISSING


def test_words_and_what_is_open() -> None:
    found = numbers_of(np.array(["1", "cat", "NA"], dtype=object))
    assert found.words.tolist() == [False, True, False] and not found.numeric
    for cells, told in ((["1,026", "917"], "1,026"), (["1,5", "2.5"], "1,5")):
        assert numbers_of(np.array(cells, dtype=object)).mixed == told
    assert not numbers_of(np.array(["", "NA"], dtype=object)).numeric
    assert numbers_of(
        np.array(["1_000", "12 34", "1,23,4", "--1", "5 cm"], dtype=object)
    ).words.all()


def test_arrays_of_other_kinds() -> None:
    assert numbers_of(np.array([True, False])).truth
    assert numbers_of(np.array([1.0, NAN])).empty.tolist() == [False, True]
    days = numbers_of(np.array(["2024-01-01", "NaT"], dtype="datetime64[s]"))
    assert days.words.tolist() == [True, False] and days.empty.tolist() == [False, True]
    many = numbers_of(np.array([1, 2.5, None, pd.NA, "3.0", NAN, b"4"], dtype=object))
    np.testing.assert_array_equal(many.values, [1, 2.5, NAN, NAN, 3, NAN, 4])


def test_as_cell() -> None:
    values = (1.0, 2.5, " x ", None, pd.NaT, b"k\xc3\xb6", 1e300, True)
    assert [as_cell(value) for value in values] == ["1", "2.5", "x", "", "", "kö", "1e+300", "True"]
