"""Arrays from files that may come from anyone: .npz and .npy, never unpickled."""

import tokenize
import warnings
import zipfile
import zlib
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from warpviz.errors import WarpvizError

LARGEST = 256 * 2**20  # bytes of all arrays of a file together, when unpacked


def read_array(path: Path) -> npt.NDArray[Any]:
    """Read the one array of an .npy file, as carefully as `read_arrays`.

    Raises:
        WarpvizError: where the file is missing, cut short, too large, or holds objects.
    """
    try:
        return _array(path.read_bytes() if path.stat().st_size <= LARGEST else b"")
    except FileNotFoundError:
        raise WarpvizError(f"File '{path}' does not exist.") from None
    except OSError as error:
        raise WarpvizError(f"File '{path}' cannot be read: {error.strerror or error}.") from None
    except _BROKEN as error:
        raise WarpvizError(
            f"File '{path}' expects a plain array of at most 256 MB in .npy form "
            f"({_first_line(error)})."
        ) from None


def read_arrays(path: Path) -> dict[str, npt.NDArray[Any]]:
    """Read the arrays of an .npz file that may come from anyone.

    Never unpickles, and never allocates more than the file's members hold: a header that
    promises more than that is an error, and so are members of more than 256 MB together.

    Raises:
        WarpvizError: where the file is missing, cut short, no .npz, or holds objects.
    """
    try:
        with zipfile.ZipFile(path) as members:
            if sum(member.file_size for member in members.infolist()) > LARGEST:
                raise WarpvizError(f"File '{path}' expects at most 256 MB of arrays, got more.")
            return {
                member.filename.removesuffix(".npy"): _array(members.read(member))
                for member in members.infolist()
            }
    except FileNotFoundError:
        raise WarpvizError(f"File '{path}' does not exist.") from None
    except OSError as error:
        raise WarpvizError(f"File '{path}' cannot be read: {error.strerror or error}.") from None
    except WarpvizError:
        raise
    except _BROKEN as error:
        raise WarpvizError(
            f"File '{path}' expects plain arrays in .npz form, got a file that is cut short, "
            f"damaged or of another kind ({_first_line(error)})."
        ) from None


# What zipfile and numpy raise on bytes that are not what they should be.
_BROKEN = (
    tokenize.TokenError,
    zipfile.BadZipFile,
    zlib.error,
    ValueError,
    EOFError,
    KeyError,
    TypeError,
    SyntaxError,
    NotImplementedError,
    RuntimeError,
    MemoryError,
)


def _array(data: bytes) -> npt.NDArray[Any]:
    with warnings.catch_warnings():  # Headers that Python 2 wrote cost numpy a second look.
        warnings.simplefilter("ignore")
        return _plain_array(data)


def _plain_array(data: bytes) -> npt.NDArray[Any]:
    file = BytesIO(data)
    version = np.lib.format.read_magic(file)
    if version == (1, 0):
        shape, _, dtype = np.lib.format.read_array_header_1_0(file)
    else:
        shape, _, dtype = np.lib.format.read_array_header_2_0(file)
    if dtype.kind not in "biufU":  # above all no objects, which would have to be unpickled
        raise ValueError("it holds other things than numbers and text")
    count = 1
    for length in shape:  # plain integers: numpy's own product could overflow
        count *= int(length)
    if count * dtype.itemsize != len(data) - file.tell():
        raise ValueError("an array is not as long as its header says")
    file.seek(0)
    array: npt.NDArray[Any] = np.lib.format.read_array(file, allow_pickle=False)
    return array


def _first_line(error: BaseException) -> str:
    text = str(error).strip()
    return f"{text.splitlines()[0]:.120}".rstrip(".") if text else type(error).__name__
