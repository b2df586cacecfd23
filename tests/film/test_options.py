import math
from typing import Any

import pytest

from warpviz.data import load_data
from warpviz.errors import WarpvizError
from warpviz.film.build import animate, compare
from warpviz.film.looks.look import Look
from warpviz.film.options import Options
from warpviz.model import mlp
from warpviz.picture.scene import PARTS, SHOWN


def test_the_defaults_are_those_of_the_design() -> None:
    chosen = Options()
    look, clock, staging = chosen.look, chosen.clock, chosen.staging
    assert (look.view, staging.motion, look.theme) == ("auto", "polar", "dark")
    assert (clock.fps, clock.seconds, clock.rest, clock.loop) == (20, None, 0.5, 0)
    assert look.size is None
    assert look.limits is None
    assert chosen.parts == SHOWN
    assert not (staging.whole_layers or staging.softmax)


@pytest.mark.parametrize("part", PARTS)
def test_each_part_can_be_shown_and_hidden(part: str) -> None:
    assert part in Look(show=(part,)).parts
    assert part not in Look(hide=(part,)).parts
    assert part not in Look(show=(part,), hide=(part,)).parts
    assert Look(hide=(part,)).parts == SHOWN - {part}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"view": "4d"}, r"Unknown view '4d'; did you mean '3d'\?"),
        ({"motion": "pola"}, r"Unknown motion 'pola'; did you mean 'polar'\?"),
        ({"ease": "smoth"}, r"Unknown easing 'smoth'; did you mean 'smooth'\?"),
        ({"theme": "drak"}, r"Unknown theme 'drak'; did you mean 'dark'\?"),
        ({"theme": "zzz"}, r"Unknown theme 'zzz'; choose one of dark, light\."),
        ({"show": ("creses",)}, r"Unknown part 'creses'; did you mean 'creases'\?"),
        ({"hide": ("tracks",)}, r"Unknown part 'tracks'; did you mean 'track'\?"),
        ({"size": (100, 100)}, r"size expects 240x180 to 3840x2160 pixels, got 100x100"),
        ({"loop": -1}, r"loop expects 0 \(forever\) or more plays, got -1"),
        ({"jobs": -2}, r"jobs expects 0 \(one a core\) or more, got -2"),
    ],
)
def test_bad_values_are_refused_in_one_sentence(change: dict[str, Any], message: str) -> None:
    with pytest.raises(WarpvizError, match=message) as caught:
        Options.of(change)
    assert "\n" not in str(caught.value)


# All arguments are checked before any training: what a film refuses its options must refuse.
@pytest.mark.parametrize(
    "change",
    [
        {"fps": 0}, {"fps": -1}, {"fps": math.nan}, {"seconds": 0}, {"seconds": -2},
        {"hold": -0.5}, {"hold": math.inf}, {"limits": (1.0, -1.0, 0.0, 1.0)},
        {"limits": (0.0, math.nan, 0.0, 1.0)}, {"font": "No Such Family"},
    ],
    ids=str,
)  # fmt: skip
def test_the_clock_and_the_limits_are_checked_early(change: dict[str, Any]) -> None:
    with pytest.raises(WarpvizError):
        Options.of(change)


def test_what_is_of_another_kind_is_told_of_what_was_called() -> None:
    data, model = load_data("moons", n=40), mlp([2, 3, 2], "tanh")
    for change, says in (
        ({"show": 3}, "animate expects show to be a list of texts, got 3."),
        ({"seconds": "x"}, "animate expects seconds to be a number or None, got 'x'."),
        ({"jobs": "all"}, "animate expects jobs to be a whole number, got 'all'."),
    ):
        with pytest.raises(WarpvizError) as told:
            animate(model, data, **change)
        assert str(told.value) == says
    with pytest.raises(WarpvizError, match="A panel expects limits to be 4 numbers or None"):
        compare({"a": (model, {"limits": 3})}, data)


def test_one_part_may_be_its_name() -> None:
    assert Options.of({"show": "basis", "hide": "grid"}) == Options.of(
        {"show": ("basis",), "hide": ("grid",)}
    )
    with pytest.raises(WarpvizError, match="Unknown part 'bassis'; did you mean 'basis'"):
        Options.of({"show": "bassis"})
