"""One output that tells two classes apart, as two: many models end in a single sigmoid."""

import numpy as np

from warpviz.model.chain import Chain
from warpviz.model.layers import Activation, Dense, Layer, Softmax


def as_classifier(chain: Chain, n_classes: int) -> Chain:
    """A chain with a logit for each class.

    Of two classes and one output z, the logits are (0, z): their softmax gives the second class
    σ(z), which is what a closing sigmoid gives. Every other chain stays as it is.

    >>> one = Chain([Dense([[1.0, 1.0]], [0.0], "sigmoid")])
    >>> as_classifier(one, 2)([[0.5, 0.5]]).round(3), one([[0.5, 0.5]]).round(3)
    (array([[0.269, 0.731]]), array([[0.731]]))
    """
    if n_classes != 2 or chain.widths[-1] != 1:
        return chain
    layers: list[Layer] = list(chain)
    if closes_with_sigmoid(chain):
        closing = layers.pop()
        layers += [Dense(closing.weight, closing.bias)] if isinstance(closing, Dense) else []
    last = layers[-1] if layers else None
    if isinstance(last, Dense) and last.activation == "identity":
        weight = np.vstack([0 * last.weight, last.weight])
        layers[-1] = Dense(weight, np.append(0.0, last.bias))
    else:
        layers.append(Dense(np.array([[0.0], [1.0]]), np.zeros(2)))
    return Chain([*layers, Softmax()], chain.width)


def closes_with_sigmoid(chain: Chain) -> bool:
    """Whether a chain ends in a sigmoid, as one output that tells two classes apart does."""
    last = chain[-1] if len(chain) else None
    name = last.name if isinstance(last, Activation) else getattr(last, "activation", "")
    return bool(name == "sigmoid")


def adds_zero(layer: Layer) -> bool:
    """Whether a layer's two outputs are 0 throughout and another: one output, made two.

    >>> chain = as_classifier(Chain([Dense([[1.0, 1.0]], [0.0])]), 2)
    >>> adds_zero(chain[0]), adds_zero(Dense([[1.0, 1.0], [0.0, 2.0]], [0.0, 0.0]))
    (True, False)
    """
    if not isinstance(layer, Dense) or layer.n_out != 2 or layer.activation != "identity":
        return False
    return not layer.weight[0].any() and layer.bias[0] == 0 and bool(layer.weight[1].any())
