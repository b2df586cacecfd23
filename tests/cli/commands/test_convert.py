"""The verb that turns one model file into another."""

from pathlib import Path

import numpy as np
import pytest

import warpviz as wv
from tests.cli.conftest import Run
from warpviz.convert.files import load_stored

CHAIN = wv.mlp([2, 3, 2], "relu", seed=0)
X = np.random.default_rng(0).normal(size=(9, 2))


@pytest.mark.slow
def test_convert_there_and_back(run: Run) -> None:
    wv.save_model(CHAIN, "m.npz", data_name="rings", class_names=("in", "out"))
    done = run("convert m.npz -o m.onnx")
    assert (done.code, done.out) == (0, "m.onnx\n") and "2-3-2-2" in done.err
    assert run("convert m.onnx -o again.npz").code == 0
    model = load_stored("again.npz")
    np.testing.assert_allclose(model.chain(X), CHAIN(X), rtol=1e-5, atol=1e-6)
    assert (model.data_name, model.class_names) == ("rings", ("in", "out"))
    assert run("render --model m.onnx --size 240x180 -o m.gif").code == 0


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("convert m.npz", "expects a file to write"),
        ("convert m.npz -o m.pt", "A model is stored as .npz, .json or .onnx, got 'm.pt'"),
        ("convert m.pkl -o m.npz", "can run any code"),
        ("convert m.txt -o m.npz", "A model is a .npz, .json, .onnx, .safetensors, .mat file"),
        ("render --model m.joblib", "import joblib, warpviz"),
        ("compare m.pt relu", "import torch, warpviz"),
    ],
)
def test_misuse(run: Run, words: str, told: str) -> None:
    for name in ("m.pkl", "m.joblib", "m.pt", "m.txt"):
        Path(name).write_bytes(b"x")
    done = run(words)
    assert done.code == 2 and told in done.err and done.err.count("\n") == 1
