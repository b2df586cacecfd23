"""How a picture is divided among panels, and how many it has room for."""

import math

from warpviz.errors import WarpvizError

SMALLEST = (240, 180)
LARGEST = (3840, 2160)
PANELS = 12
"""Panels of one picture at most."""
SMALLEST_PANEL = (120, 90)
"""Of several: in fewer pixels the words of a panel leave no room for its cloth."""


def grid(count: int, width: int, height: int) -> tuple[int, int]:
    """Columns and rows for panels, so that the smaller side of each is as long as possible.

    >>> grid(3, 960, 400), grid(4, 640, 480), grid(1, 640, 480)
    ((3, 1), (2, 2), (1, 1))
    """
    best = max(
        range(1, count + 1), key=lambda columns: min(width / columns, height / -(-count // columns))
    )
    return best, -(-count // best)


def check_size(width: int, height: int) -> None:
    """Refuse sizes that cannot be read or held."""
    if not (SMALLEST[0] <= width <= LARGEST[0] and SMALLEST[1] <= height <= LARGEST[1]):
        raise WarpvizError(
            f"size expects {SMALLEST[0]}x{SMALLEST[1]} to {LARGEST[0]}x{LARGEST[1]} pixels, "
            f"got {width}x{height}."
        )


def room_for(count: int, size: tuple[int, int]) -> bool:
    """Whether so many panels can be read in a picture of this size."""
    columns, rows = grid(count, *size)
    least = SMALLEST_PANEL
    return count < 2 or (size[0] // columns >= least[0] and size[1] // rows >= least[1])


def check_panels(count: int, size: tuple[int, int]) -> None:
    """Refuse more panels than a picture of this size has room for.

    Raises:
        WarpvizError: with the size that would do.
    """
    if count > PANELS:
        raise WarpvizError(f"A comparison expects at most {PANELS} panels, got {count}.")
    if not room_for(count, size):
        columns, rows = grid(count, *size)
        each = f"{size[0] // columns}x{size[1] // rows}"
        wide, high = SMALLEST_PANEL
        sizes = [(max(wide * n, SMALLEST[0]), max(high * -(-count // n), SMALLEST[1]))
                 for n in range(1, count + 1)]  # fmt: skip
        width, height = min((each for each in sizes if room_for(count, each)), key=math.prod)
        raise WarpvizError(
            f"{count} panels in {size[0]}x{size[1]} pixels would be {each} each, too small to "
            f"read; choose a size of {width}x{height} or more."
        )
