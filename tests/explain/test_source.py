"""Exported modules run alone in a fresh interpreter; C is compiled and compared."""

import ast
import ctypes
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import warpviz as wv
from tests.output.decoders import need
from warpviz.errors import WarpvizError
from warpviz.model.activations import ACTIVATIONS
from warpviz.model.chain import Chain
from warpviz.model.layers import Activation, Dense, Softmax

X = np.random.default_rng(0).normal(size=(25, 2)) * 3
EVERY = [*ACTIVATIONS, "leaky_relu:0.3", "elu:-0.5", "prelu:0.1:-0.5:2.0", "where(z > 1, 0, -z)"]


def chain_with(name: str) -> Chain:
    chain = wv.mlp([2, 3, 3], name, seed=2)
    return Chain([*chain.logits(), Activation(name), Softmax(log=name == "tanh")])


@pytest.mark.many(quick=1)
@pytest.mark.parametrize("name", EVERY)
def test_numpy_alone_gives_the_same_numbers(name: str, tmp_path: Path) -> None:
    chain = chain_with(name)
    path = wv.export(chain, tmp_path / "net.py", class_names=('a "b"', "*/ c\\"))
    modules = {
        (node.names[0].name if isinstance(node, ast.Import) else node.module)
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Import | ast.ImportFrom)
    }
    assert modules <= {"numpy", "math"}
    code = (
        "import json, sys, net; x = json.load(sys.stdin);"
        "assert 'warpviz' not in sys.modules; print(json.dumps(net.predict(x).tolist()))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], input=json.dumps(X.tolist()), text=True,
        capture_output=True, cwd=tmp_path, check=True, env={"PYTHONPATH": str(tmp_path)},
    )  # fmt: skip
    np.testing.assert_allclose(json.loads(done.stdout), chain(X), rtol=1e-12, atol=1e-12)


@pytest.mark.many(quick=2)
@pytest.mark.parametrize("name", EVERY)
def test_c_gives_the_same_numbers(name: str, tmp_path: Path) -> None:
    need("gcc")
    chain = chain_with(name)
    path = wv.export(chain, tmp_path / "net.c", class_names=("*/ c\\",))
    library = tmp_path / "net.so"
    strict = ["-std=c99", "-Wall", "-Wextra", "-Werror", "-pedantic", "-O1", "-shared", "-fPIC"]
    subprocess.run(["gcc", *strict, "-o", library, path, "-lm"], check=True)
    predict = ctypes.CDLL(str(library)).predict
    rows = []
    for row in X:
        y = (ctypes.c_double * 3)()
        predict((ctypes.c_double * 2)(*row), y)
        rows.append(list(y))
    np.testing.assert_allclose(rows, chain(X), rtol=1e-12, atol=1e-12)


def test_it_reads_like_a_page(tmp_path: Path) -> None:
    data = wv.load_data("rings")
    chain = wv.train(wv.mlp([2, 3, 3, 2], "gelu", seed=0), data).chain
    text = wv.export(chain, tmp_path / "net.py").read_text()
    assert len(text.splitlines()) < 60
    assert max(map(len, text.splitlines())) < 100


def test_what_cannot_be_written(tmp_path: Path) -> None:
    chain = Chain([Dense(np.eye(2), np.zeros(2))])
    with pytest.raises(WarpvizError, match=r"\.py or \.c, got"):
        wv.export(chain, tmp_path / "net.js")
