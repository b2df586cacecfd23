"""Where a chart's axes are, in letters, and how losses are drawn on them."""

from typing import Any

import numpy as np
import pytest
from matplotlib.figure import Figure
from matplotlib.ticker import LogLocator

from warpviz.figures.style import rgb
from warpviz.film.charts import backdrop, loss_axes
from warpviz.motion.framing import Box
from warpviz.theme import THEMES, Theme

DARK = THEMES["dark"]


def nothing(axes: Any) -> None:
    """Empty axes."""


def test_around_the_axes_there_is_room_for_letters() -> None:
    box = Box(100.0, 50.0, 500.0, 290.0)
    for given, right, top, bottom in (
        ({}, 1.0, 2.6, 3.4), ({"right": 3.0, "top": 2.0, "bottom": 5.0}, 3.0, 2.0, 5.0)
    ):  # fmt: skip
        inside = backdrop(box, DARK, nothing, 10.0, **given).inside
        found = (inside.x0, inside.x1, inside.y0, inside.y1)
        want = (142.0, 500 - 10 * right, 50 + 10 * top, 290 - 10 * bottom)
        assert found == pytest.approx(want, abs=1e-6)
    # Where letters leave nothing, a tenth is left to the axes.
    small = backdrop(Box(0.0, 0.0, 50.0, 60.0), DARK, nothing, 12.0).inside
    assert (small.width, small.height) == pytest.approx((5.0, 6.0))


@pytest.mark.parametrize("em", [10.0, 20.0])
def test_letters_are_as_large_as_asked_for(em: float) -> None:
    kept: list[Any] = []

    def draw(axes: Any) -> None:
        axes.set(xlabel="epoch", xlim=(0, 3))
        axes.set_title("short", loc="left")
        kept.append(axes)

    backdrop(Box(0.0, 0.0, 600.0, 400.0), DARK, draw, em)
    (axes,) = kept
    # A hundred pixels are an inch, an inch is 72 points.
    points = 0.72 * em
    assert axes.xaxis.label.get_fontsize() == pytest.approx(0.9 * points)
    assert axes._left_title.get_fontsize() == pytest.approx(points)
    assert axes.get_xticklabels()[0].get_fontsize() == pytest.approx(0.8 * points)
    assert axes.get_xticklabels()[0].get_color() == rgb(DARK.muted)


def test_a_title_is_written_smaller_until_it_fits() -> None:
    kept: list[Any] = []

    def draw(axes: Any) -> None:
        axes.set_title("a title that is longer than its chart", loc="left")
        kept.append(axes)

    backdrop(Box(0.0, 0.0, 200.0, 200.0), DARK, draw, 14.0)
    title = kept[0]._left_title
    width = title.get_window_extent().width
    room = 200 - 4.2 * 14 - 0.3 * 14
    assert width <= room < width / 0.94 + 6 and title.get_fontsize() > 5
    backdrop(Box(0.0, 0.0, 90.0, 90.0), DARK, draw, 14.0)
    assert 4.7 <= kept[1]._left_title.get_fontsize() <= 5.0


def test_where_a_theme_has_no_ground_pixels_have_none() -> None:
    bare = Theme(**{**vars(DARK), "transparent": True})
    box = Box(0.0, 0.0, 90.0, 80.0)
    pixels = backdrop(box, bare, nothing, 9.0).pixels
    assert pixels.shape == (80, 90, 4) and pixels[0, 0, 3] == 0 and pixels[..., 3].max() > 0
    plain = backdrop(box, DARK, nothing, 9.0).pixels
    assert plain.shape == (80, 90, 3) and plain[0, 0].tolist() == list(DARK.background)


def axes_of(losses: dict[str, list[float]], epochs: list[float], **given: Any) -> Any:
    axes = Figure().add_subplot()
    arrays = {name: np.array(values) for name, values in losses.items()}
    loss_axes(axes, np.array(epochs), arrays, DARK, **given)
    return axes


def test_axes_of_losses_hold_all_that_is_positive() -> None:
    losses = {"a": [8.0, 1.0, 0.5], "b": [4.0, 2.0, 0.0]}
    log = axes_of(losses, [1, 2, 3], scales="semilogy")
    assert log.get_ylim() == pytest.approx((0.5 / 1.5, 12.0))
    flat = axes_of(losses, [1, 2, 3], scales="linear")
    assert flat.get_ylim() == pytest.approx((0.0, 8.4))
    nothing = axes_of({"a": [0.0, 0.0]}, [1, 2], scales="loglog")
    assert nothing.get_ylim() == (0.0, 1.0)
    assert axes_of({"a": [0.5]}, [4.0]).get_xlim() == (4.0, 5.0)


@pytest.mark.parametrize(("high", "subs"), [(299.0, [1, 2, 5]), (301.0, [1])])
def test_ticks_of_few_decades_are_at_twos_and_fives(high: float, subs: list[float]) -> None:
    axes = axes_of({"a": [high, 1.0]}, [1, 2])
    locator = axes.yaxis.get_major_locator()
    assert isinstance(locator, LogLocator)
    found = sorted(tick for tick in locator.tick_values(1.0, 9.9) if 1 <= tick < 10)
    assert found == pytest.approx(subs)
    assert axes.yaxis.get_major_formatter()(20.0, 0) == "20"
    assert axes.yaxis.get_minor_formatter()(20.0, 0) == ""


def test_curves_are_faint_and_have_the_colours_of_classes_in_turn() -> None:
    names = [str(i) for i in range(len(DARK.classes) + 1)]
    axes = axes_of({name: [1.0, 2.0] for name in names}, [0, 1])
    colours = [line.get_color() for line in axes.lines]
    assert colours[:2] == [rgb(DARK.classes[0]), rgb(DARK.classes[1])]
    assert colours[-1] == colours[0] and {line.get_alpha() for line in axes.lines} == {0.3}
    inks = [(1, 2, 3), (4, 5, 6)]
    own = axes_of({name: [1.0, 2.0] for name in names[:3]}, [0, 1], inks=inks, title="error")
    assert [line.get_color() for line in own.lines] == [rgb(inks[k]) for k in (0, 1, 0)]
    assert (axes.get_title("left"), own.get_title("left")) == ("loss", "error")
    assert [line.get_label() for line in own.lines] == names[:3]
    assert axes.get_xlabel() == "epoch"
    long = axes_of({"a": [1.0, 2.0]}, [0, 500])
    assert long.xaxis.get_transform().linthresh == 1
    assert long.xaxis.get_major_formatter()(200.0, 0) == "200"
