import numpy as np
import pytest
from hypothesis import given, settings

from tests.geometry.nets import SLANTED, UNIT, assert_tiles, centroids, dense, net, straight_chains
from warpviz.errors import WarpvizError
from warpviz.geometry.plane import checked
from warpviz.geometry.straight.pieces import Pieces, is_piecewise_linear, subdivide
from warpviz.geometry.straight.polygons import rectangle
from warpviz.model import Activation, Chain, Dense, Softmax
from warpviz.model.layers import Layer


def cut(chain: Chain, cells: int = 1) -> Pieces:
    pieces = subdivide(chain, rectangle(SLANTED, cells))
    assert pieces is not None
    return pieces


@settings(derandomize=True, deadline=None, max_examples=60)
@given(straight_chains())
def test_maps_and_vertices_agree_with_the_forward_pass(chain: Chain) -> None:
    pieces = cut(chain, 3)
    points, n_out = pieces.polygons.points, chain.widths[-1]
    assert_tiles(points[:, :2], pieces.polygons.corners, pieces.polygons.offsets, SLANTED)
    middle = centroids(points[:, :2], pieces.polygons)
    affine = np.einsum("ri,rio->ro", np.column_stack([middle, np.ones(len(middle))]), pieces.maps)
    assert affine == pytest.approx(chain(middle), abs=1e-9)
    assert points[:, 2 : 2 + n_out] == pytest.approx(chain(points[:, :2]), abs=1e-9)


@settings(derandomize=True, deadline=None, max_examples=60)
@given(straight_chains())
def test_creases_lie_where_their_unit_bends(chain: Chain) -> None:
    pieces = cut(chain)
    for line in pieces.crease_lines():
        before = chain[: line.layer](pieces.polygons.points[line.vertices, :2])
        layer = chain[line.layer]
        assert isinstance(layer, Dense)
        assert np.abs(layer.affine(before)[:, line.unit]).max() < 1e-9


def test_split_chains_give_the_same_pieces_one_layer_later() -> None:
    chain = net((2, 4, 3, 2))
    whole, split = cut(chain), cut(chain.split())
    assert (whole.codes == split.codes).all()
    assert (whole.polygons.points == split.polygons.points).all()
    assert set(whole.units[:, 0]) == {0, 1} and set(split.units[:, 0]) == {1, 3}


def test_a_unit_that_is_zero_on_one_side_does_not_bend_there() -> None:
    # relu(relu(x)): the second unit is zero or above, so only the first one folds.
    chain = Chain([dense([[1.0, 0.0]], [0.0], "relu"), dense([[1.0]], [0.0], "relu")])
    assert [(line.layer, line.unit) for line in cut(chain).crease_lines()] == [(0, 0)]


def test_units_that_bend_together_share_their_edges() -> None:
    chain = Chain([dense([[1.0, 0.5], [-2.0, -1.0]], [-0.5, 1.0], "relu")])
    pieces = cut(chain)
    first, second = pieces.crease_lines()
    assert (first.unit, second.unit) == (0, 1) and len(pieces.polygons) == 2
    assert first.vertices.tolist() == second.vertices.tolist()


def test_several_breakpoints_a_unit(monkeypatch: pytest.MonkeyPatch) -> None:
    from warpviz.model.activations import ACTIVATIONS
    from warpviz.model.activations.fills import Reals
    from warpviz.model.activations.function import ActivationFunction

    def clip(z: Reals, value: Reals, slope: Reals) -> None:
        value[...] = np.clip(z, 0.0, 0.5)
        slope[...] = (z > 0) & (z <= 0.5)

    function = ActivationFunction("clip", "", (0.0, 0.5), clip)
    monkeypatch.setitem(ACTIVATIONS, "clip", function)
    chain = Chain([dense([[1.0, 0.0], [0.0, 1.0]], [0.0, -1.0], "clip"), dense(np.eye(2), [0, 1])])
    pieces = cut(chain)
    assert len(pieces.polygons) == 9 and len(pieces.crease_lines()) == 4
    middle = centroids(pieces.polygons.points[:, :2], pieces.polygons)
    affine = np.einsum("ri,rio->ro", np.column_stack([middle, np.ones(9)]), pieces.maps)
    assert affine == pytest.approx(chain(middle), abs=1e-12)


