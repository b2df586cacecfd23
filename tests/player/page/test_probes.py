"""Probe points in a real Chromium: each network's own numbers, under its own layers' names."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.player.opened import Opened
from warpviz.data import make_data
from warpviz.film.build import animate, compare
from warpviz.model import mlp

RINGS = make_data("rings", n=60)


def told(table: Any) -> list[Any]:
    """The numbers of a table's stops, as they are read."""
    rows = table.locator("tbody tr:not(.last) td").all_inner_texts()
    return [np.array(row.strip("()").replace("−", "-").split(", "), dtype=float) for row in rows]


@pytest.mark.slow
def test_a_comparison_has_a_table_for_each_network(page: Any, tmp_path: Path) -> None:
    chains = {
        "relu": mlp([2, 3, 2], "relu", seed=3),
        "deep": mlp([2, 3, 3, 2], "tanh", seed=1),
        "wide": mlp([2, 4, 2], "gelu", seed=2),
    }
    opened = Opened(page, compare(chains, RINGS, size=(720, 240)), tmp_path)
    opened.page.mouse.click(*opened.at(600, 130))
    opened.press("p")
    tables = opened.page.locator("#numbers table")
    assert tables.locator("caption").all_inner_texts() == list(chains)
    probes = opened.get("player.probes")
    for index, chain in enumerate(chains.values()):
        split = chain.logits().split()
        for row, stop in zip(
            opened.get(f"player.film.panels[{index}].stops"),
            tables.nth(index).locator("tbody tr:not(.last) th").all_inner_texts(),
            strict=True,
        ):
            assert row == stop
        numbers = told(tables.nth(index))
        for column, probe in enumerate(probes):
            states = split.states(np.array([probe["point"]]))
            for state, shown in zip(states, numbers[column::2], strict=True):
                np.testing.assert_allclose(shown, state[0][: len(shown)], atol=0.0051)
        # The probe stands in this panel too.
        assert opened.get(f"player.film.place({index}, player.probes[0].point, player.now())")
    opened.press("End")
    for index in range(3):
        lit = tables.nth(index).locator("tr.lit th").all_inner_texts()
        assert len(lit) == 1 and lit[0].startswith("logits")  # and how much is right


@pytest.mark.slow
@pytest.mark.parametrize("view", ["auto", "pca"])
@pytest.mark.parametrize("softmax", [False, True])
def test_predicted_is_the_networks_own_probability(
    page: Any, tmp_path: Path, view: str, softmax: bool
) -> None:
    chain = mlp([2, 3, 2], "tanh", seed=3)
    film = animate(chain, RINGS, size=(320, 240), view=view, softmax=softmax)
    opened = Opened(page, film, tmp_path)
    opened.press("p")
    (probe,) = opened.get("player.probes")
    chances = chain(np.array([probe["point"]]))[0]
    name = RINGS.class_names[int(chances.argmax())]
    predicted = opened.page.inner_text("#numbers tr.last td")
    assert predicted == f"{name} {np.floor(1000 * chances.max()) / 10:.1f} %"
