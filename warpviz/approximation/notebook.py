"""A plot that renews itself in a notebook while a network learns."""

import time
from collections.abc import Callable
from io import BytesIO
from typing import Any

import numpy as np

from warpviz.approximation.approximation import Approximation
from warpviz.approximation.figure import draw_approximation, three_axes
from warpviz.approximation.targets import Target
from warpviz.training.online import Online

RENEWED = 0.3
"""Seconds between two plots in a notebook, at least."""


def notebook_plot(target: Target, steps: int, name: str = "") -> Callable[[Online], object] | None:
    """What renews a plot below the cell while a network learns; None outside of notebooks.

    Args:
        target: what is learnt.
        steps: of the whole run; the last is always drawn.
        name: of the network.
    """
    try:
        from IPython import display as shown
        from IPython import get_ipython
    except ImportError:
        return None
    shell = get_ipython()
    if shell is None or not hasattr(shell, "kernel"):
        return None
    from matplotlib.figure import Figure

    figure = Figure((9.6, 4.8), layout="constrained")
    axes = three_axes(figure)
    pictures: Any = shown
    handle: Any = None
    last = -np.inf

    def renew(run: Online) -> None:
        nonlocal last, handle
        if run.step < steps and time.monotonic() - last < RENEWED:
            return
        for one in axes:
            one.clear()
        draw_approximation([Approximation(name, target, run)], axes)
        file = BytesIO()
        figure.savefig(file, format="png", dpi=90)
        picture = pictures.Image(file.getvalue())
        if handle is None:
            handle = pictures.display(picture, display_id=True)
        else:
            handle.update(picture)
        last = time.monotonic()

    return renew
