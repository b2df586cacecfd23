"""Films with charts, as tests of their players make them: small, and quickly trained."""

from typing import Any

import numpy as np

import warpviz as wv
from tests.player.engine_page import BARE
from warpviz.data import Dataset, load_data
from warpviz.film.recorder import Recorder

RINGS = load_data("rings", seed=0)


def strayed(widths: list[int], name: str = "relu", snapshots: int = 7, **options: Any) -> Recorder:
    """A record of weights that grow and stray, as nobody would train them: everything moves."""
    rng = np.random.default_rng(0)
    chain = wv.mlp(widths, name, seed=0, **options)
    recorder = Recorder(chain)
    for _ in range(snapshots - 1):
        moved = [1.05 * p + rng.normal(0, 0.05, p.shape) for p in recorder.chains[-1].parameters()]
        recorder.snapshot(model=chain.with_parameters(moved))
    return recorder


def learning(record: Any, data: Dataset = RINGS, **options: Any) -> wv.Animation:
    """A film of training without words around its cloth."""
    return wv.animate_training(
        record, data, **{"size": (640, 320), "hide": BARE, "seconds": 3.0, **options}
    )
