"""Weights in safetensors files to chains, with a small description of the layers.

A .safetensors file holds arrays by name and no layers. The layers are told in a .json file of the
same name beside it, or under "warpviz" in the file's own metadata, as in a hand-written model, but
with the names of arrays:

    {"layers": [{"weight": "0.weight", "bias": "0.bias", "activation": "relu"},
                {"weight": "2.weight", "bias": "2.bias"}, {"softmax": true}]}

A weight of shape (n_in, n_out), as Keras keeps it, is turned by "transpose": true.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from warpviz.arrays import Floats
from warpviz.data.files import LARGEST
from warpviz.errors import WarpvizError
from warpviz.model.descriptions import StoredModel, model_of, read_description

METADATA = "warpviz"
NAMED = 12
"""Arrays that a sentence names at most."""


def read_safetensors(path: Path) -> StoredModel:
    """Read a model.

    Raises:
        WarpvizError: safetensors is not installed; the file is missing, damaged or too large; or no
            description tells its layers.
    """
    try:
        from safetensors import SafetensorError, safe_open
    except ImportError:
        raise WarpvizError(
            f"Cannot read {path}: it needs the safetensors package; install it with: "
            "pip install 'warpviz[safetensors]'."
        ) from None
    if not path.is_file():
        raise WarpvizError(f"File '{path}' does not exist.")
    if path.stat().st_size > LARGEST:
        raise WarpvizError(
            f"File '{path}' expects at most 256 MB, got more; store its layers alone."
        )
    try:
        with safe_open(path, framework="numpy") as file:
            # The library checks that the header's shapes are those of the bytes in the file.
            notes = file.metadata() or {}
            content = _description(path, notes, list(file.keys()))
            known = set(file.keys())
            missing = [name for name in _names(content) if name not in known]
            if missing:
                raise WarpvizError(f"'{path}' has no array '{missing[0]}', which its layers name.")
            arrays = {name: _array(file, path, name) for name in set(_names(content))}
    except WarpvizError:
        raise
    except SafetensorError as error:
        raise WarpvizError(f"File '{path}' expects safetensors, got {error!s:.120}.") from None
    except (OSError, TypeError, AttributeError, ValueError, MemoryError) as error:
        told = f"{str(error) or type(error).__name__:.120}".rstrip(".")
        raise WarpvizError(
            f"File '{path}' cannot be read: {told}; it reads float16, bfloat16, float32, float64."
        ) from None
    if sum(arrays[name].size for name in _names(content)) > LARGEST // 8:
        raise WarpvizError(f"The description of '{path}' names more than 256 MB of arrays.")
    return model_of(_filled(content, arrays), path)


def _array(file: Any, path: Path, name: str) -> Any:
    """The numbers of an array that is of floats.

    Raises:
        WarpvizError: it is of whole numbers, as quantised weights are.
    """
    kind = file.get_slice(name).get_dtype()
    if kind == "BF16":  # which numpy has not
        return _brain_floats(path, name)
    if not kind.startswith("F"):
        raise WarpvizError(
            f"Array '{name}' of '{path}' holds whole numbers ({kind}), as quantised weights do; "
            "store it as floats."
        )
    return file.get_tensor(name)


def _brain_floats(path: Path, name: str) -> Floats:
    """An array of bfloat16, the upper half of float32; its place was checked by the library."""
    with path.open("rb") as file:
        size = int.from_bytes(file.read(8), "little")
        entry = json.loads(file.read(size))[name]
        start, end = entry["data_offsets"]
        file.seek(8 + size + start)
        bits = np.frombuffer(file.read(end - start), dtype="<u2").astype(np.uint32) << 16
    return bits.view(np.float32).reshape(entry["shape"]).astype(np.float64)


def _description(path: Path, notes: Mapping[str, str], names: list[str]) -> Any:
    beside = path.with_suffix(".json")
    if beside.is_file():
        return read_description(beside)
    if METADATA in notes:
        try:
            return json.loads(notes[METADATA])
        except (ValueError, RecursionError) as error:
            raise WarpvizError(
                f"The description in '{path}' is not JSON: {error!s:.120}."
            ) from None
    shown = ", ".join(sorted(names)[:NAMED]) + (", …" if len(names) > NAMED else "")
    raise WarpvizError(
        f"'{path}' holds arrays ({shown}) but not the layers; write them into '{beside}': "
        '{"layers": [{"weight": "0.weight", "bias": "0.bias", "activation": "relu"}, …]}.'
    )


def _entries(content: Any) -> list[dict[str, Any]]:
    layers = content.get("layers") if isinstance(content, dict) else None
    layers = layers if isinstance(layers, list) else []
    return [entry for entry in layers if isinstance(entry, dict)]


def _names(content: Any) -> list[str]:
    """The arrays that a description names."""
    return [
        entry[key]
        for entry in _entries(content)
        for key in ("weight", "bias")
        if isinstance(entry.get(key), str)
    ]


def _filled(content: Any, arrays: Mapping[str, Any]) -> Any:
    """The description with arrays in place of their names."""
    for entry in _entries(content):
        turned = entry.pop("transpose", False) is True
        for key in ("weight", "bias"):
            if isinstance(entry.get(key), str):
                value: Floats = np.asarray(arrays[entry[key]], dtype=np.float64)
                entry[key] = value.T if turned and key == "weight" else value
    return content
