"""Several panels in one picture: their clock, their sizes, their titles."""

from itertools import combinations, pairwise
from pathlib import Path

import numpy as np
import pytest

from tests.film.panels.shown import RINGS
from tests.scenes import panel_of, scene_of
from warpviz.errors import WarpvizError
from warpviz.film.build import animate, compare, default_size
from warpviz.model import mlp
from warpviz.motion.framing import Box
from warpviz.picture.scene import Panel
from warpviz.picture.tiling import check_panels, check_size
from warpviz.picture.words.fonts import bundled_font
from warpviz.picture.words.text import shortened, text_width
from warpviz.player.payload import film_tree


def test_films_of_unequal_depth_share_the_clock() -> None:
    chains = {"deep": mlp([2, 3, 3, 2], "relu"), "flat": mlp([2, 2], "relu")}
    animation = compare(chains, RINGS, size=(480, 240), jobs=1)
    deep, flat = scene_of(animation).panels
    assert animation.timeline.acts == deep.path.acts == 5
    assert flat.path.acts == 1
    assert flat.moment(0, 0.0, 5) == (0, 0.0)
    last = flat.moment(4, 1.0, 5)
    assert last[0] == 0
    assert last[1] == pytest.approx(1)
    places = [sum(flat.moment(k, t, 5)) for k in range(5) for t in (0.0, 0.5)]
    assert all(a < b for a, b in pairwise(places))


@pytest.mark.parametrize("count", range(1, 13))
def test_the_default_size_can_be_drawn_and_is_ample(count: int) -> None:
    width, height = default_size(count)
    check_size(width, height)
    assert width * height >= count * 360 * 400
    check_panels(count, (width, height))


@pytest.mark.slow
def test_twelve_panels_are_read_at_full_hd(tmp_path: Path) -> None:
    names = (
        "relu", "tanh", "gelu", "sin", "silu", "elu", "softplus", "sigmoid", "max(z, -0.3*z)",
        "leaky_relu:0.2", "gelu_tanh", "wave=sin(2*z)/2 + z/2",
    )  # fmt: skip
    chains = {f"{name} · 100.0 %": mlp([2, 3, 2], name, seed=0) for name in names}
    film = compare(chains, RINGS, size=(1920, 1080), jobs=1, fps=4)
    panels = scene_of(film).panels
    assert not [note for note in film.notes if "titles" in note]
    for panel in panels:
        # The least that is read from the back row: 16 px of 1080.
        assert panel.layout.em >= 16 and panel.layout.box.width >= 400
    for one, two in combinations(panels, 2):
        a, b = (title_box(panel) for panel in (one, two))
        assert min(a.x1, b.x1) <= max(a.x0, b.x0) or min(a.y1, b.y1) <= max(a.y0, b.y0)
        # One clock: all are at the same stop.
        assert one.moment(1, 0.5, film.timeline.acts) == two.moment(1, 0.5, film.timeline.acts)
    assert {len(tree["acts"]) for tree in film_tree(film)["panels"]} == {film.timeline.acts}
    (strip,) = film.save(tmp_path / "strip.png", filmstrip=True)
    assert strip.frames == film.timeline.acts + 1


def title_box(panel: Panel) -> Box:
    """Where a panel's title stands, as it is drawn: cut where its panel ends."""
    layout = panel.layout
    assert layout.title is not None
    title = shortened(panel.title, bundled_font(), layout.em, layout.caption_width)
    x, y = layout.title
    return Box(x, y, x + text_width(title, bundled_font(), layout.em), y + 1.2 * layout.em)


def test_a_title_that_is_cut_is_told() -> None:
    chains = {name: mlp([2, 2], "relu", seed=0) for name in ("a", "b" * 60)}
    notes = compare(chains, RINGS, size=(480, 240), jobs=1).notes
    assert f"The titles '{'b' * 60}' are cut; a larger size shows them whole." in notes
    small = {f"n{i}": mlp([2, 2], "relu", seed=0) for i in range(12)}
    with pytest.raises(WarpvizError, match="would be 80x60 each, too small to read"):
        compare(small, RINGS, size=(320, 180))
    with pytest.raises(WarpvizError, match="at most 12 panels, got 13"):
        compare(small | {"more": mlp([2, 2], "relu", seed=0)}, RINGS)


def test_a_comparison_of_models_puts_each_in_its_panel() -> None:
    chains = {f"n{i}": mlp([2, 2], "relu", seed=i) for i in range(3)}
    animation = compare(chains, RINGS, size=(640, 240), title="Three", jobs=1)
    assert [p.title for p in scene_of(animation).panels] == list(chains)
    assert scene_of(animation).headline == "Three"
    single = animate(chains["n1"], RINGS, size=(240, 180))
    np.testing.assert_allclose(
        panel_of(animation, 1).path.keyframes[-1, -5:],
        panel_of(single).path.keyframes[-1, -5:],
        atol=1e-12,
    )
