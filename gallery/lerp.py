"""Whole layers, every point on a straight line from state to state."""

from typing import Any

import warpviz as wv


def make(**look: Any) -> wv.Animation:
    """The net of the piece tanh, lerped; `look` are fields of `Options`, such as theme and size."""
    data = wv.load_data("rings", seed=0)
    start = wv.mlp([2, 3, 3, 3, 2], ["identity", "tanh", "tanh"], seed=2)
    chain = wv.train(start, data, starts=8, seed=2).chain
    return wv.animate(chain, data, motion="lerp", whole_layers=True, **look)


if __name__ == "__main__":
    make().save("lerp.gif")
