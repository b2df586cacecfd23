"""The loss of a straight line that is fitted to exp, as published."""

import numpy as np

from warpviz.arguments import check_least, kinds_checked
from warpviz.arrays import Floats
from warpviz.landscapes.surface import Landscape
from warpviz.languages.language import Sentence

LINE = Sentence.of(
    "{formula} over ten x from 0 to 1", formula="Σ (W x + b − exp x)²".replace(" ", "\u00a0")
)
"""The line's surface; its formula is never broken over lines."""


@kinds_checked
def line_landscape(seed: int = 0, *, steps: int = 1000, every: int = 10) -> Landscape:
    """The two-parameter line: y = W x + b against exp(x), with the path of descent.

    The loss is Σ (W x + b − exp x)² over ten x from 0 to 1, on 40 × 40 values of W and b from −1
    to 3; the path starts at W = b = 0 and makes steps of 0.01 on the mean squared error of 20
    points drawn anew, a point of it every 10.
    """
    for name, value, least in (("seed", seed, 0), ("steps", steps, 1), ("every", every, 1)):
        check_least("line_landscape", name, value, least)
    values = np.linspace(-1.0, 3.0, 40)
    x = np.linspace(0.0, 1.0, 10)

    def loss(weights: Floats, biases: Floats) -> Floats:
        wrong = weights[..., None] * x + biases[..., None] - np.exp(x)
        return np.asarray((wrong**2).sum(axis=-1))

    surface = loss(*np.meshgrid(values, values))
    rng = np.random.default_rng(seed)
    theta = np.zeros(2)
    path = [theta.copy()]
    for step in range(1, steps + 1):
        drawn = rng.uniform(0.0, 1.0, 20)
        wrong = theta[0] * drawn + theta[1] - np.exp(drawn)
        theta -= 0.01 * 2.0 * np.array([(wrong * drawn).mean(), wrong.mean()])
        if step % every == 0:
            path.append(theta.copy())
    walked = np.array(path)
    return Landscape(
        values, values, surface, {"descent": walked}, ("W", "b"),
        LINE, 80.0, np.zeros(2), np.eye(2),
        {"descent": loss(*walked.T)}, {"descent": np.zeros(len(walked))},
    )  # fmt: skip
