"""One picture of a film and how long it stays."""

from dataclasses import dataclass
from io import BytesIO

import numpy as np

from warpviz.arguments import check_fields
from warpviz.arrays import Pixels
from warpviz.errors import WarpvizError


@dataclass(frozen=True, eq=False, repr=False)
class Frame:
    """A picture and its time on screen; a notebook shows it.

    Attributes:
        pixels: (H, W, 3) uint8, sRGB; (H, W, 4) with opacity, without a background.
        centiseconds: how long it stays, in hundredths of a second, at least 1.
    """

    pixels: Pixels
    centiseconds: int

    def __post_init__(self) -> None:
        check_fields(self)
        shape = self.pixels.shape
        if len(shape) != 3 or shape[2] not in (3, 4) or self.pixels.dtype != np.uint8:
            raise WarpvizError(
                f"Frame expects pixels of shape (H, W, 3) or (H, W, 4) and type uint8, "
                f"got {shape} {self.pixels.dtype}."
            )
        if self.centiseconds < 1:
            raise WarpvizError(
                f"Frame expects at least 1 centisecond, got {self.centiseconds}; use a lower fps."
            )

    def __repr__(self) -> str:
        height, width = self.pixels.shape[:2]
        return f"<Frame of {width}×{height} pixels, {self.centiseconds} centiseconds>"

    def _repr_png_(self) -> bytes:
        from PIL import Image

        file = BytesIO()
        Image.fromarray(self.pixels).save(file, "PNG")
        return file.getvalue()
