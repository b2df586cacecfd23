"""How right a model is, the share of classes or R² of numbers; and what was equal for all."""

from collections.abc import Sequence

import numpy as np

from warpviz.data import Dataset
from warpviz.film.words.numbers import percent, rounded_down
from warpviz.measure.state import r_squared
from warpviz.model import Chain
from warpviz.training import Recipe


def accuracy(chain: Chain, data: Dataset) -> float:
    """The share of points that a chain classifies right, 0 … 1; R² where they have numbers."""
    if data.targets is not None:
        return r_squared(data.targets, chain(data.x)[:, 0])
    return float(np.mean(chain.logits()(data.x).argmax(axis=1) == data.y))


def score(share: float, data: Dataset) -> str:
    """What `accuracy` found, for people; never rounded up."""
    return percent(share) if data.targets is None else f"R² {rounded_down(share)}"


def equal_for_all(recipe: Recipe, data: Dataset, fresh: Sequence[Chain], others: int) -> str:
    """Data, widths, seed, starts, budget and method of all that are trained, in a sentence.

    Args:
        recipe: how they are trained.
        data: on which.
        fresh: the chains that are; "" for none.
        others: how many are compared that were trained before.
    """
    if not fresh:
        return ""
    widths = {chain.logits().widths for chain in fresh}
    many = recipe.starts > 1
    parts = [
        f"{data.name} ({len(data):,} points)",
        f"seed {recipe.seed}",
        f"the most accurate of {recipe.starts} starts" if many else "a single start each",
        f"at most {recipe.n_epochs:,} epochs of {recipe.optimizer} with rate {recipe.rate:g}",
        f"penalty {recipe.penalty:g}",
        f"evenness {recipe.evenness:g}",
    ]
    if len(widths) == 1:
        parts.insert(1, f"widths {'-'.join(map(str, widths.pop()))}")
    who = "Equal for all that are trained here" if others else "Equal for all"
    return f"{who}: {', '.join(parts)}."
