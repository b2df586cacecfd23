"""Several steps of descent on one point, and what is said of them."""

import json
from collections.abc import Sequence

from warpviz.errors import WarpvizError
from warpviz.explain.passes.text import told, tree
from warpviz.explain.passes.trace import Trace, trace
from warpviz.model.chain import Chain

MOST_STEPS = 1000
"""Passes that are told one after the other."""


def descend(
    chain: Chain,
    at: Sequence[float],
    target: Sequence[float] | float | None = None,
    *,
    steps: int = 1,
    loss: str = "half-squared",
    learning_rate: float = 0.1,
) -> tuple[Trace, ...]:
    """The passes of several steps of descent; each starts from the weights of the one before.

    Args:
        chain: the model.
        at: the point, (n_in,).
        target: what should come out.
        steps: how many.
        loss: a name of `LOSSES`.
        learning_rate: of every step.

    Raises:
        WarpvizError: as `trace`; for several steps without a target.
    """
    if not 1 <= steps <= MOST_STEPS:
        raise WarpvizError(f"steps expects 1 to {MOST_STEPS}, got {steps}.")
    if target is None and steps > 1:
        raise WarpvizError("Steps of descent need a target; add target (--target 1).")
    passes: list[Trace] = []
    for _ in range(steps):
        here = passes[-1].updated if passes else chain
        passes.append(trace(here, at, target, loss=loss, learning_rate=learning_rate))
    return tuple(passes)


TITLES = {
    "text": "step {} of {}\n",
    "markdown": "## step {} of {}\n",
    "latex": "\\subsection*{{Step {} of {}}}",
}


def steps_told(
    passes: Sequence[Trace], format: str = "text", *, digits: int = 8, style: str = "matrices"
) -> str:
    """Passes in words, each below its number; one alone without. As JSON they are a list."""
    if len(passes) == 1:
        return told(passes[0], format, digits=digits, style=style)
    if format == "json":
        return json.dumps({"steps": [tree(one) for one in passes]}, indent=2, ensure_ascii=False)
    parts = []
    for place, one in enumerate(passes, 1):
        words = told(one, format, digits=digits, style=style).rstrip("\n")
        parts += [TITLES[format].format(place, len(passes)), words, ""]
    return "\n".join(parts)
