"""What training is given: arrays, data sets, and what is refused before any work."""

import re
from typing import Any

import numpy as np
import pytest

from tests.training.chains import GOOD, SMALL, film_chain
from warpviz.data import Dataset, load_data
from warpviz.errors import WarpvizError
from warpviz.model.chain import Chain
from warpviz.model.init import mlp
from warpviz.model.layers import Softmax
from warpviz.training.loop import finish, train, training_steps
from warpviz.training.recipe import Recipe


def test_arrays_train_like_a_dataset() -> None:
    chain = film_chain("tanh", 0)
    one = train(chain, SMALL, epochs=5)
    two = train(chain, (SMALL.x, SMALL.y), epochs=5)
    assert np.array_equal(one.history.parameters, two.history.parameters)


ERRORS: list[tuple[Any, dict[str, Any], str]] = [
    ((GOOD, SMALL), {"loss": "cross_entrop"}, "did you mean 'cross_entropy'?"),
    ((GOOD, SMALL), {"optimizer": "adan"}, "did you mean 'adam'?"),
    ((GOOD, SMALL), {"precision": "float16"}, "Unknown precision 'float16'"),
    ((GOOD, SMALL), {"epochs": 0}, "expects epochs, a whole number from 1, got 0."),
    ((GOOD, SMALL), {"epochs": 2.5}, "expects epochs to be a whole number or None, got 2.5."),
    ((GOOD, SMALL), {"starts": 0}, "expects starts, a whole number from 1 to 10,000, got 0."),
    ((GOOD, SMALL), {"learning_rate": 0.0}, "expects a learning rate above 0, got 0.0."),
    ((GOOD, SMALL), {"learning_rate": np.inf}, "expects a learning rate above 0, got inf."),
    ((GOOD, SMALL), {"penalty": -1.0}, "expects a penalty of 0 or more, got -1.0."),
    ((GOOD, SMALL), {"seed": -1}, "expects seed, a whole number from 0, got -1."),
    ((GOOD, load_data("blobs")), {}, "as many outputs as classes, 3, got a chain with 2."),
    ((mlp([3, 2]), SMALL), {}, "points with 3 features, as the chain takes, got 2."),
    ((GOOD, (SMALL.x, np.zeros(200))), {}, "at least two classes, got 1."),
    ((GOOD, (SMALL.x * np.nan, SMALL.y)), {}, "finite x"),
    ((Chain([Softmax()], 2), SMALL), {}, "a chain with a Dense layer"),
    ((GOOD, (SMALL.x, np.ones(3))), {"loss": "mean_squared_error"}, "(200, 2), got (3, 1)."),
]  # fmt: skip


@pytest.mark.parametrize(("arguments", "keywords", "message"), ERRORS)
def test_errors_come_before_any_work(
    arguments: Any, keywords: dict[str, Any], message: str
) -> None:
    with pytest.raises(WarpvizError, match=re.escape(message)):
        chain, data = arguments
        training_steps(chain, data, Recipe(**keywords))  # not one step is taken


def test_classes_may_be_named_by_the_data() -> None:
    data = Dataset(SMALL.x, SMALL.y, ("a", "b", "c"))
    fit = finish(training_steps(mlp([2, 3, 3]), data, Recipe(epochs=3)))
    assert fit.chain.widths[-1] == 3
