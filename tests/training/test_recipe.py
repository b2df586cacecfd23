from typing import Any

import pytest

from warpviz.errors import WarpvizError
from warpviz.training.losses import LOSSES
from warpviz.training.optimizers import OPTIMIZERS
from warpviz.training.recipe import EVENNESS, PENALTY, Recipe


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("loss", LOSSES)
def test_what_is_not_said_is_the_optimizers_and_the_losss_own(optimizer: str, loss: str) -> None:
    recipe = Recipe(optimizer=optimizer, loss=loss)
    own = OPTIMIZERS[optimizer]
    assert (recipe.rate, recipe.n_epochs) == (own.learning_rate, own.epochs)
    usual = (PENALTY, EVENNESS) if LOSSES[loss].classes else (0.0, 0.0)
    assert (recipe.penalty, recipe.evenness) == usual
    told = Recipe(optimizer=optimizer, loss=loss, learning_rate=0.5, epochs=7, penalty=0.0)
    assert (told.rate, told.n_epochs, told.penalty, told.evenness) == (0.5, 7, 0.0, usual[1])


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ({"loss": "cros_entropy"}, "did you mean 'cross_entropy'"),
        ({"optimizer": "adan"}, "did you mean 'adam'"),
        ({"precision": "float16"}, "did you mean 'float"),
        ({"penalty": -1.0}, "penalty of 0 or more, got -1"),
        ({"evenness": float("inf")}, "evenness"),
        ({"learning_rate": 0.0}, "learning rate above 0, got 0"),
        ({"epochs": 0}, "epochs, a whole number from 1, got 0"),
        ({"starts": 0}, "starts, a whole number from 1 to 10,000, got 0"),
        ({"starts": 10**8}, "starts, a whole number from 1 to 10,000, got 100000000"),
        ({"snapshots": 1}, "snapshots, a whole number from 2, got 1"),
        ({"seed": -1}, "seed, a whole number from 0, got -1"),
    ],
)
def test_what_makes_no_sense_is_refused(words: dict[str, Any], message: str) -> None:
    with pytest.raises(WarpvizError, match=message):
        Recipe(**words)


def test_the_least_that_makes_sense_is_taken() -> None:
    Recipe(penalty=0.0, evenness=0.0, learning_rate=1e-9, epochs=1, starts=1, snapshots=2, seed=0)
