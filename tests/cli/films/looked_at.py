"""What a film's file holds, as Pillow reads it."""

from pathlib import Path

import numpy as np
from PIL import Image, ImageSequence

from warpviz.arrays import Pixels

SMALL = "--size 240x180 --fps 4 --jobs 1"


def still(path: Path | str) -> Pixels:
    with Image.open(path) as image:
        return np.asarray(image.convert("RGB"))


def gif_of(path: Path | str) -> tuple[list[int], int | None]:
    """Milliseconds of every frame, and the loop field, as Pillow reads them."""
    with Image.open(path) as image:
        times = [frame.info["duration"] for frame in ImageSequence.Iterator(image)]
        return times, image.info.get("loop")
