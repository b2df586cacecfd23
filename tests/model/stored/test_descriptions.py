"""Models as text: how much of it is read, and what of each part is told where it is wrong."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from warpviz.errors import WarpvizError
from warpviz.model import Activation, Dense, Softmax, descriptions, mlp
from warpviz.model.descriptions import StoredModel, _layer, entry_of, model_of, read_description

HERE = Path("m.json")


class Text(bytes):
    """As long as it says."""

    size = 0

    def __len__(self) -> int:
        return self.size


def test_32_megabytes_of_text_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    text = Text(b"[1]")
    monkeypatch.setattr(descriptions, "content_of", lambda path: text)
    text.size = 33_554_432
    assert read_description(HERE) == [1]
    text.size = 33_554_433
    with pytest.raises(WarpvizError, match="at most 32 MB of text"):
        read_description(HERE)


@pytest.mark.parametrize(
    "layer",
    [
        Softmax(),
        Softmax(log=True),
        Activation("gelu"),
        Dense(np.ones((1, 2)), np.ones(1)),
        Dense(np.ones((1, 1)), np.ones(1), "tanh"),
    ],
)
def test_a_layer_is_told_and_read_again(layer: Any) -> None:
    again = _layer(0, entry_of(layer), {})
    assert repr(again) == repr(layer)


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ({}, r"layer 3 should be an object with weight and bias, got \{\}"),
        ([1], r"layer 3 should be an object with weight and bias, got \[1\]"),
        ({"softmax": False}, "layer 3 should have weight, bias and activation, got softmax"),
        ({"softmax": True, "log_softmax": True}, "got log_softmax, softmax"),
        ({"bias": [0]}, "layer 3 should have weight, bias and activation, got bias"),
        ({"weight": [[1]], "wait": 1, "activation": "relu"}, "got activation, wait, weight"),
        ({"activation": 3}, "layer 3 should name its activation, got 3"),
        ({"weight": [[1]], "activation": ["relu"]}, "layer 3 should name its activation"),
        ({"residual": {}}, r"layer 3 should list the layers of its residual, got \{\}"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told(entry: Any, told: str) -> None:
    with pytest.raises(WarpvizError, match=told):
        _layer(3, entry, {})


def test_without_a_bias_it_is_zero_and_own_names_are_found() -> None:
    layer: Any = _layer(0, {"weight": [[1, 2], [3, 4], [5, 6]], "activation": "wave"},
                        {"wave": "wave=sin(2*z)"})  # fmt: skip
    assert layer.bias.tolist() == [0, 0, 0] and layer.activation == "wave=sin(2*z)"
    array: Any = _layer(0, {"weight": np.ones((2, 1))}, {})
    assert array.bias.tolist() == [0, 0]
    with pytest.raises(WarpvizError, match="weight of shape"):
        _layer(0, {"weight": np.float64(1.0)}, {})


def test_names_of_data_and_classes_are_told_where_they_are_known() -> None:
    plain = model_of({"layers": []}, HERE)
    assert plain.data_name is None and plain.class_names == ()
    told = model_of({"layers": [], "data_name": 3, "class_names": ["a\tb", 1]}, HERE)
    assert told.data_name == "3" and len(told.class_names) == 2 and "\t" not in told.class_names[0]
    others: list[Any] = [[], {}, {"layers": {}}]
    for content in others:
        with pytest.raises(WarpvizError, match=r"'m.json' expects a model, .* got other JSON"):
            model_of(content, HERE)
    with pytest.raises(WarpvizError, match="class_names should be a list, got 'ab'"):
        model_of({"layers": [], "class_names": "ab"}, HERE)
    chain = mlp([2, 3, 2], "tanh")
    assert repr(StoredModel(chain)) == "<StoredModel 2→3→2, tanh, 17 parameters>"
    assert repr(StoredModel(chain, "xor")).endswith("17 parameters, of xor>")
