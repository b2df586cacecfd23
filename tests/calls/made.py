"""What the calls are made with, each made once."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import numpy as np

import warpviz as wv

MODEL = wv.mlp([2, 3, 2], "relu", seed=0)
LAYER = wv.Dense(np.ones((2, 3)), np.zeros(2))
LINE = wv.mlp([1, 3, 1], "relu", seed=0, softmax=False)
DATA = wv.load_data("moons", n=20)
SMALL: dict[str, Any] = {"size": (240, 180), "fps": 2.0, "seconds": 0.5, "hold": 0.0, "jobs": 1}
STUDY: dict[str, Any] = {"layers": [[2]], "seeds": [0], "epochs": 2, "points": 20}
GRADIENT = np.ones((20, 2))
Calls = dict[str, Callable[[], tuple[Callable[..., Any], Mapping[str, Any]]]]
"""By a function's name: the function, ready to be called, and its arguments."""


@cache
def fitted() -> wv.Fit:
    return wv.train(MODEL, DATA, epochs=2)


@cache
def film() -> wv.Animation:
    return wv.animate(MODEL, DATA, **SMALL)


@cache
def found() -> Any:
    return wv.approximate("exp", layers=(2,), steps=2)


@cache
def studied() -> wv.Study:
    return wv.study(STUDY)


@cache
def land() -> Any:
    return wv.line_landscape(steps=4, every=2)
