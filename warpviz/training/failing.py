"""Why a loss is no number: what a layer is not defined at, or steps that are too long."""

import numpy as np

from warpviz.arrays import Floats
from warpviz.errors import WarpvizError
from warpviz.model.chain import Chain
from warpviz.model.checks import no_slope
from warpviz.model.layers import Dense, steps_of
from warpviz.model.residual import Add, Keep
from warpviz.training.engine import unflatten
from warpviz.training.losses import Array

LARGE = 1e6
"""Of parameters: where they have come so far, it is the steps that were too long."""


def diverged(when: str, rate: float, chain: Chain, rows: Array, x: Floats) -> WarpvizError:
    """Make (not raise) the error for a training whose loss is not finite any more.

    Args:
        when: "by epoch 3".
        rate: length of a step.
        chain: of the shape that was trained.
        rows: (n, P) parameters, of which one led there.
        x: (N, n_in) the points.
    """
    for row in rows:
        if not np.abs(row).max() < LARGE:  # steps too long, or no numbers any more
            continue
        try:
            known = unflatten(chain, row)
            known.states(x)
        except WarpvizError as error:
            return WarpvizError(f"Training ended {when}: {str(error)[:1].lower()}{str(error)[1:]}")
        flat = _without_slope(known, x)
        if flat is not None:
            return WarpvizError(f"Training ended {when}: {str(flat)[:1].lower()}{str(flat)[1:]}")
    return WarpvizError(
        f"Training diverged {when}: the loss is not finite; choose a learning rate below {rate:g}."
    )


def _without_slope(chain: Chain, x: Floats) -> WarpvizError | None:
    """The error for the first layer whose activation has no finite slope where points come."""
    here, kept, number = x, [], 0
    for step in steps_of(chain):
        if isinstance(step, Keep):
            kept.append(here)
        elif isinstance(step, Add):
            here = kept.pop() + here
        else:
            number += isinstance(step, Dense)
            flat = no_slope(number, step, here)
            if flat is not None:
                return flat
            here = step(here)
    return None
