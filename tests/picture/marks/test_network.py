"""The drawing of a network, line by line."""

from dataclasses import replace
from typing import Any

import numpy as np

from tests.picture.marks.written import (
    BACK,
    DARK,
    FONT,
    LARGE,
    MUTED,
    SMALL,
    TEXT,
    canvas,
    circle,
    near,
    stroke,
    words,
)  # fmt: skip
from tests.player.laid_down import Mark, wide
from warpviz.motion.framing import Box
from warpviz.picture.layout import PanelLayout
from warpviz.picture.marks.network import Around, Bundle, Column, Network, paint_network
from warpviz.theme import signs_of

PLUS, MINUS = signs_of(DARK)
LIT = (
    Column(np.array([(10.0, 20.0), (10.0, 40.0)]), np.array([[1.0, -0.5]] * 3), False, ""),
    Column(np.array([(60.0, 30.0)]), np.array([[0.0], [0.25], [0.5]]), False, ""),
)


def network_of(**given: Any) -> Network:
    asked = {
        "columns": LIT, "arounds": (), "acts": ((0, 0, 1), (1, 1, 1)), "stops": (0, 1, 1),
        "bundles": (Bundle(0, 1, np.array([(0, 0), (1, 0)]), np.array([4, -2]), 0),),
        "radius": 8.0, "foot": 70.0,
    }  # fmt: skip
    return Network(**{**asked, **given})


def drawn(network: Network, k: int, t: float, layout: PanelLayout = LARGE) -> list[Mark]:
    found = canvas()
    box = Box(100.0, 200.0, 300.0, 400.0)
    paint_network(found, replace(layout, network=box), network, (k, t), FONT, DARK)
    marks: list[Mark] = found.marks
    return marks


def mixed(share: float, colour: Any) -> tuple[int, ...]:
    return tuple(int(a + share * (b - a) + 0.5) for a, b in zip(BACK, colour, strict=True))


def test_weights_are_as_wide_and_dark_as_they_are_large() -> None:
    for k, t, much in (
        (0, 0.5, 1.0), (0, 0.075, 0.5), (0, 0.925, 0.5), (1, 0.5, 0.0), (0, 1.0, 0.0)
    ):  # fmt: skip
        active = 0.4 + 0.6 * much
        near(drawn(network_of(), k, t)[:2], [
            stroke((110, 240), (160, 230), 2 * (0.55 + 2 * 0.4), MINUS, active / 2),
            stroke((110, 220), (160, 230), 2 * (0.55 + 4 * 0.4), PLUS, active),
        ])  # fmt: skip
    assert drawn(network_of(), 0, 0.5, SMALL)[0][2][4] == 1.0


def test_units_are_lit_and_what_acts_has_a_line_below() -> None:
    for k, t, lit, rim, bar in (
        (0, 0.5, 0.125, MUTED, (102, 168)), (0, 0.25, 0.0625, MUTED, (102, 143)),
        (0, 0.75, 0.1875, MUTED, (127, 168)), (1, 0.5, 0.375, TEXT, (152, 168)),
        (1, 1.0, 0.5, MUTED, (152, 168)),
    ):  # fmt: skip
        near(drawn(network_of(), k, t)[2:], [
            circle((110, 220), 8, MUTED), circle((110, 220), 5.8, mixed(1.0, PLUS)),
            circle((110, 240), 8, MUTED), circle((110, 240), 5.8, mixed(0.5, MINUS)),
            circle((160, 230), 8, rim), circle((160, 230), 5.8, mixed(lit, PLUS)),
            stroke((bar[0], 270), (bar[1], 270), 4.8, TEXT),
        ])  # fmt: skip
    small = drawn(network_of(), 0, 0.5, SMALL)
    assert small[-1][2][4] == 2.0
    near(small[3:4], [circle((110, 220), 7.0, mixed(1.0, PLUS))])


def test_a_shortened_column_has_three_dots_and_its_number() -> None:
    cut = LIT[1]._replace(cut=True, more="128", lit=np.zeros((3, 1)))
    found = drawn(network_of(columns=(LIT[0], cut), bundles=()), 0, 0.0)
    size = LARGE.small
    near(found[6:10], [
        *(circle((160, 238 + 6 * i), 1.92, MUTED) for i in (1, 2, 3)),
        words("128", 160 - 0.5 * wide("128", FONT, size), 262, 0.0, size, MUTED),
    ])  # fmt: skip


def test_the_way_around_a_layer_ends_at_a_plus() -> None:
    bow = np.array([(10.0, 20.0), (35.0, 0.0), (60.0, 20.0)])
    size = round(0.9 * LARGE.small)
    for t, ink, colour in ((0.5, 1.0, TEXT), (0.0, 0.8, MUTED), (0.075, 0.9, TEXT)):
        found = drawn(network_of(arounds=(Around(bow, 0),), bundles=()), 0, t)
        left = 160 + 0.55 * size - 0.5 * wide("+", FONT, size)
        near(found[:3], [
            stroke((110, 220), (135, 200), 2.2, colour, ink),
            stroke((135, 200), (160, 220), 2.2, colour, ink),
            words("+", left, 220, 1.0, size, colour),
        ])  # fmt: skip
