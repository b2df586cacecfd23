"""The numbers of what acts, in a real Chromium: the model's own, for the act that plays."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.player.opened import Opened
from warpviz.data import make_data
from warpviz.film.build import animate, compare
from warpviz.model import Activation, Chain, Dense, Residual, mlp

RINGS = make_data("rings", n=60)


def numbers(opened: Opened, table: int = 0) -> list[list[str]]:
    """The cells of a table's rows, without their numbers."""
    rows = opened.page.locator("#matrix table").nth(table).locator("tbody tr")
    return [row.locator("td").all_inner_texts() for row in rows.all()]


def laws(opened: Opened) -> list[str]:
    found: list[str] = opened.page.locator("#matrix p").all_inner_texts()
    return found


@pytest.mark.slow
def test_w_and_b_of_the_act_that_plays(page: Any, tmp_path: Path) -> None:
    chain = mlp([2, 3, 2], "relu", seed=3)
    weight, bias = (np.array(p) for p in chain.parameters()[:2])
    opened = Opened(page, animate(chain, RINGS, size=(320, 240)), tmp_path)
    board, button = opened.page.locator("#matrix"), opened.page.locator("#weights")
    assert board.is_hidden() and button.get_attribute("aria-pressed") == "false"
    opened.press("n")
    assert board.is_visible() and button.get_attribute("aria-pressed") == "true"
    # At the input, in the act behind it, and at the stop that it leads to.
    for step in (0, 0.5, 1):
        opened.get(f"player.go({step})")
        opened.settle()
        told = [[float(cell.replace("−", "-")) for cell in row] for row in numbers(opened)]
        np.testing.assert_allclose(told, np.column_stack([weight, bias]), atol=6e-3)
        assert laws(opened) == ["z⁽¹⁾ = W⁽¹⁾·x + b⁽¹⁾"]
    assert board.locator("thead th").all_inner_texts() == ["", "W 3×2", "b"]
    opened.get("player.go(1.5)")
    opened.settle()
    assert laws(opened) == ["h⁽¹⁾ = max(0, z⁽¹⁾)"] and board.locator("table").count() == 0
    button.click()
    opened.settle()
    assert board.is_hidden()


@pytest.mark.slow
def test_a_clip_shows_those_of_its_own_acts(page: Any, tmp_path: Path) -> None:
    film = animate(mlp([2, 3, 2], "relu", seed=3), RINGS, size=(240, 180))
    opened = Opened(page, film.clip(2, 3), tmp_path)
    opened.press("n")
    opened.get("player.go(1.5)")
    opened.settle()
    assert laws(opened) == ["z⁽²⁾ = W⁽²⁾·h⁽¹⁾ + b⁽²⁾"] and len(numbers(opened)) == 2


@pytest.mark.slow
def test_wide_layers_are_shortened_and_fit_on_a_phone(page: Any, tmp_path: Path) -> None:
    chains = {"relu": mlp([2, 40, 30, 2], "relu"), "tanh": mlp([2, 3, 2], "tanh")}
    page.set_viewport_size({"width": 390, "height": 844})
    opened = Opened(page, compare(chains, RINGS, size=(480, 240)), tmp_path)
    opened.page.locator("#weights").click()
    opened.get("player.go(2.5)")
    opened.settle()
    rows = numbers(opened)
    assert len(rows) == 8 and set(map(len, rows)) == {6}
    assert {row[4] for row in rows} == {"…"} and set(rows[-1]) == {"…"}
    assert opened.page.locator("#matrix thead th").nth(1).inner_text() == "W 30×40"
    titles = opened.page.locator("#matrix figcaption").all_inner_texts()
    assert [title.split(" · ")[0] for title in titles] == list(chains)
    board, bar = (opened.page.locator(each).bounding_box() for each in ("#matrix", "#bar"))
    assert board["x"] >= 0 and board["x"] + board["width"] <= 390
    assert board["y"] + board["height"] <= bar["y"] + 1
    assert opened.get("document.documentElement.scrollWidth") <= 390


@pytest.mark.slow
def test_residual_layers_and_films_of_states(page: Any, tmp_path: Path) -> None:
    inner = Chain([Dense(np.array([[1.5, 0], [0, -2e-3]]), np.ones(2)), Activation("tanh")])
    opened = Opened(page, animate(Chain([Residual(inner)]), RINGS, size=(240, 180)), tmp_path)
    opened.press("n")
    assert laws(opened)[0].endswith("x + f(x)")
    assert numbers(opened) == [["1.50", "0.00", "1.00"], ["0.00", "0.00", "1.00"]]
    states = Opened(page, animate([RINGS.x, 2 * RINGS.x], RINGS.y, size=(240, 180)), tmp_path)
    assert states.page.locator("#weights").is_hidden()
    states.press("n")
    assert states.page.locator("#matrix").is_hidden()
