"""Watched functions of points, of numpy and of JAX."""

from importlib.util import find_spec
from typing import Any

import numpy as np
import pytest

from tests.convert.watched.nets import X, states_of
from warpviz.convert.watched.watch import watch


def test_functions_by_key_and_by_place() -> None:
    def in_dict(x: Any) -> Any:
        return {"square": x**2, "sum": x.sum(axis=1)}

    found = watch(in_dict, ["sum", "square"], X)
    np.testing.assert_allclose(states_of(found)[0][:, 0], X.sum(axis=1))
    np.testing.assert_allclose(states_of(found)[1], X**2)
    np.testing.assert_allclose(found.states(X)[1][:, 0], X.sum(axis=1))  # the last is the output

    def in_list(x: Any) -> Any:
        return [x, np.sin(x), [np.cos(x)][0]]

    assert watch(in_list, (), X).names == ("1", "2")  # the points themselves are the input
    np.testing.assert_allclose(states_of(watch(in_list, ["2"], X))[0], np.cos(X))
    np.testing.assert_allclose(states_of(watch(np.tanh, (), X))[0], np.tanh(X))


if find_spec("jax"):  # It is large.

    @pytest.mark.slow
    def test_functions_of_jax() -> None:
        import jax

        weight = np.random.default_rng(0).normal(size=(2, 3)).astype(np.float32)

        @jax.jit  # type: ignore[untyped-decorator]
        def states(x: Any) -> Any:
            h = jax.numpy.tanh(x @ weight)
            return {"h": h, "z": h @ weight.T}

        found = watch(states, ["h", "z"], X)
        h = np.tanh(X @ weight)
        np.testing.assert_allclose(states_of(found)[0], h, rtol=1e-4, atol=1e-6)
        np.testing.assert_allclose(found.states(X)[1], h @ weight.T, rtol=1e-4, atol=1e-5)
