"""What a library tells of one run of its model."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy.typing as npt

Array = npt.NDArray[Any]


class Given(NamedTuple):
    """What one layer gave.

    Attributes:
        layer: its name; "" for the model itself.
        value: the first array of what it gave, a copy.
        leaf: whether it has no layers inside.
    """

    layer: str
    value: Array
    leaf: bool


@dataclass(frozen=True, eq=False)
class Runs:
    """A model that can be run and watched.

    Attributes:
        model: what it is called.
        layers: names of all its layers, in the order of their making.
        run: given points (N, …), what each layer gave, in the order of the run, the model last;
            only those named, where a set of names is given.
        kinds: what each layer is, by its name, to be said beside a name that is a number.
    """

    model: str
    layers: Sequence[str]
    run: Callable[[Array, frozenset[str] | None], list[Given]]
    kinds: Mapping[str, str] = field(default_factory=dict)


def first_array(value: Any, is_array: Callable[[Any], bool]) -> Any:
    """The first array in what a layer gave: itself, or in a tuple, a dict, an object of them.

    >>> import numpy as np
    >>> first_array(({"logits": np.ones(2)}, 3), lambda one: isinstance(one, np.ndarray))
    array([1., 1.])
    """
    if is_array(value):
        return value
    if hasattr(value, "to_tuple"):
        value = value.to_tuple()
    if isinstance(value, dict):
        value = tuple(value.values())
    if isinstance(value, list | tuple):
        for part in value:
            found = first_array(part, is_array)
            if found is not None:
                return found
    return None
