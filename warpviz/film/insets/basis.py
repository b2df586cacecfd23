"""Where the unit vectors of affine acts are seen, and how long they are drawn.

An affine act has them where both of its states are seen in their own coordinates, of which there
are up to three. Its map has a determinant where it leads to as many dimensions; where it leads to
more, the size of what the vectors span is √det(WᵀW); where it leads to fewer, W has a rank.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from warpviz.arrays import Floats
from warpviz.errors import WarpvizError
from warpviz.film.play import Play
from warpviz.film.seeing import Seen
from warpviz.film.words.numbers import short_number
from warpviz.languages.language import ENGLISH, Language, word
from warpviz.model.layers import Dense
from warpviz.motion.framing import Box
from warpviz.motion.interpolate import Swing
from warpviz.motion.projection import Projection
from warpviz.motion.trajectory import Trajectory
from warpviz.picture.layout import PanelLayout
from warpviz.picture.marks.basis import Basis, outline, spanned
from warpviz.picture.scene import Panel

TIMES = tuple(np.linspace(0.0, 1.0, 9).tolist())
"""When in an act it is looked at whether its vectors are in the picture."""
LEAST, MOST = 0.1, 0.4
"""Of the state's larger side: vectors of length 1 that are shorter are drawn longer, at most so
long. Where half the least does not stay in the picture, they start in the sheet's middle."""
STEPS = (5.0, 2.0, 1.0)
SIZES = (word("length"), word("area"), word("volume"))
"""What one, two or three vectors span."""


def bases_of(
    play: Play, views: Sequence[Projection], seen: Seen, layout: PanelLayout
) -> tuple[Basis | None, ...]:
    """The unit vectors of every act of a play, None for acts that have none.

    Args:
        play: what is played.
        views: K, how each state is seen.
        seen: path and camera of its points.
        layout: the panel's places.
    """
    return tuple(_basis(play, views, seen, layout, k) for k in range(len(play.acts)))


def check_no_basis(show: Sequence[str], film: str) -> None:
    """Refuse the part "basis" where the maps between states are not known.

    Raises:
        WarpvizError: it is asked for.
    """
    if "basis" in show:
        raise WarpvizError(
            f"{film} has no affine acts whose basis could be drawn; leave basis out."
        )


def basis_notes(
    panels: Sequence[Panel], parts: frozenset[str], say: Language = ENGLISH
) -> list[str]:
    """What is to be said of films that were asked for vectors, and have none to show."""
    if "basis" not in parts or any(basis for panel in panels for basis in panel.bases):
        return []
    return [
        say("No act is affine between states of up to three units, so no basis vectors are drawn.")
    ]


def _basis(
    play: Play, views: Sequence[Projection], seen: Seen, layout: PanelLayout, k: int
) -> Basis | None:
    layer = play.chain[play.acts[k].layer]
    if not isinstance(layer, Dense) or layer.activation != "identity":
        return None
    if not (views[k].whole and views[k + 1].whole):
        return None
    units = np.eye(layer.weight.shape[1])
    for foot in _feet(seen, k, len(units)):
        for length in _lengths(seen, k):
            path = _path(play, views, seen, k, np.vstack([foot, foot + length * units]))
            if _stays(path, seen, layout, k):
                return _told(path, length, layer.weight, play.say)
    return None


def _feet(seen: Seen, k: int, size: int) -> Iterator[Floats]:
    """Where vectors may start: the origin; where that cannot be seen, amid the sheet and on it."""
    yield np.zeros(size)
    points = seen.path.keyframes[k][:, :size]
    middle = (points.min(axis=0) + points.max(axis=0)) / 2
    yield points[np.argmin(((points - middle) ** 2).sum(axis=1))]


def _lengths(seen: Seen, k: int) -> Iterator[float]:
    """Lengths to be tried: 1 where that is neither long nor short, then round ones, long first."""
    reach = float(np.ptp(seen.path.keyframes[k], axis=0).max())
    if LEAST * reach <= 1.0:
        yield 1.0
    power = int(np.floor(np.log10(max(MOST * reach, 1e-300))))
    for exponent in (power, power - 1):
        for step in STEPS:
            if LEAST / 2 * reach <= step * 10.0**exponent <= MOST * reach:
                yield float(f"{step * 10.0**exponent:.0e}")


def _path(
    play: Play, views: Sequence[Projection], seen: Seen, k: int, points: Floats
) -> Trajectory:
    """Foot and tips through act k, and through the one behind it."""
    keyframes, swings = [views[k](points)], []
    for index in range(k, min(k + 2, len(play.acts))):
        act = play.acts[index]
        after = play.chain[act.layer : act.layer + 1](points)
        if act.unit >= 0:
            after = np.where(np.arange(after.shape[1]) <= act.unit, after, points)
        points = after
        keyframes.append(views[index + 1](points))
        swings.append(_own(seen.path.swings[index], keyframes[-2], keyframes[-1]))
    return Trajectory(np.stack(keyframes), seen.path.widths[k : k + len(keyframes)], tuple(swings))


def _own(swing: Swing | None, start: Floats, end: Floats) -> Swing | None:
    """A swing with what these points do besides."""
    if swing is None or swing.rest is None:
        return swing
    bare = replace(swing, rest=None)
    return replace(swing, rest=end - bare.at(start, 1.0))


def _stays(path: Trajectory, seen: Seen, layout: PanelLayout, k: int) -> bool:
    """Whether all that vectors span stays in the picture."""
    safe, room = layout.safe, layout.small
    inner = Box(safe.x0 + room, safe.y0 + room, safe.x1 - room, safe.y1 - room)
    for t in TIMES:
        points = path.at(0, t)
        flat, _ = seen.camera.lens(k, t).project(np.concatenate([points, *outline(points)]))
        low, high = flat.min(axis=0), flat.max(axis=0)
        if low[0] < inner.x0 or low[1] < inner.y0 or high[0] > inner.x1 or high[1] > inner.y1:
            return False
    return True


def _told(path: Trajectory, length: float, weight: Floats, say: Language) -> Basis:
    n_out, n_in = weight.shape
    vectors = (path.keyframes[1, 1:] - path.keyframes[1, 0]) / length
    end = spanned(vectors, n_out == n_in) if n_out >= n_in else 0.0
    size = abs(end)
    digits = min(max(1 - int(np.floor(np.log10(size))), 2), 6) if size > 1e-6 else 2
    rank = int(np.linalg.matrix_rank(weight))
    behind = ""
    if n_out < n_in:
        behind = say(", rank {before} → {after}", before=n_in, after=rank)
    before = "det = " if n_out == n_in else f"{say(SIZES[n_in - 1])} = "
    times = "" if length == 1.0 else f"{short_number(length)}·"
    return Basis(path, length, times, n_out == n_in, before, behind, digits, end)
