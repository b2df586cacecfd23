"""Model files of all kinds, and the verb that turns one into another."""

import json
import pickle
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.numpy import save_file

import warpviz as wv
from warpviz.convert.files import REFUSED, load_stored
from warpviz.errors import WarpvizError
from warpviz.sklearn import WarpClassifier

CHAIN = wv.mlp([2, 3, 2], "relu", seed=0)
WEIGHTS = CHAIN.parameters()
ARRAYS = {
    "0.weight": WEIGHTS[0], "0.bias": WEIGHTS[1],
    "2.kernel": np.ascontiguousarray(WEIGHTS[2].T), "2.bias": WEIGHTS[3],
}  # fmt: skip
LAYERS = [
    {"weight": "0.weight", "bias": "0.bias", "activation": "relu"},
    {"weight": "2.kernel", "bias": "2.bias", "transpose": True},
    {"softmax": True},
]
X = np.random.default_rng(0).normal(size=(9, 2))


@pytest.mark.parametrize("inside", [True, False])
def test_safetensors_with_a_description(tmp_path: Path, inside: bool) -> None:
    path = tmp_path / "net.safetensors"
    told = json.dumps({"layers": LAYERS, "class_names": ["a", "b"]})
    save_file(ARRAYS, path, {"warpviz": told} if inside else None)
    if not inside:
        path.with_suffix(".json").write_text(told)
    model = load_stored(path)
    np.testing.assert_array_equal(model.chain(X), CHAIN(X))
    assert model.class_names == ("a", "b")


def test_safetensors_of_pytorch_in_single_precision(tmp_path: Path) -> None:
    from safetensors.torch import save_model

    module = CHAIN.to_torch()
    save_model(module, str(tmp_path / "net.safetensors"))
    layers = [LAYERS[0], {"weight": "2.weight", "bias": "2.bias"}, {"softmax": True}]
    (tmp_path / "net.json").write_text(json.dumps({"layers": layers}))
    with torch.no_grad():
        expected = module(torch.tensor(X, dtype=torch.float32))
    got = wv.load_model(tmp_path / "net.safetensors")(X)
    np.testing.assert_allclose(got, expected, rtol=1e-5, atol=1e-6)


def test_safetensors_in_bfloat16_and_in_whole_numbers(tmp_path: Path) -> None:
    from safetensors.torch import save_file as save_tensors

    rounded = {name: torch.tensor(array).bfloat16() for name, array in ARRAYS.items()}
    told = {"warpviz": json.dumps({"layers": LAYERS})}
    save_tensors(rounded, str(tmp_path / "net.safetensors"), told)
    chain = wv.load_model(tmp_path / "net.safetensors")
    for layer, name in zip(chain, ("0.weight", "2.kernel"), strict=False):
        assert isinstance(layer, wv.Dense)
        kept = rounded[name].double().numpy()
        np.testing.assert_array_equal(layer.weight, kept if name[0] == "0" else kept.T)
    whole = {name: np.ones(array.shape, dtype=np.int8) for name, array in ARRAYS.items()}
    save_file(whole, tmp_path / "q.safetensors", told)
    with pytest.raises(WarpvizError, match=r"whole numbers \(I8\), as quantised weights do; store"):
        wv.load_model(tmp_path / "q.safetensors")


def test_safetensors_that_tell_no_layers(tmp_path: Path) -> None:
    path = tmp_path / "net.safetensors"
    save_file(ARRAYS, path)
    with pytest.raises(WarpvizError, match=r"0\.bias.*write them into '.*net\.json'"):
        wv.load_model(path)


@pytest.mark.parametrize(
    ("layers", "told"),
    [
        ([{"weight": "nine", "bias": "0.bias"}], "nine"),
        ([{"weight": "0.weight", "activation": "rellu"}], "did you mean 'relu'"),
        ([{"weight": "2.kernel", "bias": "2.bias"}], "bias of shape"),
        (["0.weight"], "layer 0 should be an object"),
    ],
)
def test_descriptions_that_do_not_fit(tmp_path: Path, layers: list[object], told: str) -> None:
    path = tmp_path / "net.safetensors"
    save_file(ARRAYS, path, {"warpviz": json.dumps({"layers": layers})})
    with pytest.raises(WarpvizError, match=told):
        wv.load_model(path)


