"""Text to lines of cells: what parts the cells, and which lines are comments."""

import csv
import gzip
import re
import zlib
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from warpviz.data.files import LARGEST, PACKED, UNPACKED, content_of, size_of_file
from warpviz.errors import WarpvizError

SEPARATORS = ",;\t|"
FIRST = 20
"""Lines that tell what stands between cells."""
MOST_COLUMNS = 10_000
"""As many as a layer may have inputs."""
LONGEST_CELL = 1000
COMMENTS = ("#", "%", "//")
"""What a line of comment begins with."""


@dataclass(frozen=True)
class Lines:
    """Lines of cells; empty ones and comments are left out.

    Attributes:
        numbers: of the lines in the file, counted from 1.
        cells: of each line, stripped.
        above: the cells of the last comment before the first line, which may be names.
    """

    numbers: list[int]
    cells: list[list[str]]
    above: tuple[str, ...] = ()


def is_file(path: str | Path) -> bool:
    """Whether a file is there, whatever text the path is."""
    try:
        return Path(path).is_file()
    except (OSError, ValueError):  # too long, or no name of a file
        return False


def bytes_of(path: Path) -> bytes:
    """A file's bytes, those of a .gz unpacked.

    Raises:
        WarpvizError: it is not there, too large, or damaged.
    """
    most = min(LARGEST, UNPACKED + PACKED * size_of_file(path, "Data file"))
    try:
        if path.suffix.lower() != ".gz":
            return content_of(path, "Data file")
        with gzip.open(path) as file:
            data = file.read(most + 1)
    except FileNotFoundError:
        raise WarpvizError(f"Data file '{path}' does not exist.") from None
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise WarpvizError(
            f"Data file '{path}' cannot be unpacked: {str(error).rstrip('.')}; write it anew."
        ) from None
    except OSError as error:
        told = error.strerror or str(error)
        raise WarpvizError(f"Data file '{path}' cannot be read as text: {told}.") from None
    if len(data) > most:
        raise WarpvizError(
            f"Data file '{path}' expects at most {most >> 20} MB when unpacked, got more."
        )
    return data


def lines_of(path: Path, text: str) -> Lines:
    """The lines of a table of text, and its last comment above them.

    Args:
        path: of its file, for sentences; a .tsv has tabs.
        text: what is in it.

    Raises:
        WarpvizError: cells that are too long, or quotes that do not end.
    """
    told = re.match(r"sep=(.)\r?\n", text)  # as some spreadsheets begin a file
    body, above = _without_comments("\n" + text[told.end() :] if told else text)
    if _is_sparse(body):
        kept = str(path.with_suffix(".npz"))
        raise WarpvizError(
            f"Data file '{path}' has lines of libsvm, a label and index:value …, which are no "
            "columns; in Python: import numpy, sklearn.datasets; x, y = "
            f"sklearn.datasets.load_svmlight_file({str(path)!r}); "
            f"numpy.savez({kept!r}, x=x.toarray(), y=y) makes '{kept}' of it."
        )
    separator = told.group(1) if told else separator_of(path, body)
    try:
        numbers, cells = _cut(body, separator)
        if separator == " " or (separator == "\t" and _is_uneven(cells) and not _is_tsv(path)):
            spaced = re.sub(r'("[^"\n]*")|[ \t]+', lambda m: m.group(1) or " ", body)
            spaced = re.sub(r"^ | $", "", spaced, flags=re.MULTILINE)
            found = _cut(spaced, " ")
            if separator == " " or not _is_uneven(found[1]):
                (numbers, cells), separator = found, " "
        known = next(csv.reader([above], delimiter=separator, skipinitialspace=True), [])
    except csv.Error as error:
        raise WarpvizError(f"Data file '{path}' cannot be read as text: {error}.") from None
    for number, line in zip(numbers, cells, strict=True):
        if len(line) > MOST_COLUMNS:
            raise WarpvizError(
                f"Data file '{path}' expects at most {MOST_COLUMNS:,} columns; line {number} has "
                f"{len(line):,}; write a point a line, and leave columns out."
            )
        if (longest := max(map(len, line))) > LONGEST_CELL:
            raise WarpvizError(
                f"Data file '{path}' expects cells of at most {LONGEST_CELL} letters; line "
                f"{number} has one of {longest}; leave that column out."
            )
    return Lines(numbers, cells, tuple(cell.strip() for cell in known))


def _cut(text: str, separator: str) -> tuple[list[int], list[list[str]]]:
    found = csv.reader(StringIO(text, newline=""), delimiter=separator, skipinitialspace=True)
    kept = [
        (found.line_num, [_bare(cell) for cell in line])
        for line in found
        if any(cell.strip() for cell in line)
    ]
    return [number for number, _ in kept], [line for _, line in kept]


def _bare(cell: str) -> str:
    """A cell without blanks and single quotes around it."""
    cell = cell.strip()
    return cell[1:-1] if len(cell) > 1 and cell[0] == cell[-1] == "'" else cell


def _is_sparse(text: str) -> bool:
    """Whether lines are those of libsvm: a label, and behind it index:value, the index rising."""
    lines = [line.split()[1:] for line in text[:65536].splitlines()[:-1] if line.strip()][:20]
    pairs = [[re.fullmatch(r"(\d+):[-+.\deE]+", one) for one in line] for line in lines]
    if not any(pairs) or any(found is None for line in pairs for found in line):
        return False
    places = [[int(found[1]) for found in line if found] for line in pairs]
    return all(line == sorted({*line}) for line in places)


def _is_uneven(cells: list[list[str]]) -> bool:
    return len({len(line) for line in cells}) > 1


def _is_tsv(path: Path) -> bool:
    return path.name.lower().removesuffix(".gz").endswith(".tsv")


def _without_comments(text: str) -> tuple[str, str]:
    """The text with empty lines for comments, and the last of those above the first line."""
    lines = text.splitlines(keepends=True) if text[:65536].lstrip("\ufeff \t\r\n") else []
    if not any(line.lstrip().startswith(COMMENTS) for line in lines):
        return text, ""
    above = ""
    for sign in COMMENTS:
        filled = [i for i, line in enumerate(lines) if line.strip()]
        marked = [i for i in filled if lines[i].lstrip().startswith(sign)]
        on_top = marked == filled[: len(marked)]
        # Where most lines begin so, and not at the top alone, it is how their first cells begin.
        if (
            not marked
            or len(marked) == len(filled)
            or (2 * len(marked) >= len(filled) and not on_top)
        ):
            continue
        if on_top or not filled.index(marked[0]):
            last = max(i for i, place in enumerate(marked) if place == filled[i])
            above = lines[marked[last]].lstrip().lstrip("#%/").strip()
        for i in marked:
            lines[i] = "\n"
    return "".join(lines), above


def separator_of(path: Path, text: str) -> str:
    """What stands between cells: the sign that most of the first lines have equally often.

    What is in quotes does not count, and in "1,5;2,5;cat" the commas are decimal.
    """
    if _is_tsv(path):
        return "\t"
    lines = [re.sub(r'"[^"]*"', "", line) for line in text[:65536].splitlines() if line.strip()]
    lines = lines[: min(len(lines), FIRST)] or [""]
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
