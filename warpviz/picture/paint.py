"""A scene at a moment to pixels."""

from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from warpviz.arrays import Floats, Pixels
from warpviz.motion.framing import Lens
from warpviz.picture.axes import paint_axes, paint_scale
from warpviz.picture.cloth import WIDTHS, ClothMesh, cloth_mesh, paint_cells, paint_lines
from warpviz.picture.marks.basis import paint_basis
from warpviz.picture.marks.dots import paint_dots
from warpviz.picture.marks.followed import paint_followed
from warpviz.picture.marks.network import paint_network
from warpviz.picture.marks.overlay import paint_legend, paint_rail, paint_track
from warpviz.picture.marks.probe import way_colours
from warpviz.picture.marks.triad import paint_triad
from warpviz.picture.raster.blend import Canvas, Surface, levels
from warpviz.picture.raster.memory import keep_memory
from warpviz.picture.scene import NETWORK, Panel, Scene
from warpviz.picture.words.text import put_text, shortened, text_width
from warpviz.theme import Theme


class Paints(Protocol):
    """What paints a kind of scene."""

    @property
    def scene(self) -> Any:
        """What is painted."""

    def paint(self, k: int, t: float) -> Pixels:
        """The picture (H, W, 3) of act k, counted from 0, at t in [0, 1]; transparent (H, W, 4)."""

    def canvas(self, k: int, t: float) -> Canvas:
        """The same before its colours are whole numbers, (3, H, W)."""


LIT = 1.5
"""How much wider a crease is while it folds."""
FADE = 0.15
"""The part of an act in which axes come and go."""
HEADLINE = {"size": 0.045, "down": 0.04, "across": 0.96, "least": 9}
"""The headline's em and its middle, over the picture's height; the most of its width it takes; the
pixels down to which its letters shrink to fit."""


@dataclass(frozen=True, eq=False)
class Painter:
    """Paints a scene; what does not change from frame to frame is made once.

    Attributes:
        scene: what is painted.
        meshes: each panel's sheet, made ready.
        base: (3, H, W) what stands still: background, titles, legends.
    """

    scene: Scene
    meshes: tuple[ClothMesh, ...]
    base: Canvas

    @classmethod
    def of(cls, scene: Scene) -> "Painter":
        """Make a scene ready."""
        keep_memory()
        meshes = tuple(cloth_mesh(panel, scene.theme, scene.show) for panel in scene.panels)
        width, height = scene.size
        base = np.empty((3, height, width), dtype=np.float32)
        base[:] = np.array(scene.theme.background, dtype=np.float32)[:, None, None]
        paint_around(base, scene)
        return cls(scene, meshes, base)

    def paint(self, k: int, t: float) -> Pixels:
        """The picture (H, W, 3) of act k, counted from 0, at t in [0, 1]."""
        # Each colour stays in one block of memory: what reads colour by colour is twice as fast.
        return np.moveaxis(levels(self.canvas(k, t)), 0, -1)

    def canvas(self, k: int, t: float) -> Canvas:
        """The same before its colours are whole numbers, (3, H, W)."""
        canvas = self.base.copy()
        for panel, mesh in zip(self.scene.panels, self.meshes, strict=True):
            paint_panel(canvas, self.scene, panel, mesh, *panel.moment(k, t, self.scene.acts))
        return canvas


def paint_around(canvas: Surface, scene: Scene) -> None:
    """Paint what stands still: titles, legends, the tracks' rails."""
    width, height = scene.size
    if scene.headline:
        size, room = round(HEADLINE["size"] * height), HEADLINE["across"] * width
        wide = text_width(scene.headline, scene.font, size)
        size = min(size, max(int(HEADLINE["least"]), int(size * room / max(wide, 1))))
        words = shortened(scene.headline, scene.font, size, room)
        at = (width / 2, HEADLINE["down"] * height)
        put_text(canvas, words, at, scene.theme.text, scene.font, size, (0.5, 0.5))
    for panel in scene.panels:
        layout = panel.layout
        if layout.title:
            room = layout.caption_width
            title = shortened(panel.title, scene.font, layout.em, room)
            put_text(canvas, title, layout.title, scene.theme.text, scene.font, layout.em)
        if layout.legend:
            paint_legend(canvas, layout.legend, layout, scene.font, scene.theme)
        if "track" in scene.show:
            paint_rail(canvas, layout, len(panel.stops), scene.theme)


