"""What is said of activations, each sentence by hand: from where their units bend on the sheet."""

from typing import Any

import numpy as np
import pytest

from warpviz.film.words.bending import bending_words, residual_words, unit_words
from warpviz.model.activations import activation

X = np.linspace(-2.0, 2.0, 41)
ABOVE, BELOW = X + 3.0, X - 3.0


def said(name: str, *units: Any, flat: float = 0.0, exact: bool = True) -> tuple[str, ...]:
    return bending_words(activation(name), np.column_stack(units), None, flat, exact)


@pytest.mark.parametrize(
    ("name", "units", "long", "shorter"),
    [
        ("identity", [X], "identity changes nothing", ("identity",)),
        ("leaky_relu:1", [X], "leaky relu changes nothing", ("leaky relu",)),
        ("relu", [X, X + 1], "relu folds the sheet along 2 lines",
         ("relu folds along 2 lines", "relu: 2 folds")),
        ("relu", [X, ABOVE], "relu folds the sheet along 1 line",
         ("relu folds along 1 line", "relu: 1 fold")),
        ("abs", [X], "abs folds the sheet along 1 line",
         ("abs folds along 1 line", "abs: 1 fold")),
        ("leaky_relu:0.2", [X], "leaky relu bends along 1 line, nothing is lost",
         ("leaky relu bends along 1 line", "leaky relu: 1 bend")),
        ("step", [X, X - 1], "step tears the sheet along 2 lines",
         ("step tears along 2 lines", "step: 2 tears")),
        ("where(z > 0.2, sin(z), -2)", [X],
         "where(z > 0.2, sin(z), -2) tears the sheet along 2 curves",
         ("where(z > 0.2, sin(z), -2) tears along 2 curves",
          "where(z > 0.2, sin(z), -2): 2 tears")),
        ("sin", [2 * X], "sin folds the sheet along 2 curves",
         ("sin folds along 2 curves", "sin: 2 folds")),
        ("tanh", [X], "tanh squashes the sheet; nothing folds",
         ("tanh squashes the sheet", "tanh squashes")),
        ("softplus", [X], "softplus bends the sheet; nothing folds",
         ("softplus bends the sheet", "softplus bends")),
        ("hardswish", [X - 7.0], "hardswish collapses part of the sheet",
         ("hardswish collapses a part", "hardswish")),
        ("hardswish", [X - 23.0], "hardswish bends the sheet; nothing folds",
         ("hardswish bends the sheet", "hardswish bends")),
    ],
)  # fmt: skip
def test_what_an_activation_does(
    name: str, units: list[Any], long: str, shorter: tuple[str, ...]
) -> None:
    assert said(name, *units) == (long, *shorter)


@pytest.mark.parametrize(
    ("name", "units", "long", "shorter"),
    [
        ("relu", [ABOVE, ABOVE], "relu leaves the whole sheet as it is",
         ("relu changes nothing", "relu")),
        ("relu", [0 * X, ABOVE], "relu leaves the whole sheet as it is",
         ("relu changes nothing", "relu")),
        ("relu", [BELOW, BELOW], "relu switches off 2 of 2 units: one point is left",
         ("relu: a point", "relu")),
        ("relu", [BELOW, ABOVE, ABOVE], "relu switches off 1 of 3 units, folds nothing",
         ("relu: 1 of 3 units off", "relu")),
        ("leaky_relu:0.25", [BELOW, ABOVE], "leaky relu scales 1 of 2 units by 0.25, folds nothing",
         ("leaky relu scales 1 of 2 units by 0.25", "leaky relu")),
        ("softshrink:0.5", [ABOVE, 0.1 * X],
         "softshrink stretches or shifts 2 of 2 units, folds nothing",
         ("softshrink stretches or shifts 2 of 2 units", "softshrink")),
        ("softshrink:0.5", [ABOVE, ABOVE],
         "softshrink stretches or shifts 2 of 2 units, folds nothing",
         ("softshrink stretches or shifts 2 of 2 units", "softshrink")),
        ("prelu:0.1:0.5", [BELOW, BELOW], "prelu stretches or shifts 2 of 2 units, folds nothing",
         ("prelu stretches or shifts 2 of 2 units", "prelu")),
        ("prelu:0.1:0.5", [ABOVE, BELOW], "prelu scales 1 of 2 units by 0.5, folds nothing",
         ("prelu scales 1 of 2 units by 0.5", "prelu")),
        ("hardtanh", [ABOVE + 1, 0.1 * X], "hardtanh switches off 1 of 2 units, folds nothing",
         ("hardtanh: 1 of 2 units off", "hardtanh")),
    ],
)  # fmt: skip
def test_where_nothing_bends(
    name: str, units: list[Any], long: str, shorter: tuple[str, ...]
) -> None:
    assert said(name, *units) == (long, *shorter)


