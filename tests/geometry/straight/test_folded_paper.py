"""Graph paper that is cut along the regions of a chain."""

import numpy as np
import pytest

from tests.geometry.nets import (
    SLANTED,
    UNIT,
    centroids,
    dense,
    net,
)
from warpviz.arrays import Floats
from warpviz.geometry.sheet import Limits, Polyline, Sheet, graph_paper
from warpviz.geometry.straight.regions import Regions, fold_sheet, linear_regions
from warpviz.model import Chain


def regions_of(chain: Chain, limits: Limits = UNIT) -> Regions:
    regions = linear_regions(chain, limits)
    assert regions is not None
    return regions


def sheet_of(
    chain: Chain, limits: Limits = UNIT, *, cells: int, every: int = 2, max_cells: int = 12_000
) -> Sheet:
    sheet = fold_sheet(chain, limits, cells=cells, every=every, max_cells=max_cells)
    assert sheet is not None
    return sheet


def test_grid_lines_run_from_border_to_border() -> None:
    sheet = sheet_of(net((2, 5, 4, 3)), SLANTED, cells=12, every=3)
    grid = [sheet.vertices[line.vertices] for line in sheet.lines if line.kind != "crease"]
    straight = [path for path in grid if np.ptp(path, axis=0).min() == 0]
    assert sum(line.kind == "border" for line in sheet.lines) == 4
    assert sum(line.kind == "grid" for line in sheet.lines) == 6
    for path in straight[:10]:
        axis = int(np.argmax(np.ptp(path, axis=0)))
        assert (np.diff(path[:, axis]) > 0).all()
        assert path[0, axis] == SLANTED[2 * axis] and path[-1, axis] == SLANTED[2 * axis + 1]
        assert len(path) > 12


def test_creases_on_the_sheet_are_those_of_the_regions() -> None:
    chain = net((2, 6, 5, 2), seed=4)

    def lengths(vertices: Floats, lines: tuple[Polyline, ...]) -> dict[tuple[int, int], float]:
        total: dict[tuple[int, int], float] = {}
        for line in lines:
            if line.kind == "crease":
                steps = np.diff(vertices[line.vertices], axis=0)
                key = (line.layer, line.unit)
                total[key] = total.get(key, 0.0) + float(np.hypot(steps[:, 0], steps[:, 1]).sum())
        return total

    regions, sheet = regions_of(chain), sheet_of(chain, cells=9)
    expected = lengths(regions.vertices, regions.creases)
    assert len(expected) > 5
    assert lengths(sheet.vertices, sheet.lines) == pytest.approx(expected, abs=1e-9)


def test_a_crease_along_a_grid_line_cuts_no_cells() -> None:
    sheet = sheet_of(Chain([dense([[1.0, 0.0]], [0.0], "relu")]), cells=8)
    assert sheet.n_cells == 64
    (crease,) = [line for line in sheet.lines if line.kind == "crease"]
    assert (sheet.vertices[crease.vertices, 0] == 0).all() and len(crease.vertices) == 9


def test_the_grid_coarsens_for_many_regions_and_gives_up_past_them() -> None:
    chain = net((2, 24, 24, 2))
    regions = regions_of(chain).n_regions
    sheet = sheet_of(chain, cells=48, max_cells=regions + 700)
    assert regions < sheet.n_cells <= regions + 700 + 100  # and the boundary's own cuts
    assert any(line.kind == "grid" for line in sheet.lines)
    assert fold_sheet(chain, UNIT, max_cells=regions - 1) is None


def test_a_sheet_in_a_plane_among_many_features() -> None:
    rng = np.random.default_rng(0)
    origin, axes = rng.normal(size=4), np.linalg.qr(rng.normal(size=(4, 2)))[0]
    chain = net((4, 5, 3), seed=2)
    sheet = fold_sheet(chain, UNIT, cells=4, plane=(origin, axes))
    assert sheet is not None and sheet.vertices.shape[1] == 4
    assert centroids(chain(sheet.vertices), sheet) == pytest.approx(
        chain(centroids(sheet.vertices, sheet)), abs=1e-9
    )


def test_usual_paper_has_48_squares_a_side_and_a_line_at_every_second() -> None:
    chain = Chain([dense([[1.0, 0.0]], [0.0])])
    sheet, paper = fold_sheet(chain), graph_paper()
    assert sheet is not None and sheet.n_cells == paper.n_cells == 48 * 48
    for each in (sheet, paper):
        kinds = [line.kind for line in each.lines]
        assert (kinds.count("grid"), kinds.count("border")) == (2 * 23, 4)
        assert np.abs(each.vertices).max() == 1.1
