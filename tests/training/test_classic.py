import json
from pathlib import Path

import numpy as np
import pytest

from warpviz.data import load_data
from warpviz.model.layers import Dense, Softmax
from warpviz.training.classic import CLASSIC_RECIPE, classic_chain, classic_start

REFERENCE = json.loads((Path(__file__).parents[1] / "reference.json").read_text(encoding="utf-8"))


def test_chain_and_recipe_are_the_references() -> None:
    chain = classic_start("tanh")
    assert len(chain) == len(REFERENCE["classic"]["chain"]) == 5
    names = [layer.activation for layer in chain if isinstance(layer, Dense)]
    assert names == ["identity", "tanh", "tanh", "identity"] and chain[-1] == Softmax()
    assert CLASSIC_RECIPE.n_epochs == 50_000 and CLASSIC_RECIPE.evenness == 0
    assert len(chain) + 1 == REFERENCE["classic"]["keyframes"]


@pytest.mark.slow
@pytest.mark.parametrize("activation", ["relu", "tanh", "gelu_tanh"])
def test_default_seed_reaches_99_percent(activation: str) -> None:
    data = load_data("rings")
    assert np.mean(classic_chain(activation)(data.x).argmax(axis=1) == data.y) >= 0.99