def test_units_with_slopes_of_their_own_have_maps_of_their_own() -> None:
    first = dense([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]], [-0.5, -1.0, -1.0], "prelu:0.1:-0.5:2.0")
    chain = Chain([first, dense(np.eye(3), [0, 0, 0])])
    pieces = cut(chain)
    middle = centroids(pieces.polygons.points[:, :2], pieces.polygons)
    rows = np.column_stack([middle, np.ones(len(middle))])
    affine = np.einsum("ri,rio->ro", rows, pieces.maps)
    assert len(middle) == 7 and affine == pytest.approx(chain(middle), abs=1e-12)


def test_past_the_stated_number_there_is_no_answer() -> None:
    chain = net((2, 8, 8, 2))
    count = len(cut(chain).polygons)
    assert subdivide(chain, rectangle(SLANTED), most=count) is not None
    assert subdivide(chain, rectangle(SLANTED), most=count - 1) is None


def test_a_plane_among_many_features() -> None:
    rng = np.random.default_rng(3)
    chain, plane = net((5, 6, 4, 3), seed=1), (rng.normal(size=5), rng.normal(size=(5, 2)))
    pieces = subdivide(chain, rectangle(UNIT), plane=plane)
    assert pieces is not None and len(pieces.polygons) > 5
    middle = centroids(pieces.polygons.points[:, :2], pieces.polygons)
    affine = np.einsum("ri,rio->ro", np.column_stack([middle, np.ones(len(middle))]), pieces.maps)
    assert affine == pytest.approx(chain(plane[0] + middle @ plane[1].T), abs=1e-9)


@pytest.mark.parametrize(("far", "long"), [(1e6, 1.0), (0.0, 1e6), (1e5, 1e5), (1.0, 1.0)])
@pytest.mark.parametrize("seed", range(5))
def test_a_unit_that_is_nil_on_the_plane_but_for_rounding_bends_nowhere(
    seed: int, far: float, long: float
) -> None:
    rng = np.random.default_rng(seed)
    origin, axes = far * rng.normal(size=4), long * rng.normal(size=(4, 2))
    # What is at right angles to the plane's origin and axes is nil all over it; the third unit
    # bends along a line through the middle.
    nil = np.linalg.svd(np.column_stack([origin, axes]))[0][:, 3] * [[1.0], [-3.0]]
    third = np.linalg.pinv(axes)[0]
    bias = [0.0, 0.0, -float(third @ origin)]
    chain = Chain([dense(np.vstack([nil, third]), bias, "relu"), dense(np.ones((1, 3)), [0.0])])
    pieces = subdivide(chain, rectangle(UNIT), plane=(origin, axes))
    assert pieces is not None and len(pieces.polygons) == 2
    assert [(line.layer, line.unit) for line in pieces.crease_lines()] == [(0, 2)]
    assert (pieces.codes[:, :2] == 1).all()


@pytest.mark.parametrize(
    ("layers", "straight"),
    [
        ([dense(np.eye(2), [0, 0], "relu"), Softmax()], True),
        ([dense(np.eye(2), [0, 0]), Activation("leaky_relu:0.3")], True),
        ([dense(np.eye(2), [0, 0], "elu")], False),
        ([Softmax(), dense(np.eye(2), [0, 0])], False),
    ],
)
def test_which_chains_are_piecewise_linear(layers: list[Layer], straight: bool) -> None:
    assert is_piecewise_linear(Chain(layers, 2)) is straight


def test_errors_say_what_to_do() -> None:
    with pytest.raises(
        WarpvizError, match=r"expect activations of straight pieces, .* up to the logits"
    ):
        subdivide(net((2, 3, 2), "tanh"), rectangle(UNIT))
    with pytest.raises(WarpvizError, match=r"chain of 2 features, got 3; give plane="):
        subdivide(net((3, 3, 2)), rectangle(UNIT))
    with pytest.raises(WarpvizError, match=r"origin of shape \(3,\) and axes of shape \(3, 2\)"):
        subdivide(net((3, 3, 2)), rectangle(UNIT), plane=(np.zeros(3), np.zeros((2, 3))))
    with pytest.raises(WarpvizError, match="Limits expect x0 < x1 and y0 < y1, got 1,0,0,1"):
        checked((1, 0, 0, 1))
