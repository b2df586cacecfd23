"""One state of a network under each of several weights: the sheet that moves while it learns."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from warpviz.arrays import Floats, Ints, distinct
from warpviz.axis import limits_of
from warpviz.data.dataset import Dataset
from warpviz.errors import WarpvizError
from warpviz.film.looks.camera import check_space
from warpviz.film.looks.look import Look
from warpviz.film.panel import APART, in_numbers, own_axes_of, thinned
from warpviz.film.seeing import Seen, path_of, seen_path
from warpviz.film.words.captions import seen_words
from warpviz.geometry.creased import lines_of_snapshots
from warpviz.geometry.fitting import lifted
from warpviz.geometry.plane import around, plane_of
from warpviz.geometry.sheet import Limits, Sheet, graph_paper, lattice, squares
from warpviz.languages.language import ENGLISH, Language
from warpviz.model.captions import axis_letters, input_name
from warpviz.model.chain import Chain
from warpviz.model.predictions import tints
from warpviz.motion.projection import Projection, project, views_of
from warpviz.motion.trajectory import Trajectory
from warpviz.picture.layout import PanelLayout, lay_out
from warpviz.picture.marks.dots import RADIUS
from warpviz.picture.origin import Learnt, together
from warpviz.picture.scene import Panel, Scene
from warpviz.theme import Theme

CELLS = 48
"""Of the sheet, along each side, before any is cut."""
TURN = 0.1
"""How much a tint may change within a cell, at any keyframe, as far as can be in"""
MOST_CELLS = 9_000
"""cells."""


def _cloud(chain: Chain, layer: int, data: Dataset) -> Floats:
    """The data as one state has it; the input as its sheet's plane has it."""
    plane = plane_of(data)
    if layer == 0 and plane is not None:
        return np.asarray((data.x - plane[0]) @ plane[1])
    return chain[:layer](data.x)


def _seen(view: Projection, chain: Chain, layer: int, data: Dataset, say: Language) -> str:
    """How much of a state is seen, "" where it is all of it."""
    if layer or plane_of(data) is None:
        return seen_words(view, chain.widths[layer], say)
    share = float(_cloud(chain, 0, data).var(axis=0).sum() / data.x.var(axis=0).sum())
    return seen_words(replace(view, variance=share, principal=True), data.x.shape[1], say)


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


def state_name(chain: Chain, layer: int, say: Language = ENGLISH) -> str:
    """What a state is called, counted in layers from the input."""
    if layer == 0:
        return input_name(say=say)
    if layer == len(chain.logits()):
        return say("logits")
    return say("layer {number}", number=layer)


def cloth_of_states(
    learners: Sequence[tuple[str, Sequence[Chain]]],
    layer: int | None,
    data: Dataset,
    look: Look,
    size: tuple[int, int],
    when: Sequence[Sequence[str]],
    colours: Theme,
) -> Scene:
    """The sheet and the dots as one state has them, a panel for each that learns.

    Args:
        learners: title and chains, one a keyframe.
        layer: which state, counted in layers; None is that of the last hidden layer of each.
        data: the dots.
        look: font, parts, view, limits.
        size: of the scene, in pixels.
        when: for each that learns a word a keyframe, such as "epoch 10".
        colours: the theme.
    """
    font, say = look.face, look.say
    parts = look.parts - {"track", "measures"}
    names = tuple(data.class_names)
    shown = [shown_layer(chains[-1], layer) for _, chains in learners]
    seen = [
        tuple(views_of((_cloud(chain, at, data) for chain in chains), look.view))
        for (_, chains), at in zip(learners, shown, strict=True)
    ]
    widths = (len(view.centre) for views in seen for view in views)
    check_space(look.camera, look.view, widths)
    stops = [
        tuple(
            f"{state_name(chains[-1], at, say)} · {word}{_seen(view, chains[-1], at, data, say)}"
            for word, view in zip(words, views, strict=True)
        )
        for (_, chains), at, views, words in zip(learners, shown, seen, when, strict=True)
    ]
    titles = tuple(title for title, _ in learners)
    said = tuple(text for each in stops for text in each)
    layouts = lay_out(size, titles, said, names, parts, font)
    panels = [
        _panel(title, chains, at, data, look, layout, views, told, parts)
        for (title, chains), at, layout, views, told in zip(
            learners, shown, layouts, seen, stops, strict=True
        )
    ]
    return Scene(tuple(panels), size, colours, parts, names, font, language=say.code)