@pytest.mark.parametrize(
    ("flat", "exact", "part"),
    [(0.25, True, "25 %"), (0.25, False, "about 25 %"), (0.005, True, "1 %"), (0.0049, True, ""),
     (0.999, True, "99 %"), (1.0, True, "all"), (1.0, False, "all")],
)  # fmt: skip
def test_how_much_collapses(flat: float, exact: bool, part: str) -> None:
    told = said("relu", X, flat=flat, exact=exact)
    plain = ("relu folds the sheet along 1 line", "relu folds along 1 line", "relu: 1 fold")
    if not part:
        assert told == plain
        return
    assert told == tuple(f"{words}{sign} {part} collapses" for words, sign in zip(
        plain, (";", ";", ","), strict=True)) + plain[2:]  # fmt: skip
    off = said("relu", BELOW, ABOVE, flat=flat, exact=exact)
    assert off[0] == f"relu switches off 1 of 2 units; {part} collapses"
    # Of what has no flat piece nothing collapses.
    assert said("abs", X, flat=flat) == said("abs", X)
    along = residual_words({0: 0, 1: 0, 2: 7}, flat, exact)
    assert along == (f"x + f(x) bends along 2 lines; {part} collapses",
                     "x + f(x) bends along 2 lines", "x + f(x)")  # fmt: skip


def test_what_a_residual_layer_does() -> None:
    assert residual_words(None, 0.5, True) == ("x + f(x) bends the sheet", "x + f(x)")
    assert residual_words({}, 0.5, True) == (
        "x + f(x) moves the sheet, without a crease", "x + f(x) moves the sheet", "x + f(x)"
    )  # fmt: skip
    assert residual_words({3: 1}, 0.0, True) == (
        "x + f(x) bends the sheet along 1 line", "x + f(x) bends along 1 line", "x + f(x)"
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "z", "long", "shorter"),
    [
        ("identity", X, "identity changes nothing", None),
        ("relu", X, "relu folds the sheet along 1 line", "1 line"),
        ("relu", ABOVE, "relu, no fold on the sheet", "relu"),
        ("leaky_relu:0.2", X, "leaky relu bends the sheet along 1 line", "1 line"),
        ("step", X, "step tears the sheet along 1 line", "1 line"),
        ("hardtanh", X, "hardtanh folds the sheet along 2 lines", "2 lines"),
        ("tanh", X, "tanh squashes one axis", "tanh"),
        ("softplus", X, "softplus, no fold on the sheet", "softplus"),
        ("sin", 2 * X, "sin folds the sheet along 2 curves", "2 curves"),
        ("where(z > 0.2, exp(z), -2)", X,
         "where(z > 0.2, exp(z), -2) tears the sheet along 1 curve", "1 curve"),
    ],
)  # fmt: skip
def test_what_one_units_turn_does(name: str, z: Any, long: str, shorter: str | None) -> None:
    told = unit_words(activation(name), np.column_stack([ABOVE, z]), 1, None)
    short = () if shorter is None else (f"unit 2: {shorter}",)
    assert told == (f"unit 2: {long}", *short, "unit 2")


def test_of_units_that_are_known_to_bend_one_has_one_line() -> None:
    z, relu = np.column_stack([X, X]), activation("relu")
    assert unit_words(relu, z, 0, {0: 4})[0] == "unit 1: relu folds the sheet along 1 line"
    assert unit_words(relu, z, 1, {0: 4})[0] == "unit 2: relu, no fold on the sheet"
    assert bending_words(relu, z, {0: 4, 1: 5}, 0.0, True)[0].endswith("2 lines")
    own = activation("prelu:0.2:-0.5")
    assert unit_words(own, z, 0, None)[0] == "unit 1: prelu bends the sheet along 1 line"
    assert unit_words(own, z, 1, None)[0] == "unit 2: prelu folds the sheet along 1 line"
