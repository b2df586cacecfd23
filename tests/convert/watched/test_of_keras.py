"""Watched models of Keras: one of its own with many outputs is the oracle."""

from typing import Any

import numpy as np
import pytest

from tests.convert.watched.nets import X, states_of
from warpviz.convert.watched.watch import watch
from warpviz.errors import WarpvizError


@pytest.mark.slow
def test_keras_models_by_the_names_of_their_layers() -> None:
    import os

    os.environ.setdefault("KERAS_BACKEND", "torch")
    keras = pytest.importorskip("keras")
    inner = keras.Sequential([keras.Input((3,)), keras.layers.Dense(3, "tanh", name="d")], name="s")
    entry = keras.Input((2,))
    h = keras.layers.Dense(3, name="stem")(entry)
    h = keras.layers.Add(name="add")([h, inner(h)])
    h = keras.layers.LayerNormalization(name="norm")(h)
    model = keras.Model(entry, keras.layers.Dense(2, name="head")(h))

    def numbers(value: Any) -> np.ndarray:
        return np.asarray(value.detach().numpy())

    found = watch(model, ["stem", "s.d", "add", "norm", "head"], X)
    oracle = keras.Model(entry, [model.get_layer(name).output for name in ("stem", "add", "norm")])
    for place, wanted in zip((0, 2, 3), oracle(X.astype(np.float32)), strict=True):
        np.testing.assert_allclose(states_of(found)[place], numbers(wanted), rtol=1e-5, atol=1e-6)
    inner_own = numbers(inner(states_of(found)[0].astype(np.float32)))
    np.testing.assert_allclose(states_of(found)[1], inner_own, rtol=1e-5, atol=1e-6)
    assert watch(model, (), X).names == ("stem", "s.d", "add", "norm", "head")
    assert not any("call" in vars(layer) for layer in [*model.layers, *inner.layers])

    class Own(keras.Model):  # type: ignore[misc, name-defined]
        def __init__(self) -> None:
            super().__init__()
            self.one, self.two = (
                keras.layers.Dense(4, name="one"),
                keras.layers.Dense(2, name="two"),
            )

        def call(self, x: Any, training: bool = False) -> Any:
            assert not training
            return self.two(keras.ops.relu(self.one(x)))

    assert watch(Own(), (), X).names == ("one", "two")
    with pytest.raises(WarpvizError, match="did you mean 'stem'"):
        watch(model, ["stme"], X)
