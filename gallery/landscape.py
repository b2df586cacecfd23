"""Three optimizers walk down one loss while the sheet folds."""

from typing import Any

import warpviz as wv


def make(**look: Any) -> wv.Animation:
    """Rings under tanh from one start; `look` are fields of `Options`."""
    data = wv.load_data("rings", seed=0)
    start = wv.mlp([2, 3, 3, 2], "tanh", seed=0)
    names = ("descent", "adam", "lbfgs")
    fits = {name: wv.train(start, data, optimizer=name) for name in names}
    land = wv.loss_landscape(fits, data)
    return wv.animate_landscape(land, fits, data, **look)


if __name__ == "__main__":
    make().save("landscape.gif")
