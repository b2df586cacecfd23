"""Films and stills of landscapes."""

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from matplotlib.figure import Figure
from PIL import Image

import warpviz as wv
from warpviz.errors import WarpvizError
from warpviz.landscapes.figure import save_landscape, wrapped
from warpviz.landscapes.film import animate_landscape
from warpviz.landscapes.ground import draw_landscape, heights
from warpviz.landscapes.line import line_landscape
from warpviz.landscapes.paths import OFF
from warpviz.landscapes.surface import loss_landscape
from warpviz.picture.figure import FigureScene
from warpviz.theme import THEMES

DATA = wv.load_data("rings", n=150)
SMALL: dict[str, Any] = {"size": (480, 240), "fps": 6.0, "seconds": 2.0}


def test_the_path_grows_to_its_end_on_the_surface() -> None:
    fits = {"lbfgs": wv.train(wv.mlp([2, 3, 2], "tanh", seed=1), DATA, epochs=40)}
    land = loss_landscape(fits, DATA, grid=21)
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


def test_a_landscape_without_its_fits_is_refused() -> None:
    fits = {"lbfgs": wv.train(wv.mlp([2, 3, 2], "tanh", seed=1), DATA, epochs=5)}
    land = loss_landscape(fits, DATA, grid=5)
    with pytest.raises(WarpvizError, match="expects the fits whose paths the landscape shows and"):
        animate_landscape(land, **SMALL)
    with pytest.raises(WarpvizError, match=r"fits named lbfgs, as .* got path"):
        animate_landscape(land, fits["lbfgs"], DATA, **SMALL)


def test_colours_follow_the_loss_up_to_the_ceiling() -> None:
    values, levels = heights(line_landscape())
    assert values.max() == 80 and levels[0] == 0 and levels[-1] == 80 and len(levels) == 101


NAMES = ("lbfgs", "adam", "descent")


@cache
def fits_of(names: tuple[str, ...], activation: str = "tanh") -> dict[str, Any]:
    start = wv.mlp([2, 3, 2], activation, seed=1)
    return {name: wv.train(start, DATA, optimizer=name, epochs=40) for name in names}


@pytest.mark.many(quick=1)
@pytest.mark.parametrize("names", [NAMES[:1], NAMES[:2]])
def test_ends_stand_where_the_colour_is_their_loss(names: tuple[str, ...]) -> None:
    fits = fits_of(names)
    land = loss_landscape(fits, DATA, grid=201)
    for name, made in fits.items():
        for place in (0, -1):
            at = land.paths[name][place]
            i, j = (np.abs(axis - at[k]).argmin() for k, axis in enumerate((land.a, land.b)))
            assert land.loss[j, i] == pytest.approx(made.history.losses[place], rel=0.15)


def test_the_legend_tells_true_losses_and_distances() -> None:
    fits = fits_of(NAMES)
    land = loss_landscape(fits, DATA, grid=21)
    axes: Any = Figure().add_subplot()
    draw_landscape(land, axes)
    told = [text.get_text() for text in axes.get_legend().get_texts()]
    first = fits["adam"].history
    distance = np.linalg.norm(
        (first.parameters[0] - land.origin)
        @ (np.eye(len(land.origin)) - land.directions.T @ land.directions)
    )
    assert told[0] == f"start {first.losses[0]:.3g} ({distance:.2g} off)"
    assert told[1:4] == [f"{name} {fits[name].history.losses[-1]:.3g}" for name in NAMES]
    assert told[4].endswith("off the plane")
    marks = {line.get_label(): line for line in axes.lines}
    assert all(marks[name].get_markerfacecolor() != "none" for name in told[1:4])


def test_what_lies_off_the_plane_is_hollow() -> None:
    land = loss_landscape(fits_of(NAMES[:1]), DATA, directions="random", grid=5)
    axes: Any = Figure().add_subplot()
    draw_landscape(land, axes)
    hollow = {
        line.get_label().split()[0]: line.get_markerfacecolor() == "none" for line in axes.lines
        if line.get_marker() not in (".", "None")
    }  # fmt: skip
    # The plane goes through the end, the start lies off any random plane.
    assert hollow == {"start": True, "lbfgs": False}


@pytest.mark.slow
def test_the_faint_points_are_those_off_the_plane() -> None:
    land = loss_landscape(fits_of(NAMES), DATA, grid=11)
    film = animate_landscape(land, fits_of(NAMES), DATA, **SMALL)
    assert isinstance(film.scene, FigureScene)
    diagonal = np.hypot(np.ptp(land.a), np.ptp(land.b))
    for curve, off in zip(film.scene.charts[0].curves, land.off.values(), strict=True):
        assert curve.ink is not None
        np.testing.assert_array_equal(curve.ink < 1, off > OFF * diagonal)


def roundness(value: float) -> int:
    """How many digits a number takes."""
    return len(f"{abs(value):.10e}".split("e")[0].rstrip("0").replace(".", ""))


