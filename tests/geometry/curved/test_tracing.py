import contourpy
import numpy as np
import pytest

from tests.geometry.nets import UNIT, dense, net
from warpviz.arrays import Floats
from warpviz.geometry.curved import tracing
from warpviz.geometry.curved.squares import grid_points
from warpviz.geometry.curved.ties import level_pair
from warpviz.geometry.curved.tracing import traced, traced_levels
from warpviz.geometry.sheet import BOUNDARY
from warpviz.model import Chain, Dense


def gaps(chain: Chain, x: Floats) -> Floats:
    logits = np.sort(chain(x), axis=1)
    return np.asarray(logits[:, -1] - logits[:, -2])


def sine(frequency: float) -> Chain:
    """Logits sin(frequency x) and 0."""
    return Chain([dense([[frequency, 0]], [0], "sin"), dense([[1], [0]], [0, 0])])


def test_sine_stripes_are_where_they_should_be() -> None:
    lines = traced(sine(7.0), UNIT)
    expected = np.arange(-2, 3) * np.pi / 7
    found = sorted(lines.vertices[line.vertices, 0].mean() for line in lines.polylines)
    assert found == pytest.approx(expected, abs=1e-9)
    for line in lines.polylines:
        path = lines.vertices[line.vertices]
        assert np.ptp(path[:, 0]) < 1e-9
        assert sorted(path[[0, -1], 1]) == [-1.0, 1.0]


@pytest.mark.many(quick=1)
@pytest.mark.parametrize("activation", ["tanh", "gelu", "sin", "softplus", "relu"])
@pytest.mark.parametrize("classes", [2, 3, 5])
def test_the_largest_logits_agree_on_the_lines(activation: str, classes: int) -> None:
    for seed in range(4):
        chain = net((2, 8, 8, classes), activation, seed=seed)
        lines = traced(chain, UNIT, fine=96)
        if len(lines.vertices):
            assert gaps(chain, lines.vertices).max() < 1e-9


def test_the_lines_are_those_of_contourpy() -> None:
    chain, n = net((2, 8, 8, 2), "tanh", seed=5), 192
    logits = chain(grid_points(UNIT, n))
    axis = np.linspace(-1, 1, n + 1)
    difference = (logits[:, 0] - logits[:, 1]).reshape(n + 1, n + 1)
    contours = contourpy.contour_generator(axis, axis, difference, line_type="Separate")
    theirs = np.concatenate([np.asarray(line) for line in contours.lines(0.0)])
    lines = traced(chain, UNIT, fine=n)
    assert len(lines.vertices) > 100
    for line in lines.polylines:
        tips = lines.vertices[line.vertices[[0, -1]]]
        assert (np.abs(tips).max(axis=1) == 1).all() or line.vertices[0] == line.vertices[-1]
    distance = np.hypot(*(theirs[:, None] - lines.vertices[None]).transpose(2, 0, 1))
    assert distance.min(axis=0).max() < 2 / n and distance.min(axis=1).max() < 2 / n


def test_three_classes_meet_in_one_vertex() -> None:
    # tanh is monotone, so the winners are those of the linear functions inside it.
    angles = np.array([0.3, 0.3 + 2 * np.pi / 3, 0.3 + 4 * np.pi / 3])
    weight = np.column_stack([np.cos(angles), np.sin(angles)])
    chain = Chain([Dense(weight, -weight @ np.array([0.213, -0.117]), "tanh")])
    lines = traced(chain, UNIT)
    ends = [lines.vertices[line.vertices[[0, -1]]] for line in lines.polylines]
    near = [np.hypot(*(end - [0.213, -0.117]).T).min() for end in ends]
    assert len(near) == 3 and max(near) < 1e-9
    logits = np.sort(chain(lines.vertices), axis=1)
    assert (logits[:, 2] - logits[:, 1]).max() < 1e-9


def test_no_boundary_no_lines() -> None:
    lines = traced(Chain([dense([[1, 0], [1, 0]], [0, 5], "tanh")]), UNIT)
    assert lines.polylines == () and lines.vertices.shape == (0, 2)


def test_in_a_plane_among_many_features() -> None:
    rng = np.random.default_rng(1)
    chain, plane = net((6, 8, 3), "tanh", seed=3), (rng.normal(size=6), rng.normal(size=(6, 2)))
    lines = traced(chain, UNIT, plane=plane)
    assert len(lines.vertices) > 100
    assert gaps(chain, plane[0] + lines.vertices @ plane[1].T).max() < 1e-9


def test_a_tangle_is_told_and_not_drawn() -> None:
    weight = 1e3 * np.random.default_rng(0).normal(size=(3, 2))
    chain = Chain([dense(weight, np.zeros(3), "sin"), dense([[1, 0, 1], [0, 1, 0]], [0, 0])])
    lines = traced(chain, UNIT)
    ((layer, crossed, drawn),) = lines.left_out
    assert layer == BOUNDARY and 192**2 / 3 < crossed <= 192**2 and drawn == 0
    assert not lines.polylines and len(lines.vertices) == 0 and lines.unsure
    assert not traced(Chain([dense(weight / 50, np.zeros(3), "sin"), chain[1]]), UNIT).left_out


def test_without_lines_there_are_no_places() -> None:
    still = Chain([dense([[1, 0], [1, 0]], [0, 5], "tanh")])
    touching = Chain([dense([[1, 0]], [-1.0], "square"), dense([[1], [0]], [0, 0])])
    for chain in (still, touching, Chain([dense(np.zeros((2, 2)), [0, 0], "tanh")])):
        for hidden in (True, False):
            lines = traced(chain, UNIT, fine=16, hidden=hidden)
            assert lines.vertices.shape[1] == 2 and not lines.left_out


@pytest.mark.parametrize("activation", ["gelu", "sin"])
@pytest.mark.parametrize("hidden", [False, True])
def test_levels_together_are_those_of_each_by_itself(activation: str, hidden: bool) -> None:
    chain, rng = net((2, 5, 4), activation, seed=3), np.random.default_rng(0)
    wanted = [(unit, level) for unit in range(4) for level in rng.uniform(-1, 1, 3).tolist()]
    wanted.append((0, 1e6))  # never reached
    together = traced_levels(chain, wanted, UNIT, fine=48, hidden=hidden)
    assert len(together[-1].vertices) == 0 and not together[-1].polylines
    for one, lines in zip(wanted, together, strict=True):
        alone = traced(level_pair(chain, *one), UNIT, fine=48, hidden=hidden)
        assert lines.unsure == alone.unsure
        np.testing.assert_allclose(lines.vertices, alone.vertices, rtol=0, atol=1e-12)
        paths = [[line.vertices.tolist() for line in each.polylines] for each in (lines, alone)]
        assert paths[0] == paths[1]
        z = chain(lines.vertices)[:, one[0]]
        np.testing.assert_allclose(z, one[1], atol=1e-9)


def test_many_levels_are_looked_at_a_part_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    chain = net((2, 5, 4), "tanh", seed=3)
    wanted = [(unit, level) for unit in range(4) for level in (-0.3, 0.1, 0.4)]
    at_once = traced_levels(chain, wanted, UNIT, fine=32)
    monkeypatch.setattr(tracing, "AT_ONCE", 100)
    in_parts = traced_levels(chain, wanted, UNIT, fine=32)
    for one, other in zip(at_once, in_parts, strict=True):
        np.testing.assert_allclose(one.vertices, other.vertices, rtol=0, atol=1e-12)
