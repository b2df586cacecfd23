"""Weights in a file beside the model: read from the same folder alone, and no more than is said."""

from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest

import warpviz as wv
from tests.convert.onnx.graphs import agrees, model, node, single
from warpviz.convert.files import load_stored
from warpviz.convert.onnx.reading import stored_of
from warpviz.errors import WarpvizError

W = {"w": single([[1, 2, 3], [4, 5, 6]]), "b": single([0.5, -1, 2])}
MADE = model([node("Gemm", "x w b", "h"), node("Relu", "h", "y")], ["N", 2], W)


def split(folder: Path) -> tuple[Path, Any]:
    """A model with its weights beside it, by onnx's own hand; and the model to be changed."""
    path = folder / "m.onnx"
    kept = onnx.ModelProto()
    kept.CopyFrom(MADE)
    onnx.save_model(kept, path, save_as_external_data=True, location="m.onnx.data",
                    size_threshold=0)  # fmt: skip
    return path, onnx.load(path, load_external_data=False)


def test_weights_in_a_file_beside_the_model_are_read(tmp_path: Path) -> None:
    path, _ = split(tmp_path)
    assert (tmp_path / "m.onnx.data").stat().st_size > 0
    agrees(path, load_stored(path), (5, 2))
    (tmp_path / "m.onnx.data").rename(tmp_path / "elsewhere")
    with pytest.raises(WarpvizError, match=r"'m\.onnx\.data', which is not there; put that file"):
        wv.load_model(path)


def changed(path: Path, made: Any, **told: str) -> None:
    for tensor in made.graph.initializer:
        known = {entry.key: entry.value for entry in tensor.external_data} | told
        del tensor.external_data[:]
        for key, value in known.items():
            tensor.external_data.add(key=key, value=value)
    path.write_bytes(made.SerializeToString())


@pytest.mark.parametrize(
    "location", ["../secret", "/etc/passwd", "sub/m.onnx.data", "..\\secret", "", ".", "..", "a:b"]
)
def test_other_folders_are_not_opened(tmp_path: Path, location: str) -> None:
    folder = tmp_path / "models"
    (folder / "sub").mkdir(parents=True)
    path, made = split(folder)
    for place in (tmp_path / "secret", folder / "sub" / "m.onnx.data"):
        place.write_bytes((folder / "m.onnx.data").read_bytes())
    changed(path, made, location=location)
    with pytest.raises(WarpvizError, match="only files in the model's own folder are opened"):
        wv.load_model(path)


@pytest.mark.posix
def test_links_out_of_the_folder_are_not_followed(tmp_path: Path) -> None:
    folder = tmp_path / "models"
    folder.mkdir()
    path, _ = split(folder)
    (folder / "m.onnx.data").rename(tmp_path / "secret")
    (folder / "m.onnx.data").symlink_to(tmp_path / "secret")
    with pytest.raises(WarpvizError, match="only files in the model's own folder are opened"):
        wv.load_model(path)


@pytest.mark.parametrize(
    "told", [{"offset": "1000000"}, {"offset": "-4"}, {"length": "4"}, {"length": "x"}]
)
def test_more_than_the_file_holds_is_refused(tmp_path: Path, told: dict[str, str]) -> None:
    path, made = split(tmp_path)
    changed(path, made, **told)
    with pytest.raises(WarpvizError, match=r"claims \d+ bytes of 'm\.onnx\.data' from byte"):
        wv.load_model(path)


def test_a_model_from_no_file_has_nothing_beside_it(tmp_path: Path) -> None:
    _, made = split(tmp_path)
    with pytest.raises(WarpvizError, match="read it with load_model from its file"):
        stored_of(made)


def test_gigantic_claims_take_no_memory(tmp_path: Path) -> None:
    path, made = split(tmp_path)
    made.graph.initializer[0].dims[:] = [2**20, 2**20]
    path.write_bytes(made.SerializeToString())
    with pytest.raises(WarpvizError, match="claims 1,099,511,627,776 numbers, 33,554,432 are read"):
        wv.load_model(path)
    np.testing.assert_array_equal(stored_of(MADE).chain[0].bias, W["b"])  # type: ignore[union-attr]
