"""Two spirals are pulled apart: tanh."""

from typing import Any

import warpviz as wv


def make(**look: Any) -> wv.Animation:
    """Spirals under tanh; `look` are fields of `Options`, such as theme and size."""
    data = wv.load_data("spirals", seed=0)
    start = wv.mlp([2, 8, 8, 3, 2], "tanh", seed=0)
    chain = wv.train(start, data, starts=8).chain
    return wv.animate(chain, data, **look)


if __name__ == "__main__":
    make().save("spirals.gif")
