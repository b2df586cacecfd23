"""Stills of activations: what is drawn, on which axes, and what is said of it."""

import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

import warpviz as wv
from warpviz.curves.drawable import check_limits, drawables
from warpviz.curves.facts import facts_of
from warpviz.curves.figure import activations_figure, save_activations
from warpviz.curves.words import said
from warpviz.errors import WarpvizError
from warpviz.figures.style import rgb
from warpviz.theme import THEMES


def axes_of(name: str, **options: Any) -> Any:
    figure = Figure()
    FigureCanvasAgg(figure)
    ax = figure.subplots()
    wv.plot_activation(name, ax, **options)
    ax.figure.canvas.draw()
    return ax


def line_of(ax: Any, colour: tuple[int, int, int]) -> np.ndarray:
    """(M, 2) the line of this colour that has many points."""
    (found,) = [
        np.asarray(line.get_xydata())
        for line in ax.lines
        if line.get_color() == rgb(colour) and len(line.get_xdata()) > 99
    ]
    return found


def test_function_and_slope_are_drawn_together_on_true_axes() -> None:
    ax = axes_of("gelu")
    z, values = line_of(ax, THEMES["light"].classes[0]).T
    x = torch.tensor(z, requires_grad=True)
    y = torch.nn.functional.gelu(x)
    y.sum().backward()
    np.testing.assert_allclose(values, y.detach(), atol=1e-9)
    assert x.grad is not None
    np.testing.assert_allclose(line_of(ax, THEMES["light"].classes[1])[:, 1], x.grad, atol=1e-9)
    unit = ax.transData.transform([[0, 0], [1, 0], [0, 1]])
    assert unit[1, 0] - unit[0, 0] == pytest.approx(unit[2, 1] - unit[0, 1], rel=1e-6)
    assert (z.min(), z.max()) == (-4.0, 4.0)


@pytest.mark.parametrize(
    ("name", "marker", "places"),
    [
        ("relu", "o", [0.0]),
        ("z*clip(z+3, 0, 6)/6", "o", [-3.0, 3.0]),
        ("z*clip(z+3, 0, 6)/6", "D", [-1.5]),
        ("sin", "D", [-np.pi / 2, np.pi / 2]),
        ("tanh", "D", []),
        ("tanh", "o", []),
    ],
)
def test_kinks_and_turns_are_marked(name: str, marker: str, places: list[float]) -> None:
    ax = axes_of(name)
    marks = [line for line in ax.lines if line.get_marker() == marker and line.get_zorder() == 4]
    filled = [line for line in marks if line.get_color() != "none"]
    assert sorted(z for line in filled for z in line.get_xdata()) == pytest.approx(places)
    for line in filled:
        np.testing.assert_allclose(
            line.get_ydata(), wv.ACTIVATIONS[name].f(line.get_xdata()), atol=1e-12
        )


def test_where_it_falls_the_ground_is_shaded_and_the_least_slope_is_told() -> None:
    ax = axes_of("gelu")
    (shade,) = ax.collections
    (box,) = [path.vertices for path in shade.get_paths()]
    assert box[:, 0].min() == -4.0 and box[:, 0].max() == pytest.approx(-0.752, abs=0.02)
    assert [text.get_text() for text in ax.texts] == ["f′ = −0.129", "gelu: z·Φ(z)"]
    assert not axes_of("tanh").collections[0].get_paths()


def test_a_jump_is_a_gap_and_a_kink_breaks_the_slope_alone() -> None:
    z, values = line_of(axes_of("where(z < 0, 0, 1)"), THEMES["light"].classes[0]).T
    assert np.isnan(values).sum() == 1 and abs(z[np.isnan(values)][0]) < 1e-6
    ax = axes_of("relu")
    assert not np.isnan(line_of(ax, THEMES["light"].classes[0])).any()
    assert np.isnan(line_of(ax, THEMES["light"].classes[1])[:, 1]).sum() == 1


@pytest.mark.parametrize(
    ("name", "folds", "ends"),
    [
        ("identity", "never folds", "no limits"),
        ("tanh", "never folds", "limits −1 and 1"),
        ("relu", "flat in part at t = 1, never turns", "kink at 0, limit 0 on the left"),
        ("z**2", "folds at once, turns at z = 0", "no limits"),
        ("max(z, -0.3*z)", "folds from t = 0.769, turns at z = 0", "kink at 0, no limits"),
        ("sin", "folds from t = 0.500, turns 8 times in ±12", "no limits"),
        (
            "where(z < 0, 0, 1)",
            "flat throughout at t = 1, never turns",
            "jump at 0, limits 0 and 1",
        ),
        ("clip(z, -1, 1)", "flat in part at t = 1, never turns", "kinks at −1, 1, limits −1 and 1"),
        ("max(-z, 0)", "folds from t = 0.500", "kink at 0, limit 0 on the right"),
        ("log(z)", "never folds", "undefined below 0, no limits"),
        ("sin(z)/cos(z)", "never folds", "undefined at 8 places in ±12, no limits"),
        ("1/(z - 1)", "folds at once", "undefined at 1, limits 0 and 0"),
        (
            "sqrt(1 - z**2)",
            "folds at once, turns at z = 0",
            "undefined below −1, above 1, no limits",
        ),
        ("z**1000", "folds at once, turns at z = 0", "no limits"),
    ],
)
def test_what_is_said_of_it(name: str, folds: str, ends: str) -> None:
    assert said(facts_of(wv.ACTIVATIONS[name])) == (folds, ends)


