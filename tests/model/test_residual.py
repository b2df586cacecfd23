"""x + f(x): PyTorch, central differences and closed forms are the oracles."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import warpviz as wv
from tests.geometry.nets import dense
from tests.model.differences import differences
from tests.model.residuals import drawn, folded, nested
from warpviz.errors import WarpvizError
from warpviz.model import Activation, Chain, Dense, Residual, read_json, read_npz, write_npz
from warpviz.model.captions import outline, stop_names
from warpviz.model.init import reinitialised
from warpviz.model.letters import Walk, state_signs
from warpviz.model.residual import Add, Keep, unfolded
from warpviz.model.slopes import slope_bound

X = np.random.default_rng(7).normal(size=(9, 2))


def test_it_adds() -> None:
    f = drawn(0, [2, 5, 2], "tanh")
    np.testing.assert_array_equal(Residual(f)(X), X + f(X))
    np.testing.assert_array_equal(folded()(X), np.maximum(X, 0))


def test_the_laws_of_chains_hold() -> None:
    chain = nested()
    states = chain.states(X)
    for k in range(len(chain) + 1):
        np.testing.assert_array_equal(states[k], chain[:k](X))
        np.testing.assert_array_equal(chain[k:](chain[:k](X)), chain(X))
    np.testing.assert_array_equal(chain.split()(X), chain(X))
    assert chain.widths == (2, 2, 2, 2, 2, 2) and len(chain.split()) == len(chain)
    assert repr(chain.with_parameters(chain.parameters())) == repr(chain)
    other = chain.with_parameters([2 * array for array in chain.parameters()])
    assert all(
        (2 * a == b).all() for a, b in zip(chain.parameters(), other.parameters(), strict=True)
    )


def test_gradients_are_those_of_differences_and_of_pytorch() -> None:
    torch = pytest.importorskip("torch")
    chain = nested("tanh")
    weight = np.random.default_rng(1).normal(size=(9, 2))
    to_x, to_parameters = chain.backward(X, weight)
    found = differences(lambda x: float((chain(x) * weight).sum()), X)
    np.testing.assert_allclose(to_x, found, rtol=1e-6, atol=1e-8)
    module = chain.to_torch().double()
    with torch.no_grad():
        for parameter, array in zip(module.parameters(), chain.parameters(), strict=True):
            parameter.copy_(torch.tensor(array))
    x = torch.tensor(X, requires_grad=True)
    y = module(x)
    np.testing.assert_allclose(y.detach().numpy(), chain(X), rtol=1e-12)
    (y * torch.tensor(weight)).sum().backward()
    np.testing.assert_allclose(to_x, x.grad.numpy(), rtol=1e-10, atol=1e-12)
    for parameter, array in zip(module.parameters(), to_parameters, strict=True):
        np.testing.assert_allclose(array, parameter.grad.numpy(), rtol=1e-10, atol=1e-12)


def test_the_repr_is_code() -> None:
    names = {"Chain": Chain, "Dense": Dense, "Residual": Residual, "Activation": Activation}
    small = Residual(Chain([dense([[0.5]], [1.0], "relu"), Residual(Chain([Activation("sin")]))]))
    again = eval(repr(small), names)
    np.testing.assert_array_equal(again([[2.0]]), small([[2.0]]))
    assert repr(again) == repr(small)
    large = eval(repr(nested()).partition("#")[0], names | {"Softmax": wv.Softmax})
    assert large.widths == nested().widths and large.n_parameters == nested().n_parameters
    assert outline(nested()) == "2→2→3→3→2→3→2→2, x + f(x), relu, 58 parameters"
    assert "x + f(x)" in nested()._repr_svg_()


def test_steps_and_letters() -> None:
    steps = unfolded([Residual(Chain([Activation("tanh"), Residual(Chain([]))]))])
    assert steps == [Keep(), Activation("tanh"), Keep(), Add(), Add()]
    chain = Chain([*drawn(0, [2, 2], "relu"), Residual(drawn(1, [2, 3, 2], "relu")),
                   *drawn(2, [2, 2], "relu")])  # fmt: skip
    assert [sign.plain() for sign in state_signs(chain)] == ["x", "z⁽¹⁾", "h⁽³⁾", "z⁽⁴⁾"]
    walk = Walk.of(chain)
    assert [sign.plain() for sign in walk.signs] == [
        "x", "z⁽¹⁾", "z⁽¹⁾", "h⁽²⁾", "z⁽³⁾", "h⁽³⁾", "z⁽⁴⁾",
    ]  # fmt: skip
    assert walk.kept(4) == 1 and walk.depth(3) == 3 and walk.widths == (2, 2, 2, 3, 2, 2, 2)
    assert stop_names(chain)[1:] == ("layer 1 · affine 2→2", "layers 2–3 · x + f(x)", "logits")


def test_fresh_weights_and_bounds() -> None:
    chain = nested("tanh")
    fresh = reinitialised(chain, rng=np.random.default_rng(0))
    assert [a.shape for a in fresh.parameters()] == [a.shape for a in chain.parameters()]
    bound = slope_bound(chain.logits(), 3.0)
    slope, _ = chain.logits().backward(X, np.tile([1.0, 0.0], (9, 1)))
    assert (np.abs(slope) <= bound[0] + 1e-12).all()
    line = Chain([Residual(Chain([dense([[2.0]], [0.0])]))])
    assert slope_bound(line, 1.0).tolist() == [[3.0]]


def test_files(tmp_path: Path) -> None:
    chain = nested()
    for suffix in ("npz", "json"):
        path = wv.save_model(chain, tmp_path / f"m.{suffix}")
        again = wv.load_model(path)
        assert repr(again) == repr(chain)
        np.testing.assert_array_equal(again(X), chain(X))
    written = {"layers": [{"residual": [{"weight": [[-1]], "bias": [0], "activation": "relu"}]}]}
    (tmp_path / "hand.json").write_text(json.dumps(written))
    assert read_json(tmp_path / "hand.json").chain([[-3.0], [2.0]]).tolist() == [[0.0], [2.0]]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["residual"], "a residual layer has no end; 'end residual' is missing"),
        (["end residual"], "layer 0 is of unknown kind 'end residual'"),
    ],
)
def test_files_that_are_none(words: list[str], told: str, tmp_path: Path) -> None:
    path = tmp_path / "m.npz"
    write_npz(Chain([], 2), path, more={"layers": np.array(words)})
    with pytest.raises(WarpvizError, match=told):
        read_npz(path)
    (tmp_path / "m.json").write_text('{"layers": [{"residual": 3}]}')
    with pytest.raises(WarpvizError, match="layer 0 should list the layers of its residual, got 3"):
        read_json(tmp_path / "m.json")


@pytest.mark.parametrize(
    ("chain", "told"),
    [
        (
            drawn(0, [2, 3], "relu"),
            r"as many numbers as it takes, got 2→3; end it with a Dense of 2",
        ),
        ([dense([[1.0]], [0.0])], "Residual expects chain to be a Chain, got"),
        (np.tanh, "Residual expects chain to be a Chain"),
    ],
)
def test_what_is_no_f(chain: Any, told: str) -> None:
    with pytest.raises(WarpvizError, match=told):
        Residual(chain)


def test_widths_that_do_not_fit_are_told() -> None:
    with pytest.raises(WarpvizError, match=r"layer 1 \(x \+ f\(x\)\) to take width 3"):
        Chain([*drawn(0, [2, 3], "relu"), Residual(drawn(0, [2, 2], "relu"))])
    with pytest.raises(WarpvizError, match=r"Residual expects x of shape \(N, 2\)"):
        Residual(drawn(0, [2, 2], "relu"))(np.zeros((4, 3)))
