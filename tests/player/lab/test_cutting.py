"""Sheets that the page cuts, beside those of Python: regions equal, lines and areas to 1e-9."""

from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.player.lab.nets import LIMITS, SMOOTH, STRAIGHT, as_layers, random_net, residual_net
from tests.player.modules import node
from warpviz.arrays import Floats
from warpviz.geometry.boundary import decision_boundary
from warpviz.geometry.fitting import fold_times, sheet_for
from warpviz.geometry.folds import fold_lines
from warpviz.geometry.sheet import Sheet
from warpviz.geometry.straight.regions import linear_regions
from warpviz.geometry.straight.winners import Lines
from warpviz.geometry.tint import Tint, cell_tints
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


@pytest.mark.parametrize(
    "seeds", [range(20), pytest.param(range(20, 200), marks=pytest.mark.slow)], ids=["few", "many"]
)
def test_regions_creases_and_boundary_are_python_s(seeds: range, modules: Path) -> None:
    nets = [random_net(seed, STRAIGHT) for seed in seeds] + [residual_net(seeds.start)]
    all_found = node(REGIONS, modules, [as_layers(net) for net in nets], LIMITS)
    for net, found in zip(nets, all_found, strict=True):
        played = net.logits().split()
        regions = linear_regions(played, LIMITS)
        assert regions is not None
        assert found["counts"] == list(regions.regions_after)
        assert found["pieces"] == regions.n_pieces
        # The same maps on the same areas: rows in the order of their numbers.
        wanted = np.column_stack(
            [regions.areas, regions.maps.reshape(len(regions.areas), -1), regions.shifts]
        )
        rows = np.column_stack(
            [
                np.array(found[name]).reshape(len(regions.areas), -1)
                for name in ("areas", "maps", "shifts")
            ]
        )
        assert_same_rows(rows, wanted)
        for layer, unit in {(line.layer, line.unit) for line in regions.creases}:
            own = [
                line.vertices
                for line in regions.creases
                if (line.layer, line.unit) == (layer, unit)
            ]
            places = regions.vertices[np.concatenate(own)]
            made = [path for k, u, path in found["creases"] if (k, u) == (layer, unit)]
            assert len(made) == len(own)
            assert same_places(np.concatenate([np.array(path) for path in made]), places)
        drawn = {(k, u) for k, u, _ in found["creases"]}
        assert drawn == {(line.layer, line.unit) for line in regions.creases}
        boundary = decision_boundary(played, LIMITS)
        assert len(found["lengths"]) == len(boundary.polylines)
        assert same_places(
            np.array(found["boundary"]).reshape(-1, 2), of_lines(boundary, "boundary")
        )


def assert_same_rows(found: Floats, wanted: Floats) -> None:
    """Whether two tables hold the same rows in any order, to 1e-9 of their numbers' size."""
    size = 1.0 + np.abs(wanted).max()
    left = list(range(len(wanted)))
    for row in found:
        away = np.abs(wanted[left] - row).max(axis=1)
        best = int(away.argmin())
        assert away[best] <= 1e-9 * size
        left.pop(best)
    assert not left


def sheets(nets: list[Chain], folder: Path, coarse: bool = False) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = node(
        SHEETS, folder, [as_layers(net) for net in nets], LIMITS, coarse
    )
    for one in made:
        one["vertices"] = np.array(one["vertices"]).reshape(-1, 2)
    return made


def kinds_of(sheet: Sheet) -> Counter[tuple[str, int, int]]:
    return Counter((line.kind, line.layer, line.unit) for line in sheet.lines)


@pytest.mark.slow
def test_exact_sheets_are_python_s(modules: Path) -> None:
    nets = [random_net(seed, STRAIGHT) for seed in range(8)]
    for net, found in zip(nets, sheets(nets, modules), strict=True):
        tint = Tint(net.logits())
        sheet = sheet_for(net.logits().split(), LIMITS, tint=tint)
        assert found["exact"]
        jumps = any(layer.function.jumps for layer in net.logits())  # type: ignore[union-attr]
        assert Counter((kind, k, u) for (kind, k, u, *_), _ in found["lines"]) == kinds_of(sheet)
        if net.widths[-1] == 2 and not jumps:  # of more the cuts for the tint are not affine
            used = found["vertices"][np.unique(found["corners"])]
            assert same_places(used, sheet.vertices[np.unique(sheet.corners)])
            assert len(found["sizes"]) == sheet.n_cells
        # Along a boundary that is cut already Python's rounding makes slivers of its own.
        assert len(found["sizes"]) == pytest.approx(sheet.n_cells, rel=0.1)
        for line, (_, path) in zip(sheet.lines, found["lines"], strict=True):
            if line.kind in ("border", "grid") and not jumps:
                assert same_places(found["vertices"][path], sheet.vertices[line.vertices])
        times = fold_times(net.logits().split())
        assert {(k, start) for k, _, _, start in found["creases"]} == {
            (k, time) for k, time in enumerate(times) if time is not None
        }


