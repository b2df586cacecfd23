"""A sheet that is torn where an activation jumps.

Beside a tear the sheet is on one level or on the other, never between. So no cell and no line
crosses one, and what lies on it lies on one side of it, a hair's breadth away:

    cells   ── corners of each side for itself, a little towards their cells
    lines   ── cut in two where they cross a tear
    tears   ── drawn along both lips, and as a boundary where the prediction changes
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

import numpy as np

from warpviz.arrays import Bools, Floats, Ints, paired, unpaired
from warpviz.geometry.plane import Plane
from warpviz.geometry.sheet import Polyline, Sheet
from warpviz.geometry.straight.sides import Sides
from warpviz.model.chain import Chain

HAIR = 1e-3
"""How far from a tear its lips are, as a part of a cell or of a segment."""
HALVINGS = 30
ROUNDS = 3
"""Of cutting: a segment may cross so many jumps and one."""
FINE = 8
"""Into how many parts a segment of a tear is cut, to see where the prediction changes."""


def tears_sheet(chain: Chain) -> bool:
    """Whether any activation jumps."""
    return bool(Sides(chain, None).bends)


def torn(sheet: Sheet, chain: Chain, plane: Plane | None = None, boundary: bool = True) -> Sheet:
    """A sheet whose cells and lines are each on one side of every jump.

    Args:
        sheet: on the plane; its cells end at the tears, its creases along them.
        chain: what is played.
        plane: origin (n,) and axes (n, 2) for inputs of n features.
        boundary: whether to draw the decision boundary where it runs along a tear.
    """
    if not tears_sheet(chain):
        return sheet
    sides = Sides(chain, plane)
    vertices, corners = _torn_cells(sheet, sides)
    found = [np.asarray(vertices)]
    lines: list[Polyline] = []
    count = len(vertices)
    for line, path in _torn_lines(sheet, sides, boundary and chain.widths[-1] > 1):
        lines.append(replace(line, vertices=np.arange(count, count + len(path))))
        found.append(path)
        count += len(path)
    return replace(sheet, vertices=np.concatenate(found), corners=corners, lines=tuple(lines))


def _torn_cells(sheet: Sheet, sides: Sides) -> tuple[Floats, Ints]:
    """Vertices and corners: each side of a tear has its own."""
    centres = sheet.centres()
    above, _ = sides.of(centres)
    label = _labels(above)
    many = int(label.max(initial=0)) + 1
    cell = np.repeat(np.arange(sheet.n_cells), np.diff(sheet.offsets))
    keys, corners = np.unique(paired(sheet.corners, label[cell], many), return_inverse=True)
    corners = corners.reshape(-1)
    old, _ = unpaired(keys, many)
    _, at = sides.of(sheet.vertices[old])
    moved = at.any(axis=1) | (np.bincount(old, minlength=len(sheet.vertices))[old] > 1)
    towards = np.zeros((len(keys), 2))
    np.add.at(towards, corners, centres[cell])
    towards /= np.bincount(corners, minlength=len(keys))[:, None]
    places = sheet.vertices[old]
    found = places + HAIR * moved[:, None] * (towards - places)
    # Of a cell that a tear crosses there remains the side of its middle.
    wanted = np.zeros((len(keys), above.shape[1]), dtype=bool)
    wanted[corners] = above[cell]
    wrong = np.flatnonzero((sides.of(found)[0] != wanted).any(axis=1))
    low, high = np.zeros(len(wrong)), np.ones(len(wrong))
    way = towards[wrong] - places[wrong]
    for _ in range(HALVINGS if len(wrong) else 0):
        middle = 0.5 * (low + high)
        here, _ = sides.of(places[wrong] + middle[:, None] * way)
        right = (here == wanted[wrong]).all(axis=1)
        low, high = np.where(right, low, middle), np.where(right, middle, high)
    found[wrong] = places[wrong] + high[:, None] * way
    return found, corners


def _labels(above: Bools) -> Ints:
    return np.asarray(np.unique(above, axis=0, return_inverse=True)[1].reshape(-1))


def _torn_lines(sheet: Sheet, sides: Sides, boundary: bool) -> Iterator[tuple[Polyline, Floats]]:
    """Lines with their paths (n, 2), each on one side of every jump."""
    hair = HAIR * float(np.ptp(sheet.vertices, axis=0).max()) / 48
    columns = sides.columns
    for line in sheet.lines:
        path = sheet.vertices[line.vertices]
        path = path[np.append(True, np.any(np.diff(path, axis=0) != 0, axis=1))]
        if len(path) < 2:
            continue
        if line.kind == "boundary":  # where it runs along a tear, the lips have it
            at = sides.of(path)[1]
            free = ~np.any(at[1:] & at[:-1], axis=1, keepdims=True)
            for run in _runs(free[:, 0]):
                pieces = _pieces(path[run[0] : run[-1] + 2], sides)
                yield from ((line, piece) for piece in pieces)
            continue
        own = [i for i, column in enumerate(columns) if column == (line.layer, line.unit)]
        lips = _lips(_finer(path), hair) if line.kind == "crease" and own else None
        if lips is None or not _parts(sides, lips, own):
            yield from ((line, piece) for piece in _pieces(path, sides))
            continue
        for lip in lips:
            yield from ((line, piece) for piece in _pieces(lip, sides))
        if boundary:
            for piece in _changing(lips, sides):
                yield Polyline(line.vertices, "boundary"), piece


def torn_boundary(
    paths: Iterable[Floats], chain: Chain, plane: Plane | None, size: float
) -> list[Floats]:
    """The parts of tears (n, 2) across which the prediction changes."""
    sides, found = Sides(chain, plane), []
    for path in map(_finer, paths):
        left, right = (sides.winner(_middles(lip)) for lip in _lips(path, HAIR * size / 48))
        found += [path[run[0] : run[-1] + 2] for run in _runs(left != right)]
    return found


def _finer(path: Floats) -> Floats:
    places = np.linspace(0, len(path) - 1, FINE * (len(path) - 1) + 1)
    columns = [np.interp(places, np.arange(len(path)), column) for column in path.T]
    return np.column_stack(columns)


def _runs(kept: Bools) -> list[Ints]:
    """The places of each run of what is kept."""
    at = np.flatnonzero(kept)
    return [run for run in np.split(at, np.flatnonzero(np.diff(at) > 1) + 1) if len(run)]


def _lips(path: Floats, hair: float) -> tuple[Floats, Floats]:
    """The same path a hair's breadth to its left and to its right."""
    along = np.diff(path, axis=0)
    along /= np.hypot(*along.T)[:, None]
    at = np.vstack([along[:1], along[1:] + along[:-1], along[-1:]])
    size = np.hypot(*at.T)[:, None]
    at = np.divide(at, size, out=np.zeros_like(at), where=size > 0)
    across = hair * np.column_stack([-at[:, 1], at[:, 0]])
    return path + across, path - across


