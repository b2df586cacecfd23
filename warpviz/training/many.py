"""Training of many chains of one shape at once, each as it would be alone."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from warpviz.arrays import Floats
from warpviz.model.chain import Chain
from warpviz.training.engine import flatten
from warpviz.training.examples import Data, closed, targets_of
from warpviz.training.kernel_engine import make_engine
from warpviz.training.losses import LOSSES
from warpviz.training.optimizers import OPTIMIZERS
from warpviz.training.recipe import Recipe

ALONE = ("lbfgs",)
"""Optimizers that end a batch by its best chain: with these each chain is a batch."""


@dataclass(frozen=True, eq=False)
class Snapshot:
    """All chains at one epoch.

    Attributes:
        epoch: which.
        parameters: (B, P), one chain a row, see `engine.flatten`; not finite where one diverged.
    """

    epoch: int
    parameters: Floats


def train_many(
    chains: Sequence[Chain], data: Data, recipe: Recipe, epochs: Sequence[int]
) -> Iterator[Snapshot]:
    """Train chains of one shape on the same points, and show them at some epochs.

    Every chain ends as `train(chain, data, …)` with this recipe alone would, to the last bit. A
    chain that diverges holds the others up in nothing. An optimizer that can go no further stays.

    Args:
        chains: B chains; of `recipe.starts` nothing is taken.
        data: as `train` takes it.
        recipe: how.
        epochs: ascending; 0 is before training.

    Raises:
        WarpvizError: where the data does not fit the chains.
    """
    if recipe.optimizer in ALONE and len(chains) > 1:
        alone = [list(train_many([chain], data, recipe, epochs)) for chain in chains]
        for same in zip(*alone, strict=True):
            rows = np.concatenate([each.parameters for each in same])
            yield Snapshot(same[0].epoch, rows)
        return
    shape = closed(chains[0], data, recipe)
    x, target = targets_of(shape, data, recipe)
    engine = make_engine(
        shape,
        x,
        target,
        LOSSES[recipe.loss],
        penalty=recipe.penalty or 0.0,
        evenness=recipe.evenness or 0.0,
        starts=len(chains),
        dtype=recipe.precision,
    )
    for row, chain in zip(engine.parameters, chains, strict=True):
        row[:] = flatten(closed(chain, data, recipe))
    method = OPTIMIZERS[recipe.optimizer].method(engine, recipe.rate)
    next(method)
    epoch, ended = 0, False
    for stop in epochs:
        with np.errstate(all="ignore"):
            while epoch < stop and not ended:
                try:
                    epoch += method.send(stop - epoch)[0]
                except StopIteration:
                    ended = True
        yield Snapshot(stop, engine.parameters.astype(np.float64))
