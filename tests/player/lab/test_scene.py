"""What the laboratory chooses live, how things move and where the camera stands, is the film's."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import warpviz as wv
from tests.player.lab.nets import as_layers
from tests.player.modules import node
from warpviz.geometry.plane import around
from warpviz.motion.polar import Turn
from warpviz.player.payload import film_tree

PARTS = ("centre", "offset", "azimuth", "tilt", "middle", "radius", "extent")
RINGS = wv.load_data("rings", seed=0)
PANEL = """
import { livePanel } from "./lab/scene/panels.js";
const shaped = (values, shape) => Object.assign(Float64Array.from(values), { shape });
const table = (rows) => shaped(rows.flat(), [rows.length, rows[0].length]);
const line = (row) => shaped(row, [row.length]);
const layersOf = (layers) => layers.map(({ activation, weight, bias }) => ({
  activation, weight: weight && table(weight), bias: bias && line(bias),
}));
const plain = (node) => {
  if (node === null || typeof node !== "object") return node;
  if (ArrayBuffer.isView(node)) return Array.from(node);
  if (Array.isArray(node)) return node.map(plain);
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, plain(value)]));
};
const [{ layers, x, y, limits, layout, coarse }] = given;
const { tree } = livePanel({
  title: "", layers: layersOf(layers), x: Float64Array.from(x), y: Uint8Array.from(y), features: [],
  limits, layout, coarse, held: null, camera: null,
});
const { camera, swings, stops, acts, axes, planar, dots } = tree;
told(plain({ camera, swings, stops, acts, axes, planar, dots }));
"""


def rows_of(layers: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Layers with their weights as rows."""
    return [
        each
        if each["weight"] is None
        else {**each, "weight": np.reshape(each["weight"], (len(each["bias"]), -1)).tolist()}
        for each in layers
    ]


def live(chain: wv.Chain, tree: dict[str, Any], folder: Path, coarse: bool = False) -> Any:
    """What the page makes of a chain on rings, in the layout of a film."""
    panel = tree["panels"][0]
    layers = rows_of(as_layers(chain.logits().split()))
    given = {
        "layers": layers, "x": RINGS.x.ravel().tolist(), "y": RINGS.y.tolist(),
        "limits": list(around(RINGS.x)), "layout": json.loads(json.dumps(panel["layout"])),
        "coarse": coarse,
    }  # fmt: skip
    return node(PANEL, folder, given)


@pytest.mark.many(quick=1)
@pytest.mark.parametrize(
    ("widths", "name", "seed"),
    [
        ([2, 2, 2, 2], "relu", 3),
        ([2, 3, 3, 2], "relu", 0),
        ([2, 3, 2, 2], "tanh", 1),
        ([2, 4, 4, 2], "relu", 2),
        ([2, 2, 2, 2], "tanh", 5),
    ],
)
def test_camera_motions_and_words_are_those_of_the_film(
    widths: list[int], name: str, seed: int, modules: Path
) -> None:
    chain = wv.mlp(widths, name, seed=seed)
    tree = film_tree(wv.animate(chain, RINGS, size=(320, 260), hide=("track",)))
    panel, found = tree["panels"][0], live(chain, tree, modules)
    cameras = (panel["camera"], found["camera"])
    own, other = ({k: np.ravel(each[k]) for k in PARTS} for each in cameras)
    # The mean of the corners depends on how cells are cut, what the camera turns about does not.
    own["pivot"], other["pivot"] = (each["centre"] + each["offset"] for each in (own, other))
    for part in (*PARTS[2:], "pivot"):
        assert np.abs(own[part] - other[part]).max() < 1e-4, part
    assert np.allclose(panel["camera"]["lift"], found["camera"]["lift"])
    for part in ("stops", "acts", "planar"):
        assert list(panel[part]) == found[part]
    assert [[tuple(axis) for axis in each] for each in panel["axes"]] == [
        [tuple(axis) for axis in each] for each in found["axes"]
    ]
    dots = np.asarray(panel["dots"]).reshape(-1, 2)
    assert np.array_equal(dots, np.reshape(found["dots"], (-1, 2)))
    for mine, theirs in zip(panel["swings"], found["swings"], strict=True):
        assert (mine is None) == (theirs is None)
        if mine is not None:
            assert np.allclose(np.ravel(mine["stretch"]), theirs["stretch"], atol=1e-8)
            assert np.allclose(mine["angles"], theirs["angles"], atol=1e-8)
            assert (mine["trims"], mine["rest"]) == (theirs["trims"], theirs["rest"])


TURNS = """
import { polarOf, planesOf } from "./lab/scene/rotation.js";
told(given[0].map((weight) => {
  const { stretch, orthogonal } = polarOf(weight);
  return { stretch, orthogonal, ...planesOf(orthogonal) };
}));
"""


def test_a_matrix_turns_as_in_python(modules: Path) -> None:
    rng = np.random.default_rng(0)
    weights = [rng.normal(size=shape) for shape in ((2, 2), (3, 2), (2, 3), (3, 3), (5, 5), (8, 4))]
    weights += [-np.eye(2), -np.eye(4), np.diag([1.0, -1.0]), np.zeros((2, 3)), np.ones((3, 3))]
    weights += [np.array([[0.0, 1.0], [0.0, 0.0]]), np.diag([-1.0, -1.0, 0.0])]
    found = node(TURNS, modules, [weight.tolist() for weight in weights])
    for weight, one in zip(weights, found, strict=True):
        turn = Turn.of(weight, np.zeros(len(weight)))
        assert np.allclose(turn.stretch, one["stretch"], atol=1e-9)
        assert turn.reflects == one["flips"]
        for t in (0.3, 1.0):
            matrix = np.eye(turn.rotation.size)
            trims = one["turning"] + one["flips"]
            for plane, angle in zip(one["planes"][:trims], one["angles"][:trims], strict=True):
                a, b = np.array(plane)
                less, sine = np.cos(t * angle) - 1, np.sin(t * angle)
                along, across = a @ matrix, b @ matrix
                matrix = matrix + np.outer(a, less * along - sine * across)
                matrix = matrix + np.outer(b, sine * along + less * across)
            assert np.abs(matrix - turn.rotation.matrix(t)).max() < 1e-5, weight


EXCHANGED = """
import { exchangeable, laidOut } from "./lab/scene/scene.js";
const scene = (columns) => ({
  title: "", stops: [], acts: [], parts: [], shown: [], size: [1, 1], columns, arranged: 0,
  arrange(to) { this.arranged = to; }, panels: () => [columns] });
const [one, two] = [scene(1), scene(2)];
const both = exchangeable(one);
const before = both.scene.panels();
both.show(two);
told([before, both.scene.panels(), both.scene.columns, two.arranged, typeof laidOut]);
"""


def test_a_scene_is_exchanged_in_the_arrangement_that_is_seen(modules: Path) -> None:
    assert node(EXCHANGED, modules) == [[1], [2], 2, 1, "function"]
