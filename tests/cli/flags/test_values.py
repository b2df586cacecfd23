from argparse import ArgumentTypeError
from collections.abc import Callable
from typing import Any

import pytest

from warpviz.cli.flags import values


@pytest.mark.parametrize(
    ("read", "text", "found"),
    [
        (values.real, "-1e3", -1000.0), (values.count, "0", 0), (values.count, "12", 12),
        (values.words, " a,, b ,", ["a", "b"]), (values.words, "", []),
        (values.size, "640x480", (640, 480)), (values.expression, " -x ", "-x"),
        (values.limits, "-1,1,-0.5,2", (-1.0, 1.0, -0.5, 2.0)), (values.numbers, "7", (7.0,)),
        (values.layers, "1,1000:relu", "1,1000:relu"), (values.widths, "1,1000", (1, 1000)),
        (values.holds, "0=0", [(0, 0.0)]), (values.places, "0, 2.5", [0.0, 2.5]),
        (values.bytes_, "1", 1), (values.bytes_, "3 GB", 3_000_000_000),
        (values.bytes_, "1KiB", 1024), (values.table, "csv", "csv"),
    ],
)  # fmt: skip
def test_what_is_read(read: Callable[[str], Any], text: str, found: Any) -> None:
    assert read(text) == found


@pytest.mark.parametrize(
    ("read", "text", "expected"),
    [
        (values.real, "x", "a number"), (values.real, "nan", "a number"),
        (values.real, "inf", "a number"), (values.count, "-1", "whole number of 0 or more"),
        (values.count, "1.5", "whole number"), (values.size, "640", "pixels such as"),
        (values.limits, "0,1,2", "x0,x1,y0,y1"), (values.limits, "0,0,0,1", "x0 < x1 and y0 < y1"),
        (values.limits, "0,1,1,1", "x0 < x1 and y0 < y1"), (values.numbers, ",", "numbers such as"),
        (values.layers, "0", "widths from 1 to 1000"), (values.layers, "1001", "widths from 1"),
        (values.layers, "3:", "with :activation"), (values.layers, "", "widths from 1"),
        (values.layers, "٣", "widths from 1"), (values.widths, "", "widths from 1"),
        (values.widths, "0", "widths from 1"), (values.widths, "1001", "widths from 1"),
        (values.holds, "1", "stop=seconds"), (values.holds, "a=1", "stop=seconds"),
        (values.places, "-1", "stops counted from 0"), (values.places, "", "stops counted from 0"),
        (values.bytes_, "0", "a size such as"), (values.bytes_, "MB", "a size such as"),
        (values.bytes_, "1 XB", "a size such as"), (values.table, "xml", "text, csv, json"),
    ],
)  # fmt: skip
def test_what_is_refused(read: Callable[[str], Any], text: str, expected: str) -> None:
    with pytest.raises(ArgumentTypeError, match=expected) as caught:
        read(text)
    assert str(caught.value).startswith("expects ") and f"got {text!r}" in str(caught.value)
