"""From the words after a flag to values: the `type=` functions of argparse.

They import nothing heavy, so that `--help` is quick. Names (of themes, data, …) are not checked
here but by the tables that know them.
"""

import math
from argparse import ArgumentTypeError

from warpviz.errors import WarpvizError
from warpviz.sizes import size_of


def real(text: str) -> float:
    """A finite number.

    >>> real("0.5")
    0.5
    """
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise ArgumentTypeError(f"expects a number, got {text!r}")
    return value


def expression(text: str) -> str:
    """An expression, which may begin with a minus sign where a flag could stand.

    >>> expression(" -x")
    '-x'
    """
    return text.strip()


def count(text: str) -> int:
    """A whole number of 0 or more."""
    try:
        value = int(text)
    except ValueError:
        value = -1
    if value < 0:
        raise ArgumentTypeError(f"expects a whole number of 0 or more, got {text!r}")
    return value


def natural(text: str) -> int:
    """A whole number from 1."""
    if not text.strip().isdecimal() or int(text) < 1:
        raise ArgumentTypeError(f"expects a whole number from 1, got {text!r}")
    return int(text)


def acts(text: str) -> tuple[int, int]:
    """An act, or some in a row.

    >>> acts("3"), acts("3-4")
    ((3, 3), (3, 4))
    """
    first, dash, last = text.partition("-")
    try:
        return natural(first), natural(last if dash else first)
    except (ArgumentTypeError, ValueError):
        raise ArgumentTypeError(f"expects acts such as 3 or 3-4, got {text!r}") from None


def words(text: str) -> list[str]:
    """Words between commas.

    >>> words("dots, grid")
    ['dots', 'grid']
    """
    return [word.strip() for word in text.split(",") if word.strip()]


def size(text: str) -> tuple[int, int]:
    """Width and height in pixels.

    >>> size("640x480"), size("640×480")
    ((640, 480), (640, 480))
    """
    try:
        return size_of(text)
    except WarpvizError:
        raise ArgumentTypeError(f"expects pixels such as 640x480, got {text!r}") from None


def limits(text: str) -> tuple[float, float, float, float]:
    """A rectangle of the plane, x0,x1,y0,y1.

    >>> limits("-1,1,-0.5,0.5")
    (-1.0, 1.0, -0.5, 0.5)
    """
    try:
        x0, x1, y0, y1 = (real(part) for part in text.split(","))
    except (ValueError, ArgumentTypeError):
        raise ArgumentTypeError(f"expects x0,x1,y0,y1 such as -1,1,-1,1, got {text!r}") from None
    if not (x0 < x1 and y0 < y1):
        raise ArgumentTypeError(f"expects x0 < x1 and y0 < y1, got {text!r}")
    return x0, x1, y0, y1


def numbers(text: str) -> tuple[float, ...]:
    """Numbers between commas.

    >>> numbers("0.05, -0.1")
    (0.05, -0.1)
    """
    found = tuple(real(part) for part in words(text))
    if not found:
        raise ArgumentTypeError(f"expects numbers such as 0.3,-0.2, got {text!r}")
    return found


def layers(text: str) -> str:
    """Hidden layers, "width" or "width:activation" each; kept as text once it reads well.

    >>> layers("3:identity, 3,3:leaky_relu:0.2"), layers("4:max(z, -0.3*z),2")
    ('3:identity,3,3:leaky_relu:0.2', '4:max(z, -0.3*z),2')
    """
    entries = entries_of(text)
    for entry in entries:
        width, colon, name = entry.partition(":")
        whole = width.isascii() and width.isdigit()
        if not whole or not 1 <= int(width[:9]) <= WIDEST or (colon and not name):
            raise ArgumentTypeError(
                f"expects widths from 1 to {WIDEST}, each with :activation if wanted, "
                f"such as 3:identity,3,3, got {text!r}"
            )
    return ",".join(entries)


def entries_of(text: str) -> list[str]:
    """What stands between commas that are in no brackets.

    >>> entries_of("4:clip(z, 0, 1), 3")
    ['4:clip(z, 0, 1)', '3']
    """
    entries, depth = [""], 0
    for sign in text:
        depth += (sign == "(") - (sign == ")")
        if sign == "," and depth <= 0:
            entries.append("")
        else:
            entries[-1] += sign
    return [entry.strip() for entry in entries]


def widths(text: str) -> tuple[int, ...]:
    """Hidden widths between commas.

    >>> widths("16,32")
    (16, 32)
    """
    try:
        found = tuple(count(part) for part in words(text))
    except ArgumentTypeError:
        found = ()
    if not found or not all(1 <= width <= WIDEST for width in found):
        raise ArgumentTypeError(f"expects widths from 1 to {WIDEST} such as 16,32, got {text!r}")
    return found


def holds(text: str) -> list[tuple[int, float]]:
    """Stops and seconds, "stop=seconds" between commas.

    >>> holds("3=2.5,0=1")
    [(3, 2.5), (0, 1.0)]
    """
    found = []
    for entry in words(text):
        stop, _, seconds = entry.partition("=")
        try:
            found.append((count(stop.strip()), real(seconds)))
        except ArgumentTypeError:
            raise ArgumentTypeError(f"expects stop=seconds such as 3=2.5, got {entry!r}") from None
    return found


def places(text: str) -> list[float]:
    """Moments counted in stops.

    >>> places("0,2.5")
    [0.0, 2.5]
    """
    found = [real(entry) for entry in words(text)]
    if not found or min(found) < 0:
        raise ArgumentTypeError(f"expects stops counted from 0, such as 2.5, got {text!r}")
    return found


UNITS = {"": 1, "b": 1, "kb": 10**3, "mb": 10**6, "gb": 10**9, "kib": 2**10, "mib": 2**20}


def bytes_(text: str) -> int:
    """A size of a file in bytes.

    >>> bytes_("10MB"), bytes_("1.5 kB"), bytes_("2MiB")
    (10000000, 1500, 2097152)
    """
    digits = text.strip().rstrip("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ ")
    unit = text.strip()[len(digits) :].strip().lower()
    try:
        size = real(digits) * UNITS[unit]
    except (KeyError, ArgumentTypeError):
        size = 0
    if size < 1:
        raise ArgumentTypeError(f"expects a size such as 10MB or 800kB, got {text!r}")
    return int(size)


TABLES = ("text", "csv", "json")
"""How --table prints."""


def table(text: str) -> str:
    """A name of `TABLES`."""
    if text not in TABLES:
        raise ArgumentTypeError(f"expects {', '.join(TABLES)}, got {text!r}")
    return text


WIDEST = 1000
"""Units of a layer at most: a film of more tells nothing, and training would not end."""
