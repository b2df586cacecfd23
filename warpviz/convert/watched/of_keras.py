"""Keras models, watched by standing before each layer's `call` for the time of one run."""

import warnings
from collections.abc import Iterator
from contextlib import nullcontext
from typing import Any

import numpy as np

from warpviz.convert.watched.runs import Array, Given, Runs, first_array


def runs_of(model: Any, sample: Array) -> Runs:
    """A model as it can be watched; nothing of it is changed when a run is over.

    Args:
        model: the model.
        sample: some points, to build one that is not built yet.
    """
    import keras

    if not model.built:
        model(sample, training=False)
    layers = dict(_named(model, ""))

    def run(points: Array, wanted: frozenset[str] | None) -> list[Given]:
        found: list[Given] = []

        def keep(name: str, layer: Any, value: Any) -> None:
            tensor = first_array(value, keras.ops.is_tensor)
            if tensor is not None:
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore", DeprecationWarning)  # of Keras, about NumPy
                    array = np.array(keras.ops.convert_to_numpy(tensor), dtype=np.float64)
                found.append(Given(name, array, not _inside(layer)))

        def watched(name: str, layer: Any) -> Any:
            call = layer.call

            def told(*args: Any, **kwargs: Any) -> Any:
                value = call(*args, **kwargs)
                keep(name, layer, value)
                return value

            return told

        before = {}
        try:
            for name, layer in layers.items():
                if wanted is None or name in wanted:
                    before[name] = vars(layer).get("call")
                    vars(layer)["call"] = watched(name, layer)
            with _without_gradients(keras):
                keep("", model, model(points, training=False))
        finally:
            for name, call in before.items():
                vars(layers[name]).pop("call")
                if call is not None:
                    vars(layers[name])["call"] = call
        return found

    return Runs(type(model).__name__, list(layers), run)


def _inside(layer: Any) -> list[Any]:
    return list(layer._flatten_layers(include_self=False, recursive=False))


def _named(layer: Any, before: str) -> Iterator[tuple[str, Any]]:
    """Layers by their names; those inside of a layer behind its own name and a dot."""
    for child in _inside(layer):
        yield before + child.name, child
        yield from _named(child, f"{before}{child.name}.")


def _without_gradients(keras: Any) -> Any:
    if keras.backend.backend() != "torch":
        return nullcontext()
    import torch

    return torch.no_grad()