def paint_panel(
    canvas: Surface, scene: Scene, panel: Panel, mesh: ClothMesh, k: int, t: float
) -> None:
    """Paint what moves: a panel in its act k at t."""
    theme, show, layout, font = scene.theme, scene.show, panel.layout, scene.font
    points = panel.path.at(k, t)
    mesh = mesh.at(k, t)
    lens, flat, nearness = panel.camera.look(points, k, t)
    planar = _planarity(panel, k, t) if "axes" in show else 0.0
    if planar > 0:
        _axes(canvas, scene, panel, lens, k, t, planar)
    if "axes" in show and planar < 1:
        _space_axes(canvas, scene, panel, lens, k, t, 1.0 - planar)
    if "sheet" in show:
        paint_cells(canvas, mesh, points, flat, nearness, lens.turn, theme)
    _lines(canvas, panel, mesh, flat, theme, k, t)
    if "dots" in show:
        dots = flat[len(panel.sheet.vertices) :]
        paint_dots(canvas, dots, panel.labels, layout.unit, theme)
    if "basis" in show:
        paint_basis(canvas, layout, panel.bases, lens, (k, t), font, theme)
    if panel.network is not None and NETWORK in show:
        paint_network(canvas, layout, panel.network, (k, t), font, theme)
    if "scale" in show:
        paint_scale(canvas, layout, lens.units_per_pixel, font, theme, 1.0 - planar)
    if "track" in show:
        paint_track(canvas, layout, len(panel.stops), k + t, theme)
    _words(canvas, scene, panel, k, t)
    if panel.followed is not None:
        colours = way_colours(theme, len(scene.class_names))
        paint_followed(canvas, layout, panel.followed, lens, (k, t), colours, font, theme)


def _words(canvas: Surface, scene: Scene, panel: Panel, k: int, t: float) -> None:
    """The caption, the remark and the line of measures."""
    theme, layout, font = scene.theme, panel.layout, scene.font
    # What is said of the last stop stays, muted, while the sheet moves on.
    ink = theme.text if t in (0.0, 1.0) else theme.muted
    if layout.notes and panel.notes:
        put_text(canvas, panel.notes[panel.stop(k, t)], layout.notes, ink, font, layout.small)
    if "caption" in scene.show:
        colour = theme.muted if panel.title else theme.text
        room = layout.caption_width
        caption = shortened(panel.caption(k, t), font, layout.caption_em, room)
        put_text(canvas, caption, layout.caption, colour, font, layout.caption_em)
        if layout.remark:
            remark = shortened(panel.remark(k, t), font, layout.caption_em, room)
            put_text(canvas, remark, layout.remark, ink, font, layout.caption_em)


def _lines(
    canvas: Surface, panel: Panel, mesh: ClothMesh, flat: Floats, theme: Theme, k: int, t: float
) -> None:
    unit = panel.layout.unit
    layers = sorted({layer for kind, layer, _ in mesh.segments if kind == "crease"})
    for (kind, layer, crease), (pairs, strength) in mesh.segments.items():
        colour = theme.boundary if kind == "boundary" else theme.line
        width, opacity = WIDTHS[kind] * unit, 1.0
        if kind == "crease":
            colour = theme.creases[layers.index(layer) % len(theme.creases)]
        if crease is not None:
            opacity = crease.shown(k, t)
            width *= LIT if crease.folding(k, t) else 1.0
        if opacity > 0:
            paint_lines(canvas, pairs, strength, flat, width, colour, opacity)


def _planarity(panel: Panel, k: int, t: float) -> float:
    """1 at and between planes, 0 at spaces; on the way between them axes come and go."""
    here, there = bool(panel.flat[k]), bool(panel.flat[min(k + 1, len(panel.flat) - 1)])
    if here and there and not panel.camera.views.lifted(k):
        return 1.0
    leaving = 1.0 - t / FADE if here else 0.0
    coming = 1.0 - (1.0 - t) / FADE if there else 0.0
    return max(0.0, leaving, coming)


def _axes(
    canvas: Surface, scene: Scene, panel: Panel, lens: Lens, k: int, t: float, opacity: float
) -> None:
    origin, _ = lens.project(np.zeros((1, 3)))
    stop = k if panel.flat[k] and (t < 0.5 or not panel.flat[k + 1]) else k + 1
    paint_axes(
        canvas,
        panel.layout,
        (float(origin[0, 0]), float(origin[0, 1])),
        lens.units_per_pixel,
        panel.axes(stop)[:2],
        scene.font,
        scene.theme,
        opacity,
    )


def _space_axes(
    canvas: Surface, scene: Scene, panel: Panel, lens: Lens, k: int, t: float, opacity: float
) -> None:
    """The directions of a space's coordinate axes: along them relu folds."""
    stop = k if t < 0.5 else k + 1
    if panel.flat[stop] and not panel.flat[k]:
        stop = k
    axes = panel.axes(stop)
    if not axes:
        return
    # All axes at the pivot: how they lie, not where.
    ways = lens.turn[:2].T * (1.0, -1.0)
    paint_triad(
        canvas,
        panel.layout,
        ways,
        tuple(axis.name for axis in axes),
        scene.font,
        scene.theme,
        opacity,
    )
