import io
from typing import Any
from xml.etree import ElementTree

import matplotlib
import numpy as np
import pytest
from matplotlib.collections import LineCollection, PathCollection, PolyCollection
from matplotlib.figure import Figure

import warpviz as wv
from tests.geometry.nets import net
from warpviz.arrays import Floats
from warpviz.errors import WarpvizError

XOR = wv.load_data("xor", n=60)
CHAIN = net((2, 3, 2, 2), seed=2)
STEPS = CHAIN.split()


def dots(axes: Any) -> Floats:
    """All scattered points, class by class."""
    found: list[Any] = [each for each in axes.collections if isinstance(each, PathCollection)]
    if axes.name == "3d":
        return np.concatenate(
            [np.column_stack([np.asarray(part) for part in each._offsets3d]) for each in found]
        )
    return np.concatenate([np.asarray(each.get_offsets()) for each in found])


def by_class(states: Floats) -> Floats:
    return np.concatenate([states[XOR.y == label] for label in range(XOR.n_classes)])


@pytest.mark.many(quick=2)
@pytest.mark.parametrize("k", range(len(STEPS) + 1))
def test_dots_are_the_states_of_the_data(k: int) -> None:
    axes = wv.plot_state(CHAIN, XOR, k)
    state = STEPS[:k](XOR.x)
    assert axes.name == ("3d" if state.shape[1] == 3 else "rectilinear")
    assert dots(axes) == pytest.approx(by_class(state))


def test_in_axes_of_a_user_nothing_else_changes() -> None:
    before = dict(matplotlib.rcParams)
    figure = Figure()
    left, right = figure.subplots(1, 2)
    left.plot([0, 1], [0, 1])
    kept = (right.get_facecolor(), right.get_xlim())
    axes = wv.plot_state(CHAIN, XOR, 4, left)
    assert axes is left
    assert (right.get_facecolor(), right.get_xlim()) == kept
    assert len(left.lines) == 1
    assert left.get_facecolor() == kept[0]
    assert left.get_aspect() == 1.0
    assert dict(matplotlib.rcParams) == before
    figure.savefig(io.BytesIO(), format="pdf")


def test_flat_axes_see_a_space_from_above_and_3d_axes_a_plane_lying_flat() -> None:
    figure = Figure()
    flat, space = figure.add_subplot(1, 2, 1), figure.add_subplot(1, 2, 2, projection="3d")
    wv.plot_state(CHAIN, XOR, 2, flat)
    assert dots(flat) == pytest.approx(by_class(STEPS[:2](XOR.x)[:, :2]))
    wv.plot_state(CHAIN, XOR, 0, space)
    assert dots(space)[:, :2] == pytest.approx(by_class(XOR.x))
    assert np.all(dots(space)[:, 2] == 0)


def test_cells_tile_the_sheet_and_lines_lie_in_it() -> None:
    limits = (-2.0, 1.0, -1.0, 3.0)
    axes = wv.plot_state(CHAIN, XOR, 0, limits=limits)
    (cells,) = (each for each in axes.collections if isinstance(each, PolyCollection))
    area = 0.0
    for path in cells.get_paths():
        x, y = np.asarray(path.vertices).T
        area += 0.5 * float(np.sum(x[:-1] * y[1:] - x[1:] * y[:-1]))
    assert area == pytest.approx(12.0)
    for lines in (each for each in axes.collections if isinstance(each, LineCollection)):
        points = np.concatenate(lines.get_segments())
        assert points.min(axis=0) == pytest.approx([-2, -1], abs=3)
        assert np.all((points >= [-2 - 1e-9, -1 - 1e-9]) & (points <= [1 + 1e-9, 3 + 1e-9]))


def test_creases_are_drawn_once_they_are_made() -> None:
    def styles(k: int) -> int:
        flat = Figure().add_subplot()
        wv.plot_state(CHAIN, XOR, k, flat)
        return sum(isinstance(each, LineCollection) for each in flat.collections)

    # A colour each for two layers, beside grid, border and boundary.
    assert [styles(k) for k in (0, 1, 2, 3, 4, 5)] == [3, 3, 4, 4, 5, 5]


def test_wide_states_are_seen_along_principal_axes() -> None:
    chain = net((2, 8, 2))
    axes = wv.plot_state(chain, XOR, 2)
    seen, state = dots(axes), by_class(chain.split()[:2](XOR.x))
    values = np.linalg.svd(state - state.mean(axis=0), compute_uv=False)
    assert np.linalg.svd(seen - seen.mean(axis=0), compute_uv=False) == pytest.approx(values[:3])
    assert axes.get_xlabel() == "principal axis 1"


@pytest.mark.many(quick=1)
@pytest.mark.parametrize("form", ["svg", "pdf", "png"])
def test_own_figures_can_be_saved(form: str) -> None:
    file = io.BytesIO()
    figure = wv.plot_state(CHAIN, XOR, 2, theme_name="dark").figure.figure
    figure.savefig(file, format=form)
    if form == "svg":
        root = ElementTree.fromstring(file.getvalue())
        assert not [each for each in root.iter() if each.tag.endswith("image")]
    assert len(file.getvalue()) > 10_000


@pytest.mark.parametrize("k", [-1, 6])
def test_a_stop_that_is_not_there(k: int) -> None:
    with pytest.raises(WarpvizError, match=f"a stop from 0 to 5, got {k}"):
        wv.plot_state(CHAIN, XOR, k)


def test_data_that_does_not_fit() -> None:
    with pytest.raises(WarpvizError, match="takes 3 features"):
        wv.plot_state(net((3, 2)), XOR, 0)
