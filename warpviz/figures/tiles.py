"""The linear regions of the input plane as a still, and in numbers.

    chain, limits ── subdivide, by_winner ──► RegionsStill ──► save_regions ──► .svg, .pdf, .png
                                                           └─► facts ──► JSON

A chain that bends smoothly has no linear regions: its classes, boundary and fold lines are drawn.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from warpviz.arrays import Floats, Ints
from warpviz.axis import Axis
from warpviz.figures.crowded import left_out_notes
from warpviz.geometry.boundary import decision_boundary
from warpviz.geometry.curved.hidden import NARROW
from warpviz.geometry.fitting import sheet_for
from warpviz.geometry.plane import Plane, checked, checked_plane, on_plane
from warpviz.geometry.sheet import Limits
from warpviz.geometry.straight.counting import patterns_seen, too_many
from warpviz.geometry.straight.pieces import (
    is_piecewise_linear,
    room_for,
    subdivide,
    up_to_logits,
)
from warpviz.geometry.straight.polygons import Polygons, rectangle
from warpviz.geometry.straight.regions import Regions, linear_regions
from warpviz.geometry.straight.winners import by_winner
from warpviz.model.chain import Chain

MOST = 20_000
"""More linear regions than this are not counted."""
FEW = 3_000
"""Where there are too many to be counted, not so many are cut for the boundary alone."""
FINE = 192
"""Squares along each axis where classes are sampled."""


@dataclass(frozen=True, eq=False)
class RegionsStill:
    """What is drawn of a chain's input plane.

    Attributes:
        limits: x0, x1, y0, y1 of the rectangle.
        regions: the linear regions; None where there are none or too many.
        note: why not, in a sentence, and one more where something narrow may be missing; ""
            where there are.
        tiles: (T) polygons of one class each; the points are (V, 2).
        winners: (T,) the class predicted on each.
        parents: (T,) the region that each is part of.
        creases: for each layer that bends, its lines, (n, 2) each.
        boundary: lines, (n, 2) each.
        layers: how many layers the chain has, a closing softmax left out.
        plane: the sheet's plane among the features, None for two features.
        axes: what the two coordinates are called; () for principal axes. A length that their
            factors make equal is equal in the picture.
    """

    limits: Limits
    regions: Regions | None
    note: str
    tiles: Polygons
    winners: Ints
    parents: Ints
    creases: Mapping[int, list[Floats]]
    boundary: list[Floats]
    layers: int
    plane: Plane | None
    axes: tuple[Axis, ...] = ()

    @classmethod
    def of(cls, chain: Chain, limits: Limits, *, plane: Plane | None = None) -> "RegionsStill":
        """Look at a chain's input plane.

        Args:
            chain: any, of one output or more; a softmax at its end is left out.
            limits: x0, x1, y0, y1 of the rectangle.
            plane: origin (n,) and axes (n, 2) for inputs of n features.

        Raises:
            WarpvizError: for limits or a plane that do not fit.
        """
        checked(limits)
        logits = up_to_logits(chain)
        regions = None
        if is_piecewise_linear(logits):
            seen = patterns_seen(logits, limits, plane)
            crowded = too_many(logits, seen, MOST)
            if not crowded:
                regions = linear_regions(logits, limits, plane=plane, max_regions=MOST)
            least = seen - 1 if crowded else room_for(logits, MOST)
            note = (
                f"There are more than {least} linear regions within the limits: they are not "
                "counted, and classes are sampled; choose smaller limits."
            )
        else:
            smooth = next(
                layer
                for k, layer in enumerate(logits)
                if not is_piecewise_linear(logits[k : k + 1])
            )
            name = str(smooth).split()[-1]
            note = (
                f"There are no linear regions, because {name} bends smoothly; a still shows "
                "the boundary and the fold lines."
            )
        exact = regions is not None
        sheet = None if regions else sheet_for(logits, limits, plane=plane, boundary=False)
        creases: dict[int, list[Floats]] = {}
        if regions is not None:
            note = ""
            for line in regions.creases:
                creases.setdefault(line.layer, []).append(regions.vertices[line.vertices])
        elif sheet is not None:
            flat = on_plane(sheet.vertices, plane)
            for line in sheet.lines:
                if line.kind == "crease" and line.times is None:
                    creases.setdefault(line.layer, []).append(flat[line.vertices])
        tiles, winners, parents = _tiles(logits, limits, plane, regions is not None)
        boundary: list[Floats] = []
        unsure, left_out = (0, ()) if sheet is None else (sheet.unsure, sheet.left_out)
        if logits.widths[-1] > 1:
            lines = decision_boundary(
                logits, limits, plane=plane, max_regions=MOST if exact else FEW
            )
            boundary = [lines.vertices[line.vertices] for line in lines.polylines]
            unsure, left_out = unsure + lines.unsure, left_out + lines.left_out
        if unsure:
            note = f"{note} {NARROW[0].upper()}{NARROW[1:]}"
        for told in left_out_notes(logits, left_out):
            note = f"{note} {told[0].upper()}{told[1:]}"
        return cls(
            limits, regions, note, tiles, winners, parents, creases, boundary, len(logits), plane
        )

    def in_own_units(self, axes: tuple[Axis, ...]) -> "RegionsStill":
        """The same with the numbers that the data had before it was standardised.

        Args:
            axes: of the two coordinates.
        """
        shift = np.array([axis.shift for axis in axes])
        factor = np.array([axis.factor for axis in axes])

        def own(points: Floats) -> Floats:
            return np.asarray(points * factor + shift)

        x0, x1, y0, y1 = self.limits
        low, high = own(np.array([x0, y0])).tolist(), own(np.array([x1, y1])).tolist()
        regions = self.regions
        if regions is not None:
            maps = regions.maps / factor
            regions = replace(
                regions,
                vertices=own(regions.vertices),
                maps=maps,
                shifts=regions.shifts - maps @ shift,
                areas=regions.areas * factor.prod(),
            )
        return replace(
            self,
            limits=(low[0], high[0], low[1], high[1]),
            regions=regions,
            tiles=replace(self.tiles, points=own(self.tiles.points[:, :2])),
            creases={layer: [own(line) for line in lines] for layer, lines in self.creases.items()},
            boundary=[own(line) for line in self.boundary],
            axes=axes,
        )

    def facts(self) -> dict[str, Any]:
        """The numbers, as plain values that JSON can carry; null where there are no regions.

        `creases` has a number for each layer (0 where nothing bends): how many of its units have
        a crease within the limits. `regions` counts activation patterns, `affine_pieces` counts
        neighbours with the same affine map once. `areas`, of the patterns, sum to the area within
        the limits.
        """
        facts: dict[str, Any] = {"limits": list(self.limits)}
        if self.regions is None:
            unknown = dict.fromkeys(("regions", "affine_pieces", "creases", "areas"))
            return facts | unknown | {"note": self.note}
        units = {(line.layer, line.unit) for line in self.regions.creases}
        counts = [sum(layer == k for layer, _ in units) for k in range(self.layers)]
        areas = self.regions.areas.tolist()
        return facts | {
            "regions": self.regions.n_regions,
            "affine_pieces": self.regions.n_pieces,
            "creases": counts,
            "areas": areas,
        }


def _tiles(
    chain: Chain, limits: Limits, plane: Plane | None, exact: bool
) -> tuple[Polygons, Ints, Ints]:
    """Polygons of one class each, their class, and the linear region of each."""
    pieces = subdivide(chain, rectangle(limits), plane=plane, most=MOST) if exact else None
    if pieces is not None and chain.widths[-1] > 1:
        polygons, parents, winners = by_winner(pieces.polygons, pieces.maps)
        return polygons, winners, parents
    if pieces is not None:
        count = len(pieces.polygons)
        return pieces.polygons, np.zeros(count, dtype=np.intp), np.arange(count)
    origin, axes = checked_plane(chain, plane)
    x, y = (np.linspace(low, high, FINE + 1) for low, high in (limits[:2], limits[2:]))
    middles = np.meshgrid((x[1:] + x[:-1]) / 2, (y[1:] + y[:-1]) / 2)
    centres = np.stack(middles, axis=-1).reshape(-1, 2)
    classes = chain(centres @ axes.T + origin).argmax(axis=1).reshape(FINE, FINE)
    # Squares of one class beside each other are one tile.
    new = np.ones((FINE, FINE + 1), dtype=bool)
    new[:, 1:-1] = np.diff(classes, axis=1) != 0
    row, left = np.nonzero(new[:, :-1])
    right = np.nonzero(new[:, 1:])[1] + 1
    places = np.stack(
        [[x[left], y[row]], [x[right], y[row]], [x[right], y[row + 1]], [x[left], y[row + 1]]]
    )
    points = places.transpose(2, 0, 1).reshape(-1, 2)
    tiles = Polygons(points, np.arange(len(points)), np.arange(len(row) + 1) * 4)
    return tiles, classes[row, left], np.zeros(len(row), dtype=np.intp)
