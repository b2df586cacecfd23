"""Data from files: .csv (the label last) and .npz (arrays x and y), and `load_data` for all."""

import csv
import zipfile
import zlib
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from warpviz.data.dataset import Dataset
from warpviz.data.synthetic import make_data
from warpviz.errors import WarpvizError

LARGEST = 256 * 2**20  # bytes of all arrays of a file together, when unpacked


def load_data(
    name: str | Path, *, n: int | None = None, noise: float | None = None, seed: int = 0
) -> Dataset:
    """Load a data set: one of `DATASETS` by its name, or a .csv or .npz file by its path.

    A .csv holds one point a line, numbers first and the label (any text) last; a first line
    that is no data is taken as its header. An .npz holds x (N, D), y (N,) and, if wanted,
    class_names (C,).

    Args:
        name: Name (such as "rings", "spirals:3") or path.
        n: Number of points to make, 1800 by default; from a file, so many drawn at random.
        noise: Standard deviation of Gaussian noise; each data set has its own default.
        seed: Of everything random here.

    Raises:
        WarpvizError: for an unknown name, or a file that does not hold labelled points.

    >>> load_data("rings")
    <Dataset rings: 1800 points, 2 features, 2 classes>
    >>> load_data("ring")
    Traceback (most recent call last):
    warpviz.errors.WarpvizError: Unknown data set 'ring'; did you mean 'rings'?
    """
    path = Path(name)
    if path.suffix.lower() not in READERS:
        return make_data(str(name), n=n, noise=noise, seed=seed)
    if not path.is_file():
        raise WarpvizError(f"Data file '{path}' does not exist.")
    data = READERS[path.suffix.lower()](path)
    rng = np.random.default_rng(seed)
    x, y = data.x, data.y
    if n is not None and n < len(x):
        if n < 2:
            raise WarpvizError(f"Data file '{path}' expects n from 2, got {n}.")
        kept = np.sort(rng.choice(len(x), n, replace=False))
        x, y = x[kept], y[kept]
    if noise:
        if not 0.0 < noise < np.inf:
            raise WarpvizError(f"Data file '{path}' expects a noise of 0 or more, got {noise!r}.")
        x = x + rng.normal(0.0, noise, x.shape)
    return Dataset(x, y, data.class_names, data.name)


def _read_csv(path: Path) -> Dataset:
    try:
        with path.open(newline="", encoding="utf-8-sig") as file:
            lines = [line for line in csv.reader(file) if line]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise WarpvizError(f"Data file '{path}' cannot be read as .csv: {error}.") from None
    if lines and not _is_number(lines[0][0]):
        del lines[0]
    try:
        x = np.array([[float(entry) for entry in line[:-1]] for line in lines])
    except ValueError:
        raise WarpvizError(
            f"Data file '{path}' expects lines of equally many numbers and a label last."
        ) from None
    labels = [line[-1].strip() for line in lines]
    # Labels that are numbers count as numbers: 10 comes after 9, and 1.0 is 1.
    order = sorted(set(labels), key=lambda s: (0, float(s), s) if _is_number(s) else (1, 0.0, s))
    y = np.array([order.index(label) for label in labels], dtype=np.int64)
    return Dataset(x, y, order, path.stem)


def _read_npz(path: Path) -> Dataset:
    arrays = read_arrays(path)
    if not {"x", "y"} <= set(arrays):
        raise WarpvizError(f"Data file '{path}' expects arrays x and y, got {sorted(arrays)}.")
    names = tuple(map(str, arrays.get("class_names", np.array([])).ravel()))
    return Dataset(arrays["x"], arrays["y"], names, path.stem)


READERS = {".csv": _read_csv, ".npz": _read_npz}


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
    return text.splitlines()[0].rstrip(".") if text else type(error).__name__


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
