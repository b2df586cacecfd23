"""Affine layers as matrices."""

import numpy as np

import warpviz as wv
from warpviz.explain.formulas.matrices import collapsed


def test_affine_layers_alone_collapse() -> None:
    chain = wv.mlp([3, 4, 4, 2], "identity", seed=1, softmax=False)
    whole = collapsed(chain)
    assert whole is not None
    x = np.random.default_rng(1).normal(size=(9, 3))
    np.testing.assert_allclose(x @ whole[0].T + whole[1], chain(x), atol=1e-12)
    latex = wv.formula(chain, form="matrix").latex
    assert r"W = W^{(3)} W^{(2)} W^{(1)}" in latex and latex.count("pmatrix") == 2 * 8
    assert collapsed(wv.mlp([2, 2, 2], "relu")) is None
