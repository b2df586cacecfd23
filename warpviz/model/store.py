"""Models in files: .npz and .json, written and read; .json by hand too.

An .npz holds plain arrays, never pickles: `layers`, one word or two a layer ("dense relu",
"activation tanh", "softmax", "log_softmax"; what stands between "residual" and "end residual" is f
of x + f(x)), `weight_k` and `bias_k` for the Dense layer that word k is, and if
known `data_name`, `class_names`, and `mean` and `scale` of standardised features. A .json holds the
same as text:

    {"layers": [{"weight": [[211], [221]], "bias": [21, 22], "activation": "sin"},
                {"residual": [{"weight": [[1]], "bias": [0], "activation": "relu"}]},
                {"activation": "wave"}, {"softmax": true}], "activations": {"wave": "sin(2*z)"},
     "data_name": "rings", "class_names": ["inner", "outer"]}
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from warpviz.arrays import Floats
from warpviz.atomic import replacing
from warpviz.data.files import read_arrays
from warpviz.errors import WarpvizError, visible
from warpviz.model.activations import portable
from warpviz.model.chain import Chain
from warpviz.model.descriptions import StoredModel, entry_of, model_of, read_description
from warpviz.model.layers import Activation, Dense, Layer, Softmax, Step, steps_of
from warpviz.model.residual import Add, Keep, Residual

BEGIN, END = "residual", "end residual"
"""Words around the layers of f."""


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
    steps = steps_of(chain)
    arrays: dict[str, Any] = {"layers": np.array([_word(layer) for layer in steps], dtype=np.str_)}
    for k, layer in enumerate(steps):
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
    content: dict[str, Any] = {"layers": [entry_of(layer) for layer in chain]}
    if data_name is not None:
        content["data_name"] = visible(data_name)
    if class_names:
        content["class_names"] = list(map(visible, class_names))
    with replacing(path) as draft:
        draft.write_text(json.dumps(content, ensure_ascii=False) + "\n", "utf-8", newline="\n")
    return path


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


def _word(layer: Step) -> str:
    if isinstance(layer, Keep | Add):
        return BEGIN if isinstance(layer, Keep) else END
    if isinstance(layer, Dense):
        return f"dense {portable(layer.activation)}"
    return f"activation {portable(layer.name)}" if isinstance(layer, Activation) else str(layer)


def _of_arrays(arrays: Mapping[str, npt.NDArray[Any]], path: Path) -> StoredModel:
    if "layers" not in arrays or arrays["layers"].dtype.kind != "U":
        raise WarpvizError(f"File '{path}' expects a warpviz model, got other arrays.")
    layers: list[Layer] = []
    around: list[list[Layer]] = []
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
        elif word == BEGIN:
            around.append(layers)
            layers = []
        elif word == END and around:
            layers = [*around.pop(), Residual(Chain(layers))]
        else:
            raise WarpvizError(f"layer {k} is of unknown kind {word!r:.60}.")
    if around:
        raise WarpvizError(f"a residual layer has no end; {END!r} is missing.")
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
