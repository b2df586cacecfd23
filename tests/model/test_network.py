"""The drawing of a chain in notebooks, counted by an XML parser."""

import re
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given, settings

from tests.model.test_chain import chains
from warpviz.arrays import Floats
from warpviz.model.chain import Chain
from warpviz.model.init import mlp
from warpviz.model.layers import Activation, Dense
from warpviz.model.network import COLUMNS, UNITS

SVG = "{http://www.w3.org/2000/svg}"


def drawn(chain: Chain) -> ElementTree.Element:
    return ElementTree.fromstring(chain._repr_svg_())


def inside(root: ElementTree.Element) -> bool:
    """Whether all stands within the picture."""
    width, height = float(root.attrib["width"]), float(root.attrib["height"])
    for node in root.iter():
        for name, most in (("cx", width), ("cy", height), ("x1", width), ("y2", height),
                           ("x", width), ("y", height)):  # fmt: skip
            if name in node.attrib and not 0 <= float(node.attrib[name]) <= most:
                return False
    return True


@settings(derandomize=True, deadline=None, max_examples=100)
@given(chains())
def test_a_circle_a_unit_and_a_line_a_weight(pair: tuple[Chain, Floats]) -> None:
    chain, _ = pair
    dense = [layer for layer in chain if isinstance(layer, Dense)]
    root = drawn(chain)
    units = sum(layer.n_out for layer in dense) + sum(layer.n_in for layer in dense[:1])
    assert len(root.findall(f"{SVG}circle")) == units
    weights = [w for layer in dense for w in layer.weight.ravel() if w]
    lines = root.findall(f"{SVG}line")
    assert len(lines) == len(weights) and inside(root)
    colours = {line.attrib["stroke"] for line in lines}
    assert len(colours) == len({w > 0 for w in weights})


def test_width_is_the_size_and_colour_the_sign() -> None:
    lines = drawn(Chain([Dense(np.array([[1.0, -0.5, 0.25]]), np.zeros(1))])).findall(f"{SVG}line")
    wide = [float(line.attrib["stroke-width"]) for line in lines]
    assert wide[1] / wide[0] == pytest.approx(0.5) and wide[2] / wide[0] == pytest.approx(0.25)
    first, second, third = (line.attrib["stroke"] for line in lines)
    assert first == third != second


def test_wide_and_deep_chains_say_what_is_left_out() -> None:
    root = drawn(mlp([2, 500, 3], "tanh"))
    assert len(root.findall(f"{SVG}circle")) == 2 + UNITS - 1 + 3
    assert "⋮ 500" in "".join(root.itertext()) and inside(root)
    deep = drawn(mlp([2] + [3] * 40 + [2], "gelu"))
    text = "".join(deep.itertext())
    assert f"{41 - COLUMNS + 1} more" in text and inside(deep)
    parameters = 9 + 39 * 12 + 8
    assert f"{parameters} parameters" in text


def test_layers_without_weights_are_named() -> None:
    assert "tanh" in "".join(drawn(Chain([Activation("tanh")], 2)).itertext())
    assert "the identity" in "".join(drawn(mlp([2, 2])[:0]).itertext())
    split = "".join(drawn(mlp([2, 3, 2], "tanh").split()).itertext())
    assert re.search("input.*tanh.*softmax", split, re.DOTALL)


def test_a_formula_is_written_as_text() -> None:
    root = drawn(Chain([Dense(np.ones((1, 1)), np.zeros(1), "where(z < 0, 0, z)")]))
    assert "where(z < 0" in "".join(root.itertext()) and np.all(inside(root))
