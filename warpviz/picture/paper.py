"""Scenes on paper: lines, dots and text as vectors of matplotlib; only the cloth is an image.

Translucent cells that touch would show hairlines in every viewer, for each is smoothed at its own
edges; so the cloth is rastered by our own hand, finely, and all else stays sharp at any size. The
brushes of this module take the place of those for pixels wherever a `Paper` is painted on.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from warpviz.arrays import Floats, Ints
from warpviz.colour import Colour
from warpviz.picture.cloth import ClothMesh, cloth_mesh, paint_cells, paint_lines
from warpviz.picture.marks import overlay
from warpviz.picture.marks.dots import OUTLINE, RADIUS, marker_of, paint_dots
from warpviz.picture.paint import paint_around, paint_panel
from warpviz.picture.raster.blend import translucent, window
from warpviz.picture.raster.dots import MARKERS
from warpviz.picture.scene import Scene
from warpviz.picture.words.fonts import bundled_font, family_of
from warpviz.picture.words.text import faces, part_width, put_text, text_height, text_width
from warpviz.theme import Theme

FINE = 220 / 72
"""Pixels of the cloth's image per point of paper."""


@dataclass(frozen=True, eq=False)
class Paper:
    """A place on a page, in matplotlib's axes whose units are points, y downwards.

    Attributes:
        axes: what is drawn into.
        corner: of the picture, in points.
        scale: points per pixel of the film.
        order: counts what was laid down, for matplotlib draws by kind otherwise.
    """

    axes: Any
    corner: tuple[float, float]
    scale: float
    order: Iterator[int]

    def places(self, pixels: Floats) -> Floats:
        """Film pixels (N, 2) to points."""
        # A hundredth of a point is finer than any printer, and a file of them is half as large.
        out: Floats = np.round(pixels * self.scale + self.corner, 2)
        return out


def draw_moment(paper: Paper, scene: Scene, k: int, t: float) -> None:
    """Draw a scene in act k at t."""
    paint_around(paper, scene)
    for panel in scene.panels:
        mesh = cloth_mesh(panel, scene.theme, scene.show)
        paint_panel(paper, scene, panel, mesh, *panel.moment(k, t, scene.acts))


def _rgb(colour: Colour) -> tuple[float, float, float]:
    red, green, blue = colour
    return red / 255, green / 255, blue / 255


@put_text.register
def _(
    paper: Paper,
    text: str,
    at: tuple[float, float],
    colour: Colour,
    font: Path,
    size: int,
    align: tuple[float, float] = (0.0, 0.0),
    opacity: float = 1.0,
) -> None:
    from matplotlib.font_manager import FontProperties

    ascent, descent = text_height(font, size)
    y = at[1] - align[1] * (ascent + descent) + ascent
    (x, baseline) = paper.places(np.array([[at[0], y]]))[0]
    parts = faces(text, font, size)
    across = {0.0: "left", 0.5: "center", 1.0: "right"}[align[0]]
    if len(parts) > 1:  # Each in a font of its own, one behind the other.
        x -= align[0] * text_width(text, font, size) * paper.scale
        across = "left"
    for letters, file, own in parts:
        family = None if file == bundled_font() else [family_of(file), "DejaVu Sans"]
        face = FontProperties(family=family, fname=str(file), size=own * paper.scale)
        paper.axes.text(
            x, baseline, letters, color=_rgb(colour), alpha=opacity, ha=across, va="baseline",
            fontproperties=face, zorder=next(paper.order), parse_math=False,
        )  # fmt: skip
        x += part_width(letters, file, own) * paper.scale


@overlay.paint_strokes.register
def _(
    paper: Paper, lines: list[overlay.Line], line_width: float, colour: Colour, opacity: float = 1.0
) -> None:
    from matplotlib.collections import LineCollection

    if not lines or opacity <= 0:
        return
    paths = [paper.places(np.array(line, dtype=float)) for line in lines]
    _add(paper, LineCollection(paths, linewidths=line_width * paper.scale, colors=[_rgb(colour)],
                               alpha=opacity, capstyle="butt"))  # fmt: skip


@overlay.paint_bar.register
def _(paper: Paper, x0: float, y0: float, x1: float, y1: float, colour: Colour) -> None:
    from matplotlib.patches import Rectangle

    (left, top), (right, bottom) = paper.places(np.array([[x0, y0], [x1, y1]]))
    patch = Rectangle((left, top), right - left, bottom - top, color=_rgb(colour), linewidth=0)
    _lay(paper, patch)


