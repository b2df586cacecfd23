from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import warpviz as wv
from warpviz.convert.onnx.writing import onnx_bytes
from warpviz.errors import WarpvizError
from warpviz.explain.source import export
from warpviz.functions import read, slope, value
from warpviz.model.activations import ACTIVATIONS, BUILT_IN
from warpviz.model.activations.fills import BLOCK
from warpviz.model.activations.function import ActivationFunction

POINTS = np.concatenate([np.linspace(-40, 40, 4001), np.linspace(-2, 2, 4001), [-0.0]])
FORMULAS = ("z*tanh(log(1 + exp(z)))", "max(z, -0.3*z)", "sin(2*z)/2 + z/2", "z**2/9")


@pytest.fixture
def bump() -> Iterator[str]:
    ACTIVATIONS["bump"] = "z/(1 + z**2)"
    yield "bump"
    del ACTIVATIONS["bump"]


@pytest.mark.parametrize(
    "name", ["leaky_relu:0.2", "leaky_relu:3.0", "elu:0.5", "softplus:3", *sorted(BUILT_IN)]
)
def test_the_fast_form_is_the_formula_s(name: str) -> None:
    record = ACTIVATIONS[name]
    node = read(record.formula)
    found, rise = record.value_and_slope(POINTS)
    np.testing.assert_allclose(found, value(node, POINTS), rtol=1e-12, atol=2e-14)
    # Below −38 or so a formula loses the tail that the fast form keeps.
    np.testing.assert_allclose(rise, value(slope(node), POINTS), rtol=1e-10, atol=2e-13)
    assert record.meaning and record.does and record.caption


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", ["bump", *FORMULAS, "wave=sin(2*z)/2 + z/2", "step", "mish", "prelu:0.1:-0.5:2"]
)
def test_a_formula_works_everywhere(name: str, bump: str, tmp_path: Path) -> None:
    torch = pytest.importorskip("torch")
    runtime = pytest.importorskip("onnxruntime")
    data = wv.load_data("moons", n=60)
    chain = wv.train(wv.mlp([2, 3, 2], name, seed=1), data, epochs=20).chain
    inner = chain.logits()
    film = wv.animate(chain, data, size=(240, 180), seconds=0.1, hold=0.05)
    film.save(*(tmp_path / f"f.{suffix}" for suffix in ("gif", "png", "html", "svg", "webp")))
    wv.save_model(chain, tmp_path / "m.npz")
    again = wv.load_model(tmp_path / "m.npz")
    np.testing.assert_array_equal(again(data.x), chain(data.x))
    export(inner, tmp_path / "net.py")
    space: dict[str, object] = {}
    exec((tmp_path / "net.py").read_text(), space)
    predict: Any = space["predict"]
    np.testing.assert_allclose(predict(data.x), inner(data.x), rtol=1e-12)
    module = inner.to_torch().double()
    with torch.no_grad():
        known = module(torch.tensor(data.x)).numpy()
    np.testing.assert_allclose(known, inner(data.x), rtol=1e-6, atol=1e-6)
    session = runtime.InferenceSession(onnx_bytes(inner))
    (single,) = session.run(None, {"x": data.x.astype(np.float32)})
    np.testing.assert_allclose(single, inner(data.x), rtol=1e-4, atol=1e-5)


def test_a_model_keeps_the_formula_of_an_entry(bump: str, tmp_path: Path) -> None:
    chain = wv.mlp([2, 3, 2], bump, seed=1)
    wv.save_model(chain, tmp_path / "m.npz")
    del ACTIVATIONS["bump"]
    try:
        again = wv.load_model(tmp_path / "m.npz")
        assert getattr(again[0], "activation", "") == "bump=z/(1 + z**2)"
        assert str(again[0]) == "Dense 2→3 bump"
    finally:
        ACTIVATIONS["bump"] = "z/(1 + z**2)"


def test_what_an_entry_lacks_is_told_where_it_is_asked(tmp_path: Path) -> None:
    def fill(z: np.ndarray, value: np.ndarray, slope: np.ndarray) -> None:
        value[...], slope[...] = z, 1.0

    ACTIVATIONS["bare"] = ActivationFunction("bare", "z", None, fill)
    try:
        chain = wv.mlp([2, 3, 2], "bare", seed=0, softmax=False)
        film = wv.animate(chain, wv.load_data("moons", n=40), size=(240, 180), seconds=0.1)
        film.save(tmp_path / "f.gif")
        forms: dict[str, Callable[[], object]] = {
            "ONNX": lambda: onnx_bytes(chain),
            "a PyTorch module": chain.to_torch,
            "Python": lambda: export(chain, tmp_path / "net.py"),
            "C": lambda: export(chain, tmp_path / "net.c"),
            "JavaScript": lambda: film.save(tmp_path / "f.html"),
        }
        for form, make in forms.items():
            with pytest.raises(WarpvizError, match=f"'bare' cannot be written as {form}: it has"):
                make()
        assert not (tmp_path / "f.html").exists()
    finally:
        del ACTIVATIONS["bare"]


@pytest.mark.parametrize("entry", [1, None, lambda z: z, ("z",)])
def test_bad_entries_are_refused_when_they_are_put_in(entry: object) -> None:
    with pytest.raises(WarpvizError, match=r"ACTIVATIONS\['bad'\] expects a formula of z"):
        ACTIVATIONS["bad"] = entry
    assert "bad" not in ACTIVATIONS
    with pytest.raises(WarpvizError, match="a word such as 'softsign'"):
        ACTIVATIONS["so ft"] = "z"
    with pytest.raises(WarpvizError, match="no formula of z"):
        ACTIVATIONS["bad"] = "z +"


@pytest.mark.parametrize("name", sorted(BUILT_IN))
def test_its_words_are_what_its_slopes_say(name: str) -> None:
    record = ACTIVATIONS[name]
    plain = ActivationFunction(name, formula=record.formula)
    told = {plain.does, record.does}
    if name in ("identity", "leaky_relu", "prelu", "sin"):
        return
    assert len(told) == 1


def test_a_new_entry_is_put_in_by_its_formula_and_nothing_else() -> None:
    try:
        wave = wv.activation("a_wave", "sin(z)/2")
        assert ACTIVATIONS["a_wave"] is wave
        assert wave.f([0.5]) == pytest.approx([np.sin(0.5) / 2])
    finally:
        ACTIVATIONS.pop("a_wave", None)
    for wrong in (3, ["z"], len):
        with pytest.raises(WarpvizError, match=r"formula"):
            wv.activation("another", wrong)  # type: ignore[arg-type]
    assert "another" not in ACTIVATIONS


MANY = ("gelu", "silu", "leaky_relu:0.2", "prelu:0.1:0.3:-0.2", "many=z/(1 + z*z)")


@pytest.mark.parametrize("name", MANY)
def test_many_numbers_are_worked_out_as_few_are(name: str) -> None:
    function = ACTIVATIONS[name]
    z = np.random.default_rng(0).normal(size=(BLOCK + 101, 3))
    value, slope = function.value_and_slope(z)
    parts = [function.value_and_slope(each) for each in np.array_split(z, 50)]
    np.testing.assert_array_equal(value, np.concatenate([each[0] for each in parts]))
    np.testing.assert_array_equal(slope, np.concatenate([each[1] for each in parts]))
    np.testing.assert_array_equal(function.f(z), value)
    np.testing.assert_array_equal(function.f(z.T.copy().T), value)
    np.testing.assert_array_equal(function.derivative(z), slope)
