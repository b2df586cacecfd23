"""Models in files of every kind that can be read without running what is in them."""

from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path

from warpviz.arguments import kinds_checked
from warpviz.arrays import Floats
from warpviz.convert.parts import Scale, chain_of
from warpviz.errors import WarpvizError
from warpviz.model.chain import Chain
from warpviz.model.descriptions import StoredModel
from warpviz.model.store import read_json, read_npz, write_json, write_npz


def _when_read(place: str) -> Callable[[Path], StoredModel]:
    """A function of another file, module:name, which is imported when a model of its kind comes."""
    module, _, name = place.partition(":")

    def read(path: Path) -> StoredModel:
        model: StoredModel = getattr(import_module(module), name)(path)
        return model

    return read


READERS: dict[str, Callable[[Path], StoredModel]] = {
    ".npz": read_npz,
    ".json": read_json,
    ".onnx": _when_read("warpviz.convert.onnx.reading:read_onnx"),
    ".safetensors": _when_read("warpviz.convert.weights.from_safetensors:read_safetensors"),
    ".mat": _when_read("warpviz.convert.weights.from_matlab:read_mat"),
}
WRITERS = (".npz", ".json", ".onnx")
_TORCH = "torch.load({name!r}, weights_only=False)"
_PICKLE = "pickle.load(open({name!r}, 'rb'))"
_JOBLIB = "joblib.load({name!r})"
_KERAS = "keras.saving.load_model({name!r})"
REFUSED = {
    **dict.fromkeys((".pt", ".pth", ".ckpt"), ("import torch, warpviz", _TORCH)),
    **dict.fromkeys((".pkl", ".pickle"), ("import pickle, warpviz", _PICKLE)),
    ".joblib": ("import joblib, warpviz", _JOBLIB),
    **dict.fromkeys((".keras", ".h5", ".hdf5"), ("import keras, warpviz", _KERAS)),
}
"""Files that can run code when they are opened → what to import, and how to read them."""


def load_stored(path: str | Path) -> StoredModel:
    """Read a model with the data's name and class names.

    Raises:
        WarpvizError: for a suffix that is not read, or a file that is missing, damaged or no model.
    """
    path = Path(path)
    check_kind(path)
    return READERS[path.suffix.lower()](path)


def check_kind(path: str | Path) -> None:
    """Refuse a model by its suffix alone.

    Raises:
        WarpvizError: the suffix is of files that could run code, or of none that is read.
    """
    path = Path(path)
    suffix = path.suffix.lower()
    if path.name.lower().endswith(".weights.h5"):
        raise WarpvizError(
            f"'{path}' holds weights alone, which are no model; make the model that they are of, "
            f"model.load_weights({str(path)!r}), and keep it whole, warpviz.save_model(model, "
            f"{str(path.with_suffix('').with_suffix('.npz'))!r})."
        )
    if suffix in REFUSED:
        imports, reading = REFUSED[suffix]
        raise WarpvizError(
            f"'{path}' can run any code when it is opened, so it is not opened here; if you trust "
            f"it, two lines of Python do it: {imports}; "
            f"warpviz.save_model({reading.format(name=str(path))}, "
            f"{str(path.with_suffix('.npz'))!r})."
        )
    if suffix not in READERS:
        raise WarpvizError(f"A model is a {', '.join(READERS)} file, got '{path}'.")


@kinds_checked
def load_model(path: str | Path) -> Chain:
    """Read the chain of a model: .npz, .json, .onnx, .safetensors or .mat.

    A model that was trained on standardised features takes them as they come: its first layer
    standardises.

    Raises:
        WarpvizError: where the file is missing, damaged, no model, or a model that cannot be.
    """
    return as_it_comes(load_stored(path))


def as_it_comes(model: StoredModel) -> Chain:
    """The chain of a model that takes features as they come, standardised or not in training."""
    if model.mean is None or model.scale is None:
        return model.chain
    return chain_of([Scale(1 / model.scale, -model.mean / model.scale), *model.chain])


def check_model_file(path: Path) -> str:
    """The suffix of a model to write.

    Raises:
        WarpvizError: no model is written with that suffix.
    """
    suffix = path.suffix.lower()
    if suffix not in WRITERS:
        raise WarpvizError(
            f"A model is stored as .npz, .json or .onnx, got '{path}'; change the suffix."
        )
    return suffix


@kinds_checked
def save_model(
    model: object,
    path: str | Path,
    *,
    data_name: str | None = None,
    class_names: Sequence[str] = (),
    mean: Floats | None = None,
    scale: Floats | None = None,
) -> Path:
    """Write a model as .npz, .json or .onnx; a file that is there stays whole until the new one is.

    Args:
        model: a `Chain`, or a model that `to_chain` takes.
        path: ends in .npz or .json (exact) or .onnx (single precision).
        data_name: the data it was trained on, if users of the file should find it.
        class_names: names of the classes.
        mean: what was taken from each feature before training, (n_in,), and
        scale: by what it was divided then, (n_in,); in .json and .onnx both go into the first
            layer, so that the file takes features as they come.

    Returns:
        The path.

    Raises:
        WarpvizError: for another suffix, or where the file cannot be written.
    """
    from warpviz.convert import to_chain

    path, class_names = Path(path), tuple(class_names)
    suffix = check_model_file(path)
    chain = to_chain(model)
    if suffix == ".npz":
        return write_npz(
            chain, path, data_name=data_name, class_names=class_names, mean=mean, scale=scale
        )
    chain = as_it_comes(StoredModel(chain, mean=mean, scale=scale))
    if suffix == ".json":
        return write_json(chain, path, data_name=data_name, class_names=class_names)
    from warpviz.convert.onnx.writing import write_onnx

    return write_onnx(chain, path, data_name=data_name, class_names=class_names)
