"""What a film can say of each stop, whatever its captions say: for slides and their notes.

stop k  ── title                             "layer 1 · affine 2→3"
        ── state: what can be said of it     "from here a straight line separates the classes"
        ── act:   what happens behind it     "relu folds the sheet along 3 lines"
        ── formulas of that act              "h⁽¹⁾ = max(0, z⁽¹⁾)"
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from warpviz.film.plan import Plan
from warpviz.film.words.captions import named
from warpviz.film.words.formulas import act_formulas
from warpviz.film.words.teaching import lesson
from warpviz.languages.language import Language

MARK = " · "
"""Between a stop's name and what is special about it."""
LONGEST = 56
"""Letters of a title that names several panels' own words."""


@dataclass(frozen=True)
class Told:
    """What is said of a stop, and of the act that leaves it.

    Attributes:
        title: its name.
        state: sentences on it, one a panel.
        act: sentences on the act, one a panel; () behind the last stop.
        formulas: of the act, equal ones once.
    """

    title: str
    state: tuple[str, ...] = ()
    act: tuple[str, ...] = ()
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
    >>> stop = told(paired({"": chain}, load_data("xor", n=40), None, Options()))[1]
    >>> stop.title, stop.act, stop.formulas
    ('layer 1 · affine 2→2', ('tanh squashes the sheet; nothing folds',), ('h⁽¹⁾ = tanh(z⁽¹⁾)',))
    """
    acts, say = max(len(plan.play.acts) for plan in plans), plans[0].play.say
    panels = [(plan.title, _of_panel(plan)) for plan in named(plans)]
    equal = len({len(own) for _, own in panels}) == 1
    found = []
    for stop in range(acts + 1):
        parts = [(name, part) for name, own in panels if (part := _reached(stop, acts, own))]
        title = say("step {number} of {all}", number=stop, all=acts)
        title = joined([part.title for _, part in parts]) if equal else title
        formulas = dict.fromkeys(text for _, part in parts for text in part.formulas)
        state, act = (
            _said(parts, lambda part: part.state, say),
            _said(parts, lambda part: part.act, say),
        )
        found.append(Told(title, state, act, tuple(formulas)))
    return tuple(found)


def _said(
    parts: Sequence[tuple[str, Told]], of: Callable[[Told], tuple[str, ...]], say: Language
) -> tuple[str, ...]:
    """The sentences of all panels, each with its panel's name."""
    return tuple(
        say("{who}: {what}", who=name, what=sentence) if name else sentence
        for name, part in parts
        for sentence in of(part)
    )


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
    heads = {title.partition(MARK)[0] for title in different}
    if len(heads) > 1:
        return " / ".join(different)
    (head,) = heads
    both = f"{head}{MARK}{', '.join(title.partition(MARK)[2] for title in different)}"
    return both if len(both) <= LONGEST else head


def _of_panel(plan: Plan) -> list[Told]:
    play = plan.play
    formulas = [*((text,) for text in act_formulas(play)), ()]
    if plan.data.x.shape[1] == 1:  # a curve, of which there are no lessons
        return [Told(title, formulas=own) for title, own in zip(play.stops, formulas, strict=True)]
    said = lesson(play, plan.data, plan.look.limits, plan.staging.motion)
    acts = [*((variants[0],) for variants in said.acts), ()]
    return [
        Told(title, (state[0],), act, own)
        for title, state, act, own in zip(play.stops, said.stops, acts, formulas, strict=True)
    ]
