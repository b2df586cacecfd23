"""First folded, then squashed: a layer of relu and a layer of tanh."""

from typing import Any

import warpviz as wv


def make(**look: Any) -> wv.Animation:
    """Rings under both; `look` are fields of `Options`, such as theme and size."""
    data = wv.load_data("rings", seed=0)
    start = wv.mlp([2, 3, 3, 3, 2], ["identity", "relu", "tanh"], seed=5)
    chain = wv.train(start, data, starts=8, seed=5).chain
    return wv.animate(chain, data, **look)


if __name__ == "__main__":
    make().save("title.gif")
