import numpy as np
import pytest

from tests.scenes import panel_of
from warpviz.data import make_data
from warpviz.film.build import animate
from warpviz.model import mlp
from warpviz.training.loop import train


@pytest.mark.parametrize("widths", [(2, 100, 2), (2, 16, 16, 16, 2), (2, 3, 3, 2)], ids=str)
@pytest.mark.parametrize("activation", ["relu", "tanh"])
def test_no_dot_jumps_at_the_defaults(widths: tuple[int, ...], activation: str) -> None:
    data = make_data("rings", n=300)
    chain = train(mlp(widths, activation, seed=0), data, epochs=60).chain
    animation = animate(chain, data)
    panel = panel_of(animation)
    vertices, before = len(panel.sheet.vertices), None
    for moment in animation.timeline:
        points = panel.path.at(moment.k, moment.t)
        places, _ = panel.camera.project(points, moment.k, moment.t)
        dots = places[vertices:]
        if before is not None:
            moved = np.hypot(*(dots - before).T).max() / panel.layout.box.height
            assert moved <= 0.06, (moment, moved)
        before = dots


def test_seconds_that_are_asked_for_are_kept() -> None:
    data = make_data("rings", n=100)
    chain = mlp([2, 8, 8, 2], "tanh", seed=0)
    asked = animate(chain, data, seconds=1.0).timeline
    assert set(asked.lengths) == {1.0}
    assert len(asked) == 20 * asked.acts + 1
    calm = animate(chain, data).timeline
    assert all(length >= 1.0 for length in calm.lengths)
