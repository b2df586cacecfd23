import json
import re
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from tests.model.test_chain import REFERENCE, chains
from warpviz.arrays import Floats
from warpviz.errors import WarpvizError
from warpviz.model.chain import Chain
from warpviz.model.init import mlp
from warpviz.model.layers import Activation, Dense
from warpviz.model.store import read_json, read_npz, write_json, write_npz

CHAIN = mlp([2, 3, 2], "leaky_relu:0.2")
READERS = {".npz": read_npz, ".json": read_json}


@pytest.mark.slow
@settings(
    derandomize=True,
    deadline=None,
    max_examples=30,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(chains())
def test_what_is_saved_is_loaded(tmp_path: Path, pair: tuple[Chain, Floats]) -> None:
    chain, x = pair
    loaded = read_npz(write_npz(chain, tmp_path / "model.npz")).chain
    assert repr(loaded.layers) == repr(chain.layers)
    assert np.array_equal(loaded(x), chain(x))


def test_names_travel_along(tmp_path: Path) -> None:
    path = tmp_path / "model.npz"
    write_npz(CHAIN, path, data_name="rings", class_names=("inner", "外"))
    stored = read_npz(path)
    assert stored.data_name == "rings" and stored.class_names == ("inner", "外")
    write_npz(CHAIN, path)
    assert read_npz(path).data_name is None and read_npz(path).class_names == ()


def test_file_is_plain_and_the_same_bytes_every_time(tmp_path: Path) -> None:
    one, two = tmp_path / "one.npz", tmp_path / "two.npz"
    write_npz(CHAIN, one)
    write_npz(CHAIN, two)
    assert one.read_bytes() == two.read_bytes()
    with np.load(one, allow_pickle=False) as arrays:
        assert np.array_equal(arrays["weight_0"], CHAIN.parameters()[0])
    assert sorted(p.name for p in tmp_path.iterdir()) == ["one.npz", "two.npz"]


def test_a_failed_write_leaves_the_old_model(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_npz(CHAIN, tmp_path / "model.npz")
    before = path.read_bytes()

    def full(*_: Any, **__: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(np, "savez", full)
    with pytest.raises(WarpvizError, match="disk is full; the earlier file is kept"):
        write_npz(mlp([2, 5, 2]), path)
    assert path.read_bytes() == before and len(list(tmp_path.iterdir())) == 1


def test_published_sine_chain_through_json(tmp_path: Path) -> None:
    formula = REFERENCE["formula"]["sine_chain"]
    path = tmp_path / "sine.json"
    (w1, w2), (b1, b2) = formula["weights"], formula["biases"]
    layers = [{"weight": w1, "bias": b1, "activation": "sin"}, {"weight": w2, "bias": b2}]
    path.write_text(json.dumps({"layers": layers}))
    chain = read_json(path).chain
    for x, value in formula["values_float32"].items():
        assert chain([[float(x)]])[0, 0] == pytest.approx(value, abs=2e-4)
    assert chain([[0.0]])[0, 0] == pytest.approx(formula["value_float64_at_0"], abs=1e-12)


def test_json_layers_of_every_kind(tmp_path: Path) -> None:
    path = tmp_path / "model.json"
    path.write_text(
        '{"layers": [{"weight": [[1, 2]]}, {"activation": "relu"}, {"softmax": true}],'
        ' "data_name": "moons", "class_names": ["a", "b"]}'
    )
    stored = read_json(path)
    text = "Chain([Dense([[1.0, 2.0]], [0.0]), Activation('relu'), Softmax()])"
    assert repr(stored.chain) == text
    assert stored.data_name == "moons" and stored.class_names == ("a", "b")


def npz(**arrays: Any) -> bytes:
    buffer = BytesIO()
    np.savez(buffer, **{"layers": np.array(["dense relu"]), **arrays})
    return buffer.getvalue()


def lying(shape: str) -> bytes:
    """A weight whose header promises far more than is there."""
    header = f"{{'descr': '<f8', 'fortran_order': False, 'shape': {shape}, }}"
    header = header.ljust(117) + "\n"
    member = b"\x93NUMPY\x01\x00" + len(header).to_bytes(2, "little") + header.encode()
    buffer = BytesIO(npz(bias_0=np.zeros(1)))
    with zipfile.ZipFile(buffer, "a") as file:
        file.writestr("weight_0.npy", member + bytes(8))
    return buffer.getvalue()


ONE, TWO, THREE = np.zeros(1), np.zeros((1, 2)), np.zeros((3, 2))
GOOD = npz(weight_0=TWO, bias_0=ONE)
PLAIN = "plain arrays in .npz form"
OTHER = "other things than numbers"
NPZ = {
    "empty": (b"", PLAIN),
    "text": (b"hello", PLAIN),
    "cut": (GOOD[: len(GOOD) // 2], PLAIN),
    "other": (npz(layers=np.zeros(3)), "expects a warpviz model, got other arrays"),
    "objects": (npz(weight_0=np.array([{}, 1], dtype=object), bias_0=ONE), OTHER),
    "complex": (npz(weight_0=np.array([[1j]]), bias_0=ONE), OTHER),
    "nan": (npz(weight_0=np.array([[np.nan]]), bias_0=ONE), "finite weight"),
    "shape": (npz(weight_0=TWO, bias_0=np.zeros(4)), "bias of shape (1,)"),
    "lacks": (npz(weight_0=TWO), "layer 0 lacks bias_0"),
    "kind": (npz(layers=np.array(["conv"])), "unknown kind 'conv'"),
    "name": (
        npz(layers=np.array(["dense rellu"]), weight_0=TWO, bias_0=ONE),
        "did you mean 'relu'?",
    ),
    "fit": (
        npz(
            layers=np.array(["dense relu", "dense relu"]),
            **{"weight_0": THREE, "bias_0": np.zeros(3), "weight_1": TWO, "bias_1": ONE},
        ),
        "layer 1 (Dense 2→1 relu) to take width 3",
    ),
    **{
        name: (npz(weight_0=TWO, bias_0=ONE, mean=mean, scale=scale), "a finite number for each")
        for name, mean, scale in (
            ("zero scale", [0.0, 0.0], [1.0, 0.0]),
            ("endless mean", [0.0, np.inf], [1.0, 1.0]),
            ("no scale", [0.0, 0.0], [1.0, np.nan]),
            ("one mean", [0.0], [1.0, 1.0]),
        )
    },
    "lying": (lying("(1000000, 1000000)"), "not as long as its header says"),
    "overflow": (lying("(4294967296, 4294967296)"), "not as long as its header says"),
}
JSON = {
    "cut": ('{"layers": [', "expects a JSON model"),
    "deep": ("[" * 100_000, "expects a JSON model"),
    "list": ("[1, 2]", 'expects a model, {"layers": […]}'),
    "nan": ('{"layers": [{"weight": [[NaN]], "bias": [0]}]}', "finite weight"),
    "huge": ('{"layers": [{"weight": [[1%s]]}]}' % ("0" * 400), "weight to be an array of numbers"),
    "ragged": ('{"layers": [{"weight": [[1], [1, 2]]}]}', "weight to be an array of numbers"),
    "word": ('{"layers": [{"weight": "many", "bias": [0]}]}', "weight to be an array of numbers"),
    "typo": ('{"layers": [{"weights": [[1]]}]}', "should have weight, bias and activation"),
    "name": ('{"layers": [{"activation": "tahn"}]}', "did you mean 'tanh'?"),
    "number": ('{"layers": [3]}', "layer 0 should be an object"),
}
FILES = {f"{name}.npz": case for name, case in NPZ.items()}
FILES |= {f"{name}.json": (text.encode(), message) for name, (text, message) in JSON.items()}
FILES |= {"binary.json": (b"\xff\xfe\x00", "expects a JSON model")}


@pytest.mark.parametrize("name", FILES)
def test_bad_files_get_one_sentence_that_names_them(tmp_path: Path, name: str) -> None:
    content, message = FILES[name]
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(WarpvizError, match=re.escape(message)) as caught:
        READERS[path.suffix](path)
    text = str(caught.value)
    assert str(path) in text and "\n" not in text and text.endswith((".", "?"))


@pytest.mark.parametrize("suffix", [".npz", ".json"])
def test_missing_files(tmp_path: Path, suffix: str) -> None:
    with pytest.raises(WarpvizError, match="does not exist"):
        READERS[suffix](tmp_path / f"none{suffix}")
    (tmp_path / f"folder{suffix}").mkdir()
    with pytest.raises(WarpvizError, match="is no file"):
        READERS[suffix](tmp_path / f"folder{suffix}")


def test_bad_targets(tmp_path: Path) -> None:
    with pytest.raises(WarpvizError, match=r"stored as \.npz"):
        write_npz(CHAIN, tmp_path / "model.pkl")
    with pytest.raises(WarpvizError, match="does not exist; create it first"):
        write_npz(CHAIN, tmp_path / "nowhere" / "model.npz")


def test_a_json_model_may_define_activations(tmp_path: Path) -> None:
    layers = [
        {"weight": [[1, 2], [3, 4]], "activation": "wave"},
        {"activation": "bump"},
        {"weight": [[1, 1]], "activation": "prelu:-0.5"},
    ]
    own = {"wave": "sin(2*z)/2 + z/2", "bump": "z/(1 + z**2)"}
    path = tmp_path / "m.json"
    path.write_text(json.dumps({"layers": layers, "activations": own}))
    chain = read_json(path).chain
    x = np.array([[0.3, -0.2], [1.0, 2.0]])
    z = x @ np.array([[1, 3], [2, 4]])
    wave = np.sin(2 * z) / 2 + z / 2
    z = (wave / (1 + wave**2)).sum(axis=1, keepdims=True)
    np.testing.assert_allclose(chain(x), np.where(z > 0, z, -0.5 * z), rtol=1e-14, atol=1e-16)
    assert [str(layer) for layer in chain] == ["Dense 2→2 wave", "bump", "Dense 2→1 prelu:-0.5"]
    for name in ("n.json", "n.npz"):
        write = write_npz if name.endswith("z") else write_json
        again = (read_npz if name.endswith("z") else read_json)(write(chain, tmp_path / name))
        assert repr(again.chain) == repr(chain)
    for wrong, told in (
        ({"relu": "z"}, "names of their own, got 'relu'"),
        (["z"], "names with formulas"),
        ({"wave": "z +", "bump": "z"}, r"'z \+' is no formula"),
    ):
        path.write_text(json.dumps({"layers": layers, "activations": wrong}))
        with pytest.raises(WarpvizError, match=told):
            read_json(path)


def test_a_number_for_each_unit_is_kept(tmp_path: Path) -> None:
    name = "prelu:0.1:-0.5:2"
    chain = Chain([Dense(np.eye(3, 2), np.zeros(3), name), Activation(name), Dense.of(3, 2)])
    x = np.random.default_rng(0).normal(size=(20, 2))
    slopes = np.array([0.1, -0.5, 2.0])
    z = np.pad(x, ((0, 0), (0, 1)))
    for _ in range(2):
        z = np.where(z > 0, z, slopes * z)
    np.testing.assert_allclose(chain[:2](x), z, rtol=1e-14)
    for path in (write_npz(chain, tmp_path / "m.npz"), write_json(chain, tmp_path / "m.json")):
        again = (read_npz if path.suffix == ".npz" else read_json)(path).chain
        np.testing.assert_array_equal(again(x), chain(x))
    with pytest.raises(WarpvizError, match=r"a number for each of its 2 units in 'prelu:.*got 3"):
        Dense(np.eye(2), np.zeros(2), name)
    with pytest.raises(WarpvizError, match=r"layer 0 \(prelu:0.1:0.1:…\) to take width 2"):
        Chain([Activation("prelu:0.1:0.1:0.1:0.1")], 2)
