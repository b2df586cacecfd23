"""Weights from MATLAB; scipy writes the files."""

import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.io import savemat  # type: ignore[import-untyped]

import warpviz as wv
from warpviz.convert.files import load_stored
from warpviz.errors import WarpvizError

RNG = np.random.default_rng(0)
W: dict[str, Any] = {
    "W1": RNG.normal(size=(4, 2)), "b1": RNG.normal(size=(4, 1)),
    "W2": RNG.normal(size=(3, 4)), "b2": RNG.normal(size=(3, 1)),
}  # fmt: skip
X = RNG.normal(size=(9, 2))


def cell(*words: str) -> Any:
    return np.array(words, dtype=object)


def saved(path: Path, **values: Any) -> Path:
    savemat(path, values)
    return path


def expected(act: Any) -> np.ndarray:
    return np.asarray(act(X @ W["W1"].T + W["b1"].T) @ W["W2"].T + W["b2"].T)


def test_layers_by_number(tmp_path: Path) -> None:
    words = cell("tansig", "softmax")
    path = saved(tmp_path / "m.mat", **W, activations=words, class_names=cell("a", "b", "c"))
    stored = load_stored(path)
    z = np.exp(expected(np.tanh))
    np.testing.assert_allclose(stored.chain(X), z / z.sum(axis=1, keepdims=True), rtol=1e-12)
    assert stored.class_names == ("a", "b", "c")


def test_one_word_for_all_but_the_last(tmp_path: Path) -> None:
    path = saved(tmp_path / "m.mat", **W, activation="poslin")
    relu = expected(lambda z: np.maximum(z, 0))
    np.testing.assert_allclose(wv.load_model(path)(X), relu, rtol=1e-12)
    one = saved(tmp_path / "one.mat", W1=W["W1"][:1], b1=0.5)
    np.testing.assert_allclose(wv.load_model(one)(X), X @ W["W1"][:1].T + 0.5, rtol=1e-12)


@pytest.mark.parametrize(
    ("values", "told"),
    [
        (W, "does not say what acts between them; add activations = "),
        (W | {"activations": cell("tansig")}, "2 layers and 1 activations; give one a layer"),
        (W | {"activation": "tansog"}, "Unknown activation 'tansog'.*W of layer k is"),
        ({"weights": W["W1"]}, r"expects weights W1, b1, W2, b2, …, got the variables weights"),
        (W | {"W2": W["W2"].T, "activation": "relu"}, r"W of layer k is \(n_out, n_in\)"),
    ],
)
def test_what_is_no_model_is_told(tmp_path: Path, values: dict[str, Any], told: str) -> None:
    with pytest.raises(WarpvizError, match=told) as caught:
        wv.load_model(saved(tmp_path / "m.mat", **values))
    assert "\n" not in str(caught.value)


def test_damaged_and_missing_files(tmp_path: Path) -> None:
    whole = saved(tmp_path / "m.mat", **W, activation="relu").read_bytes()
    (tmp_path / "cut.mat").write_bytes(whole[: len(whole) // 2])
    for name in ("cut.mat", "none.mat"):
        with pytest.raises(WarpvizError, match=name):
            wv.load_model(tmp_path / name)


def test_the_page_shows_a_model(tmp_path: Path) -> None:
    page = Path(__file__).parents[3] / "gallery" / "flux-and-matlab.md"
    (shown,) = re.findall(
        r"^```json\n(.*?)^```$", page.read_text("utf-8"), re.DOTALL | re.MULTILINE
    )
    (tmp_path / "net.json").write_text(shown)
    chain = wv.load_model(tmp_path / "net.json")
    first, last, _ = json.loads(shown)["layers"]
    hidden = np.tanh(X @ np.array(first["weight"]).T + first["bias"])
    logits = hidden @ np.array(last["weight"]).T + last["bias"]
    np.testing.assert_allclose(chain.logits()(X), logits, rtol=1e-12)
