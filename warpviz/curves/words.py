"""What is said of an activation beside its curve: folds, kinks, limits."""

from collections.abc import Iterable, Sequence

from warpviz.curves.facts import Facts
from warpviz.geometry.folds import SPAN
from warpviz.languages.language import ENGLISH, Language

FEW = 4
"""Places that are named; of more, how many there are."""


def said(facts: Facts, say: Language = ENGLISH) -> tuple[str, str]:
    """Two short lines: how the straight way from z to f(z) folds, and where f bends and ends.

    >>> from warpviz.curves.facts import facts_of
    >>> from warpviz.model import ACTIVATIONS
    >>> said(facts_of(ACTIVATIONS["gelu"]))
    ('folds from t = 0.886, turns at z = −0.752', 'limit 0 on the left')
    >>> said(facts_of(ACTIVATIONS["relu"]))
    ('flat in part at t = 1, never turns', 'kink at 0, limit 0 on the left')
    """
    return fold_words(facts, say), end_words(facts, say)


def fold_words(facts: Facts, say: Language = ENGLISH) -> str:
    """From when it folds, and where it has turned back in the end."""
    words = [folds_from(facts, say)]
    turns = facts.fold_points
    if facts.folds_from == 1.0:
        words.append(say("never turns"))
    elif facts.folds_from is not None and len(turns) > FEW:
        words.append(say("turns {count} times in ±12", count=len(turns)))
    elif facts.folds_from is not None and turns:
        words.append(say("turns at z = {places}", places=_listed(turns, say)))
    return say(", ").join(words)


def folds_from(facts: Facts, say: Language = ENGLISH) -> str:
    """The same, without where."""
    if facts.folds_from is None:
        return say("never folds")
    if facts.folds_from == 1.0 and facts.largest_slope == 0:
        return say("flat throughout at t = 1")
    if facts.folds_from == 1.0:
        return say("flat in part at t = 1")
    if facts.folds_from == 0.0:
        return say("folds at once")
    return say("folds from t = {time}", time=f"{facts.folds_from:.3f}")


def end_words(facts: Facts, say: Language = ENGLISH) -> str:
    """Where it is undefined, kinks, jumps and limits."""
    holes = [start for start, end in facts.undefined if start == end and start is not None]
    apart = (z for z in facts.jumps_at if all(abs(z - hole) > 1e-9 for hole in holes))
    jumps = _near_0(apart)
    kinks = _near_0(z for z in facts.breakpoints if z not in facts.jumps_at)
    gone = undefined_words(facts.undefined, say)
    words = [say("undefined {places}", places=gone)] if gone else []
    if len(kinks) > FEW:
        words.append(say("kinks {count} times in ±12", count=len(kinks)))
    elif len(kinks) > 1:
        words.append(say("kinks at {places}", places=_listed(kinks, say)))
    elif kinks:
        words.append(say("kink at {place}", place=number(kinks[0])))
    if len(jumps) > FEW:
        words.append(say("jumps {count} times in ±12", count=len(jumps)))
    elif len(jumps) > 1:
        words.append(say("jumps at {places}", places=_listed(jumps, say)))
    elif jumps:
        words.append(say("jump at {place}", place=number(jumps[0])))
    left, right = facts.left_limit, facts.right_limit
    if left is not None and right is not None:
        words.append(say("limits {left} and {right}", left=number(left), right=number(right)))
    elif left is not None:
        words.append(say("limit {limit} on the left", limit=number(left)))
    elif right is not None:
        words.append(say("limit {limit} on the right", limit=number(right)))
    else:
        words.append(say("no limits"))
    return say(", ").join(words)


def _listed(places: tuple[float, ...], say: Language) -> str:
    return say(", ").join(number(z) for z in places)


def _near_0(places: Iterable[float]) -> tuple[float, ...]:
    return tuple(z for z in places if SPAN[0] <= z <= SPAN[1])


def undefined_words(
    undefined: Sequence[tuple[float | None, float | None]], say: Language = ENGLISH
) -> str:
    """Where it is not defined; "" where it is defined throughout.

    >>> undefined_words([(None, 0.0), (1.0, 1.0)])
    'below 0, at 1'
    """
    pieces = [
        (start, end)
        for start, end in undefined
        if (start is None or start < SPAN[1]) and (end is None or end > SPAN[0])
    ]
    if len(pieces) > 2:
        return say("at {count} places in ±12", count=len(pieces))
    told = []
    for start, end in pieces:
        if start is None and end is None:
            told.append(say("throughout"))
        elif start == end:
            told.append(say("at {place}", place=number(start)))
        elif start is None:
            told.append(say("below {place}", place=number(end)))
        elif end is None:
            told.append(say("above {place}", place=number(start)))
        else:
            told.append(say("from {start} to {end}", start=number(start), end=number(end)))
    return say(", ").join(told)


def number(value: float | None) -> str:
    """A number of three digits with a true minus; "∞" without a sign is none.

    >>> number(-0.75179), number(2.0), number(None)
    ('−0.752', '2', '–')
    """
    return "–" if value is None else f"{value:.3g}".replace("-", "−")
