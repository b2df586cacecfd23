"""Where in a chain something bends: each activation, with what leads to it.

chain, layer ── bends_of ──► (chain up to its sums, activation, number of its first unit), …

A residual layer bends wherever its chain does; its units are counted through.
"""

from typing import NamedTuple

from warpviz.model.activations.function import ActivationFunction
from warpviz.model.chain import Chain
from warpviz.model.layers import Dense, Softmax
from warpviz.model.residual import Residual


class Bend(NamedTuple):
    """An activation in a chain.

    Attributes:
        before: from the input to what the activation acts on.
        function: the activation.
        first: the number of its first unit among those of its layer that bend.
    """

    before: Chain
    function: ActivationFunction
    first: int

    @property
    def units(self) -> int:
        """How many units bend."""
        return self.before.widths[-1]


def bends_of(chain: Chain, layer: int) -> list[Bend]:
    """The activations of one layer that are not the identity, in order; of a softmax none.

    >>> from warpviz.model.layers import Activation
    >>> inner = Chain([Dense.of(2, 3, "relu"), Dense.of(3, 2), Activation("tanh")])
    >>> [(bend.function.name, bend.first, bend.units) for bend in bends_of(
    ...     Chain([Residual(inner)]), 0)]
    [('relu', 0, 3), ('tanh', 3, 2)]
    """
    at, head = chain[layer], chain[:layer]
    if isinstance(at, Softmax):
        return []
    if isinstance(at, Residual):
        inside = Chain([*head, *at.chain.layers], chain.width)
        found: list[Bend] = []
        for k in range(layer, len(inside)):
            first = sum(bend.units for bend in found)
            found += [bend._replace(first=first + bend.first) for bend in bends_of(inside, k)]
        return found
    if at.function.is_identity:
        return []
    if isinstance(at, Dense):
        head = Chain([*head, Dense(at.weight, at.bias)], chain.width)
    return [Bend(head, at.function, 0)]