@pytest.mark.parametrize("activation", ["tanh", "relu"])
@pytest.mark.parametrize("directions", ["ends", "random"])
def test_levels_and_ticks_are_round_losses(activation: str, directions: str) -> None:
    land = loss_landscape(fits_of(NAMES[:1], activation), DATA, directions=directions, grid=31)
    axes: Any = Figure().add_subplot()
    draw_landscape(land, axes)
    _, levels = heights(land)
    assert levels[0] <= land.loss.min() and np.percentile(land.loss, 99) <= levels[-1]
    assert max(roundness(level) for level in levels) <= 2
    (bar,) = axes.child_axes
    ticks = bar.get_yticks()
    assert 2 <= len(ticks) <= 9 and set(ticks) <= set(levels)
    assert [text.get_text() for text in bar.get_yticklabels()] == [f"{tick:g}" for tick in ticks]


def test_a_loss_that_is_not_finite_everywhere_is_drawn() -> None:
    land = line_landscape()
    holes = np.where(land.loss > 60, np.inf, land.loss)
    holes[0, 0] = np.nan
    values, levels = heights(replace(land, loss=holes, ceiling=None))
    assert np.isfinite(values).all() and values.max() == levels[-1]
    with pytest.raises(WarpvizError, match="finite nowhere"):
        heights(replace(land, loss=np.full_like(holes, np.nan), ceiling=None))


@pytest.mark.many(quick=1)
@pytest.mark.parametrize("name", ["dark", "light"])
@pytest.mark.parametrize("size", [(240, 180), (320, 240), (640, 360), (961, 481)])
def test_nothing_runs_over_the_edge_or_into_each_other(
    name: str, size: tuple[int, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[Any] = []

    def keep(figure: Figure, path: Path, **_: object) -> None:
        drawn.append(figure)
        path.write_bytes(b"x")

    monkeypatch.setattr(Figure, "savefig", keep)
    save_landscape(line_landscape(), tmp_path / "l.png", fit=True, theme_name=name, size=size)
    (figure,) = drawn
    figure.canvas.draw()
    assert tuple(figure.canvas.get_width_height()) == size
    whole = figure.bbox
    boxes = [
        text.get_window_extent()
        for axes in figure.axes
        for each in (axes, *axes.child_axes)
        for text in (
            each.title, each.xaxis.label, each.yaxis.label,
            *each.get_xticklabels(), *each.get_yticklabels(),
        )
        if text.get_text() and _seen(text, each)
    ]  # fmt: skip
    for k, box in enumerate(boxes):
        assert box.x0 >= whole.x0 - 1 and box.x1 <= whole.x1 + 1, box
        assert box.y0 >= whole.y0 - 1 and box.y1 <= whole.y1 + 1, box
        assert box.height >= 9 * 0.7  # capitals and digits of 9 px
        for other in boxes[:k]:
            assert not box.padded(-1.5).overlaps(other.padded(-1.5)), (box, other)


def _seen(text: Any, axes: Any) -> bool:
    """Ticks beyond the limits keep their labels, which are not drawn."""
    if text in axes.get_xticklabels():
        low, high = axes.get_xlim()
        return bool(low <= text.get_position()[0] <= high)
    if text in axes.get_yticklabels():
        low, high = axes.get_ylim()
        return bool(low <= text.get_position()[1] <= high)
    return True


@pytest.mark.many(quick=1)
@pytest.mark.parametrize("size", [(240, 180), (320, 240), (480, 240)])
def test_films_of_any_size_have_an_empty_edge(size: tuple[int, int]) -> None:
    film = animate_landscape(line_landscape(), size=size, fps=4.0, seconds=1.0)
    assert isinstance(film.scene, FigureScene)
    for chart in film.scene.charts:
        ring = np.concatenate([chart.backdrop[[0, -1]].reshape(-1, 3),
                               chart.backdrop[:, [0, -1]].reshape(-1, 3)])  # fmt: skip
        assert (ring == film.scene.theme.background).all()


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["contours", "surface"])
def test_stills(kind: str, tmp_path: Path) -> None:
    land = line_landscape()
    for name in ("l.png", "l.svg", "l.pdf"):
        path = save_landscape(land, tmp_path / name, kind=kind, fit=True, theme_name="dark")
        assert path.stat().st_size > 10_000
    assert "exp(x)" in (tmp_path / "l.svg").read_text()


@pytest.mark.many(quick=1)
@pytest.mark.parametrize("kind", ["contours", "surface"])
@pytest.mark.parametrize("size", [(240, 180), (480, 360), (900, 300), (360, 720)])
def test_stills_have_an_empty_edge(kind: str, size: tuple[int, int], tmp_path: Path) -> None:
    land = loss_landscape(fits_of(NAMES), DATA, grid=11)
    path = save_landscape(land, tmp_path / "l.png", kind=kind, size=size, theme_name="dark")
    with Image.open(path) as image:
        assert image.size == size
        pixels = np.asarray(image.convert("RGB"))
    ring = np.concatenate([*pixels[[0, -1]], *pixels[:, [0, -1]].transpose(1, 0, 2)])
    assert (ring == THEMES["dark"].background).all()


def test_lines_and_paths_end_at_their_axes() -> None:
    film = animate_landscape(line_landscape(), size=(480, 240), fps=5, seconds=2)
    assert isinstance(film.scene, FigureScene)
    assert all(curve.inside for chart in film.scene.charts for curve in chart.curves)


@pytest.mark.parametrize("room", range(4, 60, 3))
def test_a_percentage_is_not_broken(room: int) -> None:
    words = "plane through start and ends of lbfgs and adam, 76 % of their variance"
    lines = wrapped(words, room).splitlines()
    assert " ".join(lines) == words and any("76 %" in line for line in lines)
