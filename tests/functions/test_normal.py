"""SciPy is the oracle of the normal distribution."""

import numpy as np
import pytest
from scipy import special, stats  # type: ignore[import-untyped]

from warpviz.functions.normal import erf, lower_tail

Z = np.concatenate([np.linspace(-37, 37, 2001), [0.0, -0.0]])


def test_the_error_function() -> None:
    np.testing.assert_allclose(erf(Z), special.erf(Z), rtol=0, atol=1e-15)
    assert erf([np.inf, -np.inf]).tolist() == [1.0, -1.0]


def test_both_tails_and_the_density() -> None:
    below, density = lower_tail(Z)
    np.testing.assert_allclose(below, special.ndtr(Z), rtol=1e-12, atol=0)
    np.testing.assert_allclose(density, stats.norm.pdf(Z), rtol=1e-12, atol=0)
    # Beyond, all is nil or one, and nothing overflows.
    far = np.array([-1000.0, 1000.0])
    assert lower_tail(far)[0] == pytest.approx([0.0, 1.0], abs=1e-300)


def test_single_precision_stays_single() -> None:
    below, density = lower_tail(Z.astype(np.float32))
    assert below.dtype == density.dtype == np.float32
    np.testing.assert_allclose(below, special.ndtr(Z), atol=2e-7)
