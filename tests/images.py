"""Pictures compared by two thresholds; what differs is written where one can look at it."""

from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image

from warpviz.arrays import Pixels

AMPLIFIED = 8


def psnr(actual: npt.ArrayLike, expected: npt.ArrayLike) -> float:
    """Peak signal-to-noise ratio of two pictures in 0 … 255, in dB."""
    difference = np.asarray(actual, dtype=float) - np.asarray(expected, dtype=float)
    error = float(np.mean(difference**2))
    return float("inf") if error == 0 else float(10 * np.log10(255**2 / error))


def assert_pictures_match(
    actual: Pixels, expected: Pixels, folder: Path, *, largest: float, mean: float
) -> None:
    """Fail where two pictures (H, W, 3) differ, and write both and their difference.

    Args:
        actual: uint8.
        expected: uint8.
        folder: gets expected.png, actual.png and difference.png where they differ too much.
        largest: the most that one value may differ by.
        mean: the most that all values may differ by on average.
    """
    assert actual.shape == expected.shape, f"{actual.shape} is not {expected.shape}"
    assert actual.dtype == expected.dtype == np.uint8
    difference = np.abs(actual.astype(int) - expected.astype(int))
    worst, average = int(difference.max()), float(difference.mean())
    if worst <= largest and average <= mean:
        return
    folder.mkdir(parents=True, exist_ok=True)
    seen = np.minimum(difference * AMPLIFIED, 255).astype(np.uint8)
    for name, picture in (("expected", expected), ("actual", actual), ("difference", seen)):
        Image.fromarray(picture).save(folder / f"{name}.png")
    raise AssertionError(
        f"Pictures differ by {worst} at most (allowed {largest:g}) and {average:.3f} on average "
        f"(allowed {mean:g}); see {folder}."
    )
