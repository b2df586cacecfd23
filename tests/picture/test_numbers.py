"""What the numbers that both painters draw by must do, whoever reads them."""

import numpy as np
import pytest

from tests.player.compared import film_of
from tests.player.laid_down import Mark, ours
from tests.scenes import panel_of
from warpviz.arrays import Floats
from warpviz.film.reel.animation import Animation


def marks_at(film: Animation, k: int, t: float, kind: str) -> list[Mark]:
    return [mark for mark in ours(film, k, t) if mark[0] == kind]


def test_the_scale_bar_is_as_long_as_it_says() -> None:
    film = film_of("plane to space")
    panel = panel_of(film)
    stop = next(k for k, flat in enumerate(panel.flat) if not flat)
    layout = panel.layout
    units = panel.camera.look(panel.path.at(stop, 0.0), stop, 0.0)[0].units_per_pixel
    level = [
        v for _, _, v in marks_at(film, stop, 0.0, "stroke") if v[1] == v[3] == layout.scale[1]
    ]
    assert len(level) == 1
    length = level[0][2] - level[0][0]
    words = [(w[0], v) for _, w, v in marks_at(film, stop, 0.0, "text")]
    says = next(float(w.replace("−", "-")) for w, v in words if v[1] == layout.scale[1])
    assert length * units == pytest.approx(says)
    assert 0.08 <= length / layout.box.width <= 0.2


def test_axes_are_gone_after_fifteen_hundredths_of_an_act() -> None:
    film = film_of("plane to space")
    panel = panel_of(film)
    leaving = next(k for k in range(len(panel.flat)) if panel.flat[k] and not panel.flat[k + 1])

    def opacity(t: float) -> Floats:
        edge = panel.layout.safe.y1
        lines = [v for _, _, v in marks_at(film, leaving, t, "stroke") if v[1] == v[3] == edge]
        return np.array([v[5] for v in lines])

    full = opacity(0.0)
    assert len(full) == 1
    np.testing.assert_allclose(opacity(0.075), full / 2)
    assert len(opacity(0.1499)) == 1 and len(opacity(0.151)) == 0


def test_ticks_have_the_small_letters() -> None:
    # 3.4 % of the panel's height: 24 px of 720.
    film = film_of("plane to space")
    ticks = [v for _, (words, *_), v in marks_at(film, 0, 0.0, "text") if words[-1].isdigit()]
    assert len(ticks) > 6
    assert {v[3] for v in ticks} == {24}
