"""Training: from a chain and data to a new chain and the history of how it came about.

    chain, data, Recipe ──► training_steps ──► Step, Step, …, and at the end Fit(chain, history)

`train` is that to the end. Nothing given is changed.
"""

from collections.abc import Generator
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from warpviz.arguments import kinds_checked
from warpviz.arrays import Floats
from warpviz.data.dataset import Dataset
from warpviz.errors import WarpvizError
from warpviz.model.chain import Chain
from warpviz.model.init import reinitialised
from warpviz.model.layers import rows
from warpviz.training.engine import Array, Engine, flatten
from warpviz.training.history import Fit, History, Step
from warpviz.training.losses import LOSSES
from warpviz.training.optimizers import OPTIMIZERS
from warpviz.training.recipe import Recipe

Data: TypeAlias = Dataset | tuple[npt.ArrayLike, npt.ArrayLike]

LARGEST_HISTORY = 2**24  # parameters kept in all snapshots together, 128 MB


@kinds_checked
def train(
    chain: Chain,
    data: Data,
    *,
    loss: str = "cross_entropy",
    penalty: float | None = None,
    evenness: float | None = None,
    optimizer: str = "lbfgs",
    learning_rate: float | None = None,
    epochs: int | None = None,
    starts: int = 1,
    seed: int = 0,
    precision: str = "float64",
    snapshots: int = 500,
) -> Fit:
    """Train a chain on all points at once.

        minimise loss + penalty · ‖θ‖ + evenness · Σ r(W)

    Args:
        chain: Where to start from; it stays as it is.
        data: A Dataset, or (x, y) with x (N, D) and y (N,) classes or (N, C) numbers.
        loss: A key of `LOSSES`.
        penalty: Factor of the norm of all parameters; 0.003 with cross entropy, else 0.
        evenness: Factor of the unevenness of every weight, which keeps layers from collapsing
            onto a line (see `penalties.unevenness`); 0.01 with cross entropy, else 0.
        optimizer: A key of `OPTIMIZERS`.
        learning_rate: Length of a step; each optimizer has its own default.
        epochs: Evaluations of the gradient at most; each optimizer has its own default.
        starts: From how many weights: the chain's own, then fresh ones. All are trained as one
            batch; the most accurate is kept, and among equals the one of least loss.
        seed: Of the fresh weights.
        precision: "float64", or "float32" which is faster.
        snapshots: How many to keep at most, evenly spread.

    Returns:
        The trained chain and the history of the start that was kept.

    Raises:
        WarpvizError: before any work, where an argument or the data does not fit; later, where
            the loss is no longer finite.

    >>> from warpviz.data import load_data
    >>> from warpviz.model.init import mlp
    >>> fit = train(mlp([2, 3, 3, 2], "tanh", seed=0), load_data("rings"), starts=4)
    >>> float(fit.history.accuracies[-1])
    1.0
    """
    recipe = Recipe(
        loss=loss,
        penalty=penalty,
        evenness=evenness,
        optimizer=optimizer,
        learning_rate=learning_rate,
        epochs=epochs,
        starts=starts,
        seed=seed,
        precision=precision,
        snapshots=snapshots,
    )
    return finish(training_steps(chain, data, recipe))


def targets_of(chain: Chain, data: Data, recipe: Recipe) -> tuple[Floats, Floats]:
    """Points (N, D) and targets (N, C) as training takes them; errors as `train`."""
    return _examples(chain, data, classes=LOSSES[recipe.loss].classes)


