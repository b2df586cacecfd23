"""Models of one feature: what the chain gives is where the curve and the dots are."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import warpviz as wv
from tests.scenes import panel_of, scene_of
from warpviz.errors import WarpvizError

X = np.linspace(-3.0, 3.0, 41)
Y = (np.abs(X) > 1.2).astype(int)
SMALL: dict[str, Any] = {"size": (320, 240), "fps": 5}


@pytest.mark.parametrize("activation", ["relu", "gelu"])
def test_the_curve_is_the_line_as_the_chain_maps_it(activation: str) -> None:
    chain = wv.mlp([1, 3, 2], activation, seed=1)
    film = wv.animate(chain, X, Y, **SMALL)
    panel = panel_of(film)
    places, played = panel.sheet.vertices, chain.logits().split()
    assert panel.path.widths.tolist() == [1, 3, 3, 2]
    for keyframe, state in zip(panel.path.keyframes, played.states(places), strict=True):
        np.testing.assert_allclose(keyframe[: len(places), : state.shape[1]], state, atol=1e-12)
    dots = panel.path.keyframes[-1, len(places) :, :2]
    np.testing.assert_allclose(dots, chain.logits()(X[:, None]), atol=1e-12)
    assert panel.labels.tolist() == Y.tolist()
    assert {line.kind for line in panel.sheet.lines} == {"curve"}
    assert "41 points of 2 classes (0, 1) lie on a line" in film.description
    assert "sheet" not in film.description


def test_the_curve_is_drawn_and_goes_with_the_grid() -> None:
    chain = wv.mlp([1, 3, 2], "tanh", seed=1)
    told = wv.animate(chain, X, Y, **SMALL)
    hidden = wv.animate(chain, X, Y, hide=("grid",), **SMALL)
    seen = told.frame(2, 1.0).pixels.astype(int) - hidden.frame(2, 1.0).pixels
    assert (np.abs(seen).max(axis=2) > 60).sum() > 60


@pytest.mark.slow
def test_numbers_no_labels_several_and_every_format(tmp_path: Path) -> None:
    number = wv.mlp([1, 4, 1], "tanh", seed=1)
    assert scene_of(wv.animate(number, X, np.sin(X), **SMALL)).theme.ramp
    alone = wv.animate(number, X, **SMALL)
    assert scene_of(alone).class_names == ("points",)
    alone.save(tmp_path / "a.gif", tmp_path / "a.html", tmp_path / "a.svg", tmp_path / "a.png")
    assert all(file.stat().st_size > 1000 for file in tmp_path.iterdir())
    both = wv.compare({"a": wv.mlp([1, 2, 2]), "b": wv.mlp([1, 5, 2])}, X, Y, size=(480, 240))
    assert len(scene_of(both).panels) == 2
    formula = wv.animate(number, X, caption="formula", limits=(-1.0, 2.0, 0.0, 1.0), **SMALL)
    ends = panel_of(formula).sheet.vertices[[0, -1], 0]
    np.testing.assert_array_equal(ends, [-1.0, 2.0])


def test_training_takes_one_feature() -> None:
    data = wv.Dataset(X[:, None], Y)
    assert "1 features" in repr(data) and data._repr_svg_().startswith("<svg")
    fit = wv.train(wv.mlp([1, 3, 2], "relu", seed=0), data, starts=4)
    assert (fit.chain(data.x).argmax(axis=1) == Y).all()


def test_what_needs_a_plane_says_so() -> None:
    chain, data = wv.mlp([1, 3, 2]), wv.Dataset(X[:, None], Y)
    calls: list[Callable[[], Any]] = [
        lambda: wv.layer_measures(chain, data, (-1.0, 1.0, -1.0, 1.0)),
        lambda: wv.regions(chain, data), lambda: wv.plot_state(chain, data, 1),
    ]  # fmt: skip
    for call in calls:
        with pytest.raises(WarpvizError, match="two features or more, got 1; animate and compare"):
            call()
    with pytest.raises(WarpvizError, match=r"'why' tells what happens to a sheet.*'name' or"):
        wv.animate(chain, X, Y, caption="why")
    with pytest.raises(WarpvizError, match="Measures are of a sheet"):
        wv.animate(chain, X, Y, show=("measures",))
    with pytest.raises(WarpvizError, match="two features or more"):
        wv.animate_training(wv.train(chain, data, epochs=3), data)
