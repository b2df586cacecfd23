"""Creases, boundary and tint of a film of training are those of each snapshot."""

from typing import Any

import numpy as np
import pytest

import warpviz as wv
from tests.film.training.shown import DATA, SMALL
from tests.scenes import figure_of
from warpviz.geometry.sheet import graph_paper
from warpviz.model.predictions import predicted
from warpviz.picture.scene import Crease


@pytest.mark.many(quick=2)
@pytest.mark.parametrize("layer", [0, 1])
@pytest.mark.parametrize("name", ["relu", "gelu", "tanh"])
def test_creases_and_boundary_are_those_of_each_snapshot(
    fits: dict[str, wv.Fit], name: str, layer: int
) -> None:
    history = fits[name].history
    film = wv.animate_training(fits[name], DATA, layer=layer, **SMALL)
    cloth = figure_of(film).cloth
    assert cloth is not None
    (panel,) = cloth.panels
    kinds = set()
    for line in panel.sheet.lines:
        if line.keyframe is None:
            continue
        kinds.add(line.kind)
        epoch = float(panel.stops[line.keyframe].rpartition(" ")[2])
        chain = history.chain(int(np.searchsorted(history.epochs, epoch))).logits()
        places = panel.sheet.vertices[line.vertices]
        here = panel.path.keyframes[line.keyframe, line.vertices]
        state = chain[:layer](places)
        np.testing.assert_allclose(here[:, : state.shape[1]], state, atol=1e-9)
        if line.kind == "boundary":
            z = chain(places)
            np.testing.assert_allclose(z[:, 0], z[:, 1], atol=1e-7)
        else:
            first = chain[0]
            assert isinstance(first, wv.Dense)
            level = {"relu": 0.0, "gelu": -0.7517915247}[name]
            np.testing.assert_allclose(first.affine(places)[:, line.unit], level, atol=1e-6)
    assert kinds == {"boundary"} | ({"crease"} if name != "tanh" else set())
    bare = wv.animate_training(fits[name], DATA, hide=("creases", "boundary"), **SMALL)
    assert (film.frame(0, 0.0).pixels != bare.frame(0, 0.0).pixels).any()
    assert all(line.keyframe is None for line in figure_of(bare).cloth.panels[0].sheet.lines)  # type: ignore[union-attr]


def test_lines_of_a_snapshot_come_and_go_with_it() -> None:
    line = Crease(1, 0.0, keyframe=3)
    assert [line.shown(k, t) for k, t in ((1, 1.0), (2, 0.25), (2, 1.0), (3, 0.0), (3, 0.75))] == [
        0.0, 0.25, 1.0, 1.0, 0.25,
    ]  # fmt: skip
    assert line.shown(5, 0.0) == 0.0 and not line.folding(1, 0.5)


@pytest.mark.slow
def test_a_tint_changes_little_within_a_cell() -> None:
    steep = wv.train(wv.mlp([2, 6, 2], "tanh", seed=0), DATA)
    film = wv.animate_training(steep, DATA, layer=0, **SMALL)
    cloth = figure_of(film).cloth
    assert cloth is not None
    (panel,) = cloth.panels
    sheet = panel.sheet
    chain = steep.chain

    def largest(corners: Any, offsets: Any) -> float:
        told = predicted(chain, sheet.vertices[corners])[:, 0]
        return float((np.maximum.reduceat(told, offsets[:-1])
                      - np.minimum.reduceat(told, offsets[:-1])).max())  # fmt: skip

    even = graph_paper((-1.1, 1.1, -1.1, 1.1), cells=48)
    told = predicted(chain, even.vertices[even.corners])[:, 0].reshape(-1, 4)
    assert largest(sheet.corners, sheet.offsets) < 0.5 * np.ptp(told, axis=1).max()
