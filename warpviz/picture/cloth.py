"""The sheet's cells and lines, painted: translucent cloth, shaded, denser where it overlaps."""

from collections import Counter
from dataclasses import dataclass, replace
from functools import singledispatch

import numpy as np

from warpviz.arrays import Floats, Ints, distinct
from warpviz.colour import Colour
from warpviz.geometry.sheet import Sheet
from warpviz.picture.raster.blend import Surface, ink, lay_cells, window
from warpviz.picture.raster.lines import splat
from warpviz.picture.raster.shading import cell_values
from warpviz.picture.scene import Crease, Panel
from warpviz.theme import Theme

DOUBT = {"power": 0.7, "most": 0.6}
"""How quickly cells fade that hesitate, and how far."""


def cloth_colours(chances: Floats, theme: Theme, *, sharp: bool = False) -> Floats:
    """The colour of each cell from its predicted probabilities (cells, C) → (cells, 3).

    Sure cells have their class's colour, cells that hesitate fade to the theme's `doubt`; where
    `sharp`, every cell has the colour of its likeliest class. Levels of a number just mix.
    """
    count = chances.shape[1]
    if sharp:
        chances = np.eye(count)[chances.argmax(axis=1)]
    palette = np.array([theme.cloth[c % len(theme.cloth)] for c in range(count)], dtype=float)
    most = chances.max(axis=1)
    sure = ((most - 1 / count) / (1 - 1 / count)) ** DOUBT["power"]
    mixed = chances @ palette
    if theme.ramp:
        return np.asarray(np.rint(mixed))
    out: Floats = mixed + (np.array(theme.doubt) - mixed) * (1 - sure)[:, None] * DOUBT["most"]
    return np.rint(out)


@dataclass(frozen=True, eq=False)
class ClothMesh:
    """A sheet made ready for painting.

    Attributes:
        edges: (E, 4) start, end, triangle on the left, triangle on the right; T is outside.
        triangles: (T, 3) their corners; cells of more corners are fans, because a bent cell may
            cross itself as seen, and then its parts are of opposite signs.
        owners: (T,) the cell of each triangle.
        corners: the vertices that are a cell's corner, each once.
        colours: (cells, 3), or (K, cells, 3) where they change from keyframe to keyframe.
        segments: for each kind, layer and crease, start and end vertices (S, 2) and ink (S,).
    """

    edges: Ints
    triangles: Ints
    owners: Ints
    corners: Ints
    colours: Floats
    segments: dict[tuple[str, int, Crease | None], tuple[Ints, Floats]]

    @classmethod
    def of(
        cls,
        sheet: Sheet,
        colours: Floats,
        segments: dict[tuple[str, int, Crease | None], tuple[Ints, Floats]] | None = None,
    ) -> "ClothMesh":
        """Cut cells into triangles and find their edges."""
        triangles, owners = _fans(sheet)
        fans = Sheet(sheet.vertices, triangles.ravel(), 3 * np.arange(len(triangles) + 1))
        edges = fans.edges()
        edges[edges < 0] = len(triangles)
        return cls(edges, triangles, owners, distinct(triangles), colours, segments or {})

    def at(self, k: int, t: float) -> "ClothMesh":
        """The sheet with the colours that it has in act k at t."""
        if self.colours.ndim == 2:
            return self
        here, there = self.colours[k], self.colours[min(k + 1, len(self.colours) - 1)]
        return replace(self, colours=np.rint(here + t * (there - here)))


INKS = {"grid": 0.36, "border": 0.75, "crease": 1.6, "boundary": 2.4, "curve": 2.4}
"""Optical density in the middle of a line of each kind."""
CROWD = 32
"""Creases of a layer that are drawn in full ink; of more each takes less, so that cloth is seen."""
WIDTHS = {"grid": 1.1, "crease": 1.5, "boundary": 2.2, "curve": 2.0}
"""Width of a line of each kind, in units of the layout."""
SHOWN_AS = {
    "grid": "grid", "border": "grid", "crease": "creases", "boundary": "boundary",
    "curve": "grid",
}  # fmt: skip
"""The part of the picture that a line of each kind belongs to."""


