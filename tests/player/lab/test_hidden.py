"""Folds between the points of a grid are looked for as of a film, up to 8 times as fine."""

from pathlib import Path

import numpy as np
import pytest

from tests.player.lab.nets import LIMITS, as_layers
from tests.player.modules import node
from warpviz.geometry.curved.hidden import hidden_lines
from warpviz.geometry.curved.squares import grid_points
from warpviz.geometry.folds import fold_points, pre_activation
from warpviz.geometry.plane import checked_plane
from warpviz.model import ACTIVATIONS, Chain, Dense

FINE = 96
HIDDEN = """
const { hiddenSquares } = await import("./lab/cutting/hidden.js");
const { cutSheet } = await import("./lab/cutting/sheet.js");
told(given[0].map(({ before, layers, lines, values }) => {
  const details = hiddenSquares(before, given[1], given[2], lines, values);
  const { vertices, sheet } = cutSheet(layers, given[1], { coarse: false });
  let at = 0;
  const path = (i) => sheet.lines.subarray(at, at += sheet.lengths[i]);
  const paths = sheet.kinds.map((kind, i) => [kind, path(i)]);
  const place = (v) => [vertices[2 * v], vertices[2 * v + 1]];
  return {
    details: details.map((detail) => detail && Array.from(detail)),
    folds: paths.filter(([[kind, layer, , times]]) => kind === "crease" && layer === 3 && !times)
      .map(([[, , unit], own]) => [unit, Array.from(own, place)]),
  };
}));
"""


def wild_net(seed: int) -> Chain:
    """Steep bumps behind which a smooth unit has islands smaller than a square."""
    rng = np.random.default_rng(seed)
    name, width = ("gelu", "silu", "sin", "mish")[seed % 4], int(rng.integers(3, 7))
    bumps = Dense(25 * rng.normal(size=(width, 2)), 8 * rng.normal(size=width), "tanh")
    folds = Dense(2 * rng.normal(size=(3, width)), 2 * rng.normal(size=3), name)
    return Chain([bumps, folds, Dense(rng.normal(size=(2, 3)), np.zeros(2))]).split()


@pytest.mark.slow
def test_the_same_squares_are_cut_as_fine(modules: Path) -> None:
    asked, wanted = [], []
    for net in map(wild_net, (158, 216, 182, 3)):
        before, function = pre_activation(net, 3)
        values = before(grid_points(LIMITS, FINE))
        levels = fold_points(function, 1.0, (float(values.min()), float(values.max())))
        lines = [(unit, float(level)) for unit in range(3) for level in levels]
        for unit, level in lines:
            row = np.zeros((2, 3))
            row[1, unit] = 1.0
            pair = Chain([*before, Dense(row, np.array([0.0, -level]))], before.width)
            above = (values[:, unit] > level).astype(int).reshape(FINE + 1, FINE + 1)
            wanted.append(hidden_lines(pair, LIMITS, checked_plane(pair, None), FINE, above).detail)
        asked.append(
            {
                "before": as_layers(before), "layers": as_layers(net),
                "lines": [{"unit": unit, "level": level} for unit, level in lines],
                "values": values.ravel().tolist(),
            }
        )  # fmt: skip
    found = node(HIDDEN, modules, asked, LIMITS, FINE)
    details = [detail for one in found for detail in one["details"]]
    for ours, theirs in zip(details, wanted, strict=True):
        assert np.array_equal(np.ones(FINE**2) if ours is None else ours, theirs.ravel())
    assert sum(detail is not None for detail in details) > 2
    for one, net in zip(found, map(wild_net, (158, 216, 182, 3)), strict=True):
        before, function = pre_activation(net, 3)
        for unit, path in one["folds"]:
            z = before(np.array(path))[:, unit]
            assert np.abs(function.derivative(z)).max() < 1e-6  # there it turns back


def test_slopes_that_turn_fast_are_seen_on_a_finer_grid(modules: Path) -> None:
    code = """
const { foldPoints } = await import("./lab/cutting/folds.js");
const { knowActivation } = await import("./lab/data/activation.js");
const { RECORDS } = await import("./lab/known.js");
told(given[0].map((name) => foldPoints(RECORDS[knowActivation(name)], 1, 12)));
"""
    names = ["sin(150*z)/150 + z/9", "gelu", "silu", "sin(2*z)/2 + z/2"]
    for name, ours in zip(names, node(code, modules, names), strict=True):
        record = ACTIVATIONS[name]
        theirs = fold_points(record, 1.0, (-16.0, 16.0))
        assert len(ours) == len(theirs), name
        assert np.abs(np.array(ours) - theirs).max() < 1e-9
