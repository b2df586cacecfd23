"""What an activation does to the sheet, in words: from where its units bend on it."""

from collections.abc import Mapping

import numpy as np

from warpviz.arrays import Floats
from warpviz.film.words.numbers import percent, short_number
from warpviz.geometry.folds import fold_points
from warpviz.model.activations.function import ActivationFunction
from warpviz.model.residual import SIGN

SURE = 1e-12
"""A unit crosses a level when it is on both sides of it by more than this part of its size."""
SQUASHING = "squashes"
"""What `does` says of functions that are bounded and rising."""
STEEP = 20.0
"""Beyond ± this, f' of a rising function may be 0 to rounding and says nothing."""


def bending_words(
    function: ActivationFunction,
    z: Floats,
    bends: Mapping[int, int] | None,
    flat: float,
    exact: bool,
) -> tuple[str, ...]:
    """One sentence about an activation, the longest variant first.

    Args:
        function: what acts on every unit.
        z: (V, D) its input all over the sheet.
        bends: the units known to have a crease there, with the number of its line; None to look
            at z.
        flat: the share of the sheet that collapses in this act, 0 … 1.
        exact: whether that share is exact, and not sampled.

    >>> from warpviz.model import ACTIVATIONS
    >>> z = np.array([[-1.0, 1.0], [2.0, 3.0], [0.5, 0.1]])
    >>> bending_words(ACTIVATIONS["relu"], z, None, 0.0, True)
    ('relu folds the sheet along 1 line', 'relu folds along 1 line', 'relu: 1 fold')
    """
    name = spoken(function)
    if function.is_identity:
        return f"{name} changes nothing", name
    if function.breakpoints is not None:
        return _straight_words(function, name, z, bends, _collapsing(flat, exact))
    count = crossings(function, z, bends)
    if count:
        curves = _counted(count, "curve")
        verb, noun = ("tears", "tear") if function.jumps else ("folds", "fold")
        return (
            f"{name} {verb} the sheet along {curves}",
            f"{name} {verb} along {curves}",
            f"{name}: {_counted(count, noun)}",
        )
    inside = z[np.abs(z) < STEEP]
    if np.any(function.derivative(inside) == 0.0):
        return f"{name} collapses part of the sheet", f"{name} collapses a part", name
    verb = "squashes" if SQUASHING in function.does else "bends"
    return f"{name} {verb} the sheet; nothing folds", f"{name} {verb} the sheet", f"{name} {verb}"


def _straight_words(
    function: ActivationFunction,
    name: str,
    z: Floats,
    bends: Mapping[int, int] | None,
    pressed: str,
) -> tuple[str, ...]:
    """Say what a function of straight pieces does, that bends or jumps where they meet."""
    slopes, shifts = function.pieces
    if (slopes == 1.0).all() and not shifts.any():
        return f"{name} changes nothing", name
    count = crossings(function, z, bends)
    if not count:
        return _without_lines(function, name, z, pressed)
    lines = _counted(count, "line")
    if function.jumps:
        return (
            f"{name} tears the sheet along {lines}",
            f"{name} tears along {lines}",
            f"{name}: {_counted(count, 'tear')}",
        )
    if slopes.min() > 0.0:
        return (
            f"{name} bends along {lines}, nothing is lost",
            f"{name} bends along {lines}",
            f"{name}: {_counted(count, 'bend')}",
        )
    folds = _counted(count, "fold")
    shorter = (f"{name} folds along {lines}", f"{name}: {folds}")
    if pressed and (slopes == 0.0).any():
        return (
            f"{name} folds the sheet along {lines}; {pressed} collapses",
            f"{name} folds along {lines}; {pressed} collapses",
            f"{name}: {folds}, {pressed} collapses",
            shorter[1],
        )
    return f"{name} folds the sheet along {lines}", *shorter


def residual_words(bends: Mapping[int, int] | None, flat: float, exact: bool) -> tuple[str, ...]:
    """One sentence about x + f(x); the arguments as for `bending_words`.

    >>> residual_words({0: 0, 1: 0, 4: 1}, 0.0, True)[0]
    'x + f(x) bends the sheet along 2 lines'
    """
    if bends is None:
        return f"{SIGN} bends the sheet", SIGN
    if not bends:
        return f"{SIGN} moves the sheet, without a crease", f"{SIGN} moves the sheet", SIGN
    lines, pressed = _counted(len(set(bends.values())), "line"), _collapsing(flat, exact)
    shorter = (f"{SIGN} bends along {lines}", SIGN)
    if pressed:
        return f"{SIGN} bends along {lines}; {pressed} collapses", *shorter
    return f"{SIGN} bends the sheet along {lines}", *shorter


