"""What is true of a state, in words: how far its classes are apart, how near its numbers are.

    two classes in a plane ── every line ──► "the best line gets 69.8 % of the points right"
    any others             ── a fit ──► "a fitted plane gets 88.0 % of the points right"
    proved to be apart     ── certificate ──► "from here a straight line separates the classes"
    numbers                ── least squares ──► "a linear fit of the numbers has R² 0.63"

Every sentence comes in variants, the longest first; all are true.
"""

from collections.abc import Sequence

import numpy as np

from warpviz.arrays import Floats, Ints
from warpviz.data.dataset import Dataset
from warpviz.film.play import Play
from warpviz.film.words.numbers import percent, rounded_down
from warpviz.measure.best_line import BestCut, best_cut
from warpviz.measure.probe import fit_probe
from warpviz.measure.separability import affine_rank, separate
from warpviz.measure.state import linear_r_squared, r_squared
from warpviz.model.layers import Dense

Variants = tuple[str, ...]


def stop_words(play: Play, data: Dataset) -> tuple[Variants, ...]:
    """How far the classes are apart, or how near the numbers are, at every stop."""
    affine = [False]
    for act in play.acts:
        layer = play.chain[act.layer]
        affine.append(isinstance(layer, Dense) and layer.activation == "identity")
    return state_words(play.states(data.x), data, play.letters, affine)


def state_words(
    states: Sequence[Floats],
    data: Dataset,
    letters: Sequence[str],
    affine: Sequence[bool],
    outputs: bool = True,
) -> tuple[Variants, ...]:
    """The same of K states (N, D_k), whatever gives them.

    Args:
        states: K of them.
        data: the labels.
        letters: K, of the states' coordinates.
        affine: K, whether a state is an affine map of the one before.
        outputs: whether the last state is what a model says: a number, or a score for each class.
    """
    if not data.labelled:
        return (("",),) * len(states)
    if data.targets is not None:
        said = [_regression_words(state, data.targets) for state in states]
        if outputs:
            said[-1] = _number_words(states[-1], data.targets)
        return tuple(said)
    apart, cuts = cuts_of(states, data.y, affine)
    two = len(np.unique(data.y)) == 2
    told: list[Variants] = []
    for k, (state, cut) in enumerate(zip(states, cuts, strict=True)):
        if outputs and k and k == len(states) - 1 and data.n_classes == state.shape[1]:
            told.append(_output_words(state, data, letters[k]))
            continue
        if not apart[k]:
            told.append(_share_words(state.shape[1], two, cut))
            continue
        separates = _cuts(state.shape[1], two)
        verb = "separates" if two else "separate"
        first = not any(apart[:k])
        when = ("from here " if all(apart[k:]) else "here ") if first and k else ""
        still = "still " if any(apart[:k]) else ""
        told.append(
            (
                f"{when}{separates} {still}{verb} the classes",
                f"{separates} {still}{verb} them",
                f"{still}separable",
            )
        )
    return tuple(told)


def cuts_of(
    states: Sequence[Floats], labels: Ints, affine: Sequence[bool]
) -> tuple[list[bool], list[BestCut]]:
    """For every state whether cuts separate the classes, and the share that the best one gets.

    Exact for two classes that lie in a plane; else the share of a fitted cut.
    """
    apart: list[bool] = []
    cuts: list[BestCut] = []
    exact: tuple[int, BestCut] | None = None
    for k, state in enumerate(states):
        probe = fit_probe(state, labels)
        apart.append(separate(state, labels, probe=probe).separable)
        if apart[k]:
            cuts.append(BestCut(1.0, True))
            continue
        # Seen from a plane that an affine map keeps, the same lines are there.
        rank = affine_rank(state)
        kept = exact is not None and affine[k] and exact[0] == rank
        found = exact[1] if kept and exact is not None else best_cut(state, labels)
        exact = None if found is None else (rank, found)
        found = found or BestCut(0.0, False)
        share = found.share if found.exact else max(found.share, probe.accuracy)
        # Nothing separates them: one is wrong, be it by less than rounding.
        cuts.append(BestCut(min(share, 1.0 - 1.0 / len(labels)), found.exact))
    return apart, cuts


def _share_words(width: int, two: bool, cut: BestCut) -> Variants:
    """How many points a cut gets right: the best, or one that was fitted."""
    kind = {1: "cut", 2: "line", 3: "plane"}.get(width, "hyperplane")
    if two:
        who, gets = f"{'the best' if cut.exact else 'a fitted'} {kind}", "gets"
    else:
        who, gets = f"fitted {kind}s", "get"
    share = percent(cut.share)
    return (
        f"{who} {gets} {share} of the points right",
        f"{who} {gets} {share} right",
        f"{who}: {share}",
        f"{share} right",
    )


def _cuts(width: int, two: bool) -> str:
    """What cuts a state of this width apart, straight: one cut for two classes, else several."""
    one = {1: "a point", 2: "a straight line", 3: "a flat plane"}.get(width, "a hyperplane")
    many = {1: "points", 2: "straight lines", 3: "flat planes"}.get(width, "hyperplanes")
    return one if two else many


def _output_words(state: Floats, data: Dataset, letter: str) -> Variants:
    """How the model itself decides: by its largest output."""
    right = float(np.mean(state.argmax(axis=1) == data.y))
    share = percent(right)
    if data.n_classes > 2:
        who = f"the largest {letter}"
        return (
            f"{who} is right for {share} of the points",
            f"{who} is right for {share}",
            f"{share} right",
        )
    line = f"the line {letter}₁ = {letter}₂"
    if right == 1.0:
        return f"{line} separates the classes", f"{letter}₁ = {letter}₂ separates them"
    return (
        f"{line} gets {share} of the points right",
        f"{line} gets {share} right",
        f"{letter}₁ = {letter}₂: {share} right",
    )


def _regression_words(state: Floats, targets: Floats) -> Variants:
    """How near a linear read-out of a state comes to the numbers."""
    found = rounded_down(linear_r_squared(state, targets), 2)
    return f"a linear fit of the numbers has R² {found}", f"linear fit: R² {found}", f"R² {found}"


def _number_words(state: Floats, targets: Floats) -> Variants:
    """How near the model's own number comes."""
    found = rounded_down(r_squared(targets, state[:, 0]), 2)
    return f"the output has R² {found}", f"output: R² {found}", f"R² {found}"
