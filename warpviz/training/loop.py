"""Training: from a chain and data to a new chain and the history of how it came about.

    chain, data, Recipe ──► training_steps ──► TrainingStep, …, at the end Fit(chain, history)

`train` is that to the end. Nothing given is changed.
"""

from collections.abc import Generator
from contextlib import suppress

import numpy as np

from warpviz.arguments import kinds_checked
from warpviz.arrays import Floats, distinct
from warpviz.model.chain import Chain
from warpviz.model.init import reinitialised
from warpviz.training.engine import flatten, unflatten
from warpviz.training.examples import Data, closed, targets_of
from warpviz.training.failing import diverged
from warpviz.training.history import Fit, History, TrainingStep
from warpviz.training.kernel_engine import AnyEngine, make_engine
from warpviz.training.losses import LOSSES, Array
from warpviz.training.optimizers import OPTIMIZERS, Steps
from warpviz.training.penalties import norm
from warpviz.training.recipe import Recipe

LARGEST_HISTORY = 2**24  # parameters kept in all snapshots together, 128 MB
FALLEN = 0.1  # of its first norm: what has shrunk below is on its way to 0
LATE = 3  # the share 1 / LATE of the epochs goes by without the norm penalty


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

    Where the norm penalty has pulled all weights to 0, which is a minimum of its own, training
    begins once more and is penalised only after a third of its epochs.

    Args:
        chain: Where to start from; it stays as it is. One output that shall tell two classes
            apart is trained as two logits.
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
        The trained chain and the history of the start that was kept, and where all starts ended.

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


def finish(steps: Generator[TrainingStep, None, Fit]) -> Fit:
    """Run training steps to their end."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            fit: Fit = end.value
            return fit


def training_steps(
    chain: Chain, data: Data, recipe: Recipe | None = None
) -> Generator[TrainingStep, None, Fit]:
    """Train step by step, for a progress bar: yields a TrainingStep a snapshot, returns the Fit.

    All arguments are checked by the call itself, before the first step.

    Raises:
        WarpvizError: as `train` does.
    """
    recipe = recipe or Recipe()
    chain = closed(chain, data, recipe)
    x, target = targets_of(chain, data, recipe)
    return _steps(chain, x, target, recipe)


def _steps(
    chain: Chain, x: Floats, target: Floats, recipe: Recipe
) -> Generator[TrainingStep, None, Fit]:
    loss = LOSSES[recipe.loss]
    engine = make_engine(
        chain,
        x,
        target,
        loss,
        penalty=recipe.penalty or 0.0,
        evenness=recipe.evenness or 0.0,
        starts=recipe.starts,
        dtype=recipe.precision,
    )
    fit = yield from _best(engine, chain, x, recipe)
    if recipe.penalty and has_fallen(fit.history):
        # At 0 the loss is flat, so that even a small norm penalty has a minimum there.
        fit = yield from _best(engine, chain, x, recipe, late=recipe.n_epochs // LATE)
    return fit


def has_fallen(history: History) -> bool:
    """Whether training has pulled all weights to 0, where a chain tells nothing apart."""
    first, last = (np.linalg.norm(history.parameters[s]) for s in (0, -1))
    return bool(last < FALLEN * first)


def _best(
    engine: AnyEngine, chain: Chain, x: Floats, recipe: Recipe, late: int = 0
) -> Generator[TrainingStep, None, Fit]:
    """Train all starts, with the norm penalty from epoch `late` on, and keep the best."""
    for b in range(recipe.starts):
        rng = np.random.default_rng([recipe.seed, b])
        engine.parameters[b] = flatten(reinitialised(chain, rng=rng) if b else chain)
    kept = max(2, min(recipe.snapshots, LARGEST_HISTORY // engine.parameters.size))
    wanted = distinct(np.linspace(0, recipe.n_epochs, kept).round().astype(np.intp))
    penalty, method = engine.penalty, _method(engine, recipe, late)
    next(method)
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
                    done, known = method.send(int(stop) - epoch)
                    epoch += done
                except StopIteration:
                    ended = True
            if epochs and epoch == epochs[-1]:
                break
            epochs.append(epoch)
            told = engine.losses_and_gradient()[0] if known is None else known
            if engine.penalty != penalty:
                told = told + (penalty - engine.penalty) * norm(engine.parameters)[0]
            losses.append(told)
            parameters.append(engine.parameters.astype(np.float64))
        best = np.min(losses[-1], initial=np.inf, where=np.isfinite(losses[-1]))
        if not np.isfinite(best):
            rows = np.concatenate(parameters[-2:])
            raise diverged(f"by epoch {epoch}", recipe.rate, chain, rows, x)
        yield TrainingStep(epoch, recipe.n_epochs, float(best))
        if ended:
            break

    classes = engine.loss.classes
    winner = _winner(losses[-1], engine.accuracies() if classes else None)
    path = np.stack([each[winner] for each in parameters])
    history = History(
        epochs=np.array(epochs),
        losses=np.array([each[winner] for each in losses], dtype=np.float64),
        accuracies=_accuracies(engine, path) if classes else None,
        parameters=path,
        shape=chain,
    )
    ends = tuple(unflatten(chain, each.astype(np.float64)) for each in parameters[-1])
    return Fit(history.chain(-1), history, ends)


def _method(engine: AnyEngine, recipe: Recipe, late: int) -> Steps:
    """The optimizer's epochs; until epoch `late` it does not see the norm penalty."""
    optimizer = OPTIMIZERS[recipe.optimizer]
    penalty, engine.penalty = engine.penalty, 0.0
    early = optimizer.method(engine, recipe.rate)
    next(early)
    epochs = yield 0, None
    with suppress(StopIteration):
        while late:
            done, losses = early.send(min(epochs, late))
            late -= done
            epochs = yield done, losses
    engine.penalty = penalty
    method = optimizer.method(engine, recipe.rate)
    next(method)
    with suppress(StopIteration):
        while True:
            epochs = yield method.send(epochs)


def _winner(losses: Array, accuracies: Array | None) -> int:
    """The most accurate start, among equals the one of least loss; never one that diverged."""
    lost = ~np.isfinite(losses)
    right = np.zeros(len(losses)) if accuracies is None else accuracies
    return int(np.lexsort((losses, -right, lost))[0])


def _accuracies(engine: AnyEngine, path: Floats) -> Floats:
    """Accuracy at every snapshot, as many at once as the engine has chains."""
    accuracies = np.empty(len(path))
    batch = len(engine.parameters)
    for s in range(0, len(path), batch):
        some = path[s : s + batch]
        engine.parameters[: len(some)] = some
        accuracies[s : s + batch] = engine.accuracies()[: len(some)]
    return accuracies