def cloth_mesh(panel: Panel, theme: Theme, show: frozenset[str]) -> ClothMesh:
    """Make a panel's sheet ready: each edge once, each line style's segments in one array."""
    parts: dict[tuple[str, int, Crease | None], list[tuple[Ints, Floats]]] = {}
    creasing = {(line.layer, line.unit) for line in panel.sheet.lines if line.kind == "crease"}
    crowd = Counter(layer for layer, _ in creasing)
    for line in panel.sheet.lines:
        if SHOWN_AS[line.kind] in show:
            crease = None
            if line.keyframe is not None:
                crease = Crease(line.layer, 0.0, keyframe=line.keyframe)
            elif line.kind == "crease":
                crease = panel.creases[line.layer, line.unit]._replace(times=line.times)
            pairs = np.column_stack([line.vertices[:-1], line.vertices[1:]])
            kind = "grid" if line.kind == "border" else line.kind
            thinner = min(1.0, CROWD / crowd[line.layer]) if line.kind == "crease" else 1.0
            parts.setdefault((kind, line.layer, crease), []).append(
                (pairs, np.full(len(pairs), INKS[line.kind] * thinner))
            )
    segments = {}
    for key, pieces in parts.items():
        segments[key] = (
            np.concatenate([pairs for pairs, _ in pieces]),
            np.concatenate([strengths for _, strengths in pieces]),
        )
    sharp = "regions" in show
    if panel.chances.ndim == 2:
        colours = cloth_colours(panel.chances, theme, sharp=sharp)
    else:
        colours = np.stack([cloth_colours(each, theme, sharp=sharp) for each in panel.chances])
    return ClothMesh.of(panel.sheet, colours, segments)


def _fans(sheet: Sheet) -> tuple[Ints, Ints]:
    """Triangles (T, 3) about each cell's first corner, and the cell (T,) of each."""
    sizes = np.diff(sheet.offsets) - 2
    owner = np.repeat(np.arange(sheet.n_cells), sizes)
    number = np.arange(len(owner)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    first = sheet.offsets[owner]
    corners = np.column_stack([first, first + number + 1, first + number + 2])
    return sheet.corners[corners], owner


@singledispatch
def paint_cells(
    canvas: Surface,
    mesh: ClothMesh,
    points: Floats,
    flat: Floats,
    nearness: Floats,
    turn: Floats,
    theme: Theme,
) -> None:
    """Lay the cells over the canvas.

    Args:
        canvas: (3, H, W), changed in place.
        mesh: the sheet.
        points: (V, 3) in the picture's space.
        flat: (V, 2) in pixels of the canvas, y downwards.
        nearness: (V,) 0 at the pivot's depth, 1 at one radius towards the viewer.
        turn: (3, 3) the camera's rotation.
        theme: for the shade.
    """
    place = window(flat, 0, *canvas.shape[1:], of=mesh.corners)
    if place is None:
        return
    rows, columns, corner = place
    values = cell_values(
        points, flat, nearness, turn, mesh.triangles, mesh.owners, mesh.colours, theme.shade
    )
    lay_cells(canvas[:, rows, columns], flat, corner, mesh.edges, values)


@singledispatch
def paint_lines(
    canvas: Surface,
    pairs: Ints,
    strength: Floats,
    flat: Floats,
    line_width: float,
    colour: Colour,
    opacity: float = 1.0,
) -> None:
    """Lay line segments (S, 2) of vertices over the canvas."""
    place = window(flat, line_width + 2, *canvas.shape[1:], of=pairs)
    if place is None:
        return
    rows, columns, corner = place
    part = canvas[:, rows, columns]
    density = splat(flat, pairs, strength, line_width, *part.shape[1:], corner=corner)
    ink(part, density, colour, opacity)
