"""What is more than a picture can show is left out, and told, as of a film."""

from pathlib import Path

import numpy as np

import warpviz as wv
from tests.player.lab.nets import LIMITS, as_layers
from tests.player.modules import node
from warpviz.geometry.fitting import sheet_for
from warpviz.geometry.sheet import BOUNDARY
from warpviz.model import Chain, Dense

LEFT = """
const { cutSheet } = await import("./lab/cutting/sheet.js");
told(given[0].map((layers) => cutSheet(layers, given[1], { coarse: false }).left));
"""


def test_what_is_left_out_is_what_python_leaves_out(modules: Path) -> None:
    nets = [
        Chain([Dense(layer.weight * times, layer.bias, layer.activation) for layer in net.logits()])  # type: ignore[union-attr]
        for net in (wv.mlp([2, 3, 3, 2], "sin", seed=0), wv.mlp([2, 3, 3, 2], "gelu", seed=0))
        for times in (1.0, 40.0, 1e4)
    ]
    played = [net.split() for net in nets]
    found = node(LEFT, modules, [as_layers(net) for net in played], LIMITS)
    for net, ours in zip(played, found, strict=True):
        theirs = sheet_for(net, LIMITS).left_out
        assert [(one["layer"], one["drawn"]) for one in ours] == [
            (one.layer, one.drawn) for one in theirs
        ]
        for own, other in zip(ours, theirs, strict=True):
            if other.layer != BOUNDARY:
                # Lines are counted on grids of other sizes.
                assert np.isclose(own["least"], other.least, rtol=0.3)
    assert any(found)
