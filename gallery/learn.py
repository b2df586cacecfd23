"""How the fold is learnt: the last hidden layer over the epochs, beside the loss."""

from typing import Any

import warpviz as wv


def make(**look: Any) -> wv.Animation:
    """Rings under gelu while they are learnt; `look` are fields of `Options`."""
    data = wv.load_data("rings", seed=0)
    fit = wv.train(wv.mlp([2, 8, 8, 2], "gelu", seed=0), data)
    return wv.animate_training(fit, data, **look)


if __name__ == "__main__":
    make().save("learn.gif")
