"""What training is given, as the arrays that it takes."""

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from warpviz.arrays import Floats
from warpviz.data.dataset import Dataset
from warpviz.errors import WarpvizError
from warpviz.model.binary import as_classifier
from warpviz.model.chain import Chain
from warpviz.model.checks import rows
from warpviz.training.losses import LOSSES
from warpviz.training.recipe import Recipe

Data: TypeAlias = Dataset | tuple[npt.ArrayLike, npt.ArrayLike]


def closed(chain: Chain, data: Data, recipe: Recipe) -> Chain:
    """The chain that is trained: of one output and two classes the one with a logit for each."""
    if not LOSSES[recipe.loss].classes or chain.widths[-1] != 1:
        return chain
    if isinstance(data, Dataset):
        return chain if data.targets is not None else as_classifier(chain, data.n_classes)
    pair = isinstance(data, tuple | list) and len(data) == 2
    return as_classifier(chain, len(np.unique(np.asarray(data[1])))) if pair else chain


def targets_of(chain: Chain, data: Data, recipe: Recipe) -> tuple[Floats, Floats]:
    """Points (N, D) and targets (N, C) as training takes them; classes are one-hot.

    Raises:
        WarpvizError: where they do not fit the chain, or hold what is not finite.
    """
    classes = LOSSES[recipe.loss].classes
    if not isinstance(data, Dataset):
        pair = isinstance(data, tuple | list) and len(data) == 2
        if not pair:
            raise WarpvizError(f"Training expects a Dataset or (x, y), got {type(data).__name__}.")
    if not chain.n_parameters:
        raise WarpvizError("Training expects a chain with a Dense layer, got one without.")
    n_in, n_out = chain.widths[0], chain.widths[-1]
    if not isinstance(data, Dataset) and classes:
        data = Dataset(np.asarray(data[0]), np.asarray(data[1]))
    if isinstance(data, Dataset) and data.targets is not None:
        if classes:
            raise WarpvizError(
                "The data has numbers as targets; train with loss='mean_squared_error'."
            )
        data = data.x, data.targets
    if isinstance(data, Dataset):
        if not data.labelled:
            raise WarpvizError("Training expects points with labels, got points alone; give y.")
        if data.n_classes != n_out:
            raise WarpvizError(
                f"Training expects as many outputs as classes, {data.n_classes}, "
                f"got a chain with {n_out}."
            )
        x, target = data.x, np.eye(n_out)[data.y]
    else:
        x, target = _numbers(data, n_out)
    if x.shape[1] != n_in:
        raise WarpvizError(
            f"Training expects points with {n_in} features, as the chain takes, got {x.shape[1]}."
        )
    return x, target


def _numbers(pair: tuple[npt.ArrayLike, npt.ArrayLike], n_out: int) -> tuple[Floats, Floats]:
    """Points (N, D) and targets (N, n_out) of a pair of arrays."""
    x, target = rows(pair[0], "Training"), np.asarray(pair[1], dtype=np.float64)
    target = target[:, None] if target.ndim == 1 else target
    if target.shape != (len(x), n_out):
        raise WarpvizError(
            f"Training expects targets of shape ({len(x)}, {n_out}), got {target.shape}."
        )
    if not len(x) or not (np.isfinite(x).all() and np.isfinite(target).all()):
        raise WarpvizError("Training expects finite numbers, at least one row, got others.")
    return x, target
