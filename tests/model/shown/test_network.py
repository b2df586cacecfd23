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
from warpviz.model.residual import Residual

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


def test_units_are_26_pixels_apart_and_columns_96() -> None:
    root = drawn(mlp([2, 3, 1], "tanh", softmax=False))
    assert (root.attrib["width"], root.attrib["height"]) == ("288", str(26 * 3 + 84))
    told = [
        [float(node.attrib[name]) for name in ("cx", "cy", "r")]
        for node in root.findall(f"{SVG}circle")
    ]
    middle = 16 + 26 * 3 / 2
    assert told == [
        [48, middle - 13, 8], [48, middle + 13, 8],
        [144, middle - 26, 8], [144, middle, 8], [144, middle + 26, 8], [240, middle, 8],
    ]  # fmt: skip
    lines = root.findall(f"{SVG}line")
    assert max(float(line.attrib["stroke-width"]) for line in lines) == 3.0
    first = [float(lines[0].attrib[name]) for name in ("x1", "y1", "x2", "y2")]
    assert first == [48, middle - 13, 144, middle - 26]
    said = [(each.text, *(float(each.attrib[a]) for a in ("x", "y", "font-size")))
            for each in root.findall(f"{SVG}text")]  # fmt: skip
    assert said == [
        ("input", 48, 26 * 3 + 36, 10), ("tanh", 144, 26 * 3 + 36, 10),
        ("2→3→1, 13 parameters", 144, 26 * 3 + 74, 11),
    ]  # fmt: skip
    assert root.findtext(f"{SVG}title") == "2→3→1, 13 parameters"


def test_twelve_units_and_twelve_layers_are_drawn() -> None:
    for width, circles in ((12, 12), (13, 11)):
        root = drawn(mlp([width, 1], softmax=False))
        assert len(root.findall(f"{SVG}circle")) == circles + 1
        assert ("⋮" in "".join(root.itertext())) == (width > 12)
        dots = [node for node in root.findall(f"{SVG}text") if "⋮" in (node.text or "")]
        assert [float(node.attrib["y"]) for node in dots] == [16 + 13 + 26 * 11.0] * len(dots)
    for layers, columns in ((12, 13), (13, 12), (14, 12)):
        root = drawn(mlp([1] * (layers + 1), "gelu", softmax=False))
        text = [node.text for node in root.findall(f"{SVG}text")]
        assert len(root.findall(f"{SVG}circle")) == columns
        assert (f"{layers - 11} more" in text) == (layers > 12)
        if layers > 12:
            more = next(node for node in root.findall(f"{SVG}text") if "more" in (node.text or ""))
            assert (float(more.attrib["x"]), float(more.attrib["y"])) == (48 + 96 * 10.5, 21.0)
            rows = [
                (node.text, float(node.attrib["y"])) for node in root.findall(f"{SVG}text")
                if node.attrib["x"] == more.attrib["x"]
            ]  # fmt: skip
            assert rows == [(more.text, 21), ("layers", 34), ("…", 47)]
            assert len(root.findall(f"{SVG}line")) == 10


def test_what_acts_on_the_sums_stands_below_them_in_two_rows() -> None:
    one = Dense(np.eye(1), np.zeros(1))
    long = Activation("where(z < 0, 0, z)")
    chain = Chain([Activation("sin"), one, Activation("tanh"), long, Activation("relu"), one])
    root = drawn(chain)
    said = [(node.text, float(node.attrib["y"])) for node in root.findall(f"{SVG}text")]
    assert said[:3] == [("input", 62), ("tanh", 62), ("where(z < 0, 0", 75)] and len(said) == 4
    alone = drawn(Chain([Activation("tanh"), Activation("sin")], 2))
    (names,) = alone.findall(f"{SVG}text")
    assert names.text == "tanh, then sin"
    assert (float(names.attrib["x"]), float(names.attrib["y"])) == (160, 25)
    assert (alone.attrib["width"], alone.attrib["height"]) == ("320", "40")
    residual = drawn(Chain([one, Residual(Chain([one, Activation("relu")]))]))
    assert [node.text for node in residual.findall(f"{SVG}text")][1:3] == ["relu", "x + f(x)"]


def test_no_line_is_drawn_of_a_weight_of_zero() -> None:
    layer = Dense(np.array([[0.0, 2.0], [-1.0, 0.0]]), np.zeros(2))
    lines = drawn(Chain([layer])).findall(f"{SVG}line")
    assert [float(line.attrib["stroke-width"]) for line in lines] == [3.0, 1.5]
    none = drawn(Chain([Dense(np.zeros((1, 1)), np.zeros(1))]))
    assert not none.findall(f"{SVG}line")
