"""A laboratory in a notebook: its chain and its data are traits in both directions."""

from typing import Any

import numpy as np
import pytest

import warpviz as wv
from warpviz.errors import WarpvizError
from warpviz.laboratory.handed import layers_of

pytest.importorskip("anywidget", reason="needs anywidget")


@pytest.fixture(scope="module")
def lab() -> wv.Lab:
    return wv.lab(wv.mlp([2, 3, 2], "tanh", seed=1), wv.load_data("moons", n=30))


@pytest.mark.slow
def test_chain_and_data_go_both_ways(lab: wv.Lab) -> None:
    made: Any = wv.widget(lab, step=1)
    assert (made.step, made.theme) == (1, "dark")
    state = made.get_state()
    assert state["chain"] == layers_of(lab.chain)
    assert np.allclose(state["data"]["x"], lab.data.x)
    seen: list[Any] = []
    made.observe(lambda change: seen.append(change["new"]), "chain")
    layers = [{**layer, "bias": [b + 1 for b in layer["bias"]]} for layer in state["chain"]]
    made.set_state({"chain": layers})
    (first, *_), (own, *_) = seen[0].layers, lab.chain.layers
    assert len(seen) == 1 and np.allclose(first.bias, np.asarray(vars(own)["bias"]) + 1)
    assert np.allclose(made.chain(lab.data.x).sum(axis=1), 1)
    made.set_state(
        {"data": {"x": [[0.0, 1.0], [1.0, 0.0]], "y": [0, 1], "class_names": ["a", "b"]}}
    )
    assert made.data.x.tolist() == [[0.0, 1.0], [1.0, 0.0]]
    made.chain = wv.mlp([2, 4, 2], "relu", seed=0)
    assert len(made.get_state("chain")["chain"][0]["bias"]) == 4
    with pytest.raises(WarpvizError, match="chain expects a Chain"):
        made.chain = 3
    with pytest.raises(WarpvizError, match="up to 8 units"):
        made.chain = wv.mlp([2, 9, 2])
    with pytest.raises(WarpvizError, match="data expects a Dataset"):
        made.data = [1]
    made.close()
