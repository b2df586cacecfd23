"""The classic recipe: the training of the original animation.

training_steps(classic_start("tanh"), load_data("rings"), CLASSIC_RECIPE)
"""

from dataclasses import replace

from warpviz.arguments import check_least, kinds_checked
from warpviz.data.dataset import Dataset
from warpviz.data.synthetic import make_data
from warpviz.model.chain import Chain
from warpviz.model.init import mlp
from warpviz.training.loop import finish, training_steps
from warpviz.training.recipe import Recipe

# The first seed from which relu, tanh and gelu_tanh all reach 99 %; relu fails from some others.
CLASSIC_SEED = 0

CLASSIC_RECIPE = Recipe(
    optimizer="descent",
    learning_rate=0.1,
    epochs=50_000,
    penalty=0.01,
    evenness=0.0,
    precision="float32",
)


CLASSIC_NAMES = {"gelu": "gelu_tanh"}
"""What the original's library means by a name, where it is another function here."""


def classic_start(activation: str = "relu", seed: int = CLASSIC_SEED, classes: int = 2) -> Chain:
    """The untrained chain 2→3, 3→3, 3→3, 3→C, softmax, the activation on both 3→3 layers.

    >>> classic_start().widths
    (2, 3, 3, 3, 2, 2)
    """
    return mlp([2, 3, 3, 3, classes], ["identity", activation, activation], seed=seed)


@kinds_checked
def classic_chain(
    activation: str = "relu",
    seed: int = CLASSIC_SEED,
    data: Dataset | None = None,
    epochs: int | None = None,
) -> Chain:
    """Train the classic chain: some seconds.

    50,000 epochs of descent with step 0.1 on all points; cross entropy + 0.01 ‖θ‖.

    Args:
        activation: on both 3→3 layers.
        seed: of the first weights.
        data: classes of the plane; None is the rings, 1,800 points.
        epochs: of the training; None is 50,000.
    """
    check_least("classic_chain", "seed", seed, 0)
    data = make_data("rings") if data is None else data
    recipe = CLASSIC_RECIPE if epochs is None else replace(CLASSIC_RECIPE, epochs=epochs)
    start = classic_start(activation, seed, data.n_classes)
    return finish(training_steps(start, data, recipe)).chain
