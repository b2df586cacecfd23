"""A half-turn turns: polar motion keeps areas."""

from typing import Any

import numpy as np

import warpviz as wv


def make(**look: Any) -> wv.Animation:
    """Moons, turned by 180°; `look` are fields of `Options`, such as theme and size."""
    data = wv.load_data("moons", seed=0)
    half_turn = wv.Chain([wv.Dense(-np.eye(2), np.zeros(2))])
    return wv.animate(half_turn, data, **look)


if __name__ == "__main__":
    make().save("half_turn.gif")