def test_hostile_safetensors(tmp_path: Path) -> None:
    path = tmp_path / "net.safetensors"
    save_file(ARRAYS, path, {"warpviz": json.dumps({"layers": LAYERS})})
    whole = path.read_bytes()
    giant = json.dumps({"0.weight": {"dtype": "F64", "shape": [2**40], "data_offsets": [0, 2**43]}})
    lies = [
        b"", whole[:5], whole[:-8], (2**60).to_bytes(8, "little") + whole[8:],
        len(giant).to_bytes(8, "little") + giant.encode() + b"1234",
    ]  # fmt: skip
    for data in lies:
        path.write_bytes(data)
        with pytest.raises(WarpvizError, match=r"net\.safetensors") as caught:
            wv.load_model(path)
        assert "\n" not in str(caught.value)


class Bomb:
    def __reduce__(self) -> tuple[object, tuple[Path]]:
        return (Path.touch, (Path("exploded"),))


@pytest.mark.parametrize("suffix", REFUSED)
def test_no_pickle_is_opened(tmp_path: Path, suffix: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    path = Path(f"net{suffix}")
    path.write_bytes(pickle.dumps(Bomb()))
    with pytest.raises(WarpvizError, match=r"can run any code.*import .*warpviz\.save_model"):
        wv.load_model(path)
    assert not Path("exploded").exists()


def test_weights_alone_are_told_to_be_no_model() -> None:
    told = r"weights alone.*model\.load_weights\('k\.weights\.h5'\).*save_model\(model, 'k\.npz'\)"
    with pytest.raises(WarpvizError, match=told):
        wv.load_model("k.weights.h5")


def test_the_two_lines_that_do_it_instead_work(tmp_path: Path) -> None:
    path = tmp_path / "net.pt"
    torch.save(CHAIN.to_torch(), path)
    with pytest.raises(WarpvizError) as caught:
        wv.load_model(path)
    lines = str(caught.value).partition("do it: ")[2].removesuffix(".").split("; ")
    exec("\n".join(lines))
    assert wv.load_model(path.with_suffix(".npz")).widths == (2, 3, 2, 2)


def test_models_are_saved_from_any_library(tmp_path: Path) -> None:
    data = wv.load_data("rings", n=60)
    model = WarpClassifier(hidden=(3,), starts=1).fit(data.x, data.y)
    path = wv.save_model(model, tmp_path / "m.npz")
    np.testing.assert_allclose(wv.load_model(path)(data.x), model.predict_proba(data.x))


def test_a_model_is_written_as_json_and_read_back_exactly(tmp_path: Path) -> None:
    for chain in (
        wv.mlp([2, 5, 3], "leaky_relu:0.3", seed=1), wv.mlp([2, 5, 3], "gelu", seed=1).split(),
        wv.Chain([*wv.mlp([2, 2, 2], "tanh", seed=2).logits(), wv.Softmax(log=True)]),
    ):  # fmt: skip
        path = wv.save_model(
            chain, tmp_path / "m.json", class_names=("a", "b", "ü")[: chain.widths[-1]]
        )
        back = wv.load_model(path)
        assert list(map(str, back)) == list(map(str, chain))
        for here, there in zip(chain.parameters(), back.parameters(), strict=True):
            assert (here == there).all()
    mean, scale = np.array([3.0, -2.0]), np.array([2.0, 0.5])
    path = wv.save_model(chain, tmp_path / "m.json", mean=mean, scale=scale)
    x = np.array([[0.3, -1.2], [4.0, 2.0]])
    np.testing.assert_allclose(wv.load_model(path)(x), chain((x - mean) / scale), atol=1e-12)
