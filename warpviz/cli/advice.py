"""What to say of a network that has not learnt its data, and what to try."""

import numpy as np

from warpviz.cli.flags.values import entries_of
from warpviz.cli.scores import score
from warpviz.data import DATASETS, Dataset, layers_of
from warpviz.film.words.score import EXPLAINED, LEARNT
from warpviz.model import ACTIVATIONS, Chain
from warpviz.model.layers import Activation, Dense, steps_of
from warpviz.training import OPTIMIZERS, Recipe

LEARNT_AT_ALL = 0.9
"""Share of points that is enough where nobody knows how much the classes overlap."""


def advice(chain: Chain, recipe: Recipe, data: Dataset, share: float, epochs: int) -> str | None:
    """A sentence on a trained network that has not learnt, None on one that has.

    Args:
        chain: as trained.
        recipe: how it was trained.
        data: on what.
        share: of points that it tells right, 0 … 1; R² of numbers.
        epochs: after how many it ended.
    """
    named = data.name.partition(":")[0] in DATASETS
    enough = LEARNT if named else LEARNT_AT_ALL
    if share >= (enough if data.targets is None else EXPLAINED):
        return None
    told = f"{data.name}: this network has not learnt the data ({score(share, data)});"
    why = _why_it_cannot(chain, data.targets is None)
    if why is not None:
        return f"{told} {why}"
    tries = []
    optimizer = OPTIMIZERS[recipe.optimizer]
    if recipe.optimizer != "lbfgs":
        tries.append("--optimizer lbfgs")
    if recipe.n_epochs < optimizer.epochs:
        tries.append(f"more --epochs ({optimizer.epochs})")
    elif epochs >= recipe.n_epochs:
        # It was still on its way down.
        tries.append(f"more --epochs ({3 * recipe.n_epochs})")
    if recipe.starts < 8:
        tries.append("more --starts (8)")
    better = layers_of(data.name) if named else "8,8,3"
    if sum(hidden(chain)) >= sum(widths_of(better)):
        better = ",".join(str(2 * width) for width in hidden(chain))
    tries += [f"--layers {better}", "another --seed"]
    return f"{told} try {', '.join(tries[:-1])} or {tries[-1]}."


def _why_it_cannot(chain: Chain, classes: bool) -> str | None:
    """What keeps a network from it however it is trained, and what to do; None for nothing."""
    names = {layer.activation for layer in steps_of(chain) if isinstance(layer, Dense)}
    names |= {layer.name for layer in steps_of(chain) if isinstance(layer, Activation)}
    names -= {"identity"}
    if not names and classes:
        return (
            "without an activation it cuts the plane along straight lines; try --activation relu."
        )
    widths = hidden(chain)
    if classes and widths and max(widths) <= chain.widths[0] == 2 and all(map(_rises, names)):
        # Johnson, Deep, skinny neural networks are not universal approximators, ICLR 2019.
        return (
            "with no layer wider than the 2 inputs it can close no ring around a "
            "class; try wider --layers, as 3:identity,3,3."
        )
    return None


def _rises(name: str) -> bool:
    """Whether an activation never falls."""
    record, z = ACTIVATIONS[name], np.linspace(-8.0, 8.0, 1601)
    return all(bool((unit.derivative(z) >= 0).all()) for unit in record.units or (record,))


def hidden(chain: Chain) -> list[int]:
    """The widths of the hidden layers."""
    return [layer.n_out for layer in steps_of(chain) if isinstance(layer, Dense)][:-1]


def widths_of(layers: str) -> list[int]:
    """The widths in what --layers takes.

    >>> widths_of("3:identity,3,3")
    [3, 3, 3]
    """
    return [int(entry.partition(":")[0]) for entry in entries_of(layers)]