def finish(steps: Generator[Step, None, Fit]) -> Fit:
    """Run training steps to their end."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            fit: Fit = end.value
            return fit


def training_steps(
    chain: Chain, data: Data, recipe: Recipe | None = None
) -> Generator[Step, None, Fit]:
    """Train step by step, for a progress bar: yields every snapshot's Step, returns the Fit.

    All arguments are checked by the call itself, before the first step.

    Raises:
        WarpvizError: as `train` does.
    """
    recipe = recipe or Recipe()
    x, target = _examples(chain, data, classes=LOSSES[recipe.loss].classes)
    return _steps(chain, x, target, recipe)


def _steps(chain: Chain, x: Floats, target: Floats, recipe: Recipe) -> Generator[Step, None, Fit]:
    loss = LOSSES[recipe.loss]
    engine = Engine(
        chain,
        x,
        target,
        loss,
        penalty=recipe.penalty or 0.0,
        evenness=recipe.evenness or 0.0,
        starts=recipe.starts,
        dtype=recipe.precision,
    )
    for b in range(recipe.starts):
        rng = np.random.default_rng([recipe.seed, b])
        engine.parameters[b] = flatten(reinitialised(chain, rng=rng) if b else chain)

    kept = max(2, min(recipe.snapshots, LARGEST_HISTORY // engine.parameters.size))
    wanted = np.unique(np.linspace(0, recipe.n_epochs, kept).round().astype(np.int64))
    method = OPTIMIZERS[recipe.optimizer].method(engine, recipe.rate)
    epochs: list[int] = []
    losses: list[Array] = []
    parameters: list[Array] = []
    epoch = 0
    for stop in wanted:
        known = None
        ended = False
        # Overflow shows as a loss that is not finite, and is reported below.
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
            while epoch < stop and not ended:
                try:
                    known = next(method)
                    epoch += 1
                except StopIteration:
                    ended = True
            if epochs and epoch == epochs[-1]:
                break
            epochs.append(epoch)
            losses.append(engine.losses_and_gradient()[0] if known is None else known)
            parameters.append(engine.parameters.astype(np.float64))
        best = np.min(losses[-1], initial=np.inf, where=np.isfinite(losses[-1]))
        if not np.isfinite(best):
            raise WarpvizError(
                f"Training diverged by epoch {epoch}: the loss is not finite; "
                f"choose a learning rate below {recipe.rate:g}."
            )
        yield Step(epoch, recipe.n_epochs, float(best))
        if ended:
            break

    winner = _winner(losses[-1], engine.accuracies() if loss.classes else None)
    path = np.stack([each[winner] for each in parameters])
    history = History(
        epochs=np.array(epochs),
        losses=np.array([each[winner] for each in losses], dtype=np.float64),
        accuracies=_accuracies(engine, path) if loss.classes else None,
        parameters=path,
        shape=chain,
    )
    return Fit(history.chain(-1), history)


def _winner(losses: Array, accuracies: Array | None) -> int:
    """The most accurate start, among equals the one of least loss; never one that diverged."""
    lost = ~np.isfinite(losses)
    right = np.zeros(len(losses)) if accuracies is None else accuracies
    return int(np.lexsort((losses, -right, lost))[0])


def _accuracies(engine: Engine, path: Floats) -> Floats:
    """Accuracy at every snapshot, as many at once as the engine has chains."""
    accuracies = np.empty(len(path))
    batch = len(engine.parameters)
    for s in range(0, len(path), batch):
        some = path[s : s + batch]
        engine.parameters[: len(some)] = some
        accuracies[s : s + batch] = engine.accuracies()[: len(some)]
    return accuracies


def _examples(chain: Chain, data: Data, *, classes: bool) -> tuple[Floats, Floats]:
    """Points (N, D) and targets (N, C), or an error where they do not fit the chain."""
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
        if data.n_classes != n_out:
            raise WarpvizError(
                f"Training expects as many outputs as classes, {data.n_classes}, "
                f"got a chain with {n_out}."
            )
        x, target = data.x, np.eye(n_out)[data.y]
    else:
        x, target = rows(data[0], "Training"), np.asarray(data[1], dtype=np.float64)
        target = target[:, None] if target.ndim == 1 else target
        if target.shape != (len(x), n_out):
            raise WarpvizError(
                f"Training expects targets of shape ({len(x)}, {n_out}), got {target.shape}."
            )
        if not len(x) or not (np.isfinite(x).all() and np.isfinite(target).all()):
            raise WarpvizError("Training expects finite numbers, at least one row, got others.")
    if x.shape[1] != n_in:
        raise WarpvizError(
            f"Training expects points with {n_in} features, as the chain takes, got {x.shape[1]}."
        )
    return x, target
