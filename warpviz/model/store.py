"""Models in files: .npz, written and read; .json, written by hand and read.

An .npz holds plain arrays, never pickles: `layers`, one word or two a layer ("dense relu",
"activation tanh", "softmax"), `weight_k` and `bias_k` for the Dense layer k, and if known
`data_name` and `class_names`. A .json holds the same as text:

    {"layers": [{"weight": [[211], [221]], "bias": [21, 22], "activation": "sin"},
                {"activation": "tanh"}, {"softmax": true}],
     "data_name": "rings", "class_names": ["inner", "outer"]}
"""

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from warpviz.data.files import LARGEST, read_arrays
from warpviz.errors import WarpvizError
from warpviz.model.chain import Chain
from warpviz.model.layers import Activation, Dense, Layer, Softmax


@dataclass(frozen=True, eq=False)
class StoredModel:
    """What a model file holds; `data_name` is None and `class_names` empty where it does not."""

    chain: Chain
    data_name: str | None = None
    class_names: tuple[str, ...] = ()


def save_model(
    chain: Chain,
    path: str | Path,
    *,
    data_name: str | None = None,
    class_names: Sequence[str] = (),
) -> Path:
    """Write a model as .npz; a file that is there stays whole until the new one is.

    Args:
        chain: The model.
        path: Ends in .npz.
        data_name: The data it was trained on, if `load_model` users should find it.
        class_names: Names of the classes.

    Returns:
        The path.

    Raises:
        WarpvizError: for another suffix, or where the file cannot be written.
    """
    path = Path(path)
    if path.suffix.lower() != ".npz":
        raise WarpvizError(f"A model is stored as .npz, got '{path}'; change the suffix.")
    arrays: dict[str, Any] = {"layers": np.array([_word(layer) for layer in chain], dtype=np.str_)}
    for k, layer in enumerate(chain):
        if isinstance(layer, Dense):
            arrays |= {f"weight_{k}": layer.weight, f"bias_{k}": layer.bias}
    if data_name is not None:
        arrays["data_name"] = np.array(data_name)
    if class_names:
        arrays["class_names"] = np.array(list(class_names), dtype=np.str_)
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with beside.open("wb") as file:
            np.savez(file, **arrays)
        beside.replace(path)
    except OSError as error:
        raise WarpvizError(f"Model '{path}' cannot be written: {error.strerror}.") from None
    finally:
        beside.unlink(missing_ok=True)
    return path


def load_model(path: str | Path) -> Chain:
    """Read the chain of a .npz or .json model.

    Raises:
        WarpvizError: where the file is missing, damaged, no model, or a model that cannot be.
    """
    return load_stored(path).chain


def load_stored(path: str | Path) -> StoredModel:
    """Read a .npz or .json model with the data's name and class names; errors as `load_model`."""
    path = Path(path)
    readers = {".npz": _read_npz, ".json": _read_json}
    if path.suffix.lower() not in readers:
        raise WarpvizError(f"A model is a .npz or .json file, got '{path}'.")
    try:
        return readers[path.suffix.lower()](path)
    except WarpvizError as error:
        # Whatever is wrong with a layer, say in which file.
        text = str(error)
        if str(path) in text:
            raise
        raise WarpvizError(f"Model '{path}' is not valid: {text}") from None


def _word(layer: Layer) -> str:
    if isinstance(layer, Dense):
        return f"dense {layer.activation}"
    return f"activation {layer.name}" if isinstance(layer, Activation) else "softmax"


def _read_npz(path: Path) -> StoredModel:
    arrays = read_arrays(path)
    if "layers" not in arrays or arrays["layers"].dtype.kind != "U":
        raise WarpvizError(f"File '{path}' expects a warpviz model, got other arrays.")
    layers: list[Layer] = []
    for k, word in enumerate(arrays["layers"].ravel().tolist()):
        kind, _, name = word.partition(" ")
        if kind == "dense":
            missing = {f"weight_{k}", f"bias_{k}"} - set(arrays)
            if missing:
                raise WarpvizError(f"layer {k} lacks {' and '.join(sorted(missing))}.")
            layers.append(Dense(arrays[f"weight_{k}"], arrays[f"bias_{k}"], name))
        elif kind == "activation":
            layers.append(Activation(name))
        elif kind == "softmax":
            layers.append(Softmax())
        else:
            raise WarpvizError(f"layer {k} is of unknown kind {word!r}.")
    name = str(arrays["data_name"]) if "data_name" in arrays else None
    names = tuple(map(str, arrays["class_names"].ravel())) if "class_names" in arrays else ()
    return StoredModel(Chain(layers), name, names)


def _read_json(path: Path) -> StoredModel:
    try:
        if path.stat().st_size > LARGEST:
            raise WarpvizError(f"File '{path}' expects at most 256 MB, got more.")
        content = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise WarpvizError(f"File '{path}' does not exist.") from None
    except OSError as error:
        raise WarpvizError(f"File '{path}' cannot be read: {error.strerror}.") from None
    except (ValueError, RecursionError) as error:  # not JSON, not UTF-8, or nested without end
        raise WarpvizError(f"File '{path}' expects a JSON model, got {error}.") from None
    if not isinstance(content, dict) or not isinstance(content.get("layers"), list):
        raise WarpvizError(f"File '{path}' expects a model, {{\"layers\": […]}}, got other JSON.")
    layers = [_layer(k, entry) for k, entry in enumerate(content["layers"])]
    name, names = content.get("data_name"), content.get("class_names", [])
    if not isinstance(names, list):
        raise WarpvizError(f"class_names should be a list, got {names!r}.")
    return StoredModel(Chain(layers), None if name is None else str(name), tuple(map(str, names)))


def _layer(k: int, entry: object) -> Layer:
    """One layer of a .json model."""
    keys = set(entry) if isinstance(entry, dict) else None
    if not isinstance(entry, dict) or not keys:
        raise WarpvizError(
            f"layer {k} should be an object with weight and bias, got {entry!r:.60}."
        )
    if keys == {"softmax"} and entry["softmax"] is True:
        return Softmax()
    name = entry.get("activation", "identity")
    if not isinstance(name, str):
        raise WarpvizError(f"layer {k} should name its activation, got {name!r:.60}.")
    if keys == {"activation"}:
        return Activation(name)
    unknown = keys - {"weight", "bias", "activation"}
    if unknown or "weight" not in keys:
        raise WarpvizError(
            f"layer {k} should have weight, bias and activation, got {', '.join(sorted(keys))}."
        )
    weight = entry["weight"]
    rows = len(weight) if isinstance(weight, list) else 0
    return Dense(weight, entry.get("bias", np.zeros(rows)), name)
