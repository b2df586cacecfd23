"""Data from files: tables, .npz (arrays x and y), .npy, and `load_data` for all."""

import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from warpviz.arguments import check_least, kinds_checked
from warpviz.data.collections import COLLECTIONS, load_collection
from warpviz.data.dataset import Dataset
from warpviz.data.frames import is_frame, read_frame, read_parquet
from warpviz.data.synthetic import make_data
from warpviz.data.tables import encoded, read_table
from warpviz.errors import WarpvizError
from warpviz.kinds import shown

LARGEST = 256 * 2**20  # bytes of all arrays of a file together, when unpacked


@kinds_checked
def load_data(
    name: str | Path | Any,
    *,
    n: int | None = None,
    noise: float | None = None,
    seed: int = 0,
    label: str | npt.ArrayLike | None = None,
    features: Sequence[str] = (),
    drop_missing: bool = False,
    standardise: bool = False,
) -> Dataset:
    """Load a data set: one of `DATASETS` or `COLLECTIONS` by its name, a file by its path, a frame.

    A .csv or .tsv holds one point a line, numbers and a label (any text), which is last unless
    `label` names it; a first line without a number is taken as the columns' names. An .npz holds
    x (N, D), y (N,) and, if wanted, class_names (C,); an .npy one array, the label last. Real
    data is standardised on request (the command line does so unless told otherwise).

    Args:
        name: Name (such as "rings", "spirals:3"), path, or a frame of pandas or polars.
        n: Number of points to make, 1800 by default; from a file, so many drawn at random.
        noise: Standard deviation of Gaussian noise; each data set has its own default.
        seed: Of everything random here.
        label: Of a table: the column of labels by name; of a frame also the labels themselves, a
            series or list of one a row.
        features: Of a table: the columns of numbers; () is all but the labels.
        drop_missing: Of a table: leave out lines with missing cells instead of refusing them.
        standardise: Give each feature of data from files, frames and collections mean 0 and
            standard deviation 1; `raw` of the data set gives them as they came.

    Raises:
        WarpvizError: for an unknown name, or a file that does not hold labelled points.

    >>> load_data("rings")
    <Dataset rings: 1800 points, 2 features, 2 classes>
    >>> load_data("ring")
    Traceback (most recent call last):
    warpviz.errors.WarpvizError: Unknown data set 'ring'; did you mean 'rings'?
    """
    check_least("load_data", "seed", seed, 0)
    features = tuple(features)
    if not isinstance(label, str | None) and not is_frame(name):
        raise WarpvizError(
            f"load_data expects label to name a column of '{name}', got {shown(label)}; labels "
            "themselves go with a frame."
        )
    chosen: dict[str, Any] = {"label": label, "features": features, "drop": drop_missing}
    if is_frame(name):
        data = read_frame(name, **chosen)
        return _drawn(data.standardised() if standardise else data, "the frame", n, noise, seed)
    if not isinstance(name, str | Path):
        raise WarpvizError(
            f"load_data expects a name, a path or a frame, got {type(name).__name__}; arrays x and "
            "y make a Dataset(x, y)."
        )
    path = Path(name)
    suffix = path.suffix.lower()
    if suffix not in TABLES and (label is not None or features or drop_missing):
        raise WarpvizError(
            f"'{name}' has no columns to choose from; label, features and drop_missing are for "
            f"{' and '.join(TABLES)} files."
        )
    if str(name) in COLLECTIONS:
        data = load_collection(str(name))
    elif suffix not in READERS and suffix not in TABLES:
        return make_data(str(name), n=n, noise=noise, seed=seed)
    elif not path.is_file():
        raise WarpvizError(f"Data file '{path}' does not exist.")
    else:
        data = TABLES[suffix](path, **chosen) if suffix in TABLES else READERS[suffix](path)
    data = data.standardised() if standardise else data
    return _drawn(data, f"Data file '{path}'", n, noise, seed)


def _drawn(data: Dataset, what: str, n: int | None, noise: float | None, seed: int) -> Dataset:
    """So many points of data at random, with so much noise."""
    rng = np.random.default_rng(seed)
    x, y, targets = data.x, data.y, data.targets
    if n is not None and n < len(x):
        if n < 2:
            raise WarpvizError(f"{what} expects n from 2, got {n}.")
        kept = np.sort(rng.choice(len(x), n, replace=False))
        x, y = x[kept], y[kept]
        targets = None if targets is None else targets[kept]
    if noise:
        if not 0.0 < noise < np.inf:
            raise WarpvizError(f"{what} expects a noise of 0 or more, got {noise!r}.")
        x = x + rng.normal(0.0, noise, x.shape)
    return replace(data, x=x, y=y, targets=targets)


def _read_npz(path: Path) -> Dataset:
    arrays = read_arrays(path)
    if not {"x", "y"} <= set(arrays):
        raise WarpvizError(f"Data file '{path}' expects arrays x and y, got {sorted(arrays)}.")
    names = tuple(map(str, arrays.get("class_names", np.array([])).ravel()))
    return _labelled(arrays["x"], arrays["y"], names, path.stem)


def _labelled(
    x: npt.NDArray[Any], y: npt.NDArray[Any], names: tuple[str, ...], stem: str
) -> Dataset:
    """Points with classes by number, by name, or with targets that are numbers."""
    if not names and y.ndim == 1 and y.dtype.kind in "Ui":
        if y.dtype.kind == "U" or (y.size and y.min() < 0):
            places, order = encoded([str(label) for label in y.tolist()])
            return Dataset(x, places, order, stem)
    if not names and y.ndim == 1 and y.dtype.kind == "f" and np.isfinite(y).all():
        if (y != np.floor(y)).any():
            return Dataset.with_targets(np.asarray(x, dtype=np.float64), y, stem)
    return Dataset(x, y, names, stem)


def _read_npy(path: Path) -> Dataset:
    """One array (N, D + 1), the label last."""
    try:
        data = path.read_bytes() if path.stat().st_size <= LARGEST else b""
        array = np.asarray(_array(data), dtype=np.float64)
    except OSError as error:
        raise WarpvizError(f"File '{path}' cannot be read: {error.strerror or error}.") from None
    except _BROKEN as error:
        raise WarpvizError(
            f"File '{path}' expects a plain array of at most 256 MB in .npy form "
            f"({_first_line(error)})."
        ) from None
    if array.ndim != 2:
        raise WarpvizError(f"Data file '{path}' expects shape (N, D + 1), got {array.shape}.")
    return _labelled(array[:, :-1], array[:, -1], (), path.stem)


TABLES = {".csv": read_table, ".tsv": read_table, ".parquet": read_parquet}
READERS = {".npz": _read_npz, ".npy": _read_npy}


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
