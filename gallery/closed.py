"""Two units a layer: no monotone activation closes the boundary, but gelu, silu and sin can."""

from typing import Any

import warpviz as wv
from warpviz.geometry.boundary import decision_boundary


def closes(chain: wv.Chain) -> bool:
    """Whether a piece of the decision boundary comes back to itself around the disc."""
    lines = decision_boundary(chain, (-1.1, 1.1, -1.1, 1.1)).polylines
    return any(line.vertices[0] == line.vertices[-1] for line in lines)


def make(**look: Any) -> wv.Animation:
    """Ten seeds each, the best is shown (Beise, Dias da Cruz, Schröder, arXiv:1807.01194)."""
    data, chains = wv.load_data("rings", seed=0), {}
    for name in "relu leaky_relu tanh sigmoid elu softplus gelu silu sin".split():
        fit = wv.train(wv.mlp([2, 2, 2, 2], name, seed=0), data, starts=10)
        chains[f"{name} · {sum(map(closes, fit.ends))} of 10 closed"] = fit.chain
    return wv.compare(chains, data, **look)


if __name__ == "__main__":
    make().save("closed.gif")