def _parts(sides: Sides, lips: tuple[Floats, Floats], own: list[int]) -> bool:
    """Whether a path's own unit is above a jump on one side of it, and below on the other."""
    left, right = (sides.of(_middles(lip))[0][:, own] for lip in lips)
    return bool((left != right).any(axis=1).mean() > 0.5)


def _middles(path: Floats) -> Floats:
    return 0.5 * (path[1:] + path[:-1])


def _changing(lips: tuple[Floats, Floats], sides: Sides) -> Iterator[Floats]:
    """The parts of a tear across which the prediction changes, along both lips."""
    left, right = (sides.winner(_middles(lip)) for lip in lips)
    for run in _runs(left != right):
        for lip in lips:
            yield from _pieces(lip[run[0] : run[-1] + 2], sides)


def _pieces(path: Floats, sides: Sides, rounds: int = ROUNDS) -> Iterator[Floats]:
    """A path (n, 2) cut where it crosses a jump; on a jump it keeps beside it."""
    step = np.diff(path, axis=0)
    start, end = path[:-1] + HAIR * step, path[1:] - HAIR * step
    label = _labels(sides.of(np.vstack([start, end, path]))[0])
    first, last, corner = np.split(label, [len(step), 2 * len(step)])
    cuts, several = _cuts(path, np.flatnonzero(first != last), sides)
    piece = [path[0] if corner[0] == first[0] else start[0]]
    found = []
    for i in range(len(step)):
        if i in cuts:
            found.append([*piece, path[i] + cuts[i][0] * step[i]])
            piece = [path[i] + cuts[i][1] * step[i]]
        if i + 1 == len(step):
            piece.append(path[-1] if corner[-1] == last[-1] else end[-1])
        elif last[i] == first[i + 1]:
            piece.append(path[i + 1] if corner[i + 1] == last[i] else end[i])
        else:
            found.append([*piece, end[i]])
            piece = [start[i + 1]]
    for each in [*found, piece]:
        if several and rounds:
            yield from _pieces(np.array(each), sides, rounds - 1)
        else:
            yield np.array(each)


def _cuts(
    path: Floats, crossing: Ints, sides: Sides
) -> tuple[dict[int, tuple[float, float]], bool]:
    """For each segment that crosses a jump, the shares of it just before and just behind.

    And whether any of them crosses more than that one.
    """
    if not len(crossing):
        return {}, False
    begin, step = path[crossing], np.diff(path, axis=0)[crossing]
    low, high = np.full(len(crossing), HAIR), np.full(len(crossing), 1 - HAIR)
    here, _ = sides.of(begin + HAIR * step)
    for _ in range(HALVINGS):
        middle = 0.5 * (low + high)
        same = (sides.of(begin + middle[:, None] * step)[0] == here).all(axis=1)
        low, high = np.where(same, middle, low), np.where(same, high, middle)
    shares = zip(low.tolist(), high.tolist(), strict=True)
    behind, end = (sides.of(begin + share * step)[0] for share in (high[:, None], 1 - HAIR))
    return dict(zip(crossing.tolist(), shares, strict=True)), bool((behind != end).any())
