import numpy as np
import pytest

from warpviz.arrays import Floats, Ints
from warpviz.data import load_data
from warpviz.measure.networks.sharpness import lanczos, pass_of, sharpness
from warpviz.model import Activation, Chain, Dense, Residual, Softmax, mlp

DATA = load_data("moons", n=50)


def gradient(chain: Chain, x: Floats, y: Ints) -> Floats:
    """Of the mean cross entropy, by the chain's own backward pass."""
    logits = chain.logits()
    p = Softmax()(logits(x))
    p[np.arange(len(y)), y] -= 1.0
    return np.concatenate([g.ravel() for g in logits.backward(x, p / len(x))[1]])


def differences(chain: Chain, x: Floats, y: Ints, step: float = 1e-5) -> Floats:
    """The Hessian by differences of gradients."""
    arrays = chain.parameters()
    flat = np.concatenate([array.ravel() for array in arrays])
    ends = np.cumsum([array.size for array in arrays])[:-1]

    def at(values: Floats) -> Floats:
        parts = [
            part.reshape(array.shape)
            for part, array in zip(np.split(values, ends), arrays, strict=True)
        ]
        return gradient(chain.with_parameters(parts), x, y)

    rows = [at(flat + step * e) - at(flat - step * e) for e in np.eye(len(flat))]
    return np.asarray(rows) / (2 * step)


CHAINS = {
    "tanh": mlp([2, 3, 3, 2], "tanh", seed=0),
    "relu": mlp([2, 4, 2], "relu", seed=1),
    "gelu": mlp([2, 3, 2], "gelu", seed=2),
    "residual": Chain(
        [
            Dense.of(2, 3, "sin", seed=3),
            Residual(
                Chain([Dense.of(3, 3, seed=4), Activation("softplus"), Dense.of(3, 3, seed=5)])
            ),
            Dense.of(3, 2, seed=6),
            Softmax(),
        ]
    ),
}


@pytest.mark.parametrize("name", CHAINS)
def test_products_are_those_of_the_hessian(name: str) -> None:
    chain = CHAINS[name]
    found = pass_of(chain, DATA.x, DATA.y)
    assert found is not None
    hessian = np.array([found.product(e) for e in np.eye(chain.n_parameters)])
    np.testing.assert_allclose(hessian, hessian.T, atol=1e-14)
    np.testing.assert_allclose(hessian, differences(chain, DATA.x, DATA.y), atol=1e-8)
    largest = np.linalg.eigvalsh(hessian)[-1]
    assert sharpness(chain, DATA.x, DATA.y) == pytest.approx(largest, rel=1e-7)


def test_sharpness_of_a_regression_of_signs() -> None:
    # Logits θ₀ x + b₀, θ₁ x + b₁ at 0: H = Σ x̃ x̃ᵀ / N ⊗ (diag p − p pᵀ), whose second factor has
    # the eigenvalue ½, and whose first is diag(mean x², 1) here.
    x = np.array([[3.0], [-3.0]])
    chain = Chain([Dense(np.zeros((2, 1)), np.zeros(2))])
    assert sharpness(chain, x, np.array([0, 1])) == pytest.approx(4.5, rel=1e-12)


@pytest.mark.parametrize("size", [1, 2, 40, 200])
def test_lanczos_finds_the_largest_eigenvalue(size: int) -> None:
    rng = np.random.default_rng(size)
    turn = np.linalg.qr(rng.normal(size=(size, size)))[0]
    values = np.sort(rng.normal(size=size))
    matrix = turn * values @ turn.T
    assert lanczos(lambda v: matrix @ v, size) == pytest.approx(values[-1], rel=1e-6, abs=1e-9)
    # Below a large negative one, and twice.
    values[0], values[-1] = -50.0, values[-2] if size > 2 else values[-1]
    matrix = turn * values @ turn.T
    assert lanczos(lambda v: matrix @ v, size) == pytest.approx(values.max(), rel=1e-5, abs=1e-7)
    assert lanczos(lambda v: 0 * v, size) == 0.0


def test_sharpness_that_is_undefined_is_none() -> None:
    chain = CHAINS["tanh"]
    assert sharpness(chain, DATA.x, DATA.y + 1) is None
    assert sharpness(chain, DATA.x, DATA.y - 1) is None
    assert sharpness(Chain([Activation("relu")], 2), DATA.x, DATA.y) is None
    vast = chain.with_parameters([1e160 * array for array in chain.parameters()])
    assert sharpness(vast, DATA.x, DATA.y) in (None, 0.0)