def _panel(
    title: str,
    chains: Sequence[Chain],
    layer: int,
    data: Dataset,
    look: Look,
    layout: PanelLayout,
    views: tuple[Projection, ...],
    stops: tuple[str, ...],
    parts: frozenset[str],
) -> Panel:
    """One that learns."""
    plane = plane_of(data)
    flat = data.x if plane is None else (data.x - plane[0]) @ plane[1]
    limits = limits_of(look.limits, data.axes) or around(flat)
    sheet = _sheet(chains, layer, data, limits, parts)
    vertices, count = len(sheet.vertices), len(chains)
    there = lifted(sheet, plane).vertices
    smaller = min(layout.safe.width, layout.safe.height)
    dots = thinned(flat, data.y, APART * RADIUS * layout.unit / smaller)
    points = np.concatenate([there, data.x[dots]])
    middles = sheet.centres()
    middles = middles if plane is None else middles @ plane[1].T + plane[0]
    framed = np.concatenate([_outline(sheet, limits), np.arange(vertices, len(points))])
    seen = seen_path(
        path_of(chains, layer, points, views) if layer or plane is None
        else project(Trajectory.of([np.concatenate([sheet.vertices, flat[dots]])] * count), views),
        np.full(count, len(views[0].centre)), views, look.view, layout.safe, framed, framed,
        look.direction, broad=True,
    )  # fmt: skip
    # The plane of a wide input has axes of its own, which are no features.
    letter = "" if layer == 0 and plane is not None else axis_letters(chains[0])[layer]
    return Panel(
        title=title,
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
        axis_names=seen.named([letter] * len(seen.views)),
        own_axes=own_axes_of(data) if plane is None else (),
        origin=_learnt(chains, layer, data, seen, data.x[dots]),
    )


def _learnt(chains: Sequence[Chain], layer: int, data: Dataset, seen: Seen, dots: Floats) -> Learnt:
    """What the panel's path and tints can be computed from, where there is no Python."""
    plane = plane_of(data)
    views = [(view.centre, view.axes) for view in seen.views]
    if layer == 0 and plane is not None:
        # The plane's own coordinates, of points among all features.
        views = [(plane[0] + plane[1] @ centre, plane[1] @ axes) for centre, axes in views]
    numbers = data.targets
    every = [chain if numbers is not None else chain.logits() for chain in chains]
    return Learnt(
        together([in_numbers(chain) for chain in every]),
        layer,
        tuple(views),
        dots,
        plane,
        None if numbers is None else (float(numbers.min()), float(numbers.max())),
    )


def _outline(sheet: Sheet, limits: Limits) -> Ints:
    """Corners that the camera goes by: one in each square of the paper, and all on its border."""
    corners = distinct(sheet.corners)
    places = sheet.vertices[corners]
    _, first = np.unique(squares(places, limits, CELLS), return_index=True)
    x0, x1, y0, y1 = limits
    border = np.isin(places[:, 0], (x0, x1)) | np.isin(places[:, 1], (y0, y1))
    return corners[np.union1d(first, np.flatnonzero(border))]


def _sheet(
    chains: Sequence[Chain], layer: int, data: Dataset, limits: Limits, parts: frozenset[str]
) -> Sheet:
    """Graph paper on the plane of the input, with the creases and the boundary of each keyframe.

    In the input plane those of all layers are drawn, in a state those of the layers before it.
    """
    plane = plane_of(data)
    paper = graph_paper(limits, cells=CELLS, detail=_detail(chains, data, limits))
    found = lines_of_snapshots(
        chains, limits, plane=plane, layers=layer or None, creases="creases" in parts,
        boundary="boundary" in parts and data.targets is None,
    )  # fmt: skip
    count = len(paper.vertices)
    added = (replace(line, vertices=line.vertices + count) for line in found.polylines)
    return replace(
        paper,
        vertices=np.concatenate([paper.vertices, found.vertices]),
        lines=(*paper.lines, *added),
        left_out=found.left_out,
    )


def _detail(chains: Sequence[Chain], data: Dataset, limits: Limits) -> Ints:
    """Into how many parts a side each cell is cut, so that its tint changes little within it."""
    plane = plane_of(data)
    places = lattice(limits, CELLS).reshape(-1, 2)
    places = places if plane is None else places @ plane[1].T + plane[0]
    turn = np.zeros((CELLS, CELLS))
    for chain in chains:
        told = tints(chain, places, data).reshape(CELLS + 1, CELLS + 1, -1)
        corners = np.stack([told[:-1, :-1], told[:-1, 1:], told[1:, :-1], told[1:, 1:]])
        np.maximum(turn, np.ptp(corners, axis=0).max(axis=-1), out=turn)
    step = TURN
    while True:
        detail = 2 ** np.clip(np.ceil(np.log2(np.maximum(turn / step, 1.0))), 0, 3).astype(np.intp)
        if (detail**2).sum() <= MOST_CELLS:
            return detail
        step *= 1.3
