"""Films and stills of landscapes."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

import warpviz as wv
from warpviz.landscapes.figure import heights, save_landscape
from warpviz.landscapes.film import animate_landscape
from warpviz.landscapes.line import line_landscape
from warpviz.landscapes.surface import landscape
from warpviz.picture.figure import FigureScene

DATA = wv.load_data("rings", n=150)
SMALL: dict[str, Any] = {"size": (480, 240), "fps": 6.0, "seconds": 2.0}


def test_the_path_grows_to_its_end_on_the_surface() -> None:
    fits = {"lbfgs": wv.train(wv.mlp([2, 3, 2], "tanh", seed=1), DATA, epochs=40)}
    land = landscape(fits, DATA, grid=21)
    film = animate_landscape(land, fits, DATA, **SMALL)
    scene = film.scene
    assert isinstance(scene, FigureScene) and scene.cloth is not None
    (curve,) = scene.charts[0].curves
    last = len(scene.stops) - 2
    np.testing.assert_allclose(curve.at(last, 1.0)[-1], curve.points[-1])
    assert len(curve.at(0, 0.0)) == 2 and len(curve.at(last, 1.0)) == len(curve.points) + 1
    # Places are an affine map of the path's coordinates.
    for axis, sign in ((0, 1), (1, -1)):
        slope, shift = np.polyfit(land.paths["lbfgs"][:, axis], curve.points[:, axis], 1)
        assert slope * sign > 0
        np.testing.assert_allclose(
            curve.points[:, axis], slope * land.paths["lbfgs"][:, axis] + shift, atol=1e-6
        )


def test_colours_follow_the_loss_up_to_the_ceiling() -> None:
    values, levels = heights(line_landscape())
    assert values.max() == 80 and levels[0] == 0 and levels[-1] == 80 and len(levels) == 101


@pytest.mark.parametrize("kind", ["contours", "surface"])
def test_stills(kind: str, tmp_path: Path) -> None:
    land = line_landscape()
    for name in ("l.png", "l.svg", "l.pdf"):
        path = save_landscape(land, tmp_path / name, kind=kind, fit=True, theme_name="dark")
        assert path.stat().st_size > 10_000
    assert "exp(x)" in (tmp_path / "l.svg").read_text()
