"""The film of an approximation ends on what was learnt."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from warpviz.approximation.film import animate_approximation
from warpviz.approximation.learning import approximate
from warpviz.approximation.targets import target_of
from warpviz.picture.figure import FigureScene


@pytest.mark.slow
def test_the_film_ends_on_what_was_learnt(tmp_path: Path) -> None:
    found = approximate(target_of("sin"), layers=(4, 5), steps=200)
    film = animate_approximation([found], size=(480, 240), fps=10, seconds=2)
    scene = film.scene
    assert isinstance(scene, FigureScene) and scene.stops[-1] == "step 200"
    function, _, units, loss = scene.charts
    places = function.curves[0].points
    assert places.shape[1] > 200
    x = np.linspace(*found.target.limits, places.shape[1])
    y = found.chain(x[:, None])[:, 0]
    # Pixels are an affine map of the values.
    slope, shift = np.polyfit(y, places[-1, :, 1], 1)
    np.testing.assert_allclose(places[-1, :, 1], slope * y + shift, atol=1e-6)
    assert slope < 0 and len(units.curves) == 5 and loss.curves[0].head == 0
    (written,) = film.save(tmp_path / "a.gif")
    image: Any
    with Image.open(written.path) as image:
        assert image.size == (480, 240) and image.n_frames > 8
