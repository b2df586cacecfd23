"""Which hidden layers separate a data set that is offered by name."""

from warpviz.data.collections import WIDER
from warpviz.data.synthetic import DATASETS, LAYERS


def layers_of(name: str) -> str:
    """Hidden layers that separate a data set; those of most data where the name is no entry.

    >>> layers_of("spirals:3"), layers_of("digits"), layers_of("flowers.csv")
    ('8,8,3', '16', '3:identity,3,3')
    """
    maker = DATASETS.get(str(name).partition(":")[0])
    return WIDER.get(name, LAYERS) if maker is None else maker.layers
