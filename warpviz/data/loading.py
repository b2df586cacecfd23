"""`load_data`: labelled points from a name, a file, a frame, arrays, a formula or a function."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from warpviz.arguments import check_least, kinds_checked
from warpviz.axis import Limits
from warpviz.data.bundles import from_arrays, from_mapping, from_torch, refuse_columns
from warpviz.data.collections import COLLECTIONS, load_collection
from warpviz.data.dataset import Dataset
from warpviz.data.formats import PACKED, READERS, from_json
from warpviz.data.frames import is_frame, read_frame
from warpviz.data.lattice import by_formula, by_function, is_formula
from warpviz.data.reading.columns import Choice
from warpviz.data.reading.text import is_file
from warpviz.data.synthetic import DATASETS, make_data
from warpviz.data.tables import read_table
from warpviz.errors import WarpvizError
from warpviz.kinds import shown


@kinds_checked
def load_data(
    name: str | Path | Any,
    *,
    n: int | None = None,
    noise: float | None = None,
    seed: int = 0,
    label: str | int | npt.ArrayLike | None = None,
    features: Sequence[str | int] = (),
    drop_missing: bool = False,
    standardise: bool = False,
    classes: bool = False,
    regression: bool = False,
    encoding: str | None = None,
    limits: Limits | None = None,
) -> Dataset:
    """Load labelled points, from whatever holds them.

    A name of `DATASETS` or `COLLECTIONS`. A file: a table of text (.csv, .tsv, .txt, .dat, .data,
    also as .gz), .xlsx, .parquet, .json, .jsonl, .arff, or arrays x and y in .npz, .npy (the label
    last) or .mat. A frame of pandas or polars, or whatever speaks Arrow. Arrays: (x, y), a dict
    {"x": x, "y": y}, scikit-learn's Bunch, a data set of PyTorch. A formula in x and y, such as
    "y > sin(x)", or a function of them: its classes, over a lattice.

    The label is the last column unless `label` says otherwise, or one column alone has words.
    Labels are targets of a regression where they are numbers with a fraction, more than 50
    different ones, or more than 10 with fewer than two points each; else they are classes. Columns
    that only number or name the rows are left out. `notes` of the data set tells of all this.

    Args:
        name: What to load.
        n: Number of points to make, 1800 by default; of what is read, so many drawn at random.
        noise: Standard deviation of Gaussian noise; each data set has its own default.
        seed: Of everything random here.
        label: Of a table: the column of labels by name, by place from 1, or "first" or "last"; of a
            frame also the labels themselves, a series or list of one a row.
        features: Of a table: the columns of numbers, likewise; () is all but the labels.
        drop_missing: Leave out rows with missing or infinite values instead of refusing them.
        standardise: Give each feature of data from files, frames and collections mean 0 and
            standard deviation 1; `raw` of the data set gives them as they came.
        classes: Each different label is a class, also numbers with a fraction.
        regression: The labels are numbers to be met.
        encoding: Of a file of text, such as "cp1251"; None is UTF-8 or else a guess.
        limits: x0, x1, y0, y1 of a formula's or function's lattice, −3 to 3 by default.

    Raises:
        WarpvizError: for an unknown name, or what does not hold labelled points.

    >>> load_data("rings")
    <Dataset rings: 1800 points, 2 features, 2 classes>
    >>> load_data(([[0.5, 1.0], [1.5, 2.0], [2.5, 0.0]], [1, 2, 1])).class_names
    ('1', '2')
    >>> load_data("ring")
    Traceback (most recent call last):
    warpviz.errors.WarpvizError: Unknown data set 'ring'; did you mean 'rings'?
    """
    check_least("load_data", "seed", seed, 0)
    if classes and regression:
        raise WarpvizError(
            "load_data expects classes or regression (--classes, --regression), not both."
        )
    kind = "classes" if classes else "regression" if regression else None
    asked = label if isinstance(label, str | int) else None
    choice = Choice(asked, tuple(features), drop_missing, kind, encoding)
    if label is not None and asked is None and not is_frame(name):
        raise WarpvizError(
            f"load_data expects label to name a column of {shown(name)}, got {shown(label)}; "
            "labels themselves go with a frame."
        )
    if limits is not None and not (callable(name) or (isinstance(name, str) and is_formula(name))):
        raise WarpvizError("limits are those of a formula's or function's lattice; leave them out.")
    if isinstance(name, str | Path) and not is_formula(str(name)):
        data, what = _named(name, choice, n, noise, seed)
        if what is None:
            return data
    elif isinstance(name, str) or (callable(name) and _is_function(name)):
        _refuse_columns(choice, "a formula or function")
        what = "the lattice"
        if isinstance(name, str):
            data = by_formula(name, n, limits, kind)
        else:
            data = by_function(name, n, limits, kind)
        n, standardise = None, False
    else:
        data, what = _held(name, choice, None if asked is not None else label), "the data"
    data = data.standardised() if standardise else data
    return _drawn(data, what, n, noise, seed)


def _named(
    name: str | Path, choice: Choice, n: int | None, noise: float | None, seed: int
) -> tuple[Dataset, str | None]:
    """Data by its name, with None as what it is called, or from a file."""
    path = Path(name)
    packed = path.suffix.lower() == ".gz"
    suffix = (Path(path.stem) if packed else path).suffix.lower()
    reader = READERS.get(suffix)
    if packed and suffix not in PACKED:
        reader = read_table if suffix == "" or is_file(path) else None
    if str(name) in COLLECTIONS:
        _refuse_columns(choice, f"'{name}'")
        return load_collection(str(name)), f"Data set '{name}'"
    if reader is None and is_file(path) and str(name).partition(":")[0] not in DATASETS:
        reader = read_table  # Text under any name.
    if reader is None:
        _refuse_columns(choice, f"'{name}'")
        return make_data(str(name), n=n, noise=noise, seed=seed), None
    if not is_file(path):
        raise WarpvizError(f"Data file '{path}' does not exist.")
    if choice.encoding is not None and suffix in READERS and suffix not in PACKED:
        raise WarpvizError(
            f"Data file '{path}' is no text, so it has no encoding; leave that out (--encoding)."
        )
    return reader(path, choice), f"Data file '{path}'"


def _held(held: Any, choice: Choice, label: Any) -> Dataset:
    """Data from what holds it in memory."""
    if isinstance(held, Mapping):
        x = next((value for key, value in held.items() if str(key).lower() in ("x", "data")), None)
        if (x is not None and (is_frame(x) or np.ndim(x) > 1)) or not _are_columns(held):
            return from_mapping(held, "the data", "data", choice)
        return read_frame(held, choice, name="the data")
    if is_frame(held):
        return read_frame(held, choice, label=label, name="the frame")
    if isinstance(held, tuple | list) and len(held) == 2 and not isinstance(held[0], Mapping):
        refuse_columns(choice, "a pair of arrays")
        return from_arrays(held[0], held[1], "the data", "data", choice)
    if isinstance(held, list) and held and isinstance(held[0], Mapping):
        return from_json(held, "the data", "data", choice)
    if getattr(getattr(held, "dtype", None), "names", None):  # numpy's records
        return read_frame({each: held[each] for each in held.dtype.names}, choice, name="the data")
    if hasattr(held, "dataset") and hasattr(held, "batch_size"):
        held = held.dataset  # A loader's.
    if hasattr(held, "__getitem__") and hasattr(held, "__len__") and not hasattr(held, "dtype"):
        return from_torch(held, choice)
    raise WarpvizError(
        f"load_data expects a name, a path, a frame, a pair (x, y) or a function, got "
        f"{shown(held)}; arrays x and y make a Dataset(x, y)."
    )


def _are_columns(held: Mapping[Any, Any]) -> bool:
    shapes = {np.shape(value) for value in held.values()}
    return len(shapes) == 1 and len(shapes.pop()) == 1


def _is_function(held: Any) -> bool:
    return callable(held) and not hasattr(held, "__getitem__") and not isinstance(held, type)


def _refuse_columns(choice: Choice, what: str) -> None:
    if choice.kind is not None and what.startswith("'"):
        raise WarpvizError(
            f"{what} is classes; leave out classes and regression (--classes, --regression)."
        )
    refuse_columns(replace(choice, encoding="any") if choice.drop else choice, what)


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
