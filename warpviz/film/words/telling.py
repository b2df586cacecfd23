"""What a film can say of each stop, whatever its captions say: for slides and their notes.

stop k  ── title: its name                    "layer 1 · relu"
        ── why:   what the act before it did  "relu folds the sheet along 3 lines"
        ──        what can be said of it      "from here a straight line separates the classes"
        ── formula of that act                "h⁽¹⁾ = max(0, z⁽¹⁾)"
"""

from collections.abc import Sequence
from dataclasses import dataclass

from warpviz.film.plan import Plan
from warpviz.film.words.captions import named
from warpviz.film.words.formulas import act_formulas
from warpviz.film.words.teaching import lesson

MARK = " · "
"""Between a stop's name and what is special about it."""
LONGEST = 72
"""Letters of a title that names several panels' own words."""


@dataclass(frozen=True)
class Told:
    """What is said of a stop.

    Attributes:
        title: its name.
        why: sentences on the act that leads to it and on the state itself, one a panel or several.
        formulas: of that act, one a panel; equal ones once.
    """

    title: str
    why: tuple[str, ...] = ()
    formulas: tuple[str, ...] = ()


def told(plans: Sequence[Plan]) -> tuple[Told, ...]:
    """What is said of the K stops of a film.

    Args:
        plans: of its panels, before they have captions.

    >>> from warpviz.data import load_data
    >>> from warpviz.film.build import paired
    >>> from warpviz.film.options import Options
    >>> from warpviz.model import mlp
    >>> chain = mlp([2, 2, 2], "tanh", seed=0)
    >>> stops = told(paired({"": chain}, load_data("xor", n=40), None, Options()))
    >>> stops[2].title, stops[2].why[0], stops[2].formulas
    ('layer 1 · tanh', 'tanh squashes the sheet; nothing folds', ('h⁽¹⁾ = tanh(z⁽¹⁾)',))
    """
    acts = max(len(plan.play.acts) for plan in plans)
    each = [_of_panel(plan) for plan in named(plans)]
    found = []
    equal = len({len(own) for own in each}) == 1
    for stop in range(acts + 1):
        parts = [
            (plan.title, _reached(stop, acts, own)) for plan, own in zip(plans, each, strict=True)
        ]
        why = [
            f"{name}: {sentence}" if name else sentence
            for name, part in parts
            if part is not None
            for sentence in part.why
        ]
        formulas = dict.fromkeys(text for _, part in parts if part for text in part.formulas)
        title = f"step {stop} of {acts}"
        if equal:
            title = joined([part.title for _, part in parts if part is not None])
        found.append(Told(title, tuple(why), tuple(formulas)))
    return tuple(found)


def _reached(stop: int, acts: int, own: Sequence[Told]) -> Told | None:
    """What a panel has just reached at a stop of the film; None where it is between two of its own.

    Panels of fewer acts spread them over the film.
    """
    here, before = (max(at, 0) * (len(own) - 1) // max(acts, 1) for at in (stop, stop - 1))
    return own[here] if here != before or stop == 0 else None


def joined(titles: Sequence[str]) -> str:
    """One title for what several panels call the same stop.

    >>> joined(["layer 1 · relu", "layer 1 · tanh", "layer 1 · tanh"])
    'layer 1 · relu, tanh'
    """
    different = list(dict.fromkeys(titles))
    if len(different) == 1:
        return different[0]
    heads = [title.partition(MARK)[0] for title in different]
    tails = [title.partition(MARK)[2] for title in different]
    if len(set(heads)) > 1:
        return " / ".join(different)
    both = f"{heads[0]}{MARK}{', '.join(tails)}"
    return both if len(both) <= LONGEST else heads[0]


def _of_panel(plan: Plan) -> list[Told]:
    play = plan.play
    formulas = act_formulas(play)
    if plan.data.x.shape[1] == 1:  # a curve, of which there are no lessons
        return [
            Told(title, (), formulas[k - 1 : k] if k else ()) for k, title in enumerate(play.stops)
        ]
    said = lesson(play, plan.data, plan.look.limits, plan.staging.motion)
    found = [Told(play.stops[0], (said.stops[0][0],))]
    for k, title in enumerate(play.stops[1:]):
        why = (said.acts[k][0], said.stops[k + 1][0])
        found.append(Told(title, why, (formulas[k],)))
    return found
