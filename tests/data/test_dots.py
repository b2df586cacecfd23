"""The drawing of a data set in notebooks, counted by an XML parser."""

from collections import Counter
from xml.etree import ElementTree

import numpy as np
import pytest

from warpviz.data.dataset import Dataset
from warpviz.data.dots import MOST, principal_plane
from warpviz.data.loading import load_data
from warpviz.data.synthetic import DATASETS

SVG = "{http://www.w3.org/2000/svg}"
RNG = np.random.default_rng(0)


def drawn(data: Dataset) -> ElementTree.Element:
    return ElementTree.fromstring(data._repr_svg_())


def dots_of(root: ElementTree.Element) -> list[ElementTree.Element]:
    return [node for node in root.findall(f"{SVG}circle") if node.attrib["r"] == "3"]


@pytest.mark.parametrize("name", DATASETS)
def test_a_dot_a_point_in_the_colour_of_its_class(name: str) -> None:
    data = load_data(name, n=300, seed=1)
    root = drawn(data)
    colours = Counter(node.attrib["fill"] for node in dots_of(root))
    assert sorted(colours.values()) == sorted(np.bincount(data.y).tolist())
    text = "".join(root.itertext())
    assert all(name in text for name in data.class_names)


def test_places_are_the_points_own() -> None:
    data = Dataset(np.array([[0.0, 0.0], [2.0, 1.0], [4.0, 0.5], [1.0, 2.0]]), np.arange(4))
    places = {d.attrib["fill"]: (float(d.attrib["cx"]), float(d.attrib["cy"]))
              for d in dots_of(drawn(data))}  # fmt: skip
    legend = [n for n in drawn(data).findall(f"{SVG}circle") if n.attrib["r"] == "4"]
    seen = np.array([places[node.attrib["fill"]] for node in legend])
    # One scale for both axes, y upwards.
    a, b = np.polyfit(data.x[:, 0], seen[:, 0], 1), np.polyfit(data.x[:, 1], seen[:, 1], 1)
    assert a[0] == pytest.approx(-b[0], rel=1e-2) and a[0] > 0
    np.testing.assert_allclose(np.polyval(a, data.x[:, 0]), seen[:, 0], atol=0.2)


def test_many_points_are_thinned_and_it_is_said() -> None:
    root = drawn(load_data("moons", n=5000))
    assert len(dots_of(root)) == MOST
    assert "5000 points" in "".join(root.itertext())
    assert f"{MOST:,} of them shown" in "".join(root.itertext())


def test_many_classes_keep_their_names_and_have_the_markers_of_films() -> None:
    names = [f"class {k + 1}" for k in range(70)]
    y = np.repeat(np.arange(70), 4)
    root = drawn(Dataset(RNG.normal(size=(280, 2)), y, names))
    text = [node.text for node in root.findall(f"{SVG}text")]
    assert [name for name in names if name in text] == names[:64]
    assert "64 of their names shown" in "".join(root.itertext())
    shapes = {(len(node.attrib.get("points", "").split()), node.attrib["fill"])
              for node in root if node.tag in (f"{SVG}circle", f"{SVG}polygon")}  # fmt: skip
    assert len(shapes) == 64
    width = float(root.attrib["width"])
    assert all(float(node.attrib["x"]) < width - 50 for node in root.findall(f"{SVG}text"))


def test_axes_tell_their_own_units() -> None:
    x = RNG.normal(size=(50, 2)) * [10.0, 0.001] + [170.0, -3.0]
    data = Dataset(x, np.arange(50) % 2, feature_names=("height <cm>", "b")).standardised()
    text = "".join(drawn(data).itertext())
    assert f"height <cm>: {x[:, 0].min():.4g} … {x[:, 0].max():.4g}" in text
    assert f"b: {x[:, 1].min():.4g} … {x[:, 1].max():.4g}".replace("-", "−") in text


def test_targets_have_a_continuous_scale_and_unlike_units_fill_the_field() -> None:
    x = RNG.normal(size=(400, 2)) * [1000.0, 1.0]
    root = drawn(Dataset.with_targets(x, x[:, 0]))
    assert len({node.attrib["fill"] for node in dots_of(root)}) > 8
    high = [float(node.attrib["cy"]) for node in dots_of(root)]
    assert np.ptp(high) > 200


def test_wide_data_lies_on_its_principal_axes() -> None:
    x = RNG.normal(size=(200, 5)) * [1.0, 5.0, 2.0, 0.1, 0.1]
    origin, axes = principal_plane(x)
    np.testing.assert_allclose(axes.T @ axes, np.eye(2), atol=1e-12)
    values = np.sort(np.linalg.eigvalsh(np.cov(x.T)))[::-1]
    np.testing.assert_allclose(((x - origin) @ axes).var(axis=0, ddof=1), values[:2])
    text = "".join(drawn(Dataset(x, np.arange(200) % 3)).itertext())
    assert "first principal axis" in text
