"""Layers that come and go in the laboratory's page."""

from pathlib import Path

from tests.player.modules import node

MOVED = """
import { layersOfWidths, swapped, withNumber } from "./lab/ui/network.js";
const first = layersOfWidths([2, 3, 5, 4, 2], ["tanh", "relu", "sin"], 7);
const widths = (layers) => layers.map(({ bias }) => bias.length);
const there = swapped(first, 0, 3);
const further = swapped(there, 1, 3);
const edited = withNumber(there, 2, 0, 0, 9);
told({
  first, there: widths(there), further: widths(further),
  back: swapped(there, 0, 3), whole: swapped(swapped(further, 1, 3), 0, 3),
  edited: swapped(edited, 0, 3),
});
"""


def test_a_layer_that_comes_back_has_its_numbers(modules: Path) -> None:
    told = node(MOVED, modules)
    assert told["there"] == [5, 3, 4, 2] and told["further"] == [5, 4, 3, 2]
    assert told["back"] == told["first"] == told["whole"]
    # An edit on the way stays, and what did not touch it comes back all the same.
    assert told["edited"][2]["weight"][0][0] == 9
    assert told["edited"][:2] == told["first"][:2]
