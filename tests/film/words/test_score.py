"""A film of a model that has not learnt its data names how right it is, in its last caption."""

import numpy as np
import pytest

from warpviz.data import Dataset, load_data
from warpviz.film.build import animate
from warpviz.model import Chain, Dense
from warpviz.picture.scene import Scene

DATA = load_data("blobs", n=300)


def last_stop(chain: Chain, data: Dataset, caption: str = "name") -> str:
    scene = animate(chain, data, size=(320, 240), caption=caption).scene
    assert isinstance(scene, Scene)
    return scene.panels[0].stops[-1]


def towards(data: Dataset) -> Chain:
    """Logits that grow towards the centre of each class: right for clouds around them."""
    centres = np.stack([data.x[data.y == c].mean(axis=0) for c in range(data.n_classes)])
    return Chain([Dense(np.eye(2), np.zeros(2)), Dense(2 * centres, -(centres**2).sum(axis=1))])


@pytest.mark.slow
@pytest.mark.parametrize("caption", ["name", "formula"])
@pytest.mark.parametrize("wrong", [0, 30, 299])
def test_the_share_is_that_of_the_points_rounded_down(wrong: int, caption: str) -> None:
    labels = DATA.y.copy()
    labels[:wrong] = (labels[:wrong] + 1) % 3
    stop = last_stop(towards(DATA), Dataset(DATA.x, labels, DATA.class_names), caption=caption)
    told = f"{np.floor(1000 * (1 - wrong / 300)) / 10:.1f} % right"
    assert (told in stop) is (wrong > 0)
    assert ("right" in stop) is (wrong > 0)


def test_numbers_that_are_not_explained_have_their_r_squared() -> None:
    x = DATA.x
    data = Dataset.with_targets(x, x[:, 0] + 0.5 * x[:, 1])
    exact, off = (Chain([Dense(np.array([[1.0, 0.5]]), np.array([b]))]) for b in (0.0, 100.0))
    assert "R²" not in last_stop(exact, data)
    assert "R² −" in last_stop(off, data)
