"""Three clouds, three corners: relu."""

from typing import Any

import warpviz as wv


def make(**look: Any) -> wv.Animation:
    """Blobs under relu; `look` are fields of `Options`, such as theme and size."""
    data = wv.load_data("blobs", seed=0)
    start = wv.mlp([2, 3, 3, 3], ["identity", "relu"], seed=3)
    chain = wv.train(start, data, starts=8, seed=3).chain
    return wv.animate(chain, data, **look)


if __name__ == "__main__":
    make().save("blobs.gif")
