"""Points and labels as arrays: pairs, dictionaries, scikit-learn's Bunch, data sets of PyTorch."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt

from warpviz.data.dataset import UNLABELLED, Dataset
from warpviz.data.frames import columns_of, is_frame, own_labels, read_frame, values_of
from warpviz.data.reading.columns import Choice, Table
from warpviz.data.reading.points import dataset_of
from warpviz.errors import WarpvizError
from warpviz.kinds import shown

POINTS = (
    "x", "data", "features", "inputs", "images", "points", "samples",
    "x_train", "train_x", "train_data", "train_images", "arr_0",
)  # fmt: skip
"""What points are called among arrays, in any case; the first that is there."""
LABELS = (
    "y", "target", "targets", "labels", "label", "outputs", "class",
    "y_train", "train_y", "train_labels", "arr_1",
)  # fmt: skip
"""The same of labels."""
CLASS_NAMES = ("class_names", "target_names", "label_names", "classes")
MOST = 100_000
"""Points that are taken one by one."""


def refuse_columns(choice: Choice, what: str) -> None:
    """Refuse to choose columns of what has none.

    Raises:
        WarpvizError: label, features or an encoding was asked for.
    """
    if choice.label is not None or choice.features or choice.encoding:
        raise WarpvizError(
            f"{what} has no columns to choose from; label, features, drop_missing and encoding are "
            "for tables, such as a .csv; leave them out."
        )


def from_mapping(arrays: Mapping[str, Any], what: str, name: str, choice: Choice) -> Dataset:
    """Labelled points from arrays by name.

    Raises:
        WarpvizError: there are no points and labels among them.
    """
    refuse_columns(choice, what)
    known = {str(key).lower(): key for key in reversed(list(arrays))}
    x_name = next((known[each] for each in POINTS if each in known), None)
    y_name = next((known[each] for each in LABELS if each in known), None)
    if x_name is not None and len(arrays) == 1:
        points = _points_of(arrays[x_name], -1, [], what)
        return Dataset(points, np.zeros(len(points), dtype=np.intp), UNLABELLED, name)
    if x_name is None or y_name is None or x_name == y_name:
        x_name, y_name = _by_shape(arrays, what)
    names = next((arrays[known[each]] for each in CLASS_NAMES if each in known), ())
    features = arrays[known["feature_names"]] if "feature_names" in known else ()
    return from_arrays(arrays[x_name], arrays[y_name], what, name, choice, names, features)


def _by_shape(arrays: Mapping[str, Any], what: str) -> tuple[str, str]:
    """The one array of points and the one of labels, where their shapes alone tell."""
    shapes = {key: np.shape(values) for key, values in arrays.items()}
    points = [key for key, shape in shapes.items() if len(shape) == 2 and min(shape) > 1]
    labels = [
        key for key, shape in shapes.items()
        if points and _is_row(shape) and max(shape) in shapes[points[0]]
    ]  # fmt: skip
    if len(points) == 1 and len(labels) == 1:
        return points[0], labels[0]
    raise WarpvizError(
        f"{what} expects arrays x and y, got {sorted(map(str, arrays))[:10]}; call the points x "
        "(N, D) and their labels y (N,)."
    )


def _is_row(shape: tuple[int, ...]) -> bool:
    return bool(shape) and max(shape) == int(np.prod(shape))


def from_arrays(
    x: Any,
    y: Any,
    what: str,
    name: str,
    choice: Choice,
    class_names: Any = (),
    feature_names: Any = (),
) -> Dataset:
    """Labelled points from x (N, D), an array or a frame, and y (N,), (N, 1) or one-hot (N, C).

    Raises:
        WarpvizError: they do not belong together, or are no numbers.
    """
    notes: list[str] = []
    names = [str(each) for each in np.ravel(np.asarray(class_names)).tolist()]
    labels = own_labels(y, x, what) if hasattr(y, "index") and is_frame(x) else label_array(
        y, notes, what)  # fmt: skip
    if names and labels.dtype.kind in "biuf":
        labels, choice = _named(labels, names, what), replace(choice, kind="classes")
    if is_frame(x):
        data = read_frame(x, choice, label=labels, name=what)
        return data.in_order(names) if names else data
    points = _points_of(x, len(labels), notes, what)
    if len(points) != len(labels):
        raise WarpvizError(
            f"{what} expects a label for each of {len(points)} points, got {len(labels)}."
        )
    width = points.shape[1]
    table = Table(what, name, [""] * (width + 1), [*points.T, labels], row="row", notes=notes)
    data = dataset_of(table, replace(choice, label="last", features=range(1, width + 1)))
    features = [str(each) for each in np.ravel(np.asarray(feature_names)).tolist()]
    if len(features) == width:
        data = replace(data, feature_names=features)
    return data.in_order(names) if names else data


def _points_of(x: Any, count: int, notes: list[str], what: str) -> npt.NDArray[Any]:
    """Points (N, D): pictures as rows of their pixels, and what stands in columns turned."""
    x = x.toarray() if hasattr(x, "toarray") else x
    try:
        array = np.asarray(x.detach().cpu() if hasattr(x, "detach") else x)
        array = array.astype(np.float64) if array.dtype.kind not in "OU" else array
    except (TypeError, ValueError):
        raise WarpvizError(f"{what} expects x to be numbers (N, D), got {shown(x)}.") from None
    if array.ndim > 2:
        notes.append(f"{what}: each point of shape {array.shape[1:]} is taken as a row of numbers.")
        array = array.reshape(len(array), -1)
    if array.ndim != 2:
        raise WarpvizError(
            f"{what} expects x of shape (N, D), N points of D features, got {array.shape}."
        )
    if array.shape[1] == count > array.shape[0]:
        notes.append(
            f"{what}: x has shape {array.shape} and {count} labels, so its points stand in "
            "columns; it is turned, x.T."
        )
        array = array.T
    return array


def label_array(y: Any, notes: list[str], what: str) -> npt.NDArray[Any]:
    """Labels (N,): a column or a row of them, or one-hot rows (N, C)."""
    if is_frame(y) and len(columns_of(y, what)) == 1:
        y = columns_of(y, what)[0][1]
    array = values_of(y)
    if array.ndim == 2 and 1 in array.shape:
        return array.ravel()
    if array.ndim == 2 and array.dtype.kind in "biuf":
        if np.isin(array, (0, 1)).all() and (array.sum(axis=1) == 1).all():
            notes.append(f"{what}: y is one-hot; its {array.shape[1]} columns are the classes.")
            return np.asarray(array.argmax(axis=1))
    if array.ndim != 1:
        raise WarpvizError(
            f"{what} expects y of shape (N,), or one-hot rows (N, C), got {array.shape}."
        )
    return array


def _named(labels: npt.NDArray[Any], names: Sequence[str], what: str) -> npt.NDArray[Any]:
    """Names for labels that count from 0."""
    bad = [value for value in labels.tolist() if value not in range(len(names))]
    if bad:
        raise WarpvizError(
            f"{what} expects labels from 0 to {len(names) - 1}, one for each class name, got "
            f"{bad[0]:g}."
        )
    return np.array(names, dtype=object)[labels.astype(np.intp)]


def from_torch(dataset: Any, choice: Choice) -> Dataset:
    """Labelled points from a data set of PyTorch, or of anything with a length and pairs (x, y).

    Raises:
        WarpvizError: it does not hold pairs, or too many.
    """
    what, classes = "the data set", _classes_of(dataset)
    refuse_columns(choice, what)
    if len(getattr(dataset, "tensors", ())) == 2:
        x, y = dataset.tensors
        return from_arrays(x, y, what, "data", choice, classes)
    if not 0 < len(dataset) <= MOST:
        raise WarpvizError(
            f"{what} expects 1 to {MOST:,} points, got {len(dataset):,}; take a part of it, such "
            "as torch.utils.data.Subset(dataset, range(1000))."
        )
    try:
        pairs = [(_plain(x), _plain(y)) for x, y in (dataset[i] for i in range(len(dataset)))]
        x, y = np.stack([x for x, _ in pairs]), np.array([y for _, y in pairs])
    except (TypeError, ValueError, RuntimeError, KeyError, IndexError):
        raise WarpvizError(
            f"{what} expects pairs (x, y), x of one shape and y a label, got others; give arrays, "
            "load_data((x, y))."
        ) from None
    return from_arrays(x, y, what, "data", choice, classes)


def _classes_of(dataset: Any) -> Any:
    inner = getattr(dataset, "dataset", dataset)
    classes = getattr(inner, "classes", ())
    return classes if isinstance(classes, list | tuple) else ()


def _plain(value: Any) -> Any:
    return np.asarray(value.detach().cpu() if hasattr(value, "detach") else value)
