"""One unit at a time: every relu folds along one line."""

from typing import Any

import warpviz as wv


def make(**look: Any) -> wv.Animation:
    """The net of the piece relu; `look` are fields of `Options`, such as theme and size."""
    data = wv.load_data("rings", seed=0)
    start = wv.mlp([2, 3, 3, 3, 2], ["identity", "relu", "relu"], seed=1)
    chain = wv.train(start, data, starts=8, seed=1).chain
    return wv.animate(chain, data, one_by_one=True, **look)


if __name__ == "__main__":
    make().save("one_by_one.gif")
