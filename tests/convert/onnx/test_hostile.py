"""Files that are no model, lie, or are damaged, end in one sentence."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from onnx import TensorProto, helper

import warpviz as wv
from tests.convert.onnx.graphs import EYE, ONE_LAYER, graph
from warpviz.errors import WarpvizError


def hostile(tensor: Any) -> bytes:
    model = graph(*ONE_LAYER, helper.make_node("Relu", ["h"], ["y"]), weights={"w": EYE})
    tensor.name = "w"
    model.graph.initializer[0].CopyFrom(tensor)
    return bytes(model.SerializeToString())


def elsewhere() -> Any:
    tensor = TensorProto(data_type=TensorProto.FLOAT, dims=[2, 2])
    tensor.data_location = TensorProto.EXTERNAL
    entry = tensor.external_data.add()
    entry.key, entry.value = "location", "/etc/passwd"
    return tensor


GOOD = graph(*ONE_LAYER, helper.make_node("Relu", ["h"], ["y"]), weights={"w": EYE})
FILES = {
    "empty": (b"", "cut short, damaged or of another kind"),
    "text": (b"hello, this is no model" * 9, "cut short, damaged or of another kind"),
    "half": (GOOD.SerializeToString()[:-30], "damaged|inputs|not"),
    "elsewhere": (hostile(elsewhere()), "only files in the model's own folder are opened"),
    "gigantic": (
        hostile(TensorProto(data_type=1, dims=[2**40, 2**40], raw_data=b"1234")),
        "claims 1,208,925,819,614,629,174,706,176 numbers",
    ),
    "lying": (
        hostile(TensorProto(data_type=1, dims=[2000, 2000], raw_data=b"1234")),
        "claims 4,000,000 numbers and holds 1",
    ),
    "negative": (hostile(TensorProto(data_type=1, dims=[-1, -1], float_data=[1.0])), "claims 1 "),
    "words": (
        hostile(TensorProto(data_type=TensorProto.STRING, dims=[1], string_data=[b"a"])),
        "other things than plain numbers",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_hostile_files_end_in_one_sentence(tmp_path: Path, name: str) -> None:
    data, told = FILES[name]
    path = tmp_path / f"{name}.onnx"
    path.write_bytes(data)
    with pytest.raises(WarpvizError, match=told) as caught:
        wv.load_model(path)
    assert str(path) in str(caught.value) and "\n" not in str(caught.value)


@pytest.mark.slow
def test_every_cut_and_many_flips_are_refused_or_read(tmp_path: Path) -> None:
    whole = GOOD.SerializeToString()
    rng = np.random.default_rng(0)
    damaged = [whole[:cut] for cut in range(len(whole))]
    for _ in range(300):
        data = bytearray(whole)
        for place in rng.integers(0, len(data), 3):
            data[place] = rng.integers(0, 256)
        damaged.append(bytes(data))
    path = tmp_path / "m.onnx"
    for data in damaged:
        path.write_bytes(data)
        try:
            wv.load_model(path)
        except WarpvizError as error:
            assert "\n" not in str(error)
