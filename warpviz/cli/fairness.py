"""What is equal for all in a comparison: said, and stored with the film."""

from collections.abc import Sequence

from warpviz.cli.subjects import Subject
from warpviz.data import Dataset
from warpviz.training import Recipe


def equal_for_all(recipe: Recipe, data: Dataset, subjects: Sequence[Subject]) -> str:
    """Data, widths, seed, starts, budget and method of all that are trained, in a sentence.

    Args:
        recipe: how they are trained.
        data: on which.
        subjects: all that are compared, trained ones too.
    """
    fresh = [subject for subject in subjects if subject.recipe is not None]
    if not fresh:
        return ""
    widths = {subject.chain.logits().widths for subject in fresh}
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
    who = "Equal for all" if len(fresh) == len(subjects) else "Equal for all that are trained here"
    return f"{who}: {', '.join(parts)}."
