"""Creases and boundary of one chain, without cells."""

import numpy as np
import pytest

from warpviz.geometry.creased import final_lines
from warpviz.model import Chain, Dense, mlp

LIMITS = (-1.0, 1.0, -1.0, 1.0)


@pytest.mark.parametrize(
    ("name", "level"), [("relu", 0.0), ("gelu", -0.7517915247), ("clip(z, -0.2, 0.3)", None)]
)
def test_creases_lie_where_units_are_at_a_level(name: str, level: float | None) -> None:
    chain = mlp([2, 4, 3, 2], name, seed=3)
    chain = Chain([Dense(3.0 * layer.weight, layer.bias + 0.1, layer.activation)  # type: ignore[union-attr]
                   for layer in chain.logits()])  # fmt: skip
    lines = final_lines(chain, LIMITS)
    kinds = {(line.kind, line.layer) for line in lines.polylines}
    assert {("crease", 0), ("boundary", 0)} <= kinds
    for line in lines.polylines:
        places = lines.vertices[line.vertices]
        assert len(line.vertices) > 1
        if line.kind == "boundary":
            z = chain(places)
            np.testing.assert_allclose(z[:, 0], z[:, 1], atol=1e-8)
            continue
        layer = chain[line.layer]
        assert isinstance(layer, Dense)
        z = layer.affine(chain[: line.layer](places))[:, line.unit]
        levels = np.array([-0.2, 0.3] if level is None else [level])
        assert np.abs(z[:, None] - levels).min(axis=1).max() < 1e-6


def test_only_what_is_asked_for() -> None:
    chain = mlp([2, 4, 4, 2], "relu", seed=1)
    every = final_lines(chain, LIMITS)
    first = final_lines(chain, LIMITS, layers=1)
    assert {line.layer for line in first.polylines if line.kind == "crease"} == {0}
    assert {line.layer for line in every.polylines if line.kind == "crease"} == {0, 1}
    assert {x.kind for x in final_lines(chain, LIMITS, creases=False).polylines} == {"boundary"}
    assert {x.kind for x in final_lines(chain, LIMITS, boundary=False).polylines} == {"crease"}
    assert not final_lines(mlp([2, 4, 1], "tanh", softmax=False), LIMITS).polylines
    assert not final_lines(chain, LIMITS, layers=0, boundary=False).polylines


def test_on_a_plane_of_more_features() -> None:
    chain = mlp([3, 4, 2], "tanh", seed=2)
    plane = (np.array([0.1, -0.2, 0.3]), np.array([[1.0, 0.0], [0.0, 1.0], [0.5, 0.5]]))
    lines = final_lines(chain, LIMITS, plane=plane)
    z = chain.logits()(lines.vertices @ plane[1].T + plane[0])
    np.testing.assert_allclose(z[:, 0], z[:, 1], atol=1e-8)
