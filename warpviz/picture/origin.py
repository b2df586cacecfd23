"""What a panel's path is computed from, as plain numbers: enough to compute it again elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from warpviz.arrays import Floats
from warpviz.errors import WarpvizError


class OriginLayer(NamedTuple):
    """One layer of the chain that is played: y = f(W x + b).

    Attributes:
        activation: f, a name of the activations, "softmax", "log_softmax" or "residual".
        weight: W, (n_out, n_in); None for a layer that is its activation alone.
        bias: b, (n_out,); None likewise.
        inner: of a residual layer y = x + f(x) the layers of f; () of all others.
    """

    activation: str
    weight: Floats | None = None
    bias: Floats | None = None
    inner: tuple["OriginLayer", ...] = ()

    def every(self) -> list["OriginLayer"]:
        """This layer, or those of f."""
        return [one for layer in self.inner for one in layer.every()] or [self]


@dataclass(frozen=True, eq=False)
class Origin:
    """From input coordinates to the keyframes of a panel.

        points ──layers──► states, layer by layer ──acts──► K states ──views──► keyframes

    Attributes:
        layers: of the chain, the first to act first.
        acts: K − 1 pairs (layer, unit): the layer that acts, on one unit or (−1) on all at once.
        views: K pairs, centre (D,) and axes (D, 3): a state x is seen at (x − centre)·axes.
        dots: (N, n_in) the dots in input coordinates.
        plane: origin (n_in,) and axes (n_in, 2) of the sheet among more than two features, or None.
    """

    layers: tuple[OriginLayer, ...]
    acts: tuple[tuple[int, int], ...]
    views: tuple[tuple[Floats, Floats], ...]
    dots: Floats
    plane: tuple[Floats, Floats] | None = None

    @property
    def every(self) -> list[OriginLayer]:
        """All layers, those of residual ones in their place."""
        return [one for layer in self.layers for one in layer.every()]

    def __post_init__(self) -> None:
        if len(self.views) != len(self.acts) + 1:
            raise WarpvizError(
                f"Origin expects one view more than acts, "
                f"got {len(self.views)} views and {len(self.acts)} acts."
            )


@dataclass(frozen=True, eq=False)
class Learnt:
    """From input coordinates to the keyframes of a panel that shows one state while it is learnt.

        points ──some layers of snapshot k──► state k ──view k──► keyframe k

    Attributes:
        layers: of the chain, K snapshots of each: weights (K, n_out, n_in), biases (K, n_out).
        shown: how many of them act on what is shown; all of them act on the tint.
        views: K pairs, centre (D,) and axes (D, 3): a state x is seen at (x − centre)·axes.
        dots: (N, n_in) the dots in input coordinates.
        plane: as of `Origin`.
        levels: the least and the greatest number, where the tint shows numbers; None for classes,
            whose logits the layers give.
    """

    layers: tuple[OriginLayer, ...]
    shown: int
    views: tuple[tuple[Floats, Floats], ...]
    dots: Floats
    plane: tuple[Floats, Floats] | None = None
    levels: tuple[float, float] | None = None

    @property
    def every(self) -> list[OriginLayer]:
        """All layers, those of residual ones in their place."""
        return [one for layer in self.layers for one in layer.every()]


def together(snapshots: Sequence[Sequence[OriginLayer]]) -> tuple[OriginLayer, ...]:
    """Snapshots of the same layers as layers of snapshots."""

    def stacked(arrays: Sequence[Floats | None]) -> Floats | None:
        known = [array for array in arrays if array is not None]
        return np.stack(known) if known else None

    return tuple(
        OriginLayer(
            each[0].activation,
            stacked([layer.weight for layer in each]),
            stacked([layer.bias for layer in each]),
            together([layer.inner for layer in each]),
        )
        for each in zip(*snapshots, strict=True)
    )
