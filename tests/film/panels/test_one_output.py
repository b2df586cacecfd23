"""Chains of one output, and points without labels: what is tinted, and what is said."""

import numpy as np

from tests.film.panels.shown import RINGS
from tests.scenes import panel_of, scene_of
from warpviz.film.build import animate
from warpviz.model import Chain, Dense, mlp


def test_points_without_labels_are_dots_of_one_kind() -> None:
    animation = animate(mlp([2, 3, 3], "relu", seed=1), RINGS.x, size=(240, 180))
    shown, scene = panel_of(animation), scene_of(animation)
    assert not shown.labels.any() and shown.chances.shape[1] == 3
    assert scene.class_names == ("points",) and scene.theme.classes == (scene.theme.text,)
    assert "200 points without labels" in animation.description
    assert not any("right" in stop or "%" in stop for stop in shown.stops)
    taught = panel_of(animate(mlp([2, 3, 2], "relu"), RINGS.x, size=(240, 180), caption="why"))
    assert taught.remarks[0] == "" and "classes" not in "".join(taught.remarks)


def test_one_output_without_labels_has_a_tint_only_where_its_sigmoid_tells_what_it_is() -> None:
    number = mlp([2, 3, 1], "tanh", seed=1)
    np.testing.assert_array_equal(panel_of(animate(number, RINGS.x)).chances, 0.5)
    layer = number[-1]
    assert isinstance(layer, Dense)
    sigmoid = Chain([number[0], Dense(layer.weight, layer.bias, "sigmoid")])
    shown = panel_of(animate(sigmoid, RINGS.x))
    right = sigmoid(shown.sheet.centres())[:, 0]
    np.testing.assert_allclose(shown.chances[:, 1], right, atol=0.051)


def test_one_output_tells_two_classes_apart_by_its_sigmoid() -> None:
    chain = Chain([Dense(np.array([[3.0, -1.0]]), np.array([0.5]))])
    animation = animate(chain, RINGS, size=(240, 180))
    shown = panel_of(animation)
    z = chain(shown.sheet.centres())[:, 0]
    # One shade for each band of probabilities, of at most 0.09.
    np.testing.assert_allclose(shown.chances[:, 1], 1 / (1 + np.exp(-z)), atol=0.051)
    assert "one output z" in animation.notes[0]
