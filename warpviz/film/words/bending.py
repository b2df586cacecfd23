"""What an activation does to the sheet, in words: from where its units bend on it."""

from collections.abc import Mapping

import numpy as np

from warpviz.arrays import Floats, distinct
from warpviz.film.words.crossings import SURE, crossings, spoken
from warpviz.film.words.numbers import percent, short_number
from warpviz.languages.language import ENGLISH, Language
from warpviz.model.activations.function import ActivationFunction
from warpviz.model.residual import SIGN

SQUASHING = "squashes"
"""What `does` says of functions that are bounded and rising."""
LEAST = 0.005
"""Less of the sheet than this does not collapse to speak of."""
STEEP = 20.0
"""Beyond ± this, f' of a rising function may be 0 to rounding and says nothing."""


def bending_words(
    function: ActivationFunction,
    z: Floats,
    bends: Mapping[int, int] | None,
    flat: float,
    exact: bool,
    say: Language = ENGLISH,
) -> tuple[str, ...]:
    """One sentence about an activation, the longest variant first.

    Args:
        function: what acts on every unit.
        z: (V, D) its input all over the sheet.
        bends: the units known to have a crease there, with the number of its line; None to look
            at z.
        flat: the share of the sheet that collapses in this act, 0 … 1.
        exact: whether that share is exact, and not sampled.
        say: the language.

    >>> from warpviz.model import ACTIVATIONS
    >>> z = np.array([[-1.0, 1.0], [2.0, 3.0], [0.5, 0.1]])
    >>> bending_words(ACTIVATIONS["relu"], z, None, 0.0, True)
    ('relu folds the sheet along 1 line', 'relu folds along 1 line', 'relu: 1 fold')
    """
    name = spoken(function)
    if function.is_identity:
        return say("{name} changes nothing", name=name), name
    if function.breakpoints is not None:
        return _straight_words(function, name, z, bends, _collapsing(flat, exact, say), say)
    count = crossings(function, z, bends)
    known: dict[str, object] = {"name": name, "count": count}
    if count and function.jumps:
        return (
            say("{name} tears the sheet along {count:# curve|# curves}", **known),
            say("{name} tears along {count:# curve|# curves}", **known),
            say("{name}: {count:# tear|# tears}", **known),
        )
    if count:
        return (
            say("{name} folds the sheet along {count:# curve|# curves}", **known),
            say("{name} folds along {count:# curve|# curves}", **known),
            say("{name}: {count:# fold|# folds}", **known),
        )
    inside = z[np.abs(z) < STEEP]
    if np.any(function.derivative(inside) == 0.0):
        return (
            say("{name} collapses part of the sheet", name=name),
            say("{name} collapses a part", name=name),
            name,
        )
    if SQUASHING in function.does:
        return (
            say("{name} squashes the sheet; nothing folds", name=name),
            say("{name} squashes the sheet", name=name),
            say("{name} squashes", name=name),
        )
    return (
        say("{name} bends the sheet; nothing folds", name=name),
        say("{name} bends the sheet", name=name),
        say("{name} bends", name=name),
    )


def _straight_words(
    function: ActivationFunction,
    name: str,
    z: Floats,
    bends: Mapping[int, int] | None,
    pressed: str,
    say: Language,
) -> tuple[str, ...]:
    """Say what a function of straight pieces does, that bends or jumps where they meet."""
    slopes, shifts = function.pieces
    if (slopes == 1.0).all() and not shifts.any():
        return say("{name} changes nothing", name=name), name
    count = crossings(function, z, bends)
    if not count:
        return _without_lines(function, name, z, pressed, say)
    known: dict[str, object] = {"name": name, "count": count}
    if function.jumps:
        return (
            say("{name} tears the sheet along {count:# line|# lines}", **known),
            say("{name} tears along {count:# line|# lines}", **known),
            say("{name}: {count:# tear|# tears}", **known),
        )
    if slopes.min() > 0.0:
        return (
            say("{name} bends along {count:# line|# lines}, nothing is lost", **known),
            say("{name} bends along {count:# line|# lines}", **known),
            say("{name}: {count:# bend|# bends}", **known),
        )
    shortest = say("{name}: {count:# fold|# folds}", **known)
    if pressed and (slopes == 0.0).any():
        known |= {"part": pressed}
        return (
            say("{name} folds the sheet along {count:# line|# lines}; {part} collapses", **known),
            say("{name} folds along {count:# line|# lines}; {part} collapses", **known),
            say("{name}: {count:# fold|# folds}, {part} collapses", **known),
            shortest,
        )
    return (
        say("{name} folds the sheet along {count:# line|# lines}", **known),
        say("{name} folds along {count:# line|# lines}", **known),
        shortest,
    )


