"""Sheets that the page cuts, beside those of Python: regions equal, lines and areas to 1e-9."""

from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.player.lab.nets import LIMITS, SMOOTH, STRAIGHT, as_layers, random_net, residual_net
from tests.player.lab.sheets import REGIONS, kinds_of, of_lines, same_places, sheets
from tests.player.modules import node
from warpviz.arrays import Floats
from warpviz.geometry.boundary import decision_boundary
from warpviz.geometry.fitting import fold_times, sheet_for
from warpviz.geometry.sheet import Sheet
from warpviz.geometry.straight.regions import linear_regions
from warpviz.geometry.tint import Tint, cell_tints
from warpviz.model import Chain


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
