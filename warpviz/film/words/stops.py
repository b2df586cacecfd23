"""What is true of a state, in words: how far its classes are apart, how near its numbers are.

    two classes in a plane ── every line ──► "the best line gets 69.8 % of the points right"
    any others             ── a fit ──► "a fitted plane gets 88.0 % of the points right"
    proved to be apart     ── certificate ──► "from here a straight line separates the classes"
    numbers                ── least squares ──► "a linear fit of the numbers has R² 0.63"

Every sentence comes in variants, the longest first; all are true.
"""

from collections.abc import Sequence

import numpy as np

from warpviz.arrays import Floats, Ints, distinct
from warpviz.data.dataset import Dataset
from warpviz.film.play import Play
from warpviz.film.words.numbers import percent, rounded_down
from warpviz.languages.language import ENGLISH, Language
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
    return state_words(play.states(data.x), data, play.letters, affine, say=play.say)


def state_words(
    states: Sequence[Floats],
    data: Dataset,
    letters: Sequence[str],
    affine: Sequence[bool],
    outputs: bool = True,
    say: Language = ENGLISH,
) -> tuple[Variants, ...]:
    """The same of K states (N, D_k), whatever gives them.

    Args:
        states: K of them.
        data: the labels.
        letters: K, of the states' coordinates.
        affine: K, whether a state is an affine map of the one before.
        outputs: whether the last state is what a model says: a number, or a score for each class.
        say: the language.
    """
    if not data.labelled:
        return (("",),) * len(states)
    if data.targets is not None:
        said = [_regression_words(state, data.targets, say) for state in states]
        if outputs:
            said[-1] = _number_words(states[-1], data.targets, say)
        return tuple(said)
    apart, cuts = cuts_of(states, data.y, affine)
    two = len(distinct(data.y)) == 2
    told: list[Variants] = []
    for k, (state, cut) in enumerate(zip(states, cuts, strict=True)):
        if outputs and k and k == len(states) - 1 and data.n_classes == state.shape[1]:
            told.append(_output_words(state, data, letters[k], say))
            continue
        if not apart[k]:
            told.append(_share_words(state.shape[1], two, cut, say))
        elif any(apart[:k]):
            told.append(_still_apart(state.shape[1], two, say))
        else:
            told.append(_apart(state.shape[1], two, k > 0, all(apart[k:]), say))
    return tuple(told)


def _apart(width: int, two: bool, new: bool, stays: bool, say: Language) -> Variants:
    """The classes are apart: here, or from here on."""
    cuts = _cuts(width, two, say)
    if not two:
        long = say("{cuts} separate the classes", cuts=cuts)
        if new and stays:
            long = say("from here {cuts} separate the classes", cuts=cuts)
        elif new:
            long = say("here {cuts} separate the classes", cuts=cuts)
        return long, say("{cuts} separate them", cuts=cuts), say("separable")
    long = say("{cut} separates the classes", cut=cuts)
    if new and stays:
        long = say("from here {cut} separates the classes", cut=cuts)
    elif new:
        long = say("here {cut} separates the classes", cut=cuts)
    return long, say("{cut} separates them", cut=cuts), say("separable")


def _still_apart(width: int, two: bool, say: Language) -> Variants:
    """They are apart as they were before."""
    cuts, short = _cuts(width, two, say), say("still separable")
    if two:
        long = say("{cut} still separates the classes", cut=cuts)
        return long, say("{cut} still separates them", cut=cuts), short
    long = say("{cuts} still separate the classes", cuts=cuts)
    return long, say("{cuts} still separate them", cuts=cuts), short


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


def _share_words(width: int, two: bool, cut: BestCut, say: Language) -> Variants:
    """How many points a cut gets right: the best, or one that was fitted."""
    share = percent(cut.share)
    shortest = say("{share} right", share=share)
    if not two:
        many = _by_width(
            width, say("fitted cuts"), say("fitted lines"), say("fitted planes"),
            say("fitted hyperplanes"),
        )  # fmt: skip
        return (
            say("{who} get {share} of the points right", who=many, share=share),
            say("{who} get {share} right", who=many, share=share),
            say("{who}: {what}", who=many, what=share),
            shortest,
        )
    one = _by_width(
        width, say("a fitted cut"), say("a fitted line"), say("a fitted plane"),
        say("a fitted hyperplane"),
    )  # fmt: skip
    if cut.exact:
        one = _by_width(
            width, say("the best cut"), say("the best line"), say("the best plane"),
            say("the best hyperplane"),
        )  # fmt: skip
    return (
        say("{who} gets {share} of the points right", who=one, share=share),
        say("{who} gets {share} right", who=one, share=share),
        say("{who}: {what}", who=one, what=share),
        shortest,
    )


def _cuts(width: int, two: bool, say: Language) -> str:
    """What cuts a state of this width apart, straight: one cut for two classes, else several."""
    if two:
        return _by_width(
            width, say("a point"), say("a straight line"), say("a flat plane"), say("a hyperplane")
        )
    return _by_width(
        width, say("points"), say("straight lines"), say("flat planes"), say("hyperplanes")
    )


def _by_width(width: int, point: str, line: str, plane: str, others: str) -> str:
    return {1: point, 2: line, 3: plane}.get(width, others)


def _output_words(state: Floats, data: Dataset, letter: str, say: Language) -> Variants:
    """How the model itself decides: by its largest output."""
    right = float(np.mean(state.argmax(axis=1) == data.y))
    share = percent(right)
    if data.n_classes > 2:
        return (
            say(
                "the largest {letter} is right for {share} of the points",
                letter=letter,
                share=share,
            ),
            say("the largest {letter} is right for {share}", letter=letter, share=share),
            say("{share} right", share=share),
        )
    equal = f"{letter}₁ = {letter}₂"
    if right == 1.0:
        return (
            say("the line {equation} separates the classes", equation=equal),
            say("{equation} separates them", equation=equal),
        )
    return (
        say("the line {equation} gets {share} of the points right", equation=equal, share=share),
        say("the line {equation} gets {share} right", equation=equal, share=share),
        say("{who}: {what}", who=equal, what=say("{share} right", share=share)),
    )


def _regression_words(state: Floats, targets: Floats, say: Language) -> Variants:
    """How near a linear read-out of a state comes to the numbers."""
    found = rounded_down(linear_r_squared(state, targets), 2)
    return (
        say("a linear fit of the numbers has R² {share}", share=found),
        say("linear fit: R² {share}", share=found),
        f"R² {found}",
    )


def _number_words(state: Floats, targets: Floats, say: Language) -> Variants:
    """How near the model's own number comes."""
    found = rounded_down(r_squared(targets, state[:, 0]), 2)
    return (
        say("the output has R² {share}", share=found),
        say("output: R² {share}", share=found),
        f"R² {found}",
    )
