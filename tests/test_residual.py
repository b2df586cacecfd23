"""A kind of layer in every room: what each tells of x + f(x), by oracles outside it."""

import ctypes
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import warpviz as wv
from tests.geometry.nets import dense
from tests.model.differences import differences
from tests.model.residuals import drawn, folded, nested
from tests.output.decoders import need
from warpviz.explain.passes.text import FORMATS, told
from warpviz.explain.source import export
from warpviz.film.options import Staging
from warpviz.film.play import Play
from warpviz.film.words.formulas import act_formulas
from warpviz.film.words.teaching import lesson
from warpviz.measure.measured_sheet import MeasuredSheet
from warpviz.model import Activation, Chain, Residual
from warpviz.picture.scene import Scene
from warpviz.training.engine import Engine, flatten
from warpviz.training.losses import LOSSES

DATA = wv.load_data("moons", n=80)
X = np.random.default_rng(3).normal(size=(11, 2))


@pytest.mark.parametrize("name", ["tanh", "relu"])
def test_training_has_the_gradient_of_differences(name: str) -> None:
    first = Residual(Chain([Activation("sin")]))
    for chain in (nested(name), Chain([first, *drawn(0, [2, 2], name)])):
        engine = Engine(chain, DATA.x, np.eye(2)[DATA.y], LOSSES["cross_entropy"], starts=2)
        row = flatten(chain.split())
        engine.parameters[:] = row, 0.9 * row
        gradient = engine.gradient().copy()

        def loss(theta: Any, engine: Engine = engine) -> float:
            engine.parameters[:] = theta
            return float(engine.losses().sum())

        found = differences(loss, np.stack([row, 0.9 * row]))
        np.testing.assert_allclose(gradient, found, rtol=2e-5, atol=1e-7)


def test_training_learns_through_it() -> None:
    chain = Chain([Residual(wv.mlp([2, 6, 2], "tanh", softmax=False)),
                   Residual(wv.mlp([2, 6, 2], "tanh", softmax=False)),
                   *wv.mlp([2, 2])])  # fmt: skip
    fit = wv.train(chain, DATA, epochs=300)
    assert np.mean(fit.chain(DATA.x).argmax(axis=1) == DATA.y) == 1.0
    pairs = zip(chain.parameters(), fit.chain.parameters(), strict=True)
    assert all((before != after).any() for before, after in pairs)


