from typing import Any

import pytest

from warpviz import WarpvizError
from warpviz.studies.grid import AT_ONCE, Grid


def test_every_network_is_in_one_part_and_counted_once() -> None:
    grid = Grid.of({"activation": ["relu", "tanh"], "layers": [[2], [3, 3]], "seeds": "0:60"})
    runs = [part.first + k for part in grid.parts() for k in range(len(part.seeds))]
    assert runs == list(range(len(grid))) == list(range(240))
    assert max(len(part.seeds) for part in grid.parts()) == AT_ONCE
    seeds = {part.shape: [] for part in grid.parts()}  # type: ignore[var-annotated]
    for part in grid.parts():
        seeds[part.shape] += part.seeds
    assert len(seeds) == 4 and all(found == list(range(60)) for found in seeds.values())


def test_a_grid_comes_back_from_its_own_words() -> None:
    given = {"data": ["moons", "rings"], "layers": [[4, 4], 8], "seeds": "3:7", "times": "log:4",
             "epochs": 50, "learning_rate": 0.1, "measure": "separable"}  # fmt: skip
    grid = Grid.of(given)
    assert Grid.of(grid.as_dict()) == grid
    assert grid.layers == ((4, 4), (8,)) and grid.seeds == (3, 4, 5, 6)
    assert grid.stop_columns == ("separable",)


def test_one_start_and_no_penalties_unless_asked_for() -> None:
    recipe = Grid().recipe
    assert (recipe.starts, recipe.penalty, recipe.evenness) == (1, 0.0, 0.0)
    assert Grid.of({"penalty": 0.5}).recipe.penalty == 0.5


WRONG: dict[str, Any] = {
    "no such key": {"activations": "relu"},
    "no such activation": {"activation": "rellu"},
    "no such measure": {"measure": "depth"},
    "no such optimizer": {"optimizer": "sgd"},
    "twice": {"seeds": [1, 1]},
    "none": {"data": []},
    "negative": {"seeds": [-1]},
    "width 0": {"layers": [[0]]},
    "words for widths": {"layers": ["4,x"]},
    "words for seeds": {"seeds": "all"},
    "a share above all": {"holdout": 1.0},
    "no epoch": {"epochs": 0},
    "an epoch past the end": {"epochs": 10, "times": [20]},
    "another spacing": {"times": "square"},
    "truth for a number": {"epochs": True},
    "too many": {"seeds": "0:99999999999"},
}


@pytest.mark.parametrize("given", WRONG.values(), ids=WRONG.keys())
def test_what_makes_no_sense_is_refused_in_a_sentence(given: Any) -> None:
    with pytest.raises(WarpvizError) as told:
        Grid.of(given)
    assert str(told.value).endswith((".", "?")) and "\n" not in str(told.value)
