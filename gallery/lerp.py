"""The film that was first asked for, lerped layer by layer, beside today's default."""

from typing import Any

import warpviz as wv


def make(**look: Any) -> wv.Animation:
    """The same net twice; `look` are fields of `Options`, such as theme and size."""
    data = wv.load_data("rings", seed=0)
    start = wv.mlp([2, 3, 3, 3, 2], ["identity", "tanh", "tanh"], seed=2)
    chain = wv.train(start, data, starts=8, seed=2).chain
    first = {"motion": "lerp", "whole_layers": True}
    return wv.compare({"lerp": (chain, first), "polar": chain}, data, **look)


if __name__ == "__main__":
    make().save("lerp.gif")