def test_where_it_is_undefined_the_ground_is_hatched_and_a_hole_is_a_line() -> None:
    ax = axes_of("log(z)/(z - 1)")
    (hatched,) = [patch for patch in ax.patches if patch.get_hatch()]
    box = hatched.get_extents().transformed(ax.transData.inverted())
    np.testing.assert_allclose((box.x0, box.x1), (-4.0, 0.0), atol=1e-9)
    upright = [
        line for line in ax.lines if len(line.get_xdata()) == 2 and line.get_linestyle() == "--"
    ]
    assert [list(line.get_xdata()) for line in upright] == [[1.0, 1.0]]
    assert not axes_of("tanh").patches
    # The curve goes down to the frame, where it has no end.
    low = ax.get_ylim()[0]
    z, values = line_of(axes_of("log(z)"), THEMES["light"].classes[0]).T
    assert np.nanmin(values) < low and np.isnan(values[z < 0]).all()


def test_what_falls_too_little_or_too_steeply_for_a_float_is_shaded_too() -> None:
    (shade,) = axes_of("z**1000").collections
    (box,) = [path.vertices for path in shade.get_paths()]
    assert (box[:, 0].min(), box[:, 0].max()) == (-4.0, pytest.approx(0.0, abs=0.02))


def test_the_key_names_what_is_undefined_where_something_is() -> None:
    for name, named in (("log(z)", True), ("tanh", False)):
        (legend,) = activations_figure([wv.ACTIVATIONS[name]], "dark", None).legends
        assert ("undefined" in [text.get_text() for text in legend.get_texts()]) is named


@pytest.mark.many(quick=1)
@pytest.mark.parametrize("theme", ["dark", "light"])
def test_a_still_of_several_has_a_panel_each_and_one_scale(theme: str) -> None:
    names = ["relu", "tanh", "gelu", "wave=sin(2*z)/2 + z/2", "z/(1 + abs(z))"]
    records = [wv.ACTIVATIONS[name] for name in names]
    figure = activations_figure(records, theme, None)
    figure.canvas.draw()
    panels = [ax for ax in figure.axes if ax.lines]
    assert len(panels) == 5 and len({(ax.get_xlim(), ax.get_ylim()) for ax in panels}) == 1
    boxes = [ax.get_tightbbox() for ax in panels]
    for i, one in enumerate(boxes):
        assert one.x0 >= 0 and one.x1 <= figure.bbox.width + 1
        for two in boxes[:i]:
            over = (
                min(one.x1, two.x1) - max(one.x0, two.x0),
                min(one.y1, two.y1) - max(one.y0, two.y0),
            )
            assert min(over) <= 0.5
    assert figure.get_facecolor()[:3] == pytest.approx(rgb(THEMES[theme].background))


def test_limits_reach_as_far_as_kinks() -> None:
    assert drawables([wv.ACTIVATIONS["clip(z, 0, 6)"]])[0].z[-1] == pytest.approx(7.8)
    assert drawables([wv.ACTIVATIONS["relu(z - 30)"]])[0].z[-1] == 9.0
    own = drawables([wv.ACTIVATIONS["relu"]], (-1.0, 2.0))[0]
    assert (own.z[0], own.z[-1]) == (-1.0, 2.0)


@pytest.mark.slow
def test_files(tmp_path: Path) -> None:
    for name in ("a.svg", "a.pdf"):
        path = save_activations(["relu", "silu"], tmp_path / name)
        again = save_activations(["relu", "silu"], tmp_path / f"again{path.suffix}")
        assert path.read_bytes() == again.read_bytes()
    text = (tmp_path / "a.svg").read_text(encoding="utf-8")
    assert {"folds from t = 0.909, turns at z = −1.28", "relu: max(0, z)"} <= set(
        re.findall(r">([^<>]+)</text>", text)
    )


def test_a_size_that_cannot_be_read_is_refused_with_one_that_can(tmp_path: Path) -> None:
    with pytest.raises(WarpvizError, match="2 activations in 400x240 pixels") as told:
        save_activations(["relu", "gelu"], tmp_path / "a.png", size=(400, 240))
    width, height = map(int, re.findall(r"(\d+)x(\d+) or more", str(told.value))[0])
    image: Any
    with Image.open(
        save_activations(["relu", "gelu"], tmp_path / "a.png", size=(width, height))
    ) as image:
        assert image.size == (width, height)


def test_misuse() -> None:
    with pytest.raises(WarpvizError, match="expects ax to be axes of matplotlib"):
        wv.plot_activation("relu", 3)
    with pytest.raises(WarpvizError, match="limits expects z0,z1 that rise, such as -4,4; got 2,1"):
        axes_of("relu", limits=(2.0, 1.0))
    with pytest.raises(WarpvizError, match="got 1"):
        check_limits((1.0,))
    with pytest.raises(WarpvizError, match="did you mean 'relu'"):
        axes_of("rellu")
