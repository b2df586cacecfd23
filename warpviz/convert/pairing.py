"""A model and its data: arrays become a data set of the classes that the model knows."""

from collections.abc import Collection, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from warpviz.convert import plain
from warpviz.data.bundles import label_array
from warpviz.data.dataset import UNLABELLED, Dataset
from warpviz.data.labels import MOST_CLASSES, encoded
from warpviz.errors import WarpvizError
from warpviz.model.binary import as_classifier, closes_with_sigmoid
from warpviz.model.chain import Chain


def as_dataset(
    x: Dataset | npt.ArrayLike,
    y: npt.ArrayLike | None,
    classes: Sequence[Any] | None = None,
    one_number: bool = False,
    numbers: bool = False,
) -> Dataset:
    """A dataset from itself or from arrays x (N, D) and y (N,).

    Args:
        x: the points, or all.
        y: their labels, where x is an array; None for points of one kind.
        classes: the labels that a model's outputs stand for; None where y counts from 0.
        one_number: whether the model gives one number: then y may be numbers too, and
        numbers: whether they surely are.
    """
    if isinstance(x, Dataset):
        return x
    points = plain(x)
    points = points[:, None] if points.ndim == 1 else points  # of one feature
    if y is None:
        return Dataset(points, np.zeros(len(points), dtype=np.intp), UNLABELLED)
    labels = label_array(plain(y), [], "animate").tolist()
    if classes is None:
        numeric = all(isinstance(label, int | float) for label in labels)
        if one_number and numeric:
            whole = all(float(label).is_integer() and label >= 0 for label in labels)
            if numbers or not whole or len(set(labels)) > MOST_CLASSES:
                return Dataset.with_targets(points, np.asarray(labels, dtype=np.float64))
        counted = all(isinstance(label, int) and label >= 0 for label in labels)
        if counted or any(isinstance(label, float) for label in labels):
            return Dataset(points, np.asarray(labels))
        places_of, names = encoded([str(label) for label in labels])
        return Dataset(points, places_of, names)
    places = {label: place for place, label in enumerate(classes)}
    unknown = next((label for label in labels if label not in places), None)
    if unknown is not None:
        known = ", ".join(map(str, classes))
        raise WarpvizError(f"The model knows the classes {known}; y has {unknown!r}.")
    index = np.array([places[label] for label in labels])
    return Dataset(points, index, tuple(map(str, classes)))


def fitting(chain: Chain, data: Dataset) -> Chain:
    """A chain as its data takes it: one output that tells two classes apart is two logits.

    Raises:
        WarpvizError: chain and data do not belong together.
    """
    if data.targets is None and (data.labelled or closes_with_sigmoid(chain)):
        chain = as_classifier(chain, max(data.n_classes, 2))
    check_fit(chain, data)
    return chain


def among_outputs(data: Dataset, outputs: Collection[int]) -> Dataset:
    """Data whose classes are called by numbers, in the order of a model's more numerous outputs.

    Labels 1 and 2 are two classes; of a model with three outputs they are the second and the third.

    Args:
        data: the points.
        outputs: how many each model has.
    """
    count = min(outputs, default=0)
    if data.n_classes < count == max(outputs):
        return data.in_order([str(k) for k in range(count)])
    return data


def check_fit(chain: Chain, data: Dataset) -> None:
    """Refuse a chain and data that do not belong together."""
    n_in, n_out = chain.widths[0], chain.widths[-1]
    if n_in != data.x.shape[1]:
        raise WarpvizError(
            f"The model takes {n_in} features, but the data has {data.x.shape[1]}; "
            "give data with as many features as the model's first layer takes."
        )
    if data.targets is not None:
        if n_out != 1:
            raise WarpvizError(
                f"The model has {n_out} outputs, but each point of the data has one number; give "
                "classes, or a model with one output."
            )
        return
    if n_out < data.n_classes:
        raise WarpvizError(
            f"The model has {n_out} output{'s' * (n_out != 1)}, but the data has {data.n_classes} "
            "classes; give a model with an output for each, or data of fewer classes."
        )
