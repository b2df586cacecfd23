"""Curves on charts: where they are, how they grow, what of them is seen."""

import numpy as np
import pytest

from warpviz.arrays import Floats
from warpviz.errors import WarpvizError
from warpviz.motion.framing import Box
from warpviz.picture.figure import Chart, Curve, FigurePainter, FigureScene
from warpviz.picture.kind import FIGURE
from warpviz.theme import THEMES

DARK = THEMES["dark"]
RED = (255, 0, 0)
SIZE = (80, 60)
LINE = np.array([[10.0, 30.0], [40.0, 30.0], [70.0, 30.0]])
BOX = Box(20, 10, 60, 50)


def scene(*curves: Curve, stops: int = 2) -> FigureScene:
    backdrop = np.zeros((40, 50, 3), dtype=np.uint8)
    backdrop[:] = (0, 0, 60)
    return FigureScene(SIZE, DARK, (Chart((20, 10), backdrop, curves),), ("",) * stops)


def red(curve: Curve, k: int = 0, t: float = 0.0) -> np.ndarray:
    """Columns in which a curve is seen."""
    pixels = FigurePainter.of(scene(curve)).paint(k, t).astype(int)
    assert pixels.shape == (60, 80, 3)
    return np.flatnonzero((pixels[..., 0] > pixels[..., 2] + 60).any(axis=0))


def test_what_stands_still_is_where_its_corner_says() -> None:
    pixels = FigurePainter.of(scene()).paint(0, 0.0)
    assert (pixels[10:50, 20:70] == (0, 0, 60)).all()
    outside = np.ones((60, 80), dtype=bool)
    outside[10:50, 20:70] = False
    assert (pixels[outside] == DARK.background).all()


def test_a_whole_line_stands_or_moves_straight_from_keyframe_to_keyframe() -> None:
    still, moving = Curve(LINE, RED), Curve(np.stack([LINE, np.add(LINE, (0, 8))]), RED)
    assert still.at(0, 0.7) is LINE
    np.testing.assert_allclose(moving.at(0, 0.25), np.add(LINE, (0, 2)))
    np.testing.assert_array_equal(moving.at(1, 0.0), np.add(LINE, (0, 8)))


@pytest.mark.parametrize(("t", "end"), [(0.0, 10.0), (0.25, 25.0), (0.5, 40.0), (1.0, 70.0)])
def test_a_growing_line_ends_where_it_has_grown_to(t: float, end: float) -> None:
    curve = Curve(LINE, RED, progress=np.array([0.0, 2.0]))
    points = curve.at(0, t)
    assert points[-1].tolist() == [end, 30.0] and points[0].tolist() == [10.0, 30.0]
    assert (np.diff(points[:, 0]) >= 0).all()


def test_a_line_ends_at_its_box() -> None:
    assert red(Curve(LINE, RED)).tolist() == list(range(9, 71))
    seen = red(Curve(LINE, RED, inside=BOX))
    assert 18 <= seen.min() <= 20 and 59 <= seen.max() <= 61


@pytest.mark.parametrize(
    ("end", "seen"),
    [
        ((40.0, 30.0), True), ((60.9, 30.0), True), ((19.1, 30.0), True), ((40.0, 50.9), True),
        ((40.0, 9.1), True), ((61.1, 30.0), False), ((18.9, 30.0), False),
        ((40.0, 51.1), False), ((40.0, 8.9), False),
    ],
)  # fmt: skip
def test_a_marker_is_where_the_line_has_grown_to_unless_that_left_the_box(
    end: tuple[float, float], seen: bool
) -> None:
    points = np.array([end, end])
    curve = Curve(points, RED, progress=np.array([0.0, 1.0]), head=0, inside=BOX)
    columns = red(curve)
    assert bool(len(columns)) == seen
    if seen:
        assert abs(columns.mean() + 0.5 - end[0]) < 1
    assert not len(red(Curve(points, RED, progress=np.array([0.0, 1.0]), inside=BOX)))


def test_ink_fades_and_what_is_no_number_breaks_the_line() -> None:
    faint = Curve(LINE, RED, ink=np.array([1.0, 0.0, 0.0]))
    assert red(faint).max() <= 41
    broken: Floats = np.array(
        [[10.0, 30.0], [30.0, 30.0], [np.nan, np.nan], [50.0, 30.0], [70, 30]]
    )
    columns = red(Curve(broken, RED))
    assert not set(range(33, 48)) & set(columns.tolist())
    assert {20, 60} <= set(columns.tolist())


def test_curves_have_a_keyframe_for_each_stop() -> None:
    assert scene().kind == FIGURE and scene(stops=4).acts == 3
    scene(Curve(LINE, RED), stops=5)
    for curve in (Curve(np.stack([LINE] * 3), RED), Curve(LINE, RED, progress=np.arange(3.0))):
        scene(curve, stops=3)
        with pytest.raises(WarpvizError, match="curves of 2 keyframes, got 3"):
            scene(curve)
