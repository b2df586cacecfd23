"""Plain functions, of JAX, NumPy or anything that takes and gives arrays: what they give is seen.

A function of points (N, …) gives its states: in a dict by name, in a list or tuple in order, which
names them 0, 1, 2 …; or its output alone.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np

from warpviz.convert import plain
from warpviz.convert.watched.runs import Array, Given, Runs
from warpviz.errors import WarpvizError


def runs_of(function: Any, sample: Array) -> Runs:
    """A function as it can be watched.

    Args:
        function: takes points (N, …).
        sample: some of them, to learn the names of its states.
    """
    name = getattr(function, "__name__", type(function).__name__)

    def run(points: Array, wanted: frozenset[str] | None) -> list[Given]:
        value = function(points)
        states = _named(value)
        if not states:
            raise WarpvizError(f"animate expects {name} to give at least one state, got none.")
        found = [
            Given(key, np.array(plain(state), dtype=np.float64), True)
            for key, state in states.items()
        ]
        # A list of states may begin with the points themselves, which are the input.
        if isinstance(value, list | tuple) and len(found) > 1:
            found = found[1:] if np.array_equal(found[0].value, points) else found
        kept = [one for one in found if wanted is None or one.layer in wanted]
        return [*kept, Given("", found[-1].value, False)]

    return Runs(name, [one.layer for one in run(sample, None)[:-1]], run)


def _named(value: Any) -> dict[str, Any]:
    if isinstance(value, Mapping):
        return {str(key): one for key, one in value.items()}
    if isinstance(value, list | tuple):
        return {str(k): one for k, one in enumerate(value)}
    return {"output": value}