@overlay.paint_polygon.register
def _(paper: Paper, corners: Floats, colour: Colour, opacity: float = 1.0) -> None:
    from matplotlib.patches import Polygon

    if opacity > 0:
        places, shade = paper.places(corners), _rgb(colour)
        _lay(paper, Polygon(places, color=shade, alpha=opacity, linewidth=0, clip_on=False))


@overlay.paint_markers.register
def _(
    paper: Paper, at: list[tuple[float, float]], marker: str, radius: float, colour: Colour
) -> None:
    if at:
        _markers(paper, np.array(at, dtype=float), marker, radius, colour, 1.0)


@paint_dots.register
def _(paper: Paper, flat: Floats, labels: Ints, unit: float, theme: Theme) -> None:
    # First all outlines, then all fillings, as on pixels.
    for more, own in ((OUTLINE, False), (0.0, True)):
        for label in np.unique(labels).tolist():
            colour = theme.classes[label % len(theme.classes)] if own else theme.outline
            places = flat[labels == label]
            _markers(paper, places, marker_of(label, theme), (RADIUS + more) * unit, colour, 1.0)


@paint_lines.register
def _(
    paper: Paper,
    pairs: Ints,
    strength: Floats,
    flat: Floats,
    line_width: float,
    colour: Colour,
    opacity: float = 1.0,
) -> None:
    from matplotlib.collections import LineCollection

    for ink in np.unique(strength):
        paths = [paper.places(flat[path]) for path in joined(pairs[strength == ink])]
        style: dict[str, Any] = {
            "linewidths": line_width * paper.scale,
            "colors": [_rgb(colour)],
            "alpha": opacity * (1.0 - float(np.exp(-ink))),
            "capstyle": "round",
            "joinstyle": "round",
        }
        _add(paper, LineCollection(paths, **style))


@paint_cells.register
def _(
    paper: Paper,
    mesh: ClothMesh,
    points: Floats,
    flat: Floats,
    nearness: Floats,
    turn: Floats,
    theme: Theme,
) -> None:
    fine = FINE * paper.scale
    place = window(flat[mesh.corners] * fine, 0, 10**6, 10**6)
    if place is None:
        return
    rows, columns, corner = place
    size = (3, rows.stop - rows.start, columns.stop - columns.start)
    layers = []
    # On black and on white: the difference is what shines through.
    for ground in (0.0, 255.0):
        layer = np.full(size, ground, dtype=np.float32)
        paint_cells(layer, mesh, points, flat * fine - corner, nearness, turn, theme)
        layers.append(layer)
    x0, y0 = paper.places(corner[None] / fine)[0]
    width, height = size[2] / FINE, size[1] / FINE
    paper.axes.imshow(
        translucent(*layers), extent=(x0, x0 + width, y0 + height, y0), aspect="auto",
        interpolation="none", zorder=next(paper.order), clip_on=False,
    )  # fmt: skip


def _markers(
    paper: Paper, at: Floats, marker: str, radius: float, colour: Colour, opacity: float
) -> None:
    from matplotlib.lines import Line2D
    from matplotlib.path import Path as Outline

    outline = MARKERS[marker]
    # matplotlib scales a marker to its farthest coordinate.
    size = 2 * radius * paper.scale * float(np.abs(outline).max())
    shape: Any = (
        "o" if marker == "circle" else Outline(np.concatenate([outline, outline[:1]]) * (1, -1))
    )
    x, y = paper.places(at).T
    line = Line2D(
        x, y, linestyle="none", marker=shape, markersize=size, markeredgewidth=0,
        markerfacecolor=_rgb(colour), alpha=opacity, zorder=next(paper.order), clip_on=False,
    )  # fmt: skip
    paper.axes.add_line(line)


def _lay(paper: Paper, patch: Any) -> None:
    patch.set_zorder(next(paper.order))
    paper.axes.add_patch(patch)


def _add(paper: Paper, collection: Any) -> None:
    collection.set_zorder(next(paper.order))
    collection.set_clip_on(False)
    paper.axes.add_collection(collection, autolim=False)


def joined(pairs: Ints) -> list[Ints]:
    """Paths from segments (S, 2): where one begins where the last one ended, they are one line.

    >>> [path.tolist() for path in joined(np.array([[0, 1], [1, 2], [5, 6]]))]
    [[0, 1, 2], [5, 6]]
    """
    if len(pairs) == 0:
        return []
    breaks = np.flatnonzero(pairs[1:, 0] != pairs[:-1, 1]) + 1
    return [np.concatenate([part[:1, 0], part[:, 1]]) for part in np.split(pairs, breaks)]
