"""Chains of layers: the model, every prefix of which is a model too.

    x ──► layer 0 ──► layer 1 ──► … ──► logits ──► (softmax)
    states(x)[0]   [1]         [2]              [-1]

Laws, for every k from 0 to len(chain):

    chain[k:](chain[:k](x)) == chain(x)
    chain.states(x)[k]      == chain[:k](x)
    chain.split()(x)        == chain(x)
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, overload

import numpy as np
import numpy.typing as npt

from warpviz.arguments import check_kind, kinds_checked
from warpviz.arrays import Floats
from warpviz.errors import WarpvizError
from warpviz.model.checks import is_finite, overflow, rows
from warpviz.model.code import FEW, chain_code
from warpviz.model.layers import Activation, Dense, Layer, Softmax
from warpviz.model.network import network
from warpviz.model.residual import Residual, number_of

AT_ONCE = 2**23
"""Numbers of a state that a forward pass works out at once, to bound memory."""


@dataclass(frozen=True, eq=False, repr=False)
class Chain:
    """Layers applied one after the other to rows, (N, n_in) → (N, n_out).

    `chain[k]` is a layer, `chain[:k]` a chain; `chain[:0]` is the identity. The repr is code
    that makes the chain again where it has few parameters, else one of its shape.

    Args:
        layers: Dense, Activation, Softmax and Residual layers, the first to act first.
        width: Width of the input where no Dense layer tells it; slices carry it along.

    Raises:
        WarpvizError: where a layer does not fit the one before, naming it.

    >>> chain = Chain([Dense([[1.0, 1.0]], [0.0]), Activation("relu")])
    >>> chain
    Chain([Dense([[1.0, 1.0]], [0.0]), Activation('relu')])
    >>> chain([[1.0, 2.0]]), chain[:1], chain.widths
    (array([[3.]]), Chain([Dense([[1.0, 1.0]], [0.0])]), (2, 1, 1))
    """

    layers: Sequence[Layer]
    width: int | None = None

    def __post_init__(self) -> None:
        check_kind("Chain", "layers", self.layers, Iterable)
        check_kind("Chain", "width", self.width, int | None)
        if self.width is not None and self.width < 1:
            raise WarpvizError(f"Chain expects a width from 1, got {self.width}.")
        layers = tuple(self.layers)
        for k, layer in enumerate(layers):
            if not isinstance(layer, Layer):
                raise WarpvizError(
                    "Chain expects layers (Dense, Activation, Softmax, Residual), "
                    f"got {type(layer).__name__} at layer {k}."
                )
        object.__setattr__(self, "layers", layers)
        if self.width is None:
            first = next((layer.n_in for layer in layers if layer.n_in is not None), None)
            object.__setattr__(self, "width", first)
        width = self.width
        for k, layer in enumerate(layers):
            if layer.n_in is not None and layer.n_in != width:
                raise WarpvizError(
                    f"Chain expects layer {k} ({layer}) to take width {width}, "
                    f"as the layer before gives, got {layer.n_in}."
                )
            width = width if layer.n_out is None else layer.n_out

    def __call__(self, x: npt.ArrayLike) -> Floats:
        """Forward pass, (N, n_in) → (N, n_out)."""
        return self._within(x, 0)

    def states(self, x: npt.ArrayLike) -> list[Floats]:
        """All states of one forward pass: len + 1 arrays, the input first.

        Raises:
            WarpvizError: where x does not fit, or where a state overflows, naming the layer.
        """
        return list(self._walk(x))

    def _within(self, x: npt.ArrayLike, before: int) -> Floats:
        """The same with so many layers with weights before it: its errors count on."""
        x = rows(x, "Chain", self.width)
        size = max(AT_ONCE // max((layer.n_out or 1 for layer in self.layers), default=1), 1)
        parts = [self._last(x[at : at + size], before) for at in range(0, max(len(x), 1), size)]
        return parts[0] if len(parts) == 1 else np.concatenate(parts)

    def _last(self, x: Floats, before: int) -> Floats:
        for state in self._walk(x, before):
            last = state
        return last

    def _walk(self, x: npt.ArrayLike, above: int = 0) -> Iterator[Floats]:
        state = rows(x, "Chain", self.width)
        if not is_finite(state):
            raise WarpvizError("Chain expects finite x, got NaN or infinity in it.")
        yield state
        for k, layer in enumerate(self.layers):
            before = state
            with np.errstate(over="ignore", invalid="ignore"):
                if isinstance(layer, Residual):
                    state = layer._within(state, above + number_of(self.layers, k - 1))
                else:
                    state = layer(state)
            if not is_finite(state):
                raise overflow(above + number_of(self.layers, k), layer, before)
            yield state

    @kinds_checked
    def backward(self, x: npt.ArrayLike, gradient: Floats) -> tuple[Floats, tuple[Floats, ...]]:
        """Pull a gradient back through all layers.

        Args:
            x: Input, (N, n_in).
            gradient: Of a loss with respect to `chain(x)`, (N, n_out).

        Returns:
            The gradient with respect to x, (N, n_in), and to every array of `parameters()`.
        """
        states = self.states(x)
        gradients: list[Floats] = []
        for layer, state in zip(reversed(self.layers), reversed(states[:-1]), strict=True):
            gradient, own = layer.backward(state, gradient)
            gradients[:0] = own
        return gradient, tuple(gradients)

    def __len__(self) -> int:
        return len(self.layers)

    def __iter__(self) -> Iterator[Layer]:
        return iter(self.layers)

    @overload
    def __getitem__(self, k: int) -> Layer: ...
    @overload
    def __getitem__(self, k: slice) -> "Chain": ...
    def __getitem__(self, k: int | slice) -> "Layer | Chain":
        if isinstance(k, slice):
            start, _, step = k.indices(len(self))
            if step != 1:
                raise WarpvizError(f"A slice of a chain expects step 1, got {step}.")
            return Chain(self.layers[k], None if self.width is None else self.widths[start])
        check_kind("A chain", "its index", k, int)
        return self.layers[k]

    @property
    def widths(self) -> tuple[int, ...]:
        """Width of every state, len + 1 numbers, the input's first.

        Raises:
            WarpvizError: for a chain without any Dense layer and without `width`.
        """
        if self.width is None:
            raise WarpvizError(f"{self!r} takes any width; give it one: Chain(layers, width=2).")
        widths = [self.width]
        for layer in self.layers:
            widths.append(widths[-1] if layer.n_out is None else layer.n_out)
        return tuple(widths)

    @property
    def n_parameters(self) -> int:
        """How many numbers training adjusts."""
        return sum(array.size for array in self.parameters())

    def parameters(self) -> tuple[Floats, ...]:
        """Weight and bias of every Dense layer, in order."""
        return tuple(array for layer in self.layers for array in layer.parameters)

    @kinds_checked
    def with_parameters(self, parameters: Sequence[npt.ArrayLike]) -> "Chain":
        """The same chain with other weights and biases, in the order of `parameters()`.

        Raises:
            WarpvizError: where their number or a shape differs.
        """
        shapes = [array.shape for array in self.parameters()]
        got = [np.shape(array) for array in parameters]
        if got != shapes:
            raise WarpvizError(f"with_parameters expects arrays of shapes {shapes}, got {got}.")
        return Chain(_filled(self.layers, iter(parameters)), self.width)

    def split(self) -> "Chain":
        """The same map in smaller steps: every Dense with an activation becomes two layers.

        A Residual stays one layer, since its act is one; its chain is split.

        >>> Chain([Dense([[1.0]], [0.0], "relu"), Softmax()]).split()
        Chain([Dense([[1.0]], [0.0]), Activation('relu'), Softmax()])
        """
        layers: list[Layer] = []
        for layer in self.layers:
            if isinstance(layer, Dense) and layer.activation != "identity":
                layers += [Dense(layer.weight, layer.bias), Activation(layer.activation)]
            else:
                layers.append(layer.split() if isinstance(layer, Residual) else layer)
        return Chain(layers, self.width)

    def logits(self) -> "Chain":
        """The chain without a closing Softmax; itself where there is none."""
        return self[:-1] if self.layers and isinstance(self.layers[-1], Softmax) else self

    def to_torch(self) -> Any:
        """The same map as an `nn.Sequential` of PyTorch, in torch's default precision.

        Raises:
            WarpvizError: PyTorch is not installed.
        """
        from warpviz.model.to_torch import module_of

        return module_of(self.split())

    def __repr__(self) -> str:
        count = self.n_parameters
        code = chain_code(self.layers, self.width, count <= FEW)
        return f"{code}  # {count:,} parameters" if count > FEW else code

    def _repr_svg_(self) -> str:
        return network(self.layers)


def _filled(layers: Iterable[Layer], arrays: Iterator[npt.ArrayLike]) -> list[Layer]:
    """Layers with other parameters, taken in their order."""
    found: list[Layer] = []
    for layer in layers:
        if isinstance(layer, Residual):
            inner = Chain(layer.chain.layers, layer.chain.width)
            layer = Residual(Chain(_filled(inner, arrays), inner.width))
        elif isinstance(layer, Dense):
            layer = Dense(np.asarray(next(arrays)), np.asarray(next(arrays)), layer.activation)
        found.append(layer)
    return found
