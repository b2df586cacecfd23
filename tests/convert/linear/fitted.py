"""Points of some classes, to fit models of scikit-learn on."""

import numpy as np

RNG = np.random.default_rng(0)


def data(classes: int, features: int = 2) -> tuple[np.ndarray, np.ndarray]:
    x = RNG.normal(size=(120, features)) * (1 + np.arange(features)) + 3
    y = np.arange(120) % classes
    return x + 2 * y[:, None], y
