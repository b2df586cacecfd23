"""Weights in .mat files to chains: W1, b1, W2, b2, …, as MATLAB has them, and what acts between.

    W1 = net.IW{1}; b1 = net.b{1}; W2 = net.LW{2,1}; b2 = net.b{2};
    activations = {'tansig', 'purelin'};
    save('net.mat', 'W1', 'b1', 'W2', 'b2', 'activations', '-v7')

W is (n_out, n_in) and b (n_out, 1) or (1, n_out). `activations` is a cell of one word a layer;
`activation` one word for all but the last, which is then affine. `class_names` may be there too.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from warpviz.data.matlab import read_matlab
from warpviz.errors import WarpvizError
from warpviz.model.descriptions import StoredModel, model_of

WORDS = {
    "poslin": "relu", "tansig": "tanh", "logsig": "sigmoid", "purelin": "identity",
}  # fmt: skip
"""MATLAB's names → ours."""


def read_mat(path: Path) -> StoredModel:
    """Read a model.

    Raises:
        WarpvizError: the file is missing, damaged or of version 7.3, or has not all of a model.
    """
    if not path.is_file():
        raise WarpvizError(f"File '{path}' does not exist.")
    arrays = read_matlab(path)
    count = next(k for k in range(len(arrays) + 1) if f"W{k + 1}" not in arrays)
    if count == 0:
        told = ", ".join(sorted(arrays)) or "none that can be read"
        raise WarpvizError(
            f"'{path}' expects weights W1, b1, W2, b2, …, got the variables {told}; save them with "
            "save('net.mat', 'W1', 'b1', …, 'activations', '-v7')."
        )
    layers: list[dict[str, Any]] = []
    for k, name in enumerate(_activations(arrays, count, path), 1):
        weight = np.asarray(arrays[f"W{k}"])
        bias = np.asarray(arrays.get(f"b{k}", np.zeros(len(weight))))
        for letter, array in (("W", weight), ("b", bias)):
            if array.dtype.kind not in "fiu":
                raise WarpvizError(f"{letter}{k} of '{path}' expects numbers, got words.")
        closing = name == "softmax"
        layers.append({"weight": weight.astype(np.float64), "bias": bias.reshape(-1).astype(float)})
        if closing:
            layers.append({"softmax": True})
        else:
            layers[-1]["activation"] = WORDS.get(name, name)
    names = [str(name) for name in np.reshape(arrays.get("class_names", []), -1)]
    try:
        return model_of({"layers": layers, "class_names": names}, path)
    except WarpvizError as error:
        raise WarpvizError(
            f"'{path}': {str(error).rstrip('.')}; W of layer k is (n_out, n_in), b is (n_out, 1)."
        ) from None


def _activations(arrays: Mapping[str, npt.NDArray[Any]], count: int, path: Path) -> list[str]:
    """A word for each layer."""
    if "activations" in arrays:
        words = [str(word).strip() for word in arrays["activations"].reshape(-1)]
        if len(words) == count:
            return words
        raise WarpvizError(
            f"'{path}' has {count} layers and {len(words)} activations; give one a layer, such as "
            "activations = {'tansig', 'purelin'}."
        )
    if "activation" in arrays:
        (word,) = arrays["activation"].reshape(-1)[:1]
        return [re.sub(r"\s", "", str(word))] * (count - 1) + ["identity"]
    if count == 1:
        return ["identity"]
    raise WarpvizError(
        f"'{path}' has {count} layers and does not say what acts between them; add "
        "activations = {'tansig', 'purelin'}, one word a layer, and save it again."
    )
