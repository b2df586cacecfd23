"""How networks learn a function of one number: runs and errors."""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from warpviz.approximation.approximation import Approximation
from warpviz.approximation.targets import Target, target_of
from warpviz.arguments import check_least, kinds_checked
from warpviz.errors import WarpvizError
from warpviz.model.chain import Chain
from warpviz.model.init import mlp
from warpviz.model.layers import Dense
from warpviz.training.online import Online, learning

HIDDEN = (16, 32)
ACTIVATION = "leaky_relu:0.2"
STEPS, BATCH, RATE = 10_000, 100, 0.001
MOST_POINTS = 1_000_000
"""Of a batch."""


def fresh(
    widths: Sequence[int],
    activation: str,
    limits: tuple[float, float],
    seed: int,
    output: str | None = None,
) -> Chain:
    """A network from one number to one, an activation behind every layer.

    Behind the last one it is `output`, None for the same. The first layer's units bend at places
    spread over the limits; with biases of zero all of them would bend at 0, which may be outside.
    """
    chain = mlp([1, *widths, 1], activation, seed=seed, softmax=False)
    layers = [layer for layer in chain if isinstance(layer, Dense)]
    bends = np.random.default_rng([seed, 2]).uniform(*limits, layers[0].n_out)
    layers[0] = Dense(layers[0].weight, -layers[0].weight[:, 0] * bends, activation)
    layers[-1] = Dense(layers[-1].weight, layers[-1].bias, output or activation)
    return Chain(layers)


@kinds_checked
def approximate(
    target: Target | str,
    *,
    name: str = "",
    layers: Sequence[int] = HIDDEN,
    activation: str = ACTIVATION,
    output_activation: str | None = None,
    steps: int = STEPS,
    batch: int = BATCH,
    rate: float = RATE,
    seed: int = 0,
    store: str | Path | None = None,
    resume: bool = False,
    every: int = 100,
    watch: Callable[[Online], object] | None = None,
) -> Approximation:
    """Teach a network a function of one number, with Adam on the mean squared error.

    Args:
        target: what to learn: a `Target`, or a text that `target_of` understands.
        name: of the network.
        layers: hidden widths.
        activation: behind every layer.
        output_activation: behind the last one; None is `activation` there too.
        steps: how many batches in all.
        batch: points of each, drawn anew.
        rate: the learning rate.
        seed: of first weights and of points.
        store: a .npz that is written every so many steps, so that an interrupted run loses little.
        resume: go on with the run that `store` holds, to the same bytes as without a break.
        every: so many steps.
        watch: called with the run every so many steps; in a notebook a plot that renews itself
            otherwise.

    Raises:
        WarpvizError: for a run that does not fit, or a loss that is no longer finite.
    """
    target = target_of(target) if isinstance(target, str) else target
    if not isinstance(target, Target):
        raise WarpvizError(
            f"approximate expects a name, an expression or a Target, got {type(target).__name__}."
        )
    check_least("approximate", "seed", seed, 0)
    for word, value in (("iterations", steps), ("batch", batch), ("every", every)):
        if value < 1:
            raise WarpvizError(f"{word} expects a number from 1, got {value}.")
    if batch > MOST_POINTS:
        raise WarpvizError(f"batch expects at most {MOST_POINTS:,} points, got {batch:,}.")
    if not rate > 0:
        raise WarpvizError(f"The learning rate expects a number above 0, got {rate}.")
    if watch is None:
        from warpviz.approximation.notebook import notebook_plot

        watch = notebook_plot(target, steps, name)
    low, high = target.limits
    output = output_activation or activation
    last = "" if output == activation else f" and {output} last"
    settings = (
        f"{target.settings} on {low:g}..{high:g}, layers {','.join(map(str, layers))}, "
        f"{activation}{last}, batch {batch}, rate {rate:g}, seed {seed}"
    )
    run = Online.start(fresh(layers, activation, target.limits, seed, output), seed, settings)
    if resume:
        if store is None:
            raise WarpvizError("Resuming needs the file of the earlier run; name it.")
        run = Online.load(store, settings)
    drawn, already = target, run.step
    steps_of = learning(
        run, lambda rng: drawn.draw(rng, batch), steps=steps, rate=rate, every=every
    )
    for further in steps_of:
        run = further
        if store is not None:
            run.save(store)
        if watch is not None:
            watch(run)
    if run.step == already and watch is not None:
        # There was nothing left to learn: what is there is shown all the same.
        watch(run)
    return Approximation(name, target, run)
