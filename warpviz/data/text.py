"""Text files to lines of cells: what parts the cells, and how the text is written."""

import csv
import re
from io import StringIO
from pathlib import Path

from warpviz.errors import WarpvizError

SEPARATORS = ",;\t|"
LONGEST_CELL = 1000
LARGEST_TABLE = 256 * 2**20


def lines_of(path: Path) -> tuple[list[int], list[list[str]]]:
    """Numbers of lines in the file, counted from 1, and their cells; empty lines are left out."""
    try:
        text = _text_of(path)
        told = re.match(r"sep=(.)\r?\n", text)  # as some spreadsheets begin a file
        text = text[told.end() :] if told else text
        separator = told.group(1) if told else separator_of(path, text)
        lines = StringIO(text, newline="")
        found = csv.reader(lines, delimiter=separator, skipinitialspace=True)
        kept = [
            (found.line_num, [cell.strip() for cell in line])
            for line in found
            if any(cell.strip() for cell in line)
        ]
    except FileNotFoundError:
        raise WarpvizError(f"Data file '{path}' does not exist.") from None
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise WarpvizError(f"Data file '{path}' cannot be read as text: {error}.") from None
    for number, line in kept:
        if (longest := max(map(len, line))) > LONGEST_CELL:
            raise WarpvizError(
                f"Data file '{path}' expects cells of at most {LONGEST_CELL} letters; line "
                f"{number} has one of {longest}; leave that column out."
            )
    return [number for number, _ in kept], [line for _, line in kept]


def _text_of(path: Path) -> str:
    """A file's text: UTF-8, or what its byte-order mark says, or else as Windows writes it."""
    if path.stat().st_size > LARGEST_TABLE:
        raise WarpvizError(f"Data file '{path}' expects at most 256 MB, got more.")
    data = path.read_bytes()
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16")
    if b"\0" in data[:4096]:
        raise WarpvizError(f"Data file '{path}' cannot be read as text: it holds zero bytes.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252")


def separator_of(path: Path, text: str) -> str:
    """What stands between cells: the sign that most of the first lines have equally often.

    What is in quotes does not count, and in "1,5;2,5;cat" the commas are decimal.
    """
    if path.suffix.lower() == ".tsv":
        return "\t"
    lines = [re.sub(r'"[^"]*"', "", line) for line in text[:65536].splitlines() if line.strip()]
    lines = lines[: min(len(lines), 20)] or [""]
    counts = {sign: [line.count(sign) for line in lines] for sign in SEPARATORS + " "}
    steady = {
        sign: (sum(count == max(found[1:] or found) for count in found), sign != ",")
        for sign, found in counts.items()
        if sign != " " and max(found[1:] or found) > 0
    }
    whole = {sign: rank for sign, rank in steady.items() if rank[0] >= 0.8 * len(lines)}
    if steady:
        return max(whole or steady, key=lambda sign: (whole or steady)[sign])
    return " " if min(counts[" "]) > 0 else ","
