"""The loss as a surface over a plane of parameters, with the paths that optimizers took on it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from warpviz.arguments import check_least, kinds_checked
from warpviz.arrays import Floats
from warpviz.convert import to_chain
from warpviz.convert.pairing import fitting
from warpviz.data.dataset import Dataset
from warpviz.errors import WarpvizError
from warpviz.landscapes.figure import plotted
from warpviz.landscapes.heights import Heights
from warpviz.landscapes.plane import principal, random_plane, through_ends
from warpviz.model.chain import Chain
from warpviz.names import unknown_name
from warpviz.training.engine import flatten
from warpviz.training.examples import Data, targets_of
from warpviz.training.history import Fit, History
from warpviz.training.kernel_engine import make_engine
from warpviz.training.losses import LOSSES
from warpviz.training.recipe import Recipe

DIRECTIONS = {
    "ends": "the plane through the ends of the paths and their start, as far as a plane can",
    "path": "the two principal directions of the training path, through its mean",
    "random": "two random ones, normalised filter by filter (Li et al. 2018)",
}
"""What spans the plane."""
GRID = 101
"""Points along each side."""
TOGETHER = 64
"""Chains that are evaluated as one batch."""
MARGIN = 0.25
"""Around the paths, in parts of their extent."""


@dataclass(frozen=True, eq=False, repr=False)
class Landscape(Heights):
    """A surface of losses and the paths on it; in a notebook their plot."""

    def __repr__(self) -> str:
        low, high = float(np.nanmin(self.loss)), float(np.nanmax(self.loss))
        paths = ", ".join(self.paths)
        return (
            f"<Landscape of {len(self.a)}×{len(self.b)} points: loss {low:.4g} … {high:.4g}; "
            f"paths {paths:.60}; {self.what:.120}>"
        )

    def _repr_png_(self) -> bytes:
        return plotted(self)


@kinds_checked
def loss_landscape(
    fits: Mapping[str, Any] | Fit | Any,
    data: Data,
    recipe: Recipe | None = None,
    *,
    directions: str | None = None,
    grid: int = GRID,
    seed: int = 0,
) -> Landscape:
    """The loss around where training ended, on a plane of parameters.

    Args:
        fits: name → fit, from one start or several; (0, 0) is the first one's end, or the place
            of the plane nearest to it. Or a fit alone, or a model that `to_chain` takes.
        data: what they were trained on.
        recipe: how: its loss and penalties are the surface's; None is the default of training for
            fits, and the bare loss for a model alone.
        directions: a name of `DIRECTIONS`; None is "ends", and "random" for a model alone, which
            has no path.
        grid: points along each side.
        seed: of random directions.

    Raises:
        WarpvizError: for unknown directions, a grid that is too small, or paths that do not move.
    """
    check_least("loss_landscape", "seed", seed, 0)
    only = "path" if isinstance(fits, Fit) else "model"
    named = fits if isinstance(fits, Mapping) else {only: fits}
    alone = not any(isinstance(fit, Fit) for fit in named.values())
    directions = directions or ("random" if alone else "ends")
    if directions not in DIRECTIONS:
        raise unknown_name("directions", directions, DIRECTIONS)
    if not 5 <= grid <= 1001:
        raise WarpvizError(f"grid expects 5 to 1001 points along each side, got {grid}.")
    if not named:
        raise WarpvizError("A landscape expects at least one fit, got none.")
    if alone and directions != "random":
        raise WarpvizError(
            "A model alone has no path; choose directions='random', or give the fit of a training."
        )
    fits = {name: fit if isinstance(fit, Fit) else _still(fit, data) for name, fit in named.items()}
    if len({fit.chain.widths for fit in fits.values()}) > 1:
        raise WarpvizError("A landscape expects fits of one shape; theirs differ in widths.")
    numbers = isinstance(data, Dataset) and data.targets is not None
    loss = "mean_squared_error" if numbers else "cross_entropy"
    # Nobody knows what penalties a model was trained with that comes without its path.
    bare = Recipe(loss=loss, penalty=0.0, evenness=0.0)
    recipe = recipe or (bare if alone else Recipe(loss=loss))
    first = next(iter(fits.values()))
    walked = {name: fit.history.parameters for name, fit in fits.items()}
    if directions == "random":
        plane = random_plane(first.chain, seed)
    else:
        plane = (through_ends if directions == "ends" else principal)(walked)
    nearest = {name: plane.nearest(points) for name, points in walked.items()}
    paths = {name: places for name, (places, _) in nearest.items()}
    a, b = _extent(paths, directions, grid)
    places = plane.origin + np.stack(np.meshgrid(a, b), axis=-1).reshape(-1, 2) @ plane.directions
    surface = losses_at(first.chain, places, data, recipe).reshape(grid, grid)
    return Landscape(
        a, b, surface, paths, plane.names, plane.what, None, plane.origin, plane.directions,
        {name: losses_at(first.chain, points, data, recipe) for name, points in walked.items()},
        {name: distance for name, (_, distance) in nearest.items()},
    )  # fmt: skip


def _still(model: Any, data: Data) -> Fit:
    """A model as the fit of a training that has ended where it began."""
    chain = to_chain(model)
    if isinstance(data, Dataset):
        chain = fitting(chain, data)
    one, zero = flatten(chain)[None], np.zeros(1)
    return Fit(chain, History(np.zeros(1, dtype=np.intp), zero, None, one, chain))


def _extent(paths: Mapping[str, Floats], directions: str, grid: int) -> tuple[Floats, Floats]:
    """The grid: around the paths, and never narrower than a fifth of its other side."""
    every = np.concatenate(list(paths.values()))
    low, high = every.min(axis=0), every.max(axis=0)
    if directions == "random":
        low, high = np.minimum(low, -1.0), np.maximum(high, 1.0)
    middle, half = (low + high) / 2, (high - low) / 2
    half = np.maximum(half, 0.2 * half.max()) * (1 + MARGIN)
    a, b = (np.linspace(middle[i] - half[i], middle[i] + half[i], grid) for i in (0, 1))
    return a, b


def losses_at(chain: Chain, parameters: Floats, data: Dataset | Any, recipe: Recipe) -> Floats:
    """The loss with penalties of many chains of one shape: flat parameters (B, P) → (B,)."""
    x, target = targets_of(chain, data, recipe)
    engine = make_engine(
        chain, x, target, LOSSES[recipe.loss], penalty=recipe.penalty or 0.0,
        evenness=recipe.evenness or 0.0, starts=TOGETHER,
    )  # fmt: skip
    losses = np.empty(len(parameters))
    with np.errstate(over="ignore", invalid="ignore"):
        for start in range(0, len(parameters), TOGETHER):
            some = parameters[start : start + TOGETHER]
            engine.parameters[: len(some)] = some
            losses[start : start + len(some)] = engine.losses()[: len(some)]
    return losses
