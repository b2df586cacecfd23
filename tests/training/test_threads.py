"""Training gives the same bytes however many threads numpy's linear algebra has."""

import os
import subprocess
import sys

import pytest

SCRIPT = """
import hashlib
import numpy as np
import warpviz as wv
rng = np.random.default_rng(0)
wide = wv.Dataset(rng.normal(size=(1800, 64)), rng.integers(0, 10, 1800))
for data, widths, name in (
    (wv.load_data("rings"), [2, 3, 3, 2], "relu"),
    (wide, [64, 32, 10], "tanh"),
    (wv.load_data("spirals"), [2, 8, 8, 2], "gelu"),
):
    fit = wv.train(wv.mlp(widths, name, seed=0), data, epochs=40, starts=4)
    print(hashlib.sha256(fit.history.parameters.tobytes()).hexdigest())
"""
LIBRARIES = ("OPENBLAS", "MKL", "OMP", "BLIS", "VECLIB_MAXIMUM")


@pytest.mark.slow
def test_training_does_not_depend_on_threads() -> None:
    told = []
    for count in (1, 2):
        threads = {f"{library}_NUM_THREADS": str(count) for library in LIBRARIES}
        done = subprocess.run(
            [sys.executable, "-c", SCRIPT], env=os.environ | threads, capture_output=True,
            text=True, check=True,
        )  # fmt: skip
        told.append(done.stdout.split())
    assert len(told[0]) == 3 and told[0] == told[1]
