"""The points that the original animation plots: the rings of its training, drawn denser."""

import numpy as np

from warpviz.data.dataset import Dataset
from warpviz.data.synthetic import ring


def classic_plot_data() -> Dataset:
    """The 5,400 plotted points: the inner disc 900 (30 rays), the outer ring 4,500 (150 rays).

    Thirty points on every ray, the order that of `ring`; classes 0 (inner) and 1 (outer).

    >>> classic_plot_data()
    <Dataset rings: 5400 points, 2 features, 2 classes>
    """
    x = np.concatenate([ring(900, 0.001, 1 / 3, n_r=30), ring(4500, 2 / 3, 1.0, n_r=30)])
    return Dataset(x, np.repeat([0, 1], [900, 4500]), ("label1", "label2"), "rings")
