"""Models in files: .npz and .json, written and read; .json by hand too.

An .npz holds plain arrays, never pickles: `layers`, one word or two a layer ("dense relu",
"activation tanh", "softmax", "log_softmax"), `weight_k` and `bias_k` for the Dense layer k, and if
known `data_name`, `class_names`, and `mean` and `scale` of standardised features. A .json holds the
same as text:

    {"layers": [{"weight": [[211], [221]], "bias": [21, 22], "activation": "sin"},
                {"activation": "tanh"}, {"softmax": true}],
     "data_name": "rings", "class_names": ["inner", "outer"]}
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from warpviz.arrays import Floats
from warpviz.atomic import replacing
from warpviz.data.files import LARGEST, read_arrays
from warpviz.errors import WarpvizError, visible
from warpviz.model.activations import portable
from warpviz.model.chain import Chain, outline
from warpviz.model.layers import Activation, Dense, Layer, Softmax


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


def write_npz(
    chain: Chain,
    path: str | Path,
    *,
    data_name: str | None = None,
    class_names: Sequence[str] = (),
    mean: Floats | None = None,
    scale: Floats | None = None,
    more: Mapping[str, npt.NDArray[Any]] | None = None,
) -> Path:
    """Write a model as .npz; a file that is there stays whole until the new one is.

    Args:
        chain: The model.
        path: Ends in .npz.
        data_name: The data it was trained on, if users of the file should find it.
        class_names: Names of the classes.
        mean: What was taken from each feature before training, (n_in,), and
        scale: by what it was divided then, (n_in,).
        more: other arrays to keep in the file; readers of models leave them alone.

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
    if mean is not None and scale is not None:
        arrays |= {"mean": mean, "scale": scale}
    arrays |= dict(more or {})
    with replacing(path) as draft, draft.open("wb") as file:
        np.savez(file, **arrays)
    return path


def write_json(
    chain: Chain, path: str | Path, *, data_name: str | None = None, class_names: Sequence[str] = ()
) -> Path:
    """Write a model as .json, as one is written by hand; every digit is kept.

    Raises:
        WarpvizError: where the file cannot be written.
    """
    path = Path(path)
    content: dict[str, Any] = {"layers": [_entry(layer) for layer in chain]}
    if data_name is not None:
        content["data_name"] = visible(data_name)
    if class_names:
        content["class_names"] = list(map(visible, class_names))
    with replacing(path) as draft:
        draft.write_text(json.dumps(content, ensure_ascii=False) + "\n", encoding="utf-8")
    return path


def _entry(layer: Layer) -> dict[str, Any]:
    if isinstance(layer, Softmax):
        return {str(layer): True}
    if isinstance(layer, Activation):
        return {"activation": portable(layer.name)}
    arrays = {"weight": layer.weight.tolist(), "bias": layer.bias.tolist()}
    return arrays | {"activation": portable(layer.activation)}


def read_npz(path: str | Path) -> StoredModel:
    """Read a .npz model.

    Raises:
        WarpvizError: where the file is missing, damaged, no model, or a model that cannot be.
    """
    path = Path(path)
    with _naming(path):
        return _of_arrays(read_arrays(path), path)


def read_json(path: str | Path) -> StoredModel:
    """Read a .json model; errors as `read_npz`."""
    path = Path(path)
    with _naming(path):
        return model_of(read_description(path), path)


@contextmanager
def _naming(path: Path) -> Iterator[None]:
    """Whatever is wrong with a layer, say in which file."""
    try:
        yield
    except WarpvizError as error:
        text = str(error)
        if str(path) in text:
            raise
        raise WarpvizError(f"Model '{path}' is not valid: {text}") from None


def _word(layer: Layer) -> str:
    if isinstance(layer, Dense):
        return f"dense {portable(layer.activation)}"
    return f"activation {portable(layer.name)}" if isinstance(layer, Activation) else str(layer)


def _of_arrays(arrays: Mapping[str, npt.NDArray[Any]], path: Path) -> StoredModel:
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
        elif kind in ("softmax", "log_softmax"):
            layers.append(Softmax(kind == "log_softmax"))
        else:
            raise WarpvizError(f"layer {k} is of unknown kind {word!r}.")
    name = str(arrays["data_name"]) if "data_name" in arrays else None
    names = tuple(map(str, arrays["class_names"].ravel())) if "class_names" in arrays else ()
    chain = Chain(layers)
    if not {"mean", "scale"} <= set(arrays):
        return StoredModel(chain, name, names)
    mean, scale = (np.asarray(arrays[key], dtype=np.float64) for key in ("mean", "scale"))
    finite = bool(np.isfinite(mean).all() and np.isfinite(scale).all() and scale.all())
    if not mean.shape == scale.shape == (chain.width,) or not finite:
        raise WarpvizError("mean and scale should be a finite number for each feature.")
    return StoredModel(chain, name, names, mean, scale)


def read_description(path: Path) -> Any:
    """Read a .json file that should describe a model.

    Raises:
        WarpvizError: it is missing, too large or no JSON.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise WarpvizError(f"File '{path}' expects at most 256 MB, got more.")
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise WarpvizError(f"File '{path}' does not exist.") from None
    except OSError as error:
        raise WarpvizError(f"File '{path}' cannot be read: {error.strerror}.") from None
    except (ValueError, RecursionError) as error:  # not JSON, not UTF-8, or nested without end
        raise WarpvizError(f"File '{path}' expects a JSON model, got {error}.") from None


def model_of(content: Any, path: Path) -> StoredModel:
    """The model that a description tells; its weights are lists or arrays.

    Raises:
        WarpvizError: it tells none; the layer is named.
    """
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
    if keys in ({"softmax"}, {"log_softmax"}) and list(entry.values()) == [True]:
        return Softmax("log_softmax" in keys)
    name = entry.get("activation", "identity")
    if not isinstance(name, str):
        raise WarpvizError(f"layer {k} should name its activation, got {name!r:.60}.")
    if keys == {"activation"}:
        return Activation(name)
    if keys - {"weight", "bias", "activation"} or "weight" not in keys:
        raise WarpvizError(
            f"layer {k} should have weight, bias and activation, got {', '.join(sorted(keys))}."
        )
    weight = entry["weight"]
    rows = len(weight) if isinstance(weight, list) or np.ndim(weight) > 0 else 0
    return Dense(weight, entry.get("bias", np.zeros(rows)), name)