def _without_lines(
    function: ActivationFunction, name: str, z: Floats, pressed: str
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
        return f"{name} leaves the whole sheet as it is", f"{name} changes nothing", name
    units = f"{moved} of {z.shape[1]} units"
    factors = np.unique(slope[changed])
    if (factors == 0.0).all():
        if moved == z.shape[1]:
            return f"{name} switches off {units}: one point is left", f"{name}: a point", name
        rest = f"; {pressed} collapses" if pressed else ", folds nothing"
        return f"{name} switches off {units}{rest}", f"{name}: {units} off", name
    if len(factors) == 1 and not shift[changed].any():
        shares = f"{name} scales {units} by {short_number(float(factors[0]))}"
    else:
        shares = f"{name} stretches or shifts {units}"
    return f"{shares}, folds nothing", shares, name


def unit_words(
    function: ActivationFunction, z: Floats, unit: int, bends: Mapping[int, int] | None
) -> tuple[str, ...]:
    """One sentence about one unit's turn; the arguments as for `bending_words`."""
    name, number = spoken(function), f"unit {unit + 1}"
    alone = None if bends is None else {0: 0} if unit in bends else {}
    if function.is_identity:
        return f"{number}: {name} changes nothing", number
    count = crossings(function, z[:, unit : unit + 1], alone)
    if not count:
        if SQUASHING in function.does:
            return f"{number}: {name} squashes one axis", f"{number}: {name}", number
        return f"{number}: {name}, no fold on the sheet", f"{number}: {name}", number
    kind = "curve" if function.breakpoints is None else "line"
    rising = kind == "line" and float(function.unit(unit).pieces[0].min()) > 0.0
    verb = "tears" if function.jumps else "bends" if rising else "folds"
    where = _counted(count, kind)
    return f"{number}: {name} {verb} the sheet along {where}", f"{number}: {where}", number


def crossings(
    function: ActivationFunction, z: Floats, bends: Mapping[int, int] | None = None
) -> int:
    """How many different lines of the sheet an activation bends or folds along.

    A line is where a unit crosses a level at which f bends (or, where f is smooth, f' changes its
    sign); units that do so in the same places count once.

    Args:
        function: f.
        z: (V, D) its input all over the sheet.
        bends: as for `bending_words`.
    """
    if bends is not None:
        return len(set(bends.values()))
    scale = np.abs(z).max(axis=0)
    seen: set[bytes] = set()
    for unit in range(z.shape[1]):
        if scale[unit] == 0.0:
            continue
        low, high = float(z[:, unit].min()), float(z[:, unit].max())
        if function.breakpoints is not None:
            levels = list(function.breakpoints)
        else:
            levels = fold_points(function, 1.0, (low, high)).tolist() if low < high else []
            levels += [*function.jumps]
        for level in levels:
            away = z[:, unit] - level
            sure = SURE * (scale[unit] + abs(level))
            if not (away.min() < -sure and away.max() > sure):
                continue
            # The same zero line up to scale and sign: the same line.
            shape = away / away[np.abs(away).argmax()]
            seen.add((np.rint(shape * 1e9) + 0.0).tobytes())
    return len(seen)


def spoken(function: ActivationFunction) -> str:
    """An activation's name as one says it: no parameter, no underscore.

    >>> from warpviz.model import ACTIVATIONS
    >>> spoken(ACTIVATIONS["leaky_relu:0.2"]), spoken(ACTIVATIONS["gelu_tanh"])
    ('leaky relu', 'gelu tanh')
    """
    return function.name.partition("=")[0].partition(":")[0].replace("_", " ")


def _counted(count: int, thing: str) -> str:
    return f"{count} {thing}{'s' * (count != 1)}"


def _collapsing(share: float, exact: bool) -> str:
    """Which part of the sheet collapses, "" where it is less than half a percent."""
    if share < 0.005:
        return ""
    whole = share > 1.0 - 1e-12
    text = "all" if whole else percent(max(share, 0.01), 0)
    return text if exact or whole else "about " + text
