"""The chain that films are of, and data for it."""

from warpviz.data import load_data
from warpviz.model.chain import Chain
from warpviz.model.init import mlp

SMALL = load_data("rings", n=200)


def film_chain(activation: str, seed: int) -> Chain:
    """The default chain of `warpviz render`: 3:identity,3,3."""
    return mlp([2, 3, 3, 3, 2], ["identity", activation, activation], seed=seed)


GOOD = film_chain("relu", 0)
