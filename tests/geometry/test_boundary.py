import numpy as np
import pytest
from hypothesis import given

from tests.examples import examples
from tests.geometry.nets import SLANTED, UNIT, dense, net, straight_chains
from warpviz.arrays import Floats
from warpviz.errors import WarpvizError
from warpviz.geometry import boundary
from warpviz.geometry.boundary import decision_boundary, level_lines
from warpviz.geometry.sheet import Limits
from warpviz.geometry.straight.winners import Lines
from warpviz.model import Chain, Softmax


def ends(lines: Lines) -> tuple[Floats, Floats]:
    """Start and end of every segment."""
    start = [lines.vertices[line.vertices[:-1]] for line in lines.polylines]
    end = [lines.vertices[line.vertices[1:]] for line in lines.polylines]
    return np.concatenate([np.zeros((0, 2)), *start]), np.concatenate([np.zeros((0, 2)), *end])


@pytest.mark.slow
@examples(80)
@given(straight_chains(most_outputs=5))
def test_the_largest_logits_agree_all_along(chain: Chain) -> None:
    start, end = ends(decision_boundary(chain, SLANTED))
    for part in (0.0, 0.3, 1.0):
        logits = np.sort(chain(start + part * (end - start)), axis=1)
        assert (logits[:, -1] - logits[:, -2]).max(initial=0.0) < 1e-9


@examples(40)
@given(straight_chains(most_outputs=5))
def test_the_class_changes_only_across_the_boundary(chain: Chain) -> None:
    start, end = ends(decision_boundary(chain, SLANTED))
    y = 0.7654321
    x = np.linspace(-2, 3, 4001)
    scan = np.column_stack([x, np.full_like(x, y)])
    logits = chain(scan)
    best = np.sort(logits, axis=1)
    clear = (best[:, -1] - best[:, -2]) > 1e-9
    label = logits.argmax(axis=1)
    changes = np.flatnonzero((label[1:] != label[:-1]) & clear[1:] & clear[:-1])
    over = (start[:, 1] > y) != (end[:, 1] > y)
    a, b = start[over], end[over]
    crossing = a[:, 0] + (y - a[:, 1]) / (b[:, 1] - a[:, 1]) * (b[:, 0] - a[:, 0])
    for k in changes:
        assert ((crossing > x[k] - 1e-9) & (crossing < x[k + 1] + 1e-9)).any()
    assert len(crossing) >= len(changes)


def test_a_straight_line_is_two_points() -> None:
    lines = decision_boundary(Chain([dense([[1, 1], [0, 0]], [0, 0]), Softmax()]), UNIT)
    (line,) = lines.polylines
    assert sorted(lines.vertices[line.vertices].tolist()) == [[-1.0, 1.0], [1.0, -1.0]]
    assert (line.kind, line.layer, line.unit) == ("boundary", 0, -1)


def test_a_diamond_is_one_closed_line() -> None:
    # |x| + |y| against 1/2.
    first = dense([[1, 0], [-1, 0], [0, 1], [0, -1]], [0] * 4, "relu")
    chain = Chain([first, dense([[1, 1, 1, 1], [0, 0, 0, 0]], [-0.5, 0])])
    lines = decision_boundary(chain, UNIT)
    (line,) = lines.polylines
    path = lines.vertices[line.vertices]
    assert line.vertices[0] == line.vertices[-1] and len(path) == 5
    assert sorted(path[:-1].tolist()) == [[-0.5, 0], [0, -0.5], [0, 0.5], [0.5, 0]]


def test_tracing_takes_over_past_the_stated_number_of_regions() -> None:
    chain = net((2, 6, 6, 3), seed=2)
    exact, rough = decision_boundary(chain, UNIT), decision_boundary(chain, UNIT, max_regions=1)
    assert len(rough.vertices) > len(exact.vertices) > 3
    start, end = ends(exact)
    along = end - start
    to = rough.vertices[:, None] - start[None]
    part = np.clip((to * along).sum(axis=2) / (along**2).sum(axis=1), 0, 1)
    assert np.linalg.norm(to - part[..., None] * along, axis=2).min(axis=1).max() < 1e-9


def test_one_output_has_no_boundary() -> None:
    with pytest.raises(WarpvizError, match="expects a chain of 2 outputs or more, got 1"):
        decision_boundary(Chain([dense([[1, 1]], [0])]), UNIT)


@pytest.mark.parametrize("activation", ["relu", "gelu"])
def test_level_lines_have_their_level(activation: str) -> None:
    chain = net((2, 5, 4), activation, seed=1)
    for unit in range(4):
        lines = level_lines(chain, [(unit, 0.2)], UNIT, fine=64)[0]
        if len(lines.vertices):
            assert chain(lines.vertices)[:, unit] == pytest.approx(0.2, abs=1e-9)
            start, end = ends(lines)
            assert np.hypot(*(end - start).T).max() < 2 * np.sqrt(2) / 64


@pytest.mark.parametrize(
    ("hidden", "weight", "shift"),
    [
        ([[1, 0], [0, 0]], [1, 0], 0.0),  # the border x = -1
        ([[-1, 0], [0, 0]], [1, 0], 0.0),  # the border x = 1
        ([[1, 1], [0, 0]], [1, 0], 1.0),  # the corner
        ([[1, 0], [-1, 0]], [1, 1], 0.0),  # along x = 0, from both sides
    ],
)
@pytest.mark.parametrize("activation", ["tanh", "softplus", "relu"])
def test_logits_that_tie_without_crossing_have_no_line(
    hidden: list[list[float]], weight: list[float], shift: float, activation: str
) -> None:
    bias = [1.0 + shift, 0.0] if hidden[1] == [0, 0] else [0.0, 0.0]
    first = dense(hidden, bias, activation)
    # The least value of the first logit within the limits, by its form: at the border or x = 0.
    least = first(np.zeros((1, 2)) if hidden[1] != [0, 0] else np.array([[-hidden[0][0], -1.0]]))
    still: list[float] = [0.0, 0.0]
    second = dense([weight, still], [-float((least @ np.array(weight)).item()), 0.0])
    assert decision_boundary(Chain([first, second]), UNIT).polylines == ()
    assert decision_boundary(Chain([first, second]), UNIT).vertices.shape == (0, 2)


@pytest.mark.parametrize(("fine", "most"), [(96, 3_000), (192, 12_000), (384, 48_000)])
def test_a_third_of_all_squares_is_a_tangle(
    fine: int, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []

    def none(chain: Chain, limits: Limits, *, tangled: int, **given: object) -> None:
        asked.append(tangled)

    monkeypatch.setattr(boundary, "traced", none)
    decision_boundary(net((2, 3, 2), "tanh"), UNIT, fine=fine)
    assert asked == [most]
