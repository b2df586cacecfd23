"""Folded by hand into a quarter, |x₁ + x₂| against |x₁ − x₂|: xor."""

from typing import Any

import numpy as np

import warpviz as wv


def make(**look: Any) -> wv.Animation:
    """Nothing is trained here; `look` are fields of `Options`, such as theme and size."""
    data = wv.load_data("xor", n=600, seed=0)
    creases = np.array([[1.0, 1.0], [-1.0, -1.0], [1.0, -1.0], [-1.0, 1.0]])
    sums = np.array([[1.0, 1.0, 0.0, 0.0], [0.0, 0.0, 1.0, 1.0]])
    chain = wv.Chain([wv.Dense(creases, np.zeros(4), "relu"), wv.Dense(sums, np.zeros(2))])
    return wv.animate(chain, data, **look)


if __name__ == "__main__":
    make().save("xor.gif")
