"""One picture of a film and how long it stays."""

from dataclasses import dataclass

import numpy as np

from warpviz.arguments import check_fields
from warpviz.arrays import Pixels
from warpviz.errors import WarpvizError


@dataclass(frozen=True, eq=False)
class Frame:
    """A picture and its time on screen.

    Attributes:
        pixels: (H, W, 3) uint8, sRGB.
        centiseconds: how long it stays, in hundredths of a second, at least 1.
    """

    pixels: Pixels
    centiseconds: int

    def __post_init__(self) -> None:
        check_fields(self)
        if self.pixels.ndim != 3 or self.pixels.shape[2] != 3 or self.pixels.dtype != np.uint8:
            raise WarpvizError(
                f"Frame expects pixels of shape (H, W, 3) and type uint8, "
                f"got {self.pixels.shape} {self.pixels.dtype}."
            )
        if self.centiseconds < 1:
            raise WarpvizError(
                f"Frame expects at least 1 centisecond, got {self.centiseconds}; use a lower fps."
            )
