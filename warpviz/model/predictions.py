"""What a chain says of points: class probabilities, or shares of levels."""

import numpy as np

from warpviz.arrays import Floats
from warpviz.data.dataset import Dataset
from warpviz.model.chain import Chain
from warpviz.model.layers import Softmax


def tints(chain: Chain, x: Floats, data: Dataset) -> Floats:
    """What the model says of points (N, n_in): class probabilities, or shares of levels (N, C)."""
    if data.targets is not None:
        return data.levels_of(chain(x)[:, 0])
    return predicted(chain, x)


def predicted(chain: Chain, x: Floats) -> Floats:
    """Class probabilities (N, C) of points; even where one output tells of none."""
    logits = chain.logits()(x)
    return np.full((len(logits), 2), 0.5) if logits.shape[1] == 1 else Softmax()(logits)
