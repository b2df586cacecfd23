"""Folded, squashed, bent: relu, tanh and gelu side by side."""

from typing import Any

import warpviz as wv


def make(**look: Any) -> wv.Animation:
    """The same rings, seed and clock; `look` are fields of `Options`, such as theme and size."""
    data = wv.load_data("rings", seed=0)
    chains = {}
    for name in ("relu", "tanh", "gelu"):
        start = wv.mlp([2, 3, 3, 3, 2], ["identity", name, name], seed=5)
        fit = wv.train(start, data, starts=8, seed=5)
        assert fit.history.accuracies is not None
        chains[f"{name} · {fit.history.accuracies[-1]:.1%}"] = fit.chain
    return wv.compare(chains, data, **look)


if __name__ == "__main__":
    make().save("compare.gif")
