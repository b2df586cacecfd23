"""A reflection is a page that turns."""

from typing import Any

import warpviz as wv


def make(**look: Any) -> wv.Animation:
    """Moons, their axes swapped; `look` are fields of `Options`, such as theme and size."""
    data = wv.load_data("moons", seed=0)
    swap = wv.Chain([wv.Dense([[0.0, 1.0], [1.0, 0.0]], [0.0, 0.0])])
    return wv.animate(swap, data, **look)


if __name__ == "__main__":
    make().save("page_flip.gif")
