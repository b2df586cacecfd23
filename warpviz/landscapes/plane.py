"""Planes of parameters: what spans the ground of a landscape, and how far points lie off it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from warpviz.arrays import Floats
from warpviz.errors import WarpvizError
from warpviz.languages.language import Sentence
from warpviz.model.chain import Chain
from warpviz.model.layers import Dense, steps_of
from warpviz.training.engine import flatten

ON = 0.01
"""A point so near to the plane, in parts of the paths' extent, needs no direction of its own."""
STILL = "The path does not move, so it spans no plane; train for longer."


@dataclass(frozen=True, eq=False)
class ParameterPlane:
    """θ = origin + a · first direction + b · second.

    Attributes:
        origin: (P,) the parameters at (0, 0).
        directions: (2, P).
        names: of the two directions.
        what: what the plane is, in a sentence.
    """

    origin: Floats
    directions: Floats
    names: tuple[str, str]
    what: str

    def nearest(self, points: Floats) -> tuple[Floats, Floats]:
        """Of points (S, P): the coordinates (S, 2) of the nearest place, and how far it is (S,)."""
        from_origin = points - self.origin
        # Random directions are not at right angles, so plain products would not do.
        places = from_origin @ np.linalg.pinv(self.directions.T).T
        return places, np.linalg.norm(from_origin - places @ self.directions, axis=1)


def through_ends(paths: Mapping[str, Floats]) -> ParameterPlane:
    """The plane through as many ends and starts of the paths as a plane can hold.

    The ends come first, in the order of the paths, then the starts. A direction that is still free
    is the one that leaves the least sum of squared distances of all points.

    Args:
        paths: name → (S, P).

    Raises:
        WarpvizError: where nothing moves.
    """
    names = [*paths]
    ends = [path[-1] for path in paths.values()]
    starts = [path[0] for path in paths.values()]
    same = all(np.allclose(start, starts[0], rtol=0.0, atol=1e-9) for start in starts)
    origin, every = ends[0], np.concatenate([*paths.values()])
    extent = float(np.linalg.norm(every - origin, axis=1).max())
    if extent <= 1e-12 * (1.0 + float(np.linalg.norm(origin))):
        raise WarpvizError(STILL)
    held_ends, held_starts = [0], []
    basis: list[Floats] = []
    axes: list[str] = []
    for number, end in enumerate(ends[1:], 1):
        if _add(basis, end - origin, ON * extent):
            held_ends.append(number)
            axes.append(Sentence.of("towards the end of {name}", name=names[number]))
    for number, start in enumerate(starts[:1] if same else starts):
        # Drawn from left to right and upwards: away from the start.
        if _add(basis, origin - start, ON * extent):
            held_starts.append(number)
            axes.append(Sentence.of("away from the start"))
    while len(basis) < 2:
        rest = every - origin
        for axis in basis:
            rest = rest - np.outer(rest @ axis, axis)
        _add(basis, _principal(rest, basis)[0], 0.0)
        axes.append(Sentence.of("where the path strays most"))
    what = Sentence.of("plane through {what}", what=_held(names, held_ends, held_starts, same))
    return _told(origin, np.stack(basis[:2]), (axes[0], axes[1]), what, len(paths) == 1, every)


def principal(paths: Mapping[str, Floats]) -> ParameterPlane:
    """The plane that leaves the least sum of squared distances of all points: through their mean.

    The place nearest to the first path's end is (0, 0). Arguments and errors as `through_ends`.
    """
    every = np.concatenate([*paths.values()])
    mean = every.mean(axis=0)
    if np.abs(every - mean).max() <= 1e-12 * (1.0 + np.abs(mean).max()):
        raise WarpvizError(STILL)
    axes = _principal(every - mean, [])[:2]
    if len(axes) < 2:
        axes = np.stack([axes[0], _principal(every[:0], [axes[0]])[0]])
    end = next(iter(paths.values()))[-1]
    origin = mean + axes.T @ (axes @ (end - mean))
    one = len(paths) == 1
    what = Sentence.of("principal plane of the paths")
    if one:
        what = Sentence.of("principal plane of the path")
    names = Sentence.of("first principal direction"), Sentence.of("second")
    return _told(origin, axes, names, what, one, every)


