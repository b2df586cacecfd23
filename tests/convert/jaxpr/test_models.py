"""What the models of JAX give is the oracle; all where JAX is installed: it is large.

`pip install -e '.[frameworks]'`
"""

import os
from importlib.util import find_spec
from typing import Any

import numpy as np
import pytest

import warpviz as wv
from warpviz.errors import WarpvizError

os.environ.setdefault("JAX_PLATFORMS", "cpu")
X = np.random.default_rng(0).normal(size=(20, 2)).astype(np.float32)

if all(map(find_spec, ("jax", "equinox", "flax"))):
    import equinox as eqx
    import jax
    import jax.numpy as jnp
    from flax import linen, nnx
    from flax.training.train_state import TrainState

    def close(chain: wv.Chain, expected: Any) -> None:
        np.testing.assert_allclose(chain(X), np.asarray(expected), rtol=1e-4, atol=1e-5)

    ACTING: dict[str, Any] = {
        "relu": jax.nn.relu, "tanh": jnp.tanh, "sigmoid": jax.nn.sigmoid, "silu": jax.nn.silu,
        "gelu_tanh": jax.nn.gelu, "gelu": lambda z: jax.nn.gelu(z, approximate=False),
        "elu": jax.nn.elu, "leaky_relu": jax.nn.leaky_relu, "softplus": jax.nn.softplus,
        "sin": jnp.sin,
    }  # fmt: skip

    @pytest.mark.many(quick=1)
    @pytest.mark.filterwarnings("ignore")
    @pytest.mark.parametrize("name", ACTING)
    def test_an_mlp_of_equinox(name: str) -> None:
        model = eqx.nn.MLP(2, 3, 4, 2, activation=ACTING[name], key=jax.random.key(0))
        chain = wv.to_chain(model)
        assert [layer.activation for layer in chain] == [name, name, "identity"]  # type: ignore[union-attr]
        close(chain, jax.vmap(model)(X))

    @pytest.mark.slow
    @pytest.mark.filterwarnings("ignore")
    def test_sequences_and_modules_of_equinox() -> None:
        keys = jax.random.split(jax.random.key(0), 2)
        model = eqx.nn.Sequential(
            [
                eqx.nn.Linear(2, 4, use_bias=False, key=keys[0]), eqx.nn.Lambda(jnp.tanh),
                eqx.nn.Dropout(0.5), eqx.nn.Linear(4, 3, key=keys[1]),
                eqx.nn.Lambda(jax.nn.softmax),
            ]
        )  # fmt: skip
        close(wv.to_chain(model), jax.vmap(eqx.nn.inference_mode(model))(X))

        class Own(eqx.Module):  # type: ignore[misc]
            weight: jax.Array
            inner: eqx.nn.Linear

            def __call__(self, x: Any) -> Any:
                h = self.inner(x @ self.weight - 1)
                return (h * jax.nn.sigmoid(h))[::2]

        own = Own(jax.random.normal(keys[0], (2, 3)), eqx.nn.Linear(3, 4, key=keys[1]))
        chain = wv.to_chain(own)
        close(chain, jax.vmap(own)(X))
        assert chain.widths[-1] == 2

    @pytest.mark.filterwarnings("ignore")
    def test_each_step_makes_a_new_model_of_the_same_form() -> None:
        from warpviz.convert.jaxpr.models import _TRACED

        recorder = wv.Recorder()
        _TRACED.clear()
        for seed in range(3):
            model = eqx.nn.MLP(2, 2, 3, 1, key=jax.random.key(seed))
            recorder.snapshot(0.5, model=model)
            close(recorder.chains[-1], jax.vmap(model)(X))
        assert len(recorder) == 3 and len(_TRACED) == 1

    class Net(nnx.Module):  # type: ignore[misc]
        def __init__(self) -> None:
            rngs = nnx.Rngs(0)
            self.a, self.b = nnx.Linear(2, 4, rngs=rngs), nnx.Linear(4, 2, rngs=rngs)
            self.norm, self.drop = nnx.BatchNorm(4, rngs=rngs), nnx.Dropout(0.5, rngs=rngs)

        def __call__(self, x: Any) -> Any:
            x = x.reshape((x.shape[0], -1))
            return nnx.log_softmax(self.b(nnx.relu(self.drop(self.norm(self.a(x))))))

    @pytest.mark.slow
    @pytest.mark.filterwarnings("ignore")
    def test_a_module_of_nnx_as_it_is_after_training() -> None:
        model = Net()
        model(X * 3 + 1)  # moves the statistics of the normalisation
        chain = wv.to_chain(model)
        assert [type(layer).__name__ for layer in chain] == ["Dense", "Dense", "Softmax"]
        model.eval()
        close(chain, model(X))

    class Linen(linen.Module):  # type: ignore[misc]
        @linen.compact  # type: ignore[untyped-decorator]
        def __call__(self, x: Any) -> Any:
            return linen.Dense(3)(linen.silu(linen.Dense(4)(x)))

    @pytest.mark.slow
    @pytest.mark.filterwarnings("ignore")
    def test_a_module_of_linen_with_its_parameters() -> None:
        module = Linen()
        variables = module.init(jax.random.key(0), X)
        params = variables["params"]
        for given in (
            (module, variables), (module, params), module.bind(variables),
            TrainState(0, module.apply, params, None, None),
        ):  # fmt: skip
            close(wv.to_chain(given), module.apply(variables, X))
        with pytest.raises(WarpvizError, match=r"give the pair \(module, variables\)"):
            wv.to_chain(module)
        film = wv.animate((module, params), X, np.arange(20) % 3, size=(240, 180))
        assert "2-4-3" in film.description

    class Skipping(eqx.Module):  # type: ignore[misc]
        inner: eqx.nn.Linear
        how: str = eqx.field(static=True)

        def __call__(self, x: Any) -> Any:
            if self.how == "skip":
                return x + jax.nn.relu(self.inner(x))
            if self.how == "times":
                return x * jax.nn.relu(self.inner(x))
            if self.how == "norm":
                return self.inner(x) / jnp.linalg.norm(x)
            return self.inner(x) if x.sum() > 0 else x

    @pytest.mark.filterwarnings("ignore")
    @pytest.mark.parametrize(
        ("how", "told"),
        [("times", "mul, step 4 of 4 .*joins two paths"), ("norm", "Cannot translate"),
         ("choose", "cannot be traced on a point")],
    )  # fmt: skip
    def test_what_is_no_chain_is_refused_in_a_whole_sentence(how: str, told: str) -> None:
        with pytest.raises(WarpvizError, match=told) as caught:
            wv.to_chain(Skipping(eqx.nn.Linear(2, 2, key=jax.random.key(0)), how))
        assert str(caught.value).endswith(".") and "\n" not in str(caught.value)

    @pytest.mark.filterwarnings("ignore")
    def test_a_skip_is_a_residual_layer() -> None:
        model = Skipping(eqx.nn.Linear(2, 2, key=jax.random.key(0)), "skip")
        chain = wv.to_chain(model)
        assert [type(layer).__name__ for layer in chain] == ["Residual"]
        close(chain, jax.vmap(model)(X))

    @pytest.mark.filterwarnings("ignore")
    def test_parameters_that_are_no_numbers() -> None:
        model = eqx.nn.Linear(2, 2, key=jax.random.key(0))
        model = eqx.tree_at(lambda m: m.bias, model, jnp.full(2, jnp.nan))
        with pytest.raises(WarpvizError, match=r"NaN or infinity .*go back to weights from before"):
            wv.to_chain(model)


def test_operations_are_those_of_numpy() -> None:
    """Without JAX: a product, a sum and a formula, as JAX writes them down."""
    from warpviz.convert.jaxpr.steps import OPERATIONS

    numbers = {"dimension_numbers": (((1,), (0,)), ((), ()))}
    product = OPERATIONS["dot_general"]((X, np.eye(2)), numbers, (20, 2))
    np.testing.assert_array_equal(product, X)
    spread = {"shape": (2, 3), "broadcast_dimensions": (1,)}
    np.testing.assert_array_equal(
        OPERATIONS["broadcast_in_dim"]((np.arange(3),), spread, (2, 3)), [[0, 1, 2], [0, 1, 2]]
    )
    chosen = OPERATIONS["select_n"]((X > 0, -X, X), {}, X.shape)
    np.testing.assert_array_equal(chosen, np.abs(X))
