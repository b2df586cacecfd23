"""A reflection: a page that turns over."""

from typing import Any

import numpy as np

import warpviz as wv


def make(**look: Any) -> wv.Animation:
    """Moons, their axes swapped; `look` are fields of `Options`, such as theme and size."""
    data = wv.load_data("moons", seed=0)
    swap = wv.Chain([wv.Dense(np.eye(2)[::-1], np.zeros(2))])
    return wv.animate(swap, data, **{"seconds": 3.0, **look})


if __name__ == "__main__":
    make().save("page_flip.gif")