def random_plane(chain: Chain, seed: int) -> ParameterPlane:
    """Two random directions, normalised filter by filter, through the parameters of a chain."""
    rng = np.random.default_rng(seed)
    return ParameterPlane(
        flatten(chain), np.stack([_normalised(rng, chain) for _ in range(2)]),
        (Sentence.of("first random direction"), Sentence.of("second")),
        Sentence.of("random directions, normalised filter by filter"),
    )  # fmt: skip


def _told(
    origin: Floats, axes: Floats, names: tuple[str, str], what: Sentence, one: bool, every: Floats
) -> ParameterPlane:
    """The plane, with its share of the variance, rounded down, in its sentence."""
    around = every - every.mean(axis=0)
    share = float(((around @ axes.T) ** 2).sum() / (around**2).sum())
    known: dict[str, object] = {"what": what, "share": f"{np.floor(100 * share + 1e-9):.0f} %"}
    told = Sentence.of("{what}, {share} of their variance", **known)
    if one:
        told = Sentence.of("{what}, {share} of its variance", **known)
    return ParameterPlane(origin, axes, names, told)


def _add(basis: list[Floats], direction: Floats, least: float) -> bool:
    """Put what is new in a direction into an orthonormal basis, if it is longer than `least`."""
    if len(basis) == 2:
        return False
    for _ in range(2):  # twice is enough for right angles (Kahan)
        for axis in basis:
            direction = direction - (direction @ axis) * axis
    length = float(np.linalg.norm(direction))
    if length <= least:
        return False
    basis.append(direction / length)
    return True


def _principal(points: Floats, basis: Sequence[Floats]) -> Floats:
    """Directions in which points (S, P) spread, most first; one across the basis if they do not."""
    sizes, axes = np.zeros(1), points
    if len(points):
        _, sizes, axes = np.linalg.svd(points, full_matrices=False)
    if sizes[0] <= 1e-12:
        # No point tells the direction: a parameter of which the basis has least.
        across = np.zeros(len(basis[0]))
        across[int(np.argmin(np.abs(basis[0])))] = 1.0
        across -= (across @ basis[0]) * basis[0]
        return (across / np.linalg.norm(across))[None]
    axes = axes[sizes > 1e-12 * sizes[0]]
    # The sign of an SVD is chance: the largest entry of each direction is positive.
    largest = np.abs(axes).argmax(axis=1)
    return np.asarray(axes * np.sign(axes[np.arange(len(axes)), largest])[:, None])


def _held(names: Sequence[str], ends: Sequence[int], starts: Sequence[int], same: bool) -> Sentence:
    """Which points a plane holds, in words."""
    if len(names) == 1 and starts:
        return Sentence.of("start and end of the path")
    if len(names) == 1:
        return Sentence.of("end of the path")
    told = Sentence.of("end of {names}", names=names[ends[0]])
    if len(ends) > 1:
        told = Sentence.of("ends of {names}", names=_listed([names[i] for i in ends]))
    if starts and same:
        return Sentence.of("start and {ends}", ends=told)
    if starts:
        begun = _listed([names[i] for i in starts])
        return Sentence.of("start of {names} and {ends}", names=begun, ends=told)
    return told


def _listed(names: Sequence[str]) -> str:
    if len(names) == 1:
        return names[0]
    return Sentence.of("{first} and {last}", first=", ".join(names[:-1]), last=names[-1])


def _normalised(rng: np.random.Generator, chain: Chain) -> Floats:
    """A random direction in which every row of weights is as long as the chain's own.

    Biases stay. Source: Li et al. 2018, arXiv:1712.09913, section 4.
    """
    arrays = []
    for layer in steps_of(chain):
        if isinstance(layer, Dense):
            drawn = rng.normal(size=layer.weight.shape)
            own = np.linalg.norm(layer.weight, axis=1, keepdims=True)
            drawn *= own / np.linalg.norm(drawn, axis=1, keepdims=True)
            arrays += [drawn, np.zeros(layer.n_out)]
    return flatten(chain.with_parameters(arrays))