def residual_words(
    bends: Mapping[int, int] | None, flat: float, exact: bool, say: Language = ENGLISH
) -> tuple[str, ...]:
    """One sentence about x + f(x); the arguments as for `bending_words`.

    >>> residual_words({0: 0, 1: 0, 4: 1}, 0.0, True)[0]
    'x + f(x) bends the sheet along 2 lines'
    """
    if bends is None:
        return say("{name} bends the sheet", name=SIGN), SIGN
    if not bends:
        return (
            say("{name} moves the sheet, without a crease", name=SIGN),
            say("{name} moves the sheet", name=SIGN),
            SIGN,
        )
    known: dict[str, object] = {"name": SIGN, "count": len(set(bends.values()))}
    shorter = (say("{name} bends along {count:# line|# lines}", **known), SIGN)
    if pressed := _collapsing(flat, exact, say):
        known |= {"part": pressed}
        long = say("{name} bends along {count:# line|# lines}; {part} collapses", **known)
        return long, *shorter
    return say("{name} bends the sheet along {count:# line|# lines}", **known), *shorter


def _without_lines(
    function: ActivationFunction, name: str, z: Floats, pressed: str, say: Language
) -> tuple[str, ...]:
    """The same where each unit is on one piece all over the sheet."""
    extreme = np.abs(z).argmax(axis=0)
    seen = z[extreme, np.arange(z.shape[1])]
    piece = np.searchsorted(function.breakpoints or (), seen)
    slopes, shifts = function.pieces
    at = (piece, np.arange(len(piece))) if function.units else piece
    slope, shift = slopes[at], shifts[at]
    changed = (slope != 1.0) | (shift != 0.0)
    tiny = np.abs(seen) <= SURE  # nowhere but at 0: nothing to be changed
    changed &= ~tiny | (shift != 0.0)
    moved = int(np.count_nonzero(changed))
    if not moved:
        return (
            say("{name} leaves the whole sheet as it is", name=name),
            say("{name} changes nothing", name=name),
            name,
        )
    known: dict[str, object] = {"name": name, "count": moved, "all": z.shape[1]}
    factors = distinct(slope[changed])
    if (factors == 0.0).all():
        if moved == z.shape[1]:
            long = say("{name} switches off {count} of {all} units: one point is left", **known)
            return long, say("{name}: a point", name=name), name
        long = say("{name} switches off {count} of {all} units, folds nothing", **known)
        if pressed:
            known |= {"part": pressed}
            long = say("{name} switches off {count} of {all} units; {part} collapses", **known)
        return long, say("{name}: {count} of {all} units off", **known), name
    if len(factors) == 1 and not shift[changed].any():
        known |= {"factor": short_number(float(factors[0]))}
        return (
            say("{name} scales {count} of {all} units by {factor}, folds nothing", **known),
            say("{name} scales {count} of {all} units by {factor}", **known),
            name,
        )
    return (
        say("{name} stretches or shifts {count} of {all} units, folds nothing", **known),
        say("{name} stretches or shifts {count} of {all} units", **known),
        name,
    )


def unit_words(
    function: ActivationFunction,
    z: Floats,
    unit: int,
    bends: Mapping[int, int] | None,
    say: Language = ENGLISH,
) -> tuple[str, ...]:
    """One sentence about one unit's turn; the arguments as for `bending_words`."""
    name, number = spoken(function), say("unit {unit}", unit=unit + 1)
    alone = None if bends is None else {0: 0} if unit in bends else {}
    count, smooth = crossings(function, z[:, unit : unit + 1], alone), function.breakpoints is None
    known: dict[str, object] = {"name": name, "count": count}
    rising = not smooth and float(function.unit(unit).pieces[0].min()) > 0.0
    shorter = name
    if function.is_identity:
        long, shorter = say("{name} changes nothing", name=name), ""
    elif not count and SQUASHING in function.does:
        long = say("{name} squashes one axis", name=name)
    elif not count:
        long = say("{name}, no fold on the sheet", name=name)
    elif smooth:
        shorter = say("{count:# curve|# curves}", count=count)
        if function.jumps:
            long = say("{name} tears the sheet along {count:# curve|# curves}", **known)
        else:
            long = say("{name} folds the sheet along {count:# curve|# curves}", **known)
    else:
        shorter = say("{count:# line|# lines}", count=count)
        if function.jumps:
            long = say("{name} tears the sheet along {count:# line|# lines}", **known)
        elif rising:
            long = say("{name} bends the sheet along {count:# line|# lines}", **known)
        else:
            long = say("{name} folds the sheet along {count:# line|# lines}", **known)
    both = [say("{who}: {what}", who=number, what=what) for what in (long, shorter) if what]
    return *both, number


def _collapsing(share: float, exact: bool, say: Language) -> str:
    """Which part of the sheet collapses, "" where it is less than `LEAST`."""
    if share < LEAST:
        return ""
    whole = share > 1.0 - 1e-12
    if whole:
        return say("all")
    text = percent(max(share, 0.01), 0)
    return text if exact else say("about {share}", share=text)
