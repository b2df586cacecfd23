"""All activations have equal values in every language, on ten thousand points."""

import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.model.activations.languages import (
    CANCELLING,
    CLOSE,
    LANGUAGES,
    NAMES,
    POINTS,
    disagreement,
)
from warpviz.model.activations import ACTIVATIONS

NEEDS = {"c": "gcc", "javascript": "node"}
MODULES = {"torch": "torch", "onnxruntime": "onnxruntime"}


@pytest.mark.many(quick=1)
@pytest.mark.parametrize("language", LANGUAGES)
def test_values_agree(language: str, tmp_path: Path) -> None:
    if language in NEEDS and shutil.which(NEEDS[language]) is None:
        pytest.skip(f"needs {NEEDS[language]}")
    if language in MODULES:
        pytest.importorskip(MODULES[language])
    assert len(POINTS) > 10_000 and {40.0, -40.0, 0.0, 0.5, -3.0} <= set(POINTS.tolist())
    close = CLOSE.get(language, 1e-12)
    for name, found in zip(NAMES, LANGUAGES[language](NAMES, tmp_path), strict=True):
        least = 2e-11 if name in CANCELLING else 0.0
        assert disagreement(name, found, language) <= max(close, least), name


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in NAMES if ACTIVATIONS[name].torch is not None])
def test_values_and_slopes_are_pytorch_s(name: str) -> None:
    torch = pytest.importorskip("torch")
    record = ACTIVATIONS[name]
    kind, given = record.torch or ("", {})
    module: Any = getattr(torch.nn, kind)(**given).double()
    points = POINTS[
        np.abs(np.subtract.outer(POINTS, record.branches or (99.0,))).min(axis=1) > 1e-9
    ]
    z = torch.tensor(points, requires_grad=True)
    there = module(z)
    there.sum().backward()
    value, slope = record.value_and_slope(points)
    np.testing.assert_allclose(value, there.detach().numpy(), rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(slope, z.grad.numpy(), rtol=1e-7, atol=1e-8)


def test_at_a_kink_the_slope_is_one_of_the_two_sides() -> None:
    for name in NAMES:
        record = ACTIVATIONS[name]
        for at in record.sharp:
            if at in record.jumps:
                continue
            left, here, right = record.derivative(at + np.array([-1e-9, 0.0, 1e-9]))
            assert here == pytest.approx(left, abs=1e-6), (name, at)
            assert abs(left - right) > 1e-3, (name, at)
