"""Extras that are not installed are one sentence that names the command."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import warpviz as wv
from warpviz.errors import WarpvizError

CHAIN = wv.mlp([2, 2, 2], "tanh")
CASES: list[tuple[str, Callable[[Path], object], str]] = [
    ("sympy", lambda path: wv.formula(CHAIN).expressions, "formula"),
    ("onnx", lambda path: wv.save_model(CHAIN, path / "m.onnx"), "onnx"),
    ("onnx", lambda path: wv.load_model(path / "m.onnx"), "onnx"),
    ("safetensors", lambda path: wv.load_model(path / "m.safetensors"), "safetensors"),
    ("torch", lambda path: CHAIN.to_torch(), "torch"),
]


@pytest.mark.parametrize(("module", "call", "extra"), CASES)
def test_one_sentence_names_the_command(
    module: str,
    call: Callable[[Path], object],
    extra: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(WarpvizError, match=rf"pip install 'warpviz\[{extra}\]'\.$"):
        call(tmp_path)


def test_a_trace_without_torch_has_the_other_gradients(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "torch", None)
    step = wv.trace(CHAIN, [0.1, 0.2], [1.0, 0.0]).steps[0]
    assert step.torch_weight is None and step.numeric_weight is not None
