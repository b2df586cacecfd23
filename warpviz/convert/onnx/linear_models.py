"""The operators in which scikit-learn's linear models and scalers are exported.

Source: the operators of https://onnx.ai/onnx/operators/, domain ai.onnx.ml.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np

from warpviz.convert.onnx.place import Place
from warpviz.convert.parts import Part, scale
from warpviz.errors import WarpvizError
from warpviz.model.layers import Dense, Softmax

CLOSINGS: dict[bytes, list[Part]] = {
    b"NONE": [],
    b"SOFTMAX": [Softmax()],
    b"LOGISTIC": ["sigmoid"],
}
"""What may come of the scores."""


def scaler(given: Mapping[str, Any], place: Place) -> tuple[list[Part], Place]:
    """Scaler: (x − offset) · scale."""
    (offset, place), (factor, place) = (
        place.spread(np.asarray(given.get(name, usual), dtype=np.float64))
        for name, usual in (("offset", [0.0]), ("scale", [1.0]))
    )
    return [scale(factor, -offset * factor)], place


def linear_classifier(given: Mapping[str, Any], place: Place) -> tuple[list[Part], Place]:
    """LinearClassifier: scores of classes, and what becomes of them."""
    classes = len(given.get("classlabels_ints", ()) or given.get("classlabels_strings", ()))
    layer, place = _map(given, max(len(given.get("intercepts", ())), 1), place)
    closing = _closing(given)
    two = np.concatenate([layer.weight, layer.bias[:, None]], axis=1)
    if classes == 2 and closing == ["sigmoid"]:
        # σ(−z) and σ(z), or σ(z) alone to which the other is added: the softmax of (0, z).
        if len(two) == 2 and not np.allclose(two[0], -two[1]):
            return [layer, "sigmoid"], place
        weight, bias = layer.weight[-1:], layer.bias[-1:]
        both = Dense(np.vstack([0 * weight, weight]), np.append(0.0, bias))
        return [both, Softmax()], place.with_side(1, 2)
    if classes != layer.n_out:
        raise WarpvizError(f"it gives {layer.n_out} scores for {classes} classes")
    return [layer, *closing], place


def linear_regressor(given: Mapping[str, Any], place: Place) -> tuple[list[Part], Place]:
    """LinearRegressor: an affine map."""
    layer, place = _map(given, int(given.get("targets", 1)), place)
    return [layer, *_closing(given)], place


def _closing(given: Mapping[str, Any]) -> list[Part]:
    name = given.get("post_transform", b"NONE")
    if name not in CLOSINGS:
        raise WarpvizError(f"its scores go through {name.decode()}, which no layer of a chain does")
    return CLOSINGS[name]


def _map(given: Mapping[str, Any], outputs: int, place: Place) -> tuple[Dense, Place]:
    weight = np.reshape(np.asarray(given["coefficients"], dtype=np.float64), (outputs, -1))
    bias = np.asarray(given.get("intercepts", np.zeros(outputs)), dtype=np.float64)
    if len(place.sides) != 2:
        raise WarpvizError("it takes rows of numbers")
    place = place if place.sides[1] is not None else place.with_side(1, weight.shape[1])
    place.along(1)
    return Dense(weight, bias), place.with_side(1, outputs)
