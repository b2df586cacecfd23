"""From the steps that a foreign model takes to the layers of a chain.

Frameworks write a layer in several steps: a product, a sum, an activation, a normalisation. Here
the steps are put together again, in the model's own order:

    Dense, "relu"            → Dense(…, "relu")
    Dense, Scale             → Dense with the scale in its weights      (BatchNorm behind a layer)
    "relu", Scale, Dense     → "relu", Dense with the scale in its weights
    Scale, "relu"            → Dense with a diagonal weight, "relu"
    Dense(…, "relu"), Select → Dense with the rows of its weight that are selected, "relu"
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from warpviz.arrays import Floats
from warpviz.errors import WarpvizError
from warpviz.model.activations import activation
from warpviz.model.chain import Chain
from warpviz.model.layers import Activation, Dense, Layer, Softmax
from warpviz.model.residual import Residual

LARGEST_WIDTH = 10_000
"""Units of a layer that comes from elsewhere; a film of more has no use."""


WIDEST_SCALE = 1_000
"""Units of a scale that is a layer of its own: its weight is a whole matrix."""


@dataclass(frozen=True, eq=False)
class Scale:
    """y = factor · x + shift, unit by unit; both (D,), or of one number for all units."""

    factor: Floats
    shift: Floats

    def after(self, other: "Scale") -> "Scale":
        """This scale applied to what another gives."""
        return Scale(self.factor * other.factor, self.factor * other.shift + self.shift)


def with_help(why: str, help_: str) -> str:
    """A reason with what to do: of weights that are no numbers another thing than of operations."""
    why = why.rstrip(".")
    if "NaN" in why:
        return f"{why}, as after a training that diverged; go back to weights from before"
    return why if ";" in why else f"{why}; {help_}"


def check_same(
    name: str, chain: Chain, x: npt.ArrayLike, result: npt.ArrayLike, near: float
) -> None:
    """A chain gives what its model gives.

    Args:
        name: of the model.
        chain: made of its steps.
        x: (N, …) what the model was run on.
        result: (N, …) what it gave.
        near: how far apart both may be, as a share of the largest output.

    Raises:
        WarpvizError: it does not, so that something was misread.
    """
    rows = np.asarray(x, dtype=np.float64)
    there = np.asarray(result, dtype=np.float64).reshape(len(rows), -1)
    here = chain(rows.reshape(len(rows), -1))
    if here.shape == there.shape:
        told = np.isfinite(there)
        if np.all(np.abs(here - there)[told] <= near * (1 + np.abs(there[told]).max(initial=0))):
            return
    raise WarpvizError(
        f"Cannot translate {name}: a chain of its steps gives other numbers than the model itself; "
        "give the part of the model that is made of layers."
    )


@dataclass(frozen=True)
class Select:
    """y = x[:, columns] of x (N, width)."""

    columns: tuple[int, ...]
    width: int

    def dense(self) -> Dense:
        """The same as a layer: its weight holds ones and zeros."""
        return Dense(np.eye(self.width)[list(self.columns)], np.zeros(len(self.columns)))


Part: TypeAlias = Dense | Activation | Softmax | Residual | Scale | Select | str
"""A step: a layer, a scale, a choice of columns, or the name of an activation."""


def scale(factor: npt.ArrayLike = 1.0, shift: npt.ArrayLike = 0.0) -> Scale:
    """A scale from numbers or arrays of any shape whose axes but the last are of length 1."""
    return Scale(*(_flat(value) for value in (factor, shift)))


def normalisation(
    mean: npt.ArrayLike,
    variance: npt.ArrayLike,
    weight: npt.ArrayLike,
    bias: npt.ArrayLike,
    epsilon: float,
) -> Scale:
    """Batch normalisation as it is used after training: (x − mean)/√(variance + ε)·weight + bias.

    Source: Ioffe & Szegedy 2015, arXiv:1502.03167, algorithm 2.
    """
    factor = _flat(weight) / np.sqrt(_flat(variance) + epsilon)
    return Scale(factor, _flat(bias) - factor * _flat(mean))


def chain_of(parts: Iterable[Part], width: int | None = None) -> Chain:
    """Put steps together.

    Args:
        parts: in order.
        width: of the input, where it is known.

    Raises:
        WarpvizError: steps that do not fit one another, or no width at all.

    >>> chain_of([Dense([[1.0], [2.0]], [0.0, 0.0]), scale([3.0, 1.0]), "relu"])
    Chain([Dense([[3.0], [2.0]], [0.0, 0.0], 'relu')])
    """
    parts = list(parts)
    if width is None and not any(isinstance(part, Dense) for part in parts):
        sizes = [part.factor.size for part in parts if isinstance(part, Scale)]
        width = max(sizes, default=0) if max(sizes, default=0) > 1 else None
    layers: list[Layer] = []
    pending: Scale | None = None  # What scales the state and is in no layer yet.
    for part in parts:
        part = part.name if isinstance(part, Activation) else part
        if isinstance(part, str) and activation(part).is_identity:
            continue
        if isinstance(part, Scale):
            if pending is None and (last := _open_map(layers)) is not None:
                layers[-1] = _scaled(last, part)
            else:
                pending = part if pending is None else part.after(pending)
            continue
        if pending is not None and not isinstance(part, Dense):
            layers.append(_alone(pending, Chain(layers, width).widths[-1]))
            pending = None
        if isinstance(part, Select):
            if layers and isinstance(layers[-1], Dense):
                chosen, rows = layers[-1], list(part.columns)
                layers[-1] = Dense(chosen.weight[rows], chosen.bias[rows], chosen.activation)
                continue
            part = part.dense()
        if isinstance(part, Dense):
            layers.append(part if pending is None else _behind(pending, part))
            pending = None
        elif isinstance(part, Softmax | Residual):
            layers.append(part)
        elif (last := _open_map(layers)) is not None:
            layers[-1] = Dense(last.weight, last.bias, part)
        else:
            layers.append(Activation(part))
    if pending is not None:
        layers.append(_alone(pending, Chain(layers, width).widths[-1]))
    chain = Chain(layers, width)
    if chain.width is not None and max(chain.widths) > LARGEST_WIDTH:
        raise WarpvizError(
            f"The model has a layer of {max(chain.widths)} units; "
            f"a chain takes at most {LARGEST_WIDTH}."
        )
    return chain


def _open_map(layers: Sequence[Layer]) -> Dense | None:
    """The last layer, where it is an affine map without an activation."""
    last = layers[-1] if layers else None
    return last if isinstance(last, Dense) and last.activation == "identity" else None


def _scaled(layer: Dense, scale: Scale) -> Dense:
    """An affine map and the scale behind it, as one."""
    factor, shift = (_wide(value, layer.n_out) for value in (scale.factor, scale.shift))
    return Dense(layer.weight * factor[:, None], layer.bias * factor + shift)


def _behind(scale: Scale, layer: Dense) -> Dense:
    """A scale and the affine map behind it, as one."""
    factor, shift = (_wide(value, layer.n_in) for value in (scale.factor, scale.shift))
    return Dense(layer.weight * factor, layer.bias + layer.weight @ shift, layer.activation)


def _alone(scale: Scale, width: int) -> Dense:
    """A scale as a layer of its own."""
    if width > WIDEST_SCALE:
        raise WarpvizError(
            f"A scale of {width} units is a layer of its own here; a chain takes at most "
            f"{WIDEST_SCALE} there."
        )
    return Dense(np.diag(_wide(scale.factor, width)), _wide(scale.shift, width))


def _wide(value: Floats, width: int) -> Floats:
    """One number for all units, or one for each."""
    if value.size not in (1, width):
        raise WarpvizError(
            f"A scale of {value.size} numbers does not fit a layer of {width} units."
        )
    return np.broadcast_to(value, width)


def _flat(value: npt.ArrayLike) -> Floats:
    """The last axis of an array whose others are of length 1."""
    array = np.asarray(value, dtype=np.float64)
    if array.size != (array.shape[-1] if array.ndim else 1):
        raise WarpvizError(f"A scale acts unit by unit, got an array of shape {array.shape}.")
    return array.reshape(-1)
