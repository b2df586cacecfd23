"""Arrays from files that may come from anyone: .npz and .npy, never unpickled.

What is held is bounded before it is allocated: by what the file has, and by what it says.
"""

import math
import stat
import warnings
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from warpviz.errors import WarpvizError

LARGEST = 256 * 2**20  # bytes of all arrays of a file together, when unpacked
UNPACKED = 32 * 2**20
"""Bytes that a packed file of any size may hold; beyond these no more than `PACKED` times its own.
Weights and measurements shrink to a half, tables of words to a tenth."""
PACKED = 50
MOST_WORDS = 2**20
"""Texts of one array: each becomes an object of its own."""


def size_of_file(path: Path, what: str = "File") -> int:
    """Bytes of a file of at most 256 MB; a device, which may have no end, is none.

    Raises:
        WarpvizError: it is missing, too large, or no file.
    """
    try:
        known = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        raise WarpvizError(f"{what} '{path}' does not exist.") from None
    except (OSError, ValueError) as error:
        told = getattr(error, "strerror", None) or error
        raise WarpvizError(f"{what} '{path}' cannot be read: {told}.") from None
    if not stat.S_ISREG(known.st_mode):
        raise WarpvizError(f"{what} '{path}' is no file; copy into one what is to be read.")
    if known.st_size > LARGEST:
        size = f"{known.st_size / 2**20:,.0f}"
        raise WarpvizError(f"{what} '{path}' expects at most 256 MB, got {size}; give a part.")
    return known.st_size


def content_of(path: Path, what: str = "File") -> bytes:
    """All bytes of a file; errors as `size_of_file`, and where it cannot be read."""
    size = size_of_file(path, what)
    try:
        with path.open("rb") as file:
            return file.read(size)
    except OSError as error:
        raise WarpvizError(f"{what} '{path}' cannot be read: {error.strerror or error}.") from None


def read_array(path: Path) -> npt.NDArray[Any]:
    """Read the one array of an .npy file, as carefully as `read_arrays`.

    Raises:
        WarpvizError: where the file is missing, cut short, too large, or holds objects.
    """
    data = content_of(path)
    try:
        return _array(data)
    except Exception as error:  # It raises what numpy's reader of headers raises.
        raise WarpvizError(
            f"File '{path}' expects a plain array of at most 256 MB in .npy form "
            f"({_first_line(error)})."
        ) from None


def read_arrays(path: Path) -> dict[str, npt.NDArray[Any]]:
    """Read the arrays of an .npz file that may come from anyone.

    Never unpickles, and never allocates more than the file's members hold: a header that
    promises more than that is an error, and so are members of more than 256 MB together, or of
    far more than the file itself has.

    Raises:
        WarpvizError: where the file is missing, cut short, no .npz, or holds objects.
    """
    most = min(LARGEST, UNPACKED + PACKED * size_of_file(path))
    try:
        with zipfile.ZipFile(path) as members:
            known = members.infolist()
            if (size := sum(member.file_size for member in known)) > most:
                raise WarpvizError(
                    f"File '{path}' expects at most {most / 2**20:.0f} MB of arrays, got "
                    f"{size / 2**20:.0f} MB; keep less in it, or do not compress it."
                )
            return {
                member.filename.removesuffix(".npy"): _array(members.read(member))
                for member in known
            }
    except WarpvizError:
        raise
    except OSError as error:
        raise WarpvizError(f"File '{path}' cannot be read: {error.strerror or error}.") from None
    except Exception as error:  # It raises what unpackers and readers of headers raise.
        raise WarpvizError(
            f"File '{path}' expects plain arrays in .npz form, got a file that is cut short, "
            f"damaged or of another kind ({_first_line(error)})."
        ) from None


def _array(data: bytes) -> npt.NDArray[Any]:
    file = BytesIO(data)
    with warnings.catch_warnings():  # of headers as old versions of Python wrote them
        warnings.simplefilter("ignore")
        version = np.lib.format.read_magic(file)
        if version == (1, 0):
            shape, _, dtype = np.lib.format.read_array_header_1_0(file)
        else:
            shape, _, dtype = np.lib.format.read_array_header_2_0(file)
        if dtype.kind not in "biufU":  # above all no objects, which would have to be unpickled
            raise ValueError("it holds other things than numbers and text")
        count = math.prod(map(int, shape))  # plain integers: numpy's own product could overflow
        # Where one side is 0, or a text has no letters, the others could be anything.
        if max(shape, default=0) > LARGEST or (dtype.itemsize == 0 and count):
            raise ValueError("an array is not as long as its header says")
        if count * dtype.itemsize != len(data) - file.tell():
            raise ValueError("an array is not as long as its header says")
        if dtype.kind == "U" and count > MOST_WORDS:
            raise ValueError(f"an array has more than {MOST_WORDS:,} words")
        file.seek(0)
        array: npt.NDArray[Any] = np.lib.format.read_array(file, allow_pickle=False)
    return array


def _first_line(error: BaseException) -> str:
    text = str(error).strip()
    first = text.splitlines()[0].rstrip(".") if text else type(error).__name__
    return first if len(first) <= 100 else f"{first[:99]}…"
