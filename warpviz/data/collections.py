"""The well-known tables that come with scikit-learn, by name."""

from importlib import import_module

import numpy as np

from warpviz.data.dataset import Dataset
from warpviz.errors import WarpvizError

COLLECTIONS = {
    "iris": "150 flowers of 3 kinds, 4 measures of each (Fisher 1936); needs scikit-learn",
    "wine": "178 wines of 3 growers, 13 measures of each (UCI); needs scikit-learn",
    "digits": "1797 handwritten digits of 8×8 pixels (UCI); needs scikit-learn",
    "breast_cancer": "569 tumours of 2 kinds, 30 measures of each (UCI); needs scikit-learn",
}
"""Name → what it holds."""

WIDER = {"digits": "16"}
"""Hidden layers, as `--layers` writes them, of what three units cannot tell apart."""


def load_collection(name: str) -> Dataset:
    """One of `COLLECTIONS`, as it is.

    Raises:
        WarpvizError: scikit-learn is not installed.
    """
    try:
        datasets = import_module("sklearn.datasets")
    except ImportError:
        raise WarpvizError(
            f"The data set '{name}' comes with scikit-learn; install it with: "
            "pip install 'warpviz[sklearn]'."
        ) from None
    table = getattr(datasets, f"load_{name}")()
    names = tuple(str(word) for word in table.target_names)
    known = tuple(map(str, getattr(table, "feature_names", ())))
    return Dataset(
        np.asarray(table.data), np.asarray(table.target), names, name, feature_names=known
    )
