"""The plane is bent smoothly, and cut: gelu."""

from typing import Any

import warpviz as wv


def make(**look: Any) -> wv.Animation:
    """Rings under gelu; `look` are fields of `Options`, such as theme and size."""
    data = wv.load_data("rings", seed=0)
    start = wv.mlp([2, 3, 3, 3, 2], ["identity", "gelu", "gelu"], seed=3)
    chain = wv.train(start, data, starts=8, seed=3).chain
    return wv.animate(chain, data, **look)


if __name__ == "__main__":
    make().save("gelu.gif")
