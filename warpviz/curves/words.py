"""What is said of an activation beside its curve: folds, kinks, limits."""

from warpviz.curves.facts import Facts

FEW = 4
"""Places that are named; of more, how many there are."""


def said(facts: Facts) -> tuple[str, str]:
    """Two short lines: how the straight way from z to f(z) folds, and where f bends and ends.

    >>> from warpviz.curves.facts import facts_of
    >>> from warpviz.model import ACTIVATIONS
    >>> said(facts_of(ACTIVATIONS["gelu"]))
    ('folds from t = 0.886, turns at z = −0.752', 'limit 0 on the left')
    >>> said(facts_of(ACTIVATIONS["relu"]))
    ('flat in part at t = 1, never turns', 'kink at 0, limit 0 on the left')
    """
    return fold_words(facts), end_words(facts)


def fold_words(facts: Facts) -> str:
    """From when it folds, and where it has turned back in the end."""
    if facts.folds_from is None:
        return "never folds"
    if facts.folds_from == 1.0:
        return f"flat {'throughout' if facts.largest_slope == 0 else 'in part'} at t = 1, " + (
            "never turns"
        )
    turns = _places("turns", facts.fold_points)
    if facts.folds_from == 0.0:
        return f"folds at once{', ' if turns else ''}{turns}"
    return f"folds from t = {facts.folds_from:.3f}{', ' if turns else ''}{turns}"


def end_words(facts: Facts) -> str:
    """Kinks, jumps and limits."""
    kinks = tuple(z for z in facts.breakpoints if z not in facts.jumps_at)
    words = [
        _places("kink" + "s" * (len(kinks) > 1), kinks).replace("z = ", ""),
        _places("jump" + "s" * (len(facts.jumps_at) > 1), facts.jumps_at).replace("z = ", ""),
    ]
    left, right = facts.left_limit, facts.right_limit
    if left is not None and right is not None:
        words.append(f"limits {number(left)} and {number(right)}")
    elif left is not None or right is not None:
        side = "left" if right is None else "right"
        words.append(f"limit {number(left if right is None else right)} on the {side}")
    else:
        words.append("no limits")
    return ", ".join(word for word in words if word)


def _places(word: str, places: tuple[float, ...]) -> str:
    if not places:
        return ""
    if len(places) > FEW:
        return f"{word} {len(places)} times in ±12"
    return f"{word} at z = {', '.join(number(z) for z in places)}"


def number(value: float | None) -> str:
    """A number of three digits with a true minus; "∞" without a sign is none.

    >>> number(-0.75179), number(2.0), number(None)
    ('−0.752', '2', '–')
    """
    return "–" if value is None else f"{value:.3g}".replace("-", "−")
