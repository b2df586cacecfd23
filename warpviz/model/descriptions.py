"""Models as text that people can write: what a .json file holds, see `warpviz.model.store`."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from warpviz.arrays import Floats
from warpviz.data.files import content_of
from warpviz.errors import WarpvizError, visible
from warpviz.model.activations import own_activations, portable
from warpviz.model.captions import outline
from warpviz.model.chain import Chain
from warpviz.model.layers import Activation, Dense, Layer, Softmax
from warpviz.model.residual import Residual

LARGEST_TEXT = 32 * 2**20
"""Bytes of a description: its numbers take eight times as much when they are read."""


@dataclass(frozen=True, eq=False, repr=False)
class StoredModel:
    """What a model file holds; None or empty where it does not.

    Attributes:
        chain: the model.
        data_name: what it was trained on.
        class_names: of its classes.
        mean: what is to be taken from each feature, (n_in,), before the chain sees it, and
        scale: by what it is to be divided then, (n_in,).
    """

    chain: Chain
    data_name: str | None = None
    class_names: tuple[str, ...] = ()
    mean: Floats | None = None
    scale: Floats | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "class_names", tuple(map(visible, self.class_names)))

    def __repr__(self) -> str:
        named = "" if self.data_name is None else f", of {self.data_name}"
        return f"<StoredModel {outline(self.chain)}{named}>"


def entry_of(layer: Layer) -> dict[str, Any]:
    """One layer as a .json model has it."""
    if isinstance(layer, Softmax):
        return {str(layer): True}
    if isinstance(layer, Activation):
        return {"activation": portable(layer.name)}
    if isinstance(layer, Residual):
        return {"residual": [entry_of(inner) for inner in layer.chain.layers]}
    plain = {"weight": layer.weight.tolist(), "bias": layer.bias.tolist()}
    return plain | {"activation": portable(layer.activation)}


def read_description(path: Path) -> Any:
    """Read a .json file that should describe a model.

    Raises:
        WarpvizError: it is missing, too large or no JSON.
    """
    data = content_of(path)
    if len(data) > LARGEST_TEXT:
        raise WarpvizError(f"File '{path}' expects at most 32 MB of text; write it as .npz.")
    try:
        return json.loads(data.decode("utf-8"))
    except (ValueError, RecursionError) as error:  # not JSON, not UTF-8, or nested without end
        raise WarpvizError(f"File '{path}' expects a JSON model, got {error}.") from None


def model_of(content: Any, path: Path) -> StoredModel:
    """The model that a description tells; its weights are lists or arrays.

    Raises:
        WarpvizError: it tells none; the layer is named.
    """
    if not isinstance(content, dict) or not isinstance(content.get("layers"), list):
        raise WarpvizError(f"File '{path}' expects a model, {{\"layers\": […]}}, got other JSON.")
    own = own_activations(content.get("activations", {}))
    layers = [_layer(k, entry, own) for k, entry in enumerate(content["layers"])]
    name, names = content.get("data_name"), content.get("class_names", [])
    if not isinstance(names, list):
        raise WarpvizError(f"class_names should be a list, got {names!r:.60}.")
    return StoredModel(Chain(layers), None if name is None else str(name), tuple(map(str, names)))


def _layer(k: int, entry: object, activations: Mapping[str, str]) -> Layer:
    """One layer of a .json model, which has some activations of its own."""
    keys = set(entry) if isinstance(entry, dict) else None
    if not isinstance(entry, dict) or not keys:
        raise WarpvizError(
            f"layer {k} should be an object with weight and bias, got {entry!r:.60}."
        )
    if keys in ({"softmax"}, {"log_softmax"}) and list(entry.values()) == [True]:
        return Softmax("log_softmax" in keys)
    if keys == {"residual"}:
        inner = entry["residual"]
        if not isinstance(inner, list):
            raise WarpvizError(
                f"layer {k} should list the layers of its residual, got {inner!r:.60}."
            )
        return Residual(Chain([_layer(k, one, activations) for one in inner]))
    name = entry.get("activation", "identity")
    if not isinstance(name, str):
        raise WarpvizError(f"layer {k} should name its activation, got {name!r:.60}.")
    name = activations.get(name, name)
    if keys == {"activation"}:
        return Activation(name)
    unknown = keys - {"weight", "bias", "activation"}
    if unknown or "weight" not in keys:
        raise WarpvizError(
            f"layer {k} should have weight, bias and activation, got {', '.join(sorted(keys))}."
        )
    weight = entry["weight"]
    rows = len(weight) if isinstance(weight, list) or np.ndim(weight) > 0 else 0
    return Dense(weight, entry.get("bias", np.zeros(rows)), name)
