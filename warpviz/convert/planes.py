"""Two inputs of many, the others held: a model's input plane that one can name.

x = held + u·e_i + v·e_j, so that with the first layer W x + b the two inputs go through the columns
i and j of W, and what is held is a part of b. All the other layers stay as they are.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt

from warpviz.arguments import kinds_checked
from warpviz.arrays import Floats
from warpviz.convert import to_chain
from warpviz.data.dataset import UNLABELLED, Dataset
from warpviz.errors import WarpvizError
from warpviz.kinds import shown
from warpviz.model.chain import Chain
from warpviz.model.layers import Dense

ON_PLANE = "plane"
"""What points are called that stand for no data."""
SIDE = 15
"""Points along each side of a plane that no data is on."""


@kinds_checked
def on_plane(
    model: Chain | Any, plane: Sequence[int] = (0, 1), at: npt.ArrayLike | None = None
) -> Chain:
    """A model of many inputs as a chain of two of them, the others held.

    Args:
        model: what `to_chain` takes, of n inputs.
        plane: which two inputs are free, counted from 0.
        at: (n,) where the others are held, or (n − 2,) those alone, in order; None is 0.

    Raises:
        WarpvizError: for inputs that there are not, or a point that does not fit.

    >>> net = Chain([Dense([[1.0, 10.0, 100.0]], [0.5], "relu")])
    >>> on_plane(net, (2, 0), at=[0.25])
    Chain([Dense([[100.0, 1.0]], [3.0], 'relu')])
    """
    chain = to_chain(model)
    n = chain.widths[0]
    pair = checked_pair(plane, n)
    held = held_at(pair, n, at)
    held[list(pair)] = 0.0
    first = chain[0] if len(chain) else None
    if isinstance(first, Dense):
        bias = first.bias + first.weight @ held
        return Chain([Dense(first.weight[:, list(pair)], bias, first.activation), *chain[1:]])
    return Chain([Dense(np.eye(n)[:, list(pair)], held), *chain])


def checked_pair(plane: Sequence[int], n: int) -> tuple[int, int]:
    """Two different inputs of n.

    Raises:
        WarpvizError: they are others.
    """
    numbers = [int(each) for each in plane]
    if len(set(numbers)) != 2 or len(numbers) != 2 or not all(0 <= k < n for k in numbers):
        raise WarpvizError(
            f"plane expects two different inputs of {n}, counted from 0 to {n - 1}, such as 0,1; "
            f"got {','.join(map(str, plane))}."
        )
    return numbers[0], numbers[1]


def held_at(pair: tuple[int, int], n: int, at: npt.ArrayLike | None) -> Floats:
    """(n,) where inputs are held; numbers of all inputs, or of those that are not on the plane.

    Raises:
        WarpvizError: for another count, or what is no finite number.
    """
    held = np.zeros(n)
    if at is None:
        return held
    others = [k for k in range(n) if k not in pair]
    try:
        given = np.asarray(at, dtype=np.float64).reshape(-1)
        got = str(len(given)) if np.isfinite(given).all() else shown(at)
    except (TypeError, ValueError):
        given, got = np.full(n, np.nan), shown(at)
    if len(given) not in (n, n - 2) or not np.isfinite(given).all():
        alone = f"{n - 2} finite numbers for the inputs {', '.join(map(str, others))}, or "
        raise WarpvizError(f"at expects {alone if others else ''}{n} for all; got {got}.")
    held[others] = given if len(given) == n - 2 else given[others]
    return held


def of_features(data: Dataset, pair: tuple[int, int]) -> Dataset:
    """The same points with two of their features."""
    columns = list(pair)
    names = tuple(data.feature_names[k] for k in columns) if data.feature_names else ()
    if data.mean is None or data.scale is None:
        return replace(data, x=data.x[:, columns], feature_names=names)
    mean, scale = data.mean[columns], data.scale[columns]
    return replace(data, x=data.x[:, columns], feature_names=names, mean=mean, scale=scale)


def lattice_of(limits: Sequence[float], names: Sequence[str]) -> Dataset:
    """Points without labels all over a plane of which there is no data."""
    x0, x1, y0, y1 = limits
    x, y = np.meshgrid(np.linspace(x0, x1, SIDE), np.linspace(y0, y1, SIDE))
    points = np.column_stack([x.ravel(), y.ravel()])
    none = np.zeros(len(points), dtype=np.intp)
    return Dataset(points, none, UNLABELLED, ON_PLANE, feature_names=names)
