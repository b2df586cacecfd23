"""Arrays from .mat files as MATLAB's `save` writes them, version 5 to 7.

The file is a row of elements, each a kind, a size and its bytes; a matrix is an element of
elements (MathWorks, MAT-File Format, chapter 1). It is read here, because scipy's reader ends the
whole process where such a file is damaged.
"""

import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from warpviz.data.files import LARGEST
from warpviz.data.reading.text import bytes_of
from warpviz.errors import WarpvizError

NUMBERS = {
    1: "i1", 2: "u1", 3: "i2", 4: "u2", 5: "i4", 6: "u4", 7: "f4", 9: "f8", 12: "i8", 13: "u8",
    16: "u1", 17: "u2", 18: "u4",
}  # fmt: skip
"""Kind of element → numpy's name of the numbers in it; the last three are signs of text."""
MATRIX, PACKED = 14, 15
CELL, CHAR, DOUBLE, LAST_NUMBER = 1, 4, 6, 15
"""Classes of matrices; those from DOUBLE to LAST_NUMBER hold numbers."""
HEADER = 128
COMPLEX = 0x800


def read_matlab(path: Path) -> dict[str, npt.NDArray[Any]]:
    """The arrays of a .mat file by name: of numbers, or of words from cells and rows of signs.

    Structures, sparse and complex matrices are left out.

    Raises:
        WarpvizError: it is no such file, damaged, of version 7.3, or larger than 256 MB.
    """
    data = bytes_of(path)
    if b"MATLAB 7.3" in data[:HEADER] or data[:8] == b"\x89HDF\r\n\x1a\n":
        raise WarpvizError(
            f"Data file '{path}' is of MATLAB's version 7.3; save it with save('data.mat', 'x', "
            "'y', '-v7')."
        )
    order = {b"IM": "<", b"MI": ">"}.get(data[126:HEADER])
    try:
        if order is None:
            raise ValueError("its header is not MATLAB's")
        return dict(_matrices(memoryview(data)[HEADER:], order))
    except (ValueError, zlib.error, IndexError) as error:
        raise WarpvizError(
            f"Data file '{path}' cannot be read as MATLAB's format ({error}); save it anew with "
            "'-v7', or as .csv."
        ) from None


def _matrices(data: memoryview, order: str) -> Iterator[tuple[str, npt.NDArray[Any]]]:
    """The matrices of a file that can be read."""
    left = LARGEST
    for kind, content in _elements(data, order):
        if kind == PACKED:
            unpacked = zlib.decompressobj().decompress(content, left + 1)
            left -= len(unpacked)
            if left < 0:
                raise ValueError("it holds more than 256 MB")
            kind, content = next(_elements(memoryview(unpacked), order), (0, content))
        if kind == MATRIX:
            name, found = _matrix(content, order)
            if found is not None:
                yield name, found


def _elements(data: memoryview, order: str) -> Iterator[tuple[int, memoryview]]:
    """Kind and bytes of each element; one of up to four bytes shares its first word."""
    place = 0
    while place + 8 <= len(data):
        kind, size = (int(word) for word in np.frombuffer(data[place : place + 8], f"{order}u4"))
        start = place + 8
        if kind >> 16:
            kind, size, start = kind & 0xFFFF, kind >> 16, place + 4
        if size > len(data) - start or (start == place + 4 and size > 4):
            raise ValueError("it is cut short, or damaged")
        yield kind, data[start : start + size]
        place = start + size
        place += 0 if kind == PACKED else -place % 8


def _matrix(data: memoryview, order: str, inside: bool = False) -> tuple[str, Any]:
    """Name and array of a matrix; None is one of a class that is left out."""
    parts = list(_elements(data, order))
    if len(parts) < 3:
        return "", None
    (_, flags), (_, lengths), (_, letters), *rest = parts
    flag = int(np.frombuffer(flags[:4], f"{order}u4")[0])
    shape = np.frombuffer(lengths, f"{order}i4").tolist()
    name, kind = bytes(letters).decode("latin-1"), flag & 0xFF
    count = 1
    for length in shape:  # plain integers: numpy's own product could overflow
        count *= length
    if len(shape) < 2 or min(shape) < 0:
        raise ValueError("a matrix has no shape")
    if kind == CELL and not inside:
        cells = [_matrix(content, order, True)[1] for _, content in rest]
        words = [
            cell[0] for cell in cells if cell is not None and cell.dtype == object and len(cell)
        ]
        if len(words) != count:
            return name, None
        return name, np.array(words, dtype=object)
    if (kind != CHAR and not DOUBLE <= kind <= LAST_NUMBER) or flag & COMPLEX or not rest:
        return name, None
    number, content = rest[0]
    if number not in NUMBERS or len(content) % np.dtype(NUMBERS[number]).itemsize:
        raise ValueError("a matrix holds no numbers")
    values = np.frombuffer(content, order + NUMBERS[number])
    if kind == CHAR and number == 16:
        values = np.array([ord(sign) for sign in bytes(content).decode("utf-8", "replace")])
    if len(values) != count:
        raise ValueError("a matrix is not as large as it says")
    table = values.reshape(shape, order="F")
    if kind != CHAR:
        return name, np.asarray(table)
    signs = table.reshape(shape[0], -1).tolist() if count else [[]]
    return name, np.array(["".join(map(chr, row)).rstrip() for row in signs], dtype=object)
