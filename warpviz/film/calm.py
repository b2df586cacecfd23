"""Acts in which much moves take longer, so that no dot jumps from frame to frame."""

from collections.abc import Sequence

import numpy as np

from warpviz.motion.easing import EASINGS
from warpviz.motion.framing import placed
from warpviz.motion.perspective import perspective
from warpviz.picture.scene import Panel

MOST = 0.056
"""How far a dot may move between neighbouring frames, as a share of its panel's height."""
SLOWEST = 6.0
"""How much longer an act may become."""
RATE = 20.0
"""The frames a second that a film has by default; `MOST` is meant for these."""


def calm_lengths(panels: Sequence[Panel], lengths: Sequence[float], ease: str) -> tuple[float, ...]:
    """The acts' lengths in seconds, at least as long as given, with which nothing jumps.

    Args:
        panels: all panels of a film.
        lengths: of each act, in seconds.
        ease: a name of `EASINGS`.
    """
    calm = []
    for k, length in enumerate(lengths):
        slower = 1.0
        # Twice: where much moves within a few frames, more frames find more of it.
        for _ in range(2):
            steps = max(1, round(slower * length * RATE))
            moved = max(_largest_step(panel, k, len(lengths), steps, ease) for panel in panels)
            if moved <= MOST:
                break
            slower = min(slower * moved / MOST, SLOWEST)
        calm.append(slower * length)
    return tuple(calm)


def _largest_step(panel: Panel, k: int, acts: int, steps: int, ease: str) -> float:
    """The furthest that a dot moves from frame to frame in act k, over the panel's height."""
    dots = np.arange(len(panel.sheet.vertices), panel.path.keyframes.shape[1])
    path, eased = panel.path.of_points(dots), EASINGS[ease].of(np.arange(steps + 1) / steps)
    moments = [panel.moment(k, t, acts) for t in eased.tolist()]
    lenses = [panel.camera.lens(own, t) for own, t in moments]
    flat = np.empty((len(moments), len(dots), 2))
    for here, lens, (own, t) in zip(flat, lenses, moments, strict=True):
        here[:] = perspective(path.at(own, t), lens.turn, lens.pivot, lens.radius)[0]
    middle = np.array([lens.middle for lens in lenses])[:, None]
    scale = np.array([lens.units_per_pixel for lens in lenses])[:, None, None]
    moved = np.diff(placed(flat, middle, scale, lenses[0].centre), axis=0)
    across, up = moved[..., 0], moved[..., 1]
    square = float((across * across + up * up).max(initial=0.0))
    return float(np.sqrt(square)) / panel.layout.box.height
