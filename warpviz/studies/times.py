"""When the networks of a study are looked at: epochs, the first before training."""

from collections.abc import Sequence

import numpy as np

from warpviz.errors import WarpvizError

COUNT = 10
"""Epochs unless told otherwise."""
SPACINGS = ("log", "linear")


def epochs_at(times: str | Sequence[int], epochs: int) -> tuple[int, ...]:
    """Epochs in order, 0 among them where they are not named one by one.

    Args:
        times: "log" or "linear", with the number of epochs after a colon if it is not `COUNT`;
            "end"; or epochs.
        epochs: of the whole training.

    Raises:
        WarpvizError: for other words, or epochs that there are not.

    >>> epochs_at("log:5", 1000), epochs_at("linear:3", 1000), epochs_at("end", 1000)
    ((0, 1, 10, 100, 1000), (0, 500, 1000), (1000,))
    """
    if not isinstance(times, str):
        return _named(times, epochs)
    word, colon, text = times.partition(":")
    if word == "end" and not colon:
        return (epochs,)
    if word not in SPACINGS or (colon and not (text.isdecimal() and int(text) >= 2)):
        raise WarpvizError(
            "times expects log, linear (log:20 for 20 epochs, from 2), end, or epochs such as "
            f"0,10,100, got {times!r}."
        )
    count = int(text) if colon else COUNT
    spaced = (
        [0, *np.geomspace(1, epochs, count - 1).round().tolist()]
        if word == "log"
        else np.linspace(0, epochs, count).round().tolist()
    )
    return tuple(sorted({int(each) for each in spaced} | {0, epochs}))


def _named(times: Sequence[int], epochs: int) -> tuple[int, ...]:
    whole = all(isinstance(each, int | np.integer) and not isinstance(each, bool) for each in times)
    if not times or not whole or min(times) < 0 or max(times) > epochs:
        raise WarpvizError(
            f"times expects epochs from 0 to {epochs}, whole numbers, got {list(times)}."
        )
    return tuple(sorted({int(each) for each in times}))
