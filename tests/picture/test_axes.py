"""Ticks say what the data's own numbers are."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.geometry.nets import net
from warpviz.axis import Axis
from warpviz.data import Dataset, load_data
from warpviz.errors import WarpvizError
from warpviz.figures.state import plot_state
from warpviz.film.build import animate
from warpviz.picture.axes import ticks
from warpviz.picture.marks.triad import name_places
from warpviz.picture.scene import Panel, Scene

RNG = np.random.default_rng(0)
OWN = RNG.normal(size=(90, 2)) * [1e-3, 1e2] + [7.0, 5e3]
NAMES = ("thickness (mm)", "load (N)")
EVEN = Dataset(OWN, np.arange(90) % 2, feature_names=NAMES).standardised()


def value(label: str) -> float:
    return float(label.replace("−", "-"))


@given(
    st.floats(-1e4, 1e4), st.sampled_from([1e-3, 0.3, 1.0, 7.0, 1e3]),
    st.floats(-3, 3), st.floats(0.5, 20),
)  # fmt: skip
@settings(derandomize=True, deadline=None, max_examples=150)
def test_a_tick_stands_where_its_number_is(
    shift: float, factor: float, low: float, length: float
) -> None:
    axis = Axis("a", shift, factor)
    found = ticks(axis, low, low + length, length)
    assert 2 <= len(found) <= 6
    steps = np.diff([place for place, _ in found])
    np.testing.assert_allclose(steps, steps[0], rtol=1e-5)
    # A step is 1, 2 or 5 times a power of ten in the axis's own units.
    lead = steps[0] * factor / 10 ** np.floor(np.log10(steps[0] * factor * 1.0001))
    assert min(abs(lead - nice) for nice in (1, 2, 5)) < 1e-3
    for place, label in found:
        assert low - 1e-6 * length <= place <= low + length + 1e-6 * length
        assert value(label) == pytest.approx(axis.own(place), abs=0.01 * steps[0] * factor)
    assert len({label for _, label in found}) == len(found)


def panel_of(data: Dataset, **options: Any) -> Panel:
    scene = animate(net((data.x.shape[1], 3, 2)), data, size=(480, 360), **options).scene
    assert isinstance(scene, Scene)
    return scene.panels[0]


def test_standardised_axes_show_the_tables_own_numbers() -> None:
    np.testing.assert_allclose(
        [axis.own(1.5) for axis in EVEN.axes], OWN.mean(axis=0) + 1.5 * OWN.std(axis=0)
    )
    panel = panel_of(EVEN)
    assert [axis.name for axis in panel.axes(0)] == list(NAMES)
    assert panel.stops[0] == "input (thickness (mm), load (N))"
    assert [axis.name for axis in panel.axes(len(panel.acts))] == ["z₁", "z₂"]
    plain = panel_of(load_data("moons", n=60))
    assert plain.axes(0) == (Axis("x₁"), Axis("x₂"))
    limits = (6.99, 7.01, 4000.0, 6000.0)
    sheet = panel_of(EVEN, limits=limits).sheet.vertices
    assert EVEN.mean is not None and EVEN.scale is not None
    own = sheet * EVEN.scale + EVEN.mean
    np.testing.assert_allclose([*own.min(axis=0), *own.max(axis=0)], np.array(limits)[[0, 2, 1, 3]])


@pytest.mark.slow
def test_state_plots_have_own_numbers_too() -> None:
    ax = plot_state(net((2, 3, 2)), EVEN, 0)
    assert (ax.get_xlabel(), ax.get_ylabel()) == NAMES
    assert ax.figure is not None
    for place, label in zip(ax.get_yticks(), ax.get_yticklabels(), strict=True):
        assert value(label.get_text()) == pytest.approx(EVEN.axes[1].own(place), abs=1.0)
    assert plot_state(net((2, 3, 2)), EVEN, 1).get_xlabel() != NAMES[0]


def test_tables_name_their_columns(tmp_path: Path) -> None:
    file = tmp_path / "t.csv"
    file.write_text("a (m);b (s);kind\n1;2;x\n3;4;y\n")
    assert load_data(file).feature_names == ("a (m)", "b (s)")
    assert load_data(file, features=["b (s)", "a (m)"]).feature_names == ("b (s)", "a (m)")
    file.write_text("1;2;x\n3;4;y\n")
    assert load_data(file).feature_names == ()
    with pytest.raises(WarpvizError, match="a name for each of 2 features, got 1"):
        Dataset(OWN, np.arange(90) % 2, feature_names=("one",))


@given(
    st.lists(st.tuples(st.floats(-2, 2), st.floats(-2, 2)), min_size=3, max_size=3),
    st.lists(st.sampled_from([0.0, 3.0, 8.0]), min_size=3, max_size=3),
)
@settings(derandomize=True, deadline=None, max_examples=100)
def test_words_beside_small_axes_cover_no_other_word(
    places: list[tuple[float, float]], words: list[float]
) -> None:
    stands = name_places(np.array(places), words)
    boxes = []
    for (x, y, anchor), word in zip(stands, words, strict=True):
        if word:
            boxes.append((x - anchor * word, x + (1 - anchor) * word, y))
    for i, (first, last, y) in enumerate(boxes):
        for begin, end, other in boxes[:i]:
            assert last <= begin or end <= first or abs(y - other) >= 1.09
