"""One state of a network under each of several weights: the sheet that moves while it learns."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from warpviz.arrays import Floats
from warpviz.axis import limits_of
from warpviz.data.dataset import Dataset
from warpviz.errors import WarpvizError
from warpviz.film.options import Look
from warpviz.film.panel import APART, own_axes_of, thinned
from warpviz.film.seeing import seen_states
from warpviz.film.words.captions import seen_words
from warpviz.geometry.plane import around, plane_of
from warpviz.geometry.sheet import graph_paper
from warpviz.model.captions import axis_letters
from warpviz.model.chain import Chain
from warpviz.model.predictions import tints
from warpviz.motion.projection import Projection, views_of
from warpviz.motion.trajectory import Trajectory
from warpviz.picture.layout import lay_out
from warpviz.picture.marks.dots import RADIUS
from warpviz.picture.scene import Panel, Scene
from warpviz.picture.words.fonts import find_font
from warpviz.theme import Theme

CELLS = 48
"""Of the sheet, along each side."""


def _cloud(chain: Chain, layer: int, data: Dataset) -> Floats:
    """The data as one state has it; the input as its sheet's plane has it."""
    plane = plane_of(data)
    if layer == 0 and plane is not None:
        return np.asarray((data.x - plane[0]) @ plane[1])
    return chain[:layer](data.x)


def _seen(view: Projection, chain: Chain, layer: int, data: Dataset) -> str:
    """How much of a state is seen, "" where it is all of it."""
    if layer or plane_of(data) is None:
        return seen_words(view, chain.widths[layer])
    share = float(_cloud(chain, 0, data).var(axis=0).sum() / data.x.var(axis=0).sum())
    return seen_words(replace(view, variance=share, principal=True), data.x.shape[1])


def shown_layer(chain: Chain, layer: int | None) -> int:
    """Which state is shown, counted in layers: the one asked for, else the last hidden one.

    Raises:
        WarpvizError: there is no such state.
    """
    last = len(chain.logits())
    shown = max(last - 1, 0) if layer is None else layer
    if not 0 <= shown <= last:
        raise WarpvizError(f"layer expects 0 (the input) to {last} (the logits), got {shown}.")
    return shown


def state_name(chain: Chain, layer: int) -> str:
    """What a state is called, counted in layers from the input."""
    if layer == 0:
        return "input"
    return "logits" if layer == len(chain.logits()) else f"layer {layer}"


def cloth_of_states(
    chains: Sequence[Chain],
    layer: int,
    data: Dataset,
    look: Look,
    size: tuple[int, int],
    when: Sequence[str],
    colours: Theme,
) -> Scene:
    """The sheet and the dots as one state has them, under each chain.

    Args:
        chains: one a keyframe.
        layer: which state, counted in layers.
        data: the dots.
        look: font, parts, view, limits.
        size: of the scene, in pixels.
        when: a word a keyframe, such as "epoch 10".
        colours: the theme.
    """
    font = find_font(look.font)
    views = tuple(views_of([_cloud(chain, layer, data) for chain in chains], look.view))
    name = state_name(chains[-1], layer)
    stops = tuple(
        f"{name} · {word}{_seen(view, chains[-1], layer, data)}"
        for word, view in zip(when, views, strict=True)
    )
    parts = look.parts - {"track", "boundary", "creases", "measures"}
    layout = lay_out(size, ("",), stops, tuple(data.class_names), parts, font)[0]
    plane = plane_of(data)
    flat = data.x if plane is None else (data.x - plane[0]) @ plane[1]
    sheet = graph_paper(limits_of(look.limits, data.axes) or around(flat), cells=CELLS)
    vertices = len(sheet.vertices)
    there = sheet.vertices if plane is None else sheet.vertices @ plane[1].T + plane[0]
    smaller = min(layout.safe.width, layout.safe.height)
    dots = thinned(flat, data.y, APART * RADIUS * layout.unit / smaller)
    points = np.concatenate([there, data.x[dots]])
    middles = sheet.centres()
    middles = middles if plane is None else middles @ plane[1].T + plane[0]
    if layer == 0 and plane is not None:
        states = Trajectory.of([np.concatenate([sheet.vertices, flat[dots]])] * len(chains))
    else:
        states = Trajectory.of([chain[:layer](points) for chain in chains])
    framed = np.concatenate([np.unique(sheet.corners), np.arange(vertices, len(points))])
    seen = seen_states(states, views, look.view, layout.safe, framed, framed)
    letter = axis_letters(chains[0])[layer]
    panel = Panel(
        title="",
        path=seen.path,
        camera=seen.camera,
        layout=layout,
        sheet=sheet,
        chances=np.stack([tints(chain, middles, data) for chain in chains]),
        labels=data.y[dots],
        flat=seen.flat,
        creases={},
        stops=stops,
        acts=stops[:-1],
        # The plane of a wide input has axes of its own, which are no features.
        axis_names=tuple(
            "" if one.principal or (layer == 0 and plane is not None) else letter
            for one in seen.views
        ),
        own_axes=own_axes_of(data) if plane is None else (),
    )
    names = tuple(data.class_names)
    return Scene((panel,), size, colours, parts, names, font)
