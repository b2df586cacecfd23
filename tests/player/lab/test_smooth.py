"""What bends smoothly is traced in the page as of a film."""

from pathlib import Path

import numpy as np
import pytest

from tests.player.lab.nets import LIMITS, SMOOTH, as_layers, random_net
from tests.player.lab.sheets import REGIONS, of_lines
from tests.player.modules import node
from warpviz.geometry.folds import fold_lines


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
