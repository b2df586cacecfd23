"""ONNX files to chains. A file may come from anyone: nothing in it is run, sizes are checked.

file ──► graph.path_through   which nodes lead to the output
     ──► place.places         how the input may hold its points
     ──► walk.Walk            steps of a chain, from nodes and constants
"""

from pathlib import Path
from typing import Any

from warpviz.convert.onnx.graph import FLOATS, path_through
from warpviz.convert.onnx.place import places
from warpviz.convert.onnx.walk import Constants, Walk
from warpviz.data.files import content_of
from warpviz.errors import WarpvizError
from warpviz.model.chain import Chain
from warpviz.model.descriptions import StoredModel

MOST_NODES = 10_000


def read_onnx(path: Path) -> StoredModel:
    """Read a model; its weights may be in other files of the same folder.

    Raises:
        WarpvizError: ONNX is not installed; the file is missing, damaged or too large, keeps its
            weights where they are not read, or holds no chain.
    """
    try:
        import onnx
    except ImportError:
        raise WarpvizError(
            f"Cannot read {path}: ONNX files need the onnx package; install it with: "
            "pip install 'warpviz[onnx]'."
        ) from None
    from google.protobuf.message import DecodeError

    data = content_of(path)
    model = onnx.ModelProto()
    try:
        model.ParseFromString(data)
        whole = bool(data) and len(model.graph.node) > 0
    except (DecodeError, RecursionError, MemoryError, UnicodeDecodeError):
        whole = False
    if not whole:
        raise WarpvizError(
            f"File '{path}' expects an ONNX model, got a file that is cut short, damaged or of "
            "another kind."
        )
    try:
        return stored_of(model, path.parent)
    except WarpvizError as error:
        raise WarpvizError(f"'{path}' cannot become a chain: {error}") from None


def stored_of(model: Any, folder: Path | None = None) -> StoredModel:
    """A model that is read already (`onnx.ModelProto`) as a chain, with what it says of itself.

    Args:
        model: the model.
        folder: where weights are that it keeps in other files; None for a model from no file.
    """
    try:
        chain, class_names = _chain(model, folder)
    except WarpvizError:
        raise
    except (ValueError, TypeError, IndexError, KeyError, OverflowError, MemoryError) as error:
        # Of the many ways in which a graph can contradict itself.
        first = (str(error).strip().splitlines() or [type(error).__name__])[0].rstrip(".")
        raise WarpvizError(
            f"the graph contradicts itself ({first}); export the model again, and look at it with "
            "onnx.checker.check_model."
        ) from None
    notes = {entry.key: entry.value for entry in model.metadata_props}
    names = notes.get("class_names")
    return StoredModel(
        chain, notes.get("data_name") or None, tuple(names.split("\n")) if names else class_names
    )


def _chain(model: Any, folder: Path | None) -> tuple[Chain, tuple[str, ...]]:
    """The chain, and the classes that the graph names."""
    graph = model.graph
    if len(graph.node) > MOST_NODES:
        raise WarpvizError(
            f"the graph has {len(graph.node)} nodes, {MOST_NODES} are read; export a smaller "
            "part of the model."
        )
    if graph.sparse_initializer:
        raise WarpvizError(
            "the graph has sparse weights, which a chain cannot hold; export it with dense ones."
        )
    version = max(
        (entry.version for entry in model.opset_import if entry.domain in ("", "ai.onnx")),
        default=1,
    )
    path = path_through(graph)
    kind = path.input.type.tensor_type
    if kind.elem_type not in FLOATS:
        raise WarpvizError(
            "the input is of whole numbers or words, a chain takes numbers of all kinds; "
            "export the part of the model that begins with floats."
        )
    sides = tuple(side.dim_value or None for side in kind.shape.dim)
    constants = Constants(graph, folder)
    refusal: WarpvizError | None = None
    for place in places(sides):
        try:
            walk = Walk(path, place, constants.apart(), version, list(graph.node))
            return walk.chain(), path.class_names
        except WarpvizError as error:
            refusal = refusal or error
    assert refusal is not None
    raise refusal