def test_a_sheet_covers_its_rectangle_and_no_cell_is_turned(modules: Path) -> None:
    nets = [random_net(seed, (*STRAIGHT, *SMOOTH)) for seed in range(6)]
    for coarse in (True, False):
        for found in sheets(nets, modules, coarse):
            corners, sizes = np.array(found["corners"]), np.array(found["sizes"])
            at = found["vertices"][corners]
            begins = np.concatenate([[0], np.cumsum(sizes)])
            after = np.arange(len(corners)) + 1
            after[begins[1:] - 1] = begins[:-1]
            twice = at[:, 0] * at[after, 1] - at[:, 1] * at[after, 0]
            areas = np.add.reduceat(twice, begins[:-1]) / 2
            x0, x1, y0, y1 = LIMITS
            assert areas.min() > -1e-12
            # A hair is left free along tears.
            assert areas.sum() == pytest.approx((x1 - x0) * (y1 - y0), rel=2e-2)
            chances = np.array(found["chances"]).reshape(-1, found["classes"])
            assert np.abs(chances.sum(axis=1) - (2**16 - 1)).max() <= found["classes"]
            assert (
                np.abs(np.array(found["input"]).reshape(2, -1).T - found["vertices"]).max() < 1e-6
            )


@pytest.mark.slow
def test_tints_are_python_s(modules: Path) -> None:
    nets = [random_net(seed, ("relu", "tanh")) for seed in (1, 2, 3)]
    for net, found in zip(nets, sheets(nets, modules), strict=True):
        corners = np.array(found["corners"])
        offsets = np.concatenate([[0], np.cumsum(found["sizes"])])
        sheet = Sheet(found["vertices"], corners, offsets)
        data = _points_of(net)
        wanted = cell_tints(net.logits(), sheet, data)
        chances = np.array(found["chances"]).reshape(-1, found["classes"]) / (2**16 - 1)
        away = np.abs(chances - wanted).max(axis=1)
        # A cell on the edge of two bands may be in either.
        assert np.quantile(away, 0.95) < 2e-3
        assert away.max() < 0.05


def _points_of(net: Chain) -> Any:
    from warpviz.data import load_data

    return load_data("blobs:5" if net.widths[-1] > 2 else "xor", n=20)


@pytest.mark.slow
def test_smooth_boundaries_tie_and_folds_are_where_python_has_them(modules: Path) -> None:
    nets = [random_net(seed, SMOOTH) for seed in range(12)]
    code = (
        REGIONS.partition("const { regionsOf")[0]
        + """
const { boundaryOf, cutSheet } = await import("./lab/cutting/sheet.js");
const [nets, limits] = given;
told(nets.map((layers) => {
  const { vertices, sheet } = cutSheet(layers, limits, { coarse: true });
  let at = 0;
  const place = (v) => [vertices[2 * v], vertices[2 * v + 1]];
  const lines = sheet.kinds
    .map((kind, i) => [kind, Array.from(sheet.lines.subarray(at, at += sheet.lengths[i]), place)]);
  return {
    boundary: [...boundaryOf(layers, limits).vertices],
    lines: lines.filter(([[kind]]) => kind === "crease"),
  };
}));
"""
    )
    for net, found in zip(
        nets, node(code, modules, [as_layers(net) for net in nets], LIMITS), strict=True
    ):
        logits = net.logits()
        places = np.array(found["boundary"]).reshape(-1, 2)
        if len(places):
            outputs = np.sort(logits(places), axis=1)
            tie = outputs[:, -1] - outputs[:, -2]
            # Where three meet, the two likeliest are between two vertices that tie.
            assert np.quantile(tie, 0.9) <= 1e-9 * (1 + np.abs(outputs).max())
        played = logits.split()
        for k in range(len(played)):
            function = played[k].function  # type: ignore[union-attr]
            if function.breakpoints is not None or function.jumps:
                continue
            wanted = of_lines(fold_lines(played, k, [1.0], LIMITS, fine=48)[0], "crease")
            made = [path for (_, layer, *_), path in found["lines"] if layer == k]
            if len(wanted) and made:
                # Each line of the page lies along one of Python's, and the other way round.
                both = np.concatenate([np.array(path) for path in made])
                away = np.hypot(*(both[:, None] - wanted[None]).transpose(2, 0, 1))
                assert np.quantile(away.min(axis=1), 0.95) < 0.1
                assert np.quantile(away.min(axis=0), 0.95) < 0.1