@pytest.mark.parametrize("name", ["relu", "tanh"])
def test_slopes_of_the_sheet_are_those_of_differences(name: str) -> None:
    chain = nested(name).logits().split()
    sheet = MeasuredSheet.of(chain, DATA)
    slopes = list(sheet.slopes(chain))
    few = np.arange(0, len(sheet.centres), max(1, len(sheet.centres) // 20))
    step = 1e-7
    for k in range(len(chain) + 1):
        for axis in range(2):
            away = step * np.eye(2)[axis]
            up, down = (chain[:k](sheet.centres[few] + sign * away) for sign in (1, -1))
            np.testing.assert_allclose(slopes[k][few, :, axis], (up - down) / (2 * step), atol=2e-5)


def test_measures_of_what_is_relu_are_those_of_relu() -> None:
    own, relu = (wv.layer_measures(c, DATA)[-1] for c in (folded(), Chain([Activation("relu")], 2)))
    for name, value in own.as_dict().items():
        other = relu.as_dict()[name]
        assert value == other if other is None else value == pytest.approx(other, rel=1e-12), name


def test_formulas_have_its_values() -> None:
    pytest.importorskip("sympy")
    chain = nested("tanh")
    np.testing.assert_allclose(wv.formula(chain)(X), chain(X), rtol=1e-12)
    small = Chain([Residual(Chain([dense([[2.0]], [1.0], "relu")]))])
    assert wv.formula(small).latex == r"y = x + \max\left(0, 2 x + 1\right)"
    lines = wv.formula(small, form="layers").lines
    assert lines == [r"h^{(1)} = \max\left(0, 2 x + 1\right)", r"y = x + h^{(1)}"]
    assert (
        wv.formula(small, form="matrix").lines[-1] == r"\mathbf{y} = \mathbf{x} + \mathbf{h}^{(1)}"
    )
    pieces = wv.formula(small, form="piecewise", limits=(-1.0, 1.0)).lines
    assert pieces == [r"y = x \quad -1 \leq x \leq -0.5", r"y = 3 x + 1 \quad -0.5 \leq x \leq 1"]
    flat = Chain([Residual(drawn(0, [2, 2, 2], "identity"))])
    assert "W = " not in "".join(wv.formula(flat, form="matrix").lines)
    expression = wv.formula(chain, letters=True).expressions[0]
    values = dict(zip(sorted(map(str, expression.free_symbols)), range(99), strict=False))
    assert len(values) == chain[:-1].n_parameters + 2


def test_a_trace_has_the_gradients_of_pytorch() -> None:
    pytest.importorskip("torch")
    chain = nested("tanh")
    passed = wv.trace(chain, [0.3, -0.2], 1, loss="cross-entropy")
    assert [step.name for step in passed.steps][4:] == [
        "layer 5", "layers 4–5 · x + f(x)", "layer 6", "layers 2–6 · x + f(x)", "layer 6 · tanh",
        "layer 6 · x + f(x)", "layer 7", "softmax",
    ]  # fmt: skip
    weighted = [step for step in passed.steps if step.weight is not None]
    assert len(weighted) == 7
    for step in weighted:
        for name in ("weight", "bias"):
            own, numeric, torch = (getattr(step, f"{k}_{name}") for k in ("d", "numeric", "torch"))
            np.testing.assert_allclose(own, torch, rtol=1e-9, atol=1e-12)
            np.testing.assert_allclose(own, numeric, rtol=1e-4, atol=1e-7)
    parts = chain.backward(
        [[0.3, -0.2]], (chain([[0.3, -0.2]]) * 0 + [0, -1 / chain([[0.3, -0.2]])[0, 1]])
    )
    assert passed.d_x is not None
    np.testing.assert_allclose(passed.d_x, parts[0][0], rtol=1e-9)
    moved = passed.updated.parameters()
    for before, after, slope in zip(chain.parameters(), moved, parts[1], strict=True):
        np.testing.assert_allclose(after, before - 0.1 * slope, rtol=1e-9)
    for format in FORMATS:
        for style in ("matrices", "loops"):
            assert told(passed, format, style=style)
    assert json.loads(told(passed, "json"))["layers"][7]["activation"] == "x + f(x)"
    assert "out[1] = x[1] + f(x)[1] = " in told(passed, style="loops")


def test_what_loops_say_comes_back_adds_up() -> None:
    passed = wv.trace(nested("tanh"), [0.3, -0.2], 1, loss="cross-entropy")
    for step in passed.steps:
        if step.skipped is not None:
            assert step.d_outs is not None
            assert not np.allclose(step.skipped, 0)
    for line in told(passed, style="loops", digits=14).splitlines():
        if line.strip().startswith("dE/dout") and line.count("=") == 2:
            name, sums, value = line.replace("·", "*").split("=")
            assert abs(eval(sums) - float(value)) < 1e-9, name


def test_graphs_have_its_edges() -> None:
    network = wv.graph(nested(), form="network")
    past = [edge for edge in network.edges if edge.note == "x + f(x)"]
    assert len(past) == 2 + 3  # of the block, and of the one inside it
    values = wv.graph(nested(), at=[0.3, -0.2])
    assert len(values.edges) > len(wv.graph(nested()[:1], at=[0.3, -0.2]).edges)
    pytest.importorskip("sympy")
    small = Chain([Residual(Chain([dense([[2.0]], [1.0], "tanh")]))])
    assert wv.graph(small).nodes[0].label == "Add"
    assert len(wv.graph(small, gradient="w111").nodes) > 3


def test_numpy_source_gives_the_same_numbers(tmp_path: Path) -> None:
    chain = nested("gelu")
    export(chain, tmp_path / "net.py")
    code = f"import net, numpy as np; print(net.predict(np.array({X.tolist()})).tolist())"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, check=True
    )
    np.testing.assert_allclose(json.loads(done.stdout), chain(X), rtol=1e-12)


@pytest.mark.slow
def test_c_source_gives_the_same_numbers(tmp_path: Path) -> None:
    chain = nested("tanh")
    export(chain, tmp_path / "net.c")
    strict = ["-std=c99", "-Wall", "-Wextra", "-Werror", "-pedantic", "-shared", "-fPIC"]
    need("gcc")
    subprocess.run(["gcc", *strict, "-o", "net.so", "net.c", "-lm"], cwd=tmp_path, check=True)
    predict = ctypes.CDLL(str(tmp_path / "net.so")).predict
    for point in X:
        y = np.zeros(2)
        predict(*(array.ctypes.data_as(ctypes.c_void_p) for array in (point.copy(), y)))
        np.testing.assert_allclose(y, chain(point[None])[0], rtol=1e-12)


@pytest.mark.slow
def test_onnxruntime_gives_the_same_numbers(tmp_path: Path) -> None:
    runtime = pytest.importorskip("onnxruntime")
    chain = nested("tanh")
    path = wv.save_model(chain, tmp_path / "net.onnx")
    given = runtime.InferenceSession(str(path)).run(None, {"x": X.astype(np.float32)})[0]
    np.testing.assert_allclose(given, chain(X), rtol=1e-5, atol=1e-6)


def test_films_say_and_show_it() -> None:
    chain = Chain([*drawn(4, [2, 2], "relu"), Residual(drawn(0, [2, 3, 2], "relu")),
                   *drawn(1, [2, 2], "relu")])  # fmt: skip
    play = Play.of(chain, Staging())
    assert [act.folds_from for act in play.acts] == [None, 0.0, None]
    assert play.swings("polar")[1] is None and play.swings("polar")[0] is not None
    assert act_formulas(play)[1] == "h⁽³⁾ = z⁽¹⁾ + f(z⁽¹⁾)"
    film = wv.animate(chain, DATA, size=(320, 240))
    assert isinstance(film.scene, Scene)
    panel = film.scene.panels[0]
    lines = {line.unit for line in panel.sheet.lines if line.kind == "crease"}
    assert {key for key in panel.creases if key[1] in lines} >= {(1, unit) for unit in lines}
    said = lesson(play, DATA).acts[1]
    assert said[0].startswith(f"x + f(x) bends the sheet along {len(lines)} line")
    assert "every point x moves straight to x + f(x), f being a network 2→3→2" in film.description
    # Half-way every point is half-way: x + f(x)/2.
    middle = panel.path.at(1, 0.5)[: len(panel.sheet.vertices), :2]
    start = chain[:1](panel.sheet.vertices)
    inner = chain[1].chain  # type: ignore[union-attr]
    np.testing.assert_allclose(middle, start + 0.5 * inner(start), atol=1e-9)


def test_what_is_relu_is_seen_as_relu() -> None:
    films = [wv.animate(c, DATA, size=(320, 240), hide=("caption",), softmax=True)
             for c in (folded(), Chain([Activation("relu")], 2))]  # fmt: skip
    pictures = [film.frame(0, 0.6).pixels.astype(int) for film in films]
    assert np.abs(pictures[0] - pictures[1]).max() <= 2
