import numpy as np
import pytest

from tests.geometry.nets import UNIT, net
from warpviz.arrays import Floats
from warpviz.geometry.boundary import decision_boundary
from warpviz.geometry.curved.corners import onto_ties
from warpviz.geometry.curved.ties import Ties
from warpviz.model import Chain, Dense


def smooth_then_relu(seed: int) -> Chain:
    rng = np.random.default_rng(seed)
    widths = (2, *rng.integers(2, 9, size=2).tolist(), int(rng.integers(2, 5)))
    names = ("tanh", "relu", "identity")
    layers = [layer for layer in net(widths, seed=seed) if isinstance(layer, Dense)]
    scale = rng.choice([1.0, 2.0, 4.0], size=3)
    return Chain(
        [
            Dense(layer.weight * size, layer.bias, name)
            for layer, size, name in zip(layers, scale, names, strict=True)
        ]
    )


def lead(chain: Chain, x: Floats) -> Floats:
    z = np.sort(chain(x), axis=1)
    return np.asarray((z[:, -1] - z[:, -2]) / np.abs(z).max())


@pytest.mark.slow
@pytest.mark.parametrize("first", range(0, 48, 8))
def test_every_point_of_the_boundary_is_a_tie_also_at_kinks(first: int) -> None:
    for seed in range(first, first + 8):
        chain = smooth_then_relu(seed)
        lines = decision_boundary(chain, UNIT, fine=64)
        if len(lines.vertices):
            assert lead(chain, lines.vertices).max() < 1e-8, seed


@pytest.mark.parametrize("seed", [1, 4, 9])
def test_segments_are_cut_where_the_boundary_has_a_corner(seed: int) -> None:
    chain = smooth_then_relu(seed)
    lines = decision_boundary(chain, UNIT)
    assert lines.polylines
    for line in lines.polylines:
        path = lines.vertices[line.vertices]
        way = np.diff(path, axis=0)
        length = np.hypot(*way.T)
        across = np.column_stack([-way[:, 1], way[:, 0]]) / np.maximum(length, 1e-12)[:, None]
        middle = (path[1:] + path[:-1]) / 2
        # A fifth of a pixel of a sheet 400 pixels wide: on one side one class, on the other not.
        aside = 2 / 400 / 5 * across
        same = chain(middle + aside).argmax(axis=1) == chain(middle - aside).argmax(axis=1)
        inside = (np.abs(middle) < 0.998).all(axis=1)
        assert not (same & inside & (length > 0.004)).any()


def test_points_beside_a_tie_are_moved_onto_it_where_they_may() -> None:
    # Two outputs that tie along 3x + 4y = 0.
    chain = Chain([Dense(np.array([[3.0, 4.0], [0.0, 0.0]]), np.zeros(2))])
    ties, sets = Ties(chain, UNIT, (np.zeros(2), np.eye(2))), np.zeros(6, dtype=np.intp)
    start = np.array([[0.1, 0.0], [0.1, 0.05], [-0.2, 0.1], [0.0, 0.0], [0.9, 0.9], [0.1, 0.0]])
    inside = np.array([[True, True]] * 5 + [[False, True]])
    found = onto_ties(start, inside, ties, sets, 0.2, np.full(6, 1e-12))
    tied = [0, 1, 2, 3, 5]
    np.testing.assert_allclose(found[tied] @ [3.0, 4.0], 0.0, atol=1e-12)
    # What ties stays, and so does what is too far from any; no further than a ring and a way need.
    np.testing.assert_array_equal(found[3:5], start[3:5])
    away = np.abs(start @ [3.0, 4.0])[:3] / 5
    assert (np.hypot(*(found - start)[:3].T) <= 2.0 * away).all()
    assert found[5].tolist() == pytest.approx([0.1, -0.075])
