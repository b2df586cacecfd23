"""Captions of panels by stand-ins: columns, what is seen, and how long words are read."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from tests.picture.marks.written import FONT
from tests.player.laid_down import wide
from warpviz.data import Dataset
from warpviz.errors import WarpvizError
from warpviz.film.options import Staging
from warpviz.film.play import Play
from warpviz.film.words import captions
from warpviz.film.words.captions import (
    _with_columns,
    _with_formulas,
    by_name,
    check_caption,
    reading_seconds,
    seen_words,
    words_at_stops,
)
from warpviz.film.words.classes import by_said_names, with_said_classes
from warpviz.film.words.learning import learning_words
from warpviz.languages.language import ENGLISH, language_of
from warpviz.model import mlp
from warpviz.motion.projection import Projection

NET = mlp([2, 3, 2], "relu", seed=0)
X = np.random.default_rng(0).normal(size=(9, 2))


def view(variance: float, axes: int = 3, **given: bool) -> Projection:
    asked: Any = {"principal": False, "whole": False, **given}
    return Projection(np.zeros(5), np.eye(5, 3) * (np.arange(3) < axes), variance=variance, **asked)


def test_how_much_is_seen_is_rounded_down() -> None:
    assert seen_words(view(0.999, principal=True), 5) == " (99 % seen)"
    assert seen_words(view(1.0, principal=True), 5) == ""
    assert seen_words(view(1.0, whole=True), 5) == ""
    assert seen_words(view(0.756, axes=2), 5) == " (2 of 5 axes, 75 % seen)"
    assert seen_words(view(1.0, axes=3), 5) == " (3 of 5 axes seen)"


def plan(names: tuple[str, ...] = (), **given: Any) -> Any:
    play = Play.of(NET, Staging())
    data = Dataset(X, np.arange(9) % 2, feature_names=names)
    asked = {"play": play, "data": data, "views": [view(1.0, whole=True)] * 4}
    return SimpleNamespace(**{**asked, **given})


@pytest.mark.parametrize(
    ("names", "told"),
    [((), "input (x₁, x₂)"), (("age", "size"), "input (age, size)"), (("a" * 17, "b" * 17), None),
     (("a" * 17, "b" * 18), "input")],
)  # fmt: skip
def test_the_input_is_called_by_columns_that_are_short(
    names: tuple[str, ...], told: str | None
) -> None:
    play = _with_columns(plan(names))
    told = told or f"input ({names[0]}, {names[1]})"
    assert play.stops[0] == told and play.doing[0] == f"{told} → affine"
    assert play.stops[1:] == Play.of(NET, Staging()).stops[1:]


def test_a_formula_stands_beside_its_name_where_there_is_room(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(captions, "text_width", wide)
    stops = Play.of(NET, Staging()).stops
    room = wide(f"{stops[1]}: ab", FONT, 10)
    for width, told in ((room, f"{stops[1]}: ab"), (room - 1, "ab (50 % seen)")):
        layout = SimpleNamespace(caption_em=10, caption_width=width)
        views = [view(1.0, whole=True), *[view(0.5, principal=True)] * 3]
        found = _with_formulas(plan(place=layout, views=views), ["ab", "c" * 99, "d"], FONT)
        assert found.stops[:3] == (stops[0], told, f"{'c' * 99} (50 % seen)")
        assert found.doing == ("ab", "c" * 99, "d")


def test_words_are_read_three_tenths_of_a_second_each() -> None:
    assert [reading_seconds(words) for words in (0, 4, 5, 14)] == pytest.approx([0, 0, 0.3, 3.0])

    def panel(stops: list[str], remarks: list[str]) -> Any:
        def moment(k: int, t: float, acts: int) -> tuple[int, float]:
            assert 0 <= k < max(acts, 1)
            return k, t

        return SimpleNamespace(
            moment=moment, caption=lambda k, t: stops[k + int(t)],
            remark=lambda k, t: remarks[k + int(t)] if remarks else "",
        )  # fmt: skip

    first = panel(["a · b", "one", "the last of all"], [])
    second = panel(["a", "one two", "last"], ["", "three → 4", "× ="])
    assert words_at_stops([first], 2) == (2, 1, 4)
    assert words_at_stops([first, second], 2) == (2, 4, 4)
    assert words_at_stops([panel(["a still"], [])], 0) == (2,)


def test_narrow_panels_have_brief_captions(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[list[str]] = []

    def place(plans: Any, said: Any, remarks: Any) -> Any:
        asked.append(list(said))
        assert remarks == ()
        return list(plans)

    for room in (True, False):
        asked.clear()
        monkeypatch.setattr(captions, "fits", lambda doing, place, font, room=room: room)
        monkeypatch.setattr(captions, "replace", lambda old, **new: SimpleNamespace(
            **{**vars(old), **new}))  # fmt: skip
        play = SimpleNamespace(
            stops=("in", "out"), doing=("in → out",), brief=("→ out",), say=ENGLISH,
            shown_widths=(5, 5),
        )  # fmt: skip
        one: Any = SimpleNamespace(
            play=play, views=[view(0.5, principal=True)] * 2, place=None, data=None
        )
        (found,) = by_name([one], place, FONT)
        seen = ["in (50 % seen)", "out (50 % seen)"]
        assert asked[0] == [*seen, "in → out"]
        assert asked[1] == [*seen, "in → out" if room else "→ out"]
        assert list(found.play.stops) == seen


def test_captions_that_there_are_not_are_told() -> None:
    for name in ("name", "why", "formula", "none"):
        check_caption(name)
    with pytest.raises(WarpvizError, match="did you mean 'formula'"):
        check_caption("formla")


def test_classes_that_come_along_are_called_in_the_films_language() -> None:
    german = language_of("de")
    names = ("inner", "blob 2", "blob x", "blob", "mine")
    data = Dataset(np.zeros((5, 2)), np.arange(5), names)
    told = with_said_classes(data, german).class_names
    assert told[0] != "inner" and told[1].endswith("2") and told[1] != "blob 2"
    assert told[2:] == ("blob x", "blob", "mine")
    assert with_said_classes(data, ENGLISH) is data
    numbers = Dataset.with_targets(X, X[:, 0])
    assert with_said_classes(numbers, german) is numbers
    given = {"inner": 1, "mine": 2, "blob 2": 3}
    assert by_said_names(given, told, german) == {told[0]: 1, "mine": 2, told[1]: 3}
    # A class of one's own that has such a name keeps it.
    assert by_said_names({"inner": 1}, ("inner",), german) == {"inner": 1}
    assert by_said_names("any", told, german) == "any"


@pytest.mark.parametrize(
    ("layer", "kinds", "what"),
    [(None, [], "layer 1 moves"), (2, [], "logits moves"),
     (0, [], "in the plane of the input the tint changes"),
     (0, [("crease", 1)], "in the plane of the input the creases move"),
     (0, [("boundary", 1), ("grid", 1)], "in the plane of the input the boundary moves"),
     (0, [("boundary", 0), ("crease", 2)],
      "in the plane of the input the creases and the boundary move"),
     (0, [("crease", None)], "in the plane of the input the tint changes")],
)  # fmt: skip
def test_a_film_of_training_is_told_by_what_moves(
    layer: int | None, kinds: list[tuple[str, int | None]], what: str
) -> None:
    lines = [SimpleNamespace(kind=kind, keyframe=keyframe) for kind, keyframe in kinds]
    panel: Any = SimpleNamespace(sheet=SimpleNamespace(lines=lines))
    data = Dataset(X, np.arange(9) % 2, name="nine")

    def learner(title: str) -> Any:
        return SimpleNamespace(
            title=title, chains=[NET, NET], epochs=np.array([0.0, 2.5]),
            losses=np.array([0.69314, 0.0012345]),
        )  # fmt: skip

    one = (
        f"of widths 2-3-2 learns nine over 2.5 epochs: {what} as the weights change, while the "
        "loss goes from 0.693 to 0.00123"
    )
    assert learning_words([learner("")], [panel], layer, data, ENGLISH) == f"How a network {one}."
    two = learning_words([learner("a"), learner("b")], [panel, panel], layer, data, ENGLISH)
    assert two == f"How a {one}; b {one}."
