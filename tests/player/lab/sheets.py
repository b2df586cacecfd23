"""Sheets that the page's modules cut, and what they are compared by."""

from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np

from tests.player.lab.nets import LIMITS, as_layers
from tests.player.modules import node
from warpviz.arrays import Floats
from warpviz.geometry.sheet import Sheet
from warpviz.geometry.straight.winners import Lines
from warpviz.model import Chain

REGIONS = """
const { regionsOf } = await import("./lab/cutting/regions.js");
const { boundaryOf } = await import("./lab/cutting/sheet.js");
const { creaseLines } = await import("./lab/cutting/pieces.js");
const { affinePieces, areasOf, piecesOf } = await import("./lab/cutting/regions.js");
const { played } = await import("./lab/cutting/steps.js");
const [nets, limits] = given;
told(nets.map((layers) => {
  const own = played(layers);
  const { counts, areas, maps, shifts } = regionsOf(own, limits);
  const pieces = piecesOf(own, limits);
  const [x, y] = pieces.tiling.columns;
  const creases = creaseLines(pieces)
    .map(({ layer, unit, path }) => [layer, unit, Array.from(path, (v) => [x[v], y[v]])]);
  const { vertices, lengths } = boundaryOf(layers, limits);
  return {
    counts, areas: [...areas], maps: [...maps], shifts: [...shifts], creases,
    boundary: [...vertices], lengths: [...lengths],
    pieces: affinePieces(pieces.tiling, pieces.maps), area: areasOf(pieces.tiling)[0],
  };
}));
"""
SHEETS = """
const { cutSheet } = await import("./lab/cutting/sheet.js");
const [nets, limits, coarse] = given;
told(nets.map((layers) => {
  const { vertices, sheet, creases, exact, input } = cutSheet(layers, limits, { coarse });
  let at = 0;
  const lines = sheet.kinds
    .map((kind, i) => [kind, Array.from(sheet.lines.subarray(at, at += sheet.lengths[i]))]);
  return {
    vertices: [...vertices], corners: [...sheet.corners], sizes: [...sheet.sizes], lines, creases,
    chances: [...sheet.chances], classes: sheet.classes, exact, input: [...input],
  };
}));
"""


def same_places(found: Floats, wanted: Floats, within: float = 1e-9) -> bool:
    """Whether each place (N, 2) of one is among those of the other."""
    if not len(found) or not len(wanted):
        return len(found) == len(wanted)
    away = np.abs(found[:, None] - wanted[None]).max(axis=2)
    return bool(away.min(axis=1).max() <= within and away.min(axis=0).max() <= within)


def of_lines(lines: Lines, kind: str) -> Floats:
    used = [lines.vertices[line.vertices] for line in lines.polylines if line.kind == kind]
    return np.concatenate([np.zeros((0, 2)), *used])


def sheets(nets: list[Chain], folder: Path, coarse: bool = False) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = node(
        SHEETS, folder, [as_layers(net) for net in nets], LIMITS, coarse
    )
    for one in made:
        one["vertices"] = np.array(one["vertices"]).reshape(-1, 2)
    return made


def kinds_of(sheet: Sheet) -> Counter[tuple[str, int, int]]:
    return Counter((line.kind, line.layer, line.unit) for line in sheet.lines)
