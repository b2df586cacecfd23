"""Chains with residual layers, as torch modules wrote them and as closed forms have them."""

import numpy as np

from warpviz.model import Activation, Chain, Dense, Residual, Softmax


def drawn(seed: int, widths: list[int], name: str) -> Chain:
    """Dense layers of such widths, the last one affine."""
    rng = np.random.default_rng(seed)
    names = [*[name] * (len(widths) - 2), "identity"]
    return Chain(
        [
            Dense(rng.normal(size=(b, a)), rng.normal(size=b), one)
            for a, b, one in zip(widths, widths[1:], names, strict=False)
        ]
    )


def folded() -> Chain:
    """x + relu(−x), which is relu."""
    return Chain([Residual(Chain([Dense(-np.eye(2), np.zeros(2), "relu")]))])


def nested(name: str = "relu", seed: int = 0) -> Chain:
    """Residual layers one after the other and in one another, with and without weights."""
    inner = drawn(seed + 1, [3, 2, 3], name)
    block = Chain([*drawn(seed, [2, 3, 3], name), Residual(inner), *drawn(seed + 2, [3, 2], name)])
    last = drawn(seed + 3, [2, 2], name)
    alone = Residual(Chain([Activation(name)]))
    return Chain([*drawn(seed + 4, [2, 2], name), Residual(block), alone, *last, Softmax()])
