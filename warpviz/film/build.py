"""Models and data to scenes: `animate` and `compare`."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from warpviz.arrays import Floats, Ints
from warpviz.data.dataset import Dataset
from warpviz.errors import WarpvizError
from warpviz.film.animation import Animation
from warpviz.film.captions import act_names, axis_letters, stop_names
from warpviz.film.options import Options
from warpviz.geometry.pieces import Plane
from warpviz.geometry.sheet import Limits
from warpviz.geometry.tailor import fold_times, sheet_for
from warpviz.model.chain import Chain
from warpviz.model.layers import Softmax
from warpviz.motion.camera import choose_views
from warpviz.motion.framing import frame
from warpviz.motion.projection import project, projections
from warpviz.motion.timeline import Timeline
from warpviz.motion.trajectory import Trajectory
from warpviz.picture.dots import RADIUS
from warpviz.picture.layout import PanelLayout, lay_out
from warpviz.picture.scene import Panel, Scene
from warpviz.picture.text import find_font
from warpviz.picture.theme import theme

ALL_DRAWN = 400
"""Up to so many data points all are drawn; of more, those that would not cover each other."""


def as_dataset(x: Dataset | npt.ArrayLike, y: npt.ArrayLike | None) -> Dataset:
    """A dataset from itself or from arrays x (N, D) and y (N,)."""
    if isinstance(x, Dataset):
        return x
    if y is None:
        raise WarpvizError("animate expects a Dataset, or x and y; y is missing.")
    return Dataset(np.asarray(x), np.asarray(y))


def around(x: Floats) -> Limits:
    """Limits that leave a margin around the first two features of data."""
    low, high = x[:, :2].min(axis=0), x[:, :2].max(axis=0)
    margin = 0.1 * np.maximum(high - low, 1e-9) / 2
    (x0, y0), (x1, y1) = low - margin, high + margin
    return float(x0), float(x1), float(y0), float(y1)


def played(chain: Chain, options: Options) -> Chain:
    """The acts of a film: without softmax unless asked for, layers split unless whole."""
    acts = chain if options.softmax else chain.logits()
    return acts if options.whole_layers else acts.split()


def predicted(chain: Chain, x: Floats) -> Floats:
    """Class probabilities (N, C) of points."""
    logits = chain.logits()(x)
    return Softmax()(logits)


def animate(
    chain: Chain,
    x: Dataset | npt.ArrayLike,
    y: npt.ArrayLike | None = None,
    **options: Any,
) -> Animation:
    """The film of a chain that bends its input plane.

    Args:
        chain: a classifier; `Chain`.
        x: a `Dataset`, or the points (N, 2).
        y: the classes (N,) where x is an array.
        options: fields of `Options`.

    Raises:
        WarpvizError: for data that does not fit, or options that make no sense.
    """
    return compare({"": chain}, as_dataset(x, y), **options)


def compare(
    chains: Mapping[str, Chain],
    x: Dataset | npt.ArrayLike,
    y: npt.ArrayLike | None = None,
    **options: Any,
) -> Animation:
    """Films of several chains side by side, on one clock.

    Args:
        chains: title → chain.
        x: a `Dataset`, or the points (N, 2).
        y: the classes (N,) where x is an array.
        options: fields of `Options`.
    """
    data, chosen = as_dataset(x, y), Options(**options)
    if not chains:
        raise WarpvizError("compare expects at least one chain, got none.")
    for chain in chains.values():
        check_fit(chain, data)
    font = find_font(chosen.font)
    size = chosen.size or default_size(len(chains))
    acts = [played(chain, chosen) for chain in chains.values()]
    stops = [stop_names(chain) for chain in acts]
    doing = [act_names(chain, names) for chain, names in zip(acts, stops, strict=True)]
    texts = tuple(text for group in (*stops, *doing) for text in group)
    names = tuple(data.class_names)
    layouts = lay_out(size, tuple(chains), texts, names, chosen.parts, font, chosen.title)
    panels = tuple(
        _panel(title, chain, acts[i], stops[i], doing[i], layouts[i], data, chosen)
        for i, (title, chain) in enumerate(chains.items())
    )
    scene = Scene(panels, size, theme(chosen.theme), chosen.parts, names, font, chosen.title)
    timeline = Timeline(scene.acts, chosen.seconds, chosen.hold, chosen.fps, chosen.ease)
    return Animation(scene, timeline, loop=chosen.loop, jobs=chosen.jobs)


def default_size(panels: int) -> tuple[int, int]:
    """640×480 for one panel, 360×440 a panel where they stand side by side."""
    if panels == 1:
        return 640, 480
    columns = panels if panels <= 4 else -(-panels // 2)
    return 360 * columns, 440 * (-(-panels // columns))


def check_fit(chain: Chain, data: Dataset) -> None:
    """Refuse a chain and data that do not belong together."""
    n_in, n_out = chain.widths[0], chain.widths[-1]
    if n_in != data.x.shape[1]:
        raise WarpvizError(
            f"The model takes {n_in} features, but the data has {data.x.shape[1]}; "
            "give data with as many features as the model's first layer takes."
        )
    if n_out < data.n_classes:
        raise WarpvizError(
            f"The model tells {n_out} classes apart, but the data has {data.n_classes}."
        )


def plane_of(data: Dataset) -> Plane | None:
    """The plane on which data of more than two features is seen: its first principal axes."""
    if data.x.shape[1] == 2:
        return None
    origin = data.x.mean(axis=0)
    _, _, directions = np.linalg.svd(data.x - origin, full_matrices=False)
    axes = directions[:2].T
    # The sign of an SVD is chance: the largest component of each axis is positive.
    axes = axes * np.where(axes[np.abs(axes).argmax(axis=0), [0, 1]] < 0, -1.0, 1.0)
    return origin, axes


def thinned(flat: Floats, labels: Ints, share: float) -> Ints:
    """Rows of data to draw: where many dots of one class would cover each other, fewer.

    Args:
        flat: (N, 2) the dots.
        labels: (N,) their classes.
        share: the least distance between two of a class, over the larger side of the data.

    Returns:
        Indices in order; all of them up to `ALL_DRAWN` points.
    """
    if len(flat) <= ALL_DRAWN:
        return np.arange(len(flat))
    reach = share * float((flat.max(axis=0) - flat.min(axis=0)).max())
    cell = np.floor((flat - flat.min(axis=0)) / max(reach, 1e-12)).astype(np.int64)
    kept: list[int] = []
    taken: dict[tuple[int, int, int], list[int]] = {}
    for i, (u, v) in enumerate(cell.tolist()):
        label = int(labels[i])
        near = [
            j
            for a in (u - 1, u, u + 1)
            for b in (v - 1, v, v + 1)
            for j in taken.get((label, a, b), ())
        ]
        if all(np.hypot(*(flat[i] - flat[j])) >= reach for j in near):
            taken.setdefault((label, u, v), []).append(i)
            kept.append(i)
    return np.array(kept)


def _panel(
    title: str,
    chain: Chain,
    acts: Chain,
    stops: tuple[str, ...],
    doing: tuple[str, ...],
    layout: PanelLayout,
    data: Dataset,
    options: Options,
) -> Panel:
    plane = plane_of(data)
    flat = data.x if plane is None else (data.x - plane[0]) @ plane[1]
    limits = options.limits or around(flat)
    sheet = sheet_for(acts, limits, plane=plane, boundary="boundary" in options.parts)
    vertices = len(sheet.vertices)
    dots = thinned(flat, data.y, 2.6 * RADIUS * layout.unit / min(layout.safe.width, layout.safe.height))
    points = np.concatenate([sheet.vertices, data.x[dots]])
    states = Trajectory.through(acts, points, options.motion, whole_layers=True)
    seen = projections(states, slice(vertices, None), options.view)
    path = project(states, seen)
    space = (states.widths > 2) if options.view in ("auto", "pca") else states.widths < 0
    space = np.ones_like(space) if options.view == "3d" else space
    corners = np.concatenate([np.unique(sheet.corners), np.arange(vertices, len(points))])
    outline = path.of_points(corners)
    flips = [swing.reversed_direction if swing else None for swing in path.swings]
    views = choose_views(outline.keyframes, space, flips)
    return Panel(
        title=title,
        path=path,
        camera=frame(outline, views, layout.safe),
        layout=layout,
        sheet=sheet,
        chances=predicted(chain, sheet.centres()),
        labels=data.y[dots],
        plane=~space & np.array([not one.principal for one in seen]),
        fold_times=fold_times(acts),
        stops=stops,
        acts=doing,
        axis_names=tuple(
            "" if one.principal else letter
            for one, letter in zip(seen, axis_letters(acts, stops), strict=True)
        ),
    )
