"""A half-turn: polar motion turns it, lerp runs it through a single point."""

from typing import Any

import numpy as np

import warpviz as wv


def make(**look: Any) -> wv.Animation:
    """Moons, turned by 180°; `look` are fields of `Options`, such as theme and size."""
    data = wv.load_data("moons", seed=0)
    turn = wv.Chain([wv.Dense(-np.eye(2), np.zeros(2))])
    motions = {name: (turn, {"motion": name}) for name in ("polar", "lerp")}
    return wv.compare(motions, data, **{"seconds": 3.0, **look})


if __name__ == "__main__":
    make().save("half_turn.gif")
