"""States that somebody computed, and the labels of their points: checked, and as a data set."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from warpviz.arrays import Floats
from warpviz.convert import plain
from warpviz.convert.pairing import as_dataset
from warpviz.data.dataset import Dataset
from warpviz.errors import WarpvizError
from warpviz.kinds import shown


def are_states(model: Any) -> bool:
    """Whether what stands in a model's place is a list of arrays."""
    if isinstance(model, np.ndarray):
        return model.ndim == 3
    return (
        isinstance(model, list | tuple)
        and bool(model)
        and all(hasattr(one, "shape") or _is_table(one) for one in model)
    )


def _is_table(state: Any) -> bool:
    """Whether a list holds numbers or rows of them, and no arrays, as a pair (W, b) does."""
    return isinstance(state, list) and not any(hasattr(row, "shape") for row in state)


def checked_states(states: Sequence[Any], names: Sequence[str] | None) -> list[Floats]:
    """States as arrays (N, D_k) of finite numbers, each point flattened.

    Raises:
        WarpvizError: naming the state that is not like this, or names that are too few or many.
    """
    if names is not None and len(names) != len(states):
        raise WarpvizError(
            f"animate expects a name for each of {len(states)} states, got {len(names)} names."
        )
    found: list[Floats] = []
    for k, state in enumerate(states):
        called = f"state {k}" + (f" ('{names[k]}')" if names is not None else "")
        try:
            array = np.asarray(plain(state), dtype=np.float64)
        except (TypeError, ValueError):
            raise WarpvizError(
                f"animate expects states to be arrays of numbers (N, D), {called} is "
                f"{shown(state)}."
            ) from None
        if array.ndim == 0 or array.size == 0:
            raise WarpvizError(
                f"animate expects states of shape (N, D), {called} has shape {array.shape}."
            )
        if found and len(array) != len(found[0]):
            raise WarpvizError(
                f"animate expects the same points in every state, {len(found[0])} as in the first;"
                f" {called} has {len(array)}."
            )
        if not np.isfinite(array).all():
            raise WarpvizError(
                f"animate expects finite states, {called} has NaN or infinity in it; leave those "
                "points out of every state."
            )
        found.append(array.reshape(len(array), -1))
    return found


def data_of(states: Sequence[Floats], labels: Any) -> Dataset:
    """The points of the first state with their labels: classes, or a number each.

    Args:
        states: (N, D_k).
        labels: (N,), or a data set of as many points; None for points of one kind.
    """
    count = len(states[0])
    if labels is not None and np.ndim(labels) == 0 and not isinstance(labels, Dataset):
        raise WarpvizError(
            f"animate expects a label for each of the {count} points of the states, got "
            f"{shown(labels)}."
        )
    if labels is not None and len(labels) != count:
        raise WarpvizError(
            f"animate expects a label for each of the {count} points of the states, got "
            f"{len(labels)}."
        )
    if isinstance(labels, Dataset):
        return labels
    # A data set lies in a plane at least; only its labels count here.
    points = states[0] if states[0].shape[1] > 1 else np.hstack([states[0], 0.0 * states[0]])
    return as_dataset(points, labels, one_number=True)
