"""Where panels and losses of a film of training stand, by hand."""

from typing import Any

import numpy as np
import pytest

import warpviz as wv
from warpviz.errors import WarpvizError
from warpviz.film import training
from warpviz.film.learners import Learner
from warpviz.film.training import _losses, _room, checked_options, default_size
from warpviz.languages.language import ENGLISH
from warpviz.theme import THEMES

DARK = THEMES["dark"]
NET = wv.mlp([2, 2, 2], "tanh", seed=0)


def test_panels_are_360_pixels_and_losses_half_as_high() -> None:
    assert [default_size(n) for n in (1, 2, 4, 5, 8, 9)] == [
        (960, 480), (720, 540), (1440, 540), (1080, 900), (1440, 900), (1080, 1260)
    ]  # fmt: skip
    assert _room((1000, 500), 1) == (580, 500)
    # One row of two, and two rows of three: of three and of five halves.
    assert _room((720, 540), 2) == (720, 360) and _room((1080, 900), 5) == (1080, 720)


def test_losses_need_ninety_pixels() -> None:
    assert checked_options({"size": (720, 270)}, 2)[1] == (720, 270)
    with pytest.raises(WarpvizError, match=r"2 panels would be 89 pixels high.* of 720x272 or"):
        checked_options({"size": (720, 268)}, 2)


def learner(title: str, epochs: list[float], losses: list[float]) -> Learner:
    count = len(epochs)
    return Learner(title, (NET,) * count, np.array(epochs), np.array(losses), ("",) * count)


def test_losses_of_one_stand_beside_its_panel() -> None:
    one = learner("", [0, 10, 20], [2.0, 1.0, np.inf])
    chart = _losses([one], np.array([0.0, 5.0, 20.0]), (1000, 500), DARK, 2, ENGLISH)
    assert chart.corner == (580, 0) and chart.backdrop.shape[:2] == (500, 420)
    (curve,) = chart.curves
    inside = chart.inside
    assert inside is not None and curve.inside is inside
    # A letter is 3.4 % of the height: 17 pixels.
    assert inside.x0 == pytest.approx(580 + 4.2 * 17) and inside.y0 == pytest.approx(2.6 * 17)
    np.testing.assert_allclose(curve.points[:, 0], np.linspace(inside.x0, inside.x1, 3))
    assert curve.points[0, 1] < curve.points[1, 1]
    assert curve.points[2, 1] == pytest.approx(inside.y0 - 5e8)
    assert (curve.width, curve.head, curve.colour, curve.name) == (2.5, 0, DARK.classes[0], "loss")
    assert curve.progress is not None and curve.progress.tolist() == [0, 0.5, 2]


def test_losses_of_several_are_below_in_colours_that_no_class_has() -> None:
    some: list[Any] = [
        learner("relu · 4 units", [0, 10], [2.0, 1.0]), learner("tanh", [0, 20], [3.0, 0.5])
    ]  # fmt: skip
    chart = _losses(some, np.array([0.0, 20.0]), (720, 540), DARK, 3, ENGLISH)
    assert chart.corner == (0, 360) and chart.backdrop.shape[:2] == (180, 720)
    em = min(0.034 * 360, 0.09 * 180)
    assert [curve.colour for curve in chart.curves] == [*DARK.classes[3:5]]
    assert [curve.width for curve in chart.curves] == pytest.approx([em / 7] * 2)
    assert [curve.head for curve in chart.curves] == [3, 4]
    assert [curve.name for curve in chart.curves] == ["relu", "tanh"]
    inside = chart.inside
    assert inside is not None
    first, second = (curve.points[:, 0] for curve in chart.curves)
    assert first[1] == pytest.approx((inside.x0 + inside.x1) / 2)
    assert second.tolist() == pytest.approx([inside.x0, inside.x1])
    low = _losses(some, np.array([0.0, 20.0]), (720, 300), DARK, 3, ENGLISH)
    assert low.curves[0].width == pytest.approx(9.0 / 7)


@pytest.mark.parametrize(
    ("count", "size", "em"),
    [(1, (960, 1000), 34.0), (1, (960, 200), 9.0), (2, (720, 540), 12.24), (2, (720, 200), 9.0),
     (2, (720, 3000), 54.0), (9, (1080, 1260), 16.2)],
)  # fmt: skip
def test_letters_of_losses_are_3_4_of_a_hundred_of_the_height_where_they_are_not_low(
    count: int, size: tuple[int, int], em: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    def asked(box: Any, colours: Any, still: Any, em: float) -> Any:
        raise ArithmeticError(em)

    monkeypatch.setattr(training, "backdrop", asked)
    with pytest.raises(ArithmeticError) as told:
        _losses([learner("a", [0, 1], [2, 1])] * count, np.zeros(1), size, DARK, 2, ENGLISH)
    assert told.value.args == (pytest.approx(em),)
