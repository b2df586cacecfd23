"""The room of a network's drawing: it meets nothing else, and the sheet stays large."""

import numpy as np
import pytest

import warpviz as wv
from tests.scenes import scene_of
from warpviz.film.insets.room import SHARE, columns_of
from warpviz.model import Chain, Dense

RINGS = wv.load_data("rings", n=120, seed=0)
RESIDUAL = wv.Residual(Chain([Dense(np.eye(2), np.zeros(2), "tanh")]))


@pytest.mark.parametrize(
    ("size", "panels"), [((640, 480), 1), ((320, 240), 1), ((1080, 400), 3), ((240, 360), 1)]
)
def test_the_drawing_meets_nothing_else(size: tuple[int, int], panels: int) -> None:
    chains = {str(i) * (panels > 1): wv.mlp([2, 16, 3, 2], "relu", seed=i) for i in range(panels)}
    scene = scene_of(wv.compare(chains, RINGS, size=size, network=True))
    plain = scene_of(wv.compare(chains, RINGS, size=size))
    for panel, without in zip(scene.panels, plain.panels, strict=True):
        box, safe, before = panel.layout.network, panel.layout.safe, without.layout.safe
        assert box is not None and panel.network is not None
        assert before.x0 <= box.x0 and box.x1 <= before.x1
        assert before.y0 <= box.y0 and box.y1 <= before.y1
        assert box.x0 >= safe.x1 or box.y1 <= safe.y0
        least = min(before.width, before.height)
        assert min(safe.width, safe.height) >= SHARE["left"] * least
        radius = panel.network.radius
        places = np.concatenate([column.places for column in panel.network.columns])
        assert (places >= radius).all()
        assert (places <= [box.width - radius, box.height - radius]).all()
        assert panel.network.foot <= box.height


def test_without_room_it_is_left_out_and_told() -> None:
    deep = wv.mlp([2, *[2] * 40, 2], "tanh", seed=0)
    film = wv.animate(deep, RINGS, size=(320, 240), network=True)
    (panel,) = scene_of(film).panels
    assert panel.network is None and panel.layout.network is None
    assert any("for want of room" in note for note in film.notes)
    assert not any("for want of room" in note for note in wv.animate(deep, RINGS).notes)


def test_columns_are_those_of_dense_layers_and_of_what_residual_ones_hold() -> None:
    assert columns_of(wv.mlp([2, 3, 2], "relu").layers) == 2
    assert columns_of([RESIDUAL, wv.Residual(Chain([wv.Activation("tanh")])), RESIDUAL]) == 3
