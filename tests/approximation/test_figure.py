"""Stills of approximations, and the words on small ones."""

from pathlib import Path

import pytest

from warpviz.approximation.figure import approximation_figure, save_approximation
from warpviz.approximation.film import animate_approximation
from warpviz.approximation.learning import approximate
from warpviz.approximation.targets import target_of
from warpviz.picture.figure import FigureScene


@pytest.mark.slow
def test_comparisons_and_stills(tmp_path: Path) -> None:
    target = target_of("abs")
    found = [
        approximate(target, name=name, layers=(4,), activation=name, steps=60)
        for name in ("identity", "relu", "tanh")
    ]
    film = animate_approximation(found, size=(640, 320), fps=5, seconds=1, theme="light")
    scene = film.scene
    assert isinstance(scene, FigureScene)
    assert len(scene.charts) == 7 and len(scene.charts[-1].curves) == 3
    assert film.frame(0, 0.5).pixels.shape == (320, 640, 3)
    for name in ("a.png", "a.svg", "a.pdf"):
        assert save_approximation(found, tmp_path / name).stat().st_size > 1000
    assert "relu" in (tmp_path / "a.svg").read_text()


@pytest.mark.slow
@pytest.mark.parametrize("size", [(240, 180), (480, 360), (900, 300)])
def test_words_of_a_small_still_keep_apart(size: tuple[int, int]) -> None:
    found = [
        approximate("exp", name=name, layers=(4,), activation=name, steps=60)
        for name in ("identity", "relu", "tanh")
    ]
    figure = approximation_figure(found, "dark", size, "loglog")
    figure.draw_without_rendering()
    whole, words = figure.bbox, []
    for axes in figure.axes:
        one = axes.get_legend()
        named = one.get_texts() if one else []
        for x, y in (corner for text in named for corner in text.get_window_extent().corners()):
            assert axes.bbox.contains(x, y)
        inside = [axis.label for axis in (axes.xaxis, axes.yaxis)]
        for axis in (axes.xaxis, axes.yaxis):
            low, high = sorted(axis.get_view_interval())
            ticks = zip(axis.get_majorticklocs(), axis.get_majorticklabels(), strict=False)
            inside += [label for place, label in ticks if low <= place <= high]
        words += [t for t in [*named, *inside] if t.get_visible() and t.get_text()]
    boxes = [word.get_window_extent() for word in words]
    assert len(boxes) > 15
    for i, box in enumerate(boxes):
        assert all(whole.contains(x, y) for x, y in box.corners()), words[i]
        assert not box.count_overlaps(boxes[:i]), words[i]
