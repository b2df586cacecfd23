"""The straight way from z to f(z), filmed."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

import warpviz as wv
from warpviz.curves.film import default_size
from warpviz.errors import WarpvizError
from warpviz.picture.figure import Curve, FigureScene
from warpviz.picture.tiling import check_size

QUICK: dict[str, Any] = {"size": (480, 360), "seconds": 4.0, "fps": 15.0, "jobs": 1}


def curves_of(film: wv.Animation, chart: int = 0) -> tuple[Curve, ...]:
    """Slope, function and what is folded back, of one activation."""
    assert isinstance(film.scene, FigureScene)
    return film.scene.charts[chart].curves


def test_each_curve_goes_straight_from_the_diagonal_to_the_function() -> None:
    film = wv.animate_activations("gelu", **QUICK)
    slope, way, _ = curves_of(film)
    acts = film.timeline.acts
    # Places on the picture are affine in z and value: three of them tell how.
    start, end = way.at(0, 0.0), way.at(acts - 1, 1.0)
    z = np.interp(start[:, 0], [start[0, 0], start[-1, 0]], [-4.0, 4.0])
    unit = (start[0, 1] - start[-1, 1]) / 8.0
    assert unit == pytest.approx((start[-1, 0] - start[0, 0]) / 8.0, rel=1e-6)  # true axes
    zero = start[:, 1] + unit * z
    np.testing.assert_allclose(zero, zero[0], atol=1e-6)
    np.testing.assert_allclose((zero - end[:, 1]) / unit, wv.ACTIVATIONS["gelu"].f(z), atol=1e-6)
    for k, t in ((0, 0.5), (acts // 2, 0.25), (acts - 1, 0.5)):
        share = (k + t) / acts
        value = (1 - share) * z + share * wv.ACTIVATIONS["gelu"].f(z)
        np.testing.assert_allclose((zero - way.at(k, t)[:, 1]) / unit, value, atol=1e-6)
        rise = (1 - share) + share * wv.ACTIVATIONS["gelu"].derivative(z)
        np.testing.assert_allclose((zero - slope.at(k, t)[:, 1]) / unit, rise, atol=1e-6)


@pytest.mark.parametrize("name", ["gelu", "sin", "max(z, -0.3*z)", "relu", "tanh"])
def test_a_fold_is_seen_from_its_threshold_on(name: str) -> None:
    (row,) = wv.activations_table(name)
    film = wv.animate_activations(name, **QUICK)
    _, _, folded = curves_of(film)
    acts = film.timeline.acts
    seen = [bool(np.isfinite(folded.at(k, 0.0)[:, 1]).any()) for k in range(acts)]
    starts = 1.0 if row["folds_from"] is None else row["folds_from"]
    for k, shown in enumerate(seen):
        if abs(k / acts - starts) > 1 / acts:
            assert shown == (k / acts > starts), k
    if name in ("relu", "tanh"):
        assert not any(seen)


def test_the_clock_tells_t() -> None:
    film = wv.animate_activations("relu", "gelu", **QUICK)
    (rail,) = curves_of(film, -1)
    acts = film.timeline.acts
    first, last = rail.at(0, 0.0)[-1], rail.at(acts - 1, 1.0)[-1]
    for k in range(0, acts, 7):
        here = rail.at(k, 0.5)[-1]
        np.testing.assert_allclose(here, first + (last - first) * (k + 0.5) / acts, atol=1e-6)
    assert film.scene.stops[0] == "t = 0" and film.scene.stops[-1] == "t = 1"
    assert "gelu folds from t = 0.886" in film.description


@pytest.mark.many(quick=2)
@pytest.mark.parametrize("count", [1, 5, 24])
def test_any_number_stands_side_by_side(count: int) -> None:
    check_size(*default_size(count))
    names = [f"z + {k}*tanh(z)" for k in range(count)]
    film = wv.animate_activations(*names, seconds=0.5, fps=4.0, jobs=1)
    assert isinstance(film.scene, FigureScene)
    boxes = [chart.curves[0].inside for chart in film.scene.charts[:-1]]
    for i, one in enumerate(boxes):
        assert one is not None and one.width > 60
        for two in boxes[:i]:
            assert two is not None
            over = (
                min(one.x1, two.x1) - max(one.x0, two.x0),
                min(one.y1, two.y1) - max(one.y0, two.y0),
            )
            assert min(over) <= 0


@pytest.mark.many(quick=1)
@pytest.mark.parametrize("theme", ["dark", "light"])
def test_a_film_is_written(theme: str, tmp_path: Path) -> None:
    film = wv.animate_activations("gelu", "wave=sin(2*z)/2 + z/2", theme=theme, **QUICK)
    (told,) = film.save(tmp_path / "curves.gif")
    image: Any
    with Image.open(told.path) as image:
        assert image.size == (480, 360) and image.n_frames == len(film)
    assert (film.frame(0, 0.0).pixels != film.frame(film.timeline.acts - 1, 1.0).pixels).any()


def test_misuse() -> None:
    with pytest.raises(WarpvizError, match="animate_activations has no option motion"):
        wv.animate_activations("relu", motion="lerp")  # type: ignore[call-arg]
    with pytest.raises(WarpvizError, match="limits expects z0,z1 that rise"):
        wv.animate_activations("relu", limits=(1.0, 1.0))
    with pytest.raises(WarpvizError, match="choose a size of 450x320 or more"):
        wv.animate_activations("relu", "tanh", "gelu", "sin", "silu", size=(320, 240))
    assert len(wv.animate_activations("relu", "tanh", "gelu", "sin", "silu", size=(450, 320),
                                      seconds=0.5)) > 1  # fmt: skip
    with pytest.raises(WarpvizError, match="Unknown activation 'tan'"):
        wv.animate_activations("tan")


def test_a_clip_made_smaller_keeps_its_acts() -> None:
    clip = wv.animate_activations("relu", fps=20.0, seconds=2.0, jobs=1).clip(10, 20)
    small = clip.remade(fps=10.0, size=(400, 300))
    assert (small.size, small.fps, len(small)) == ((400, 300), 10.0, len(clip))
    assert small.scene.stops == clip.scene.stops
    assert [name for _, name in small.chapters] == [name for _, name in clip.chapters]
