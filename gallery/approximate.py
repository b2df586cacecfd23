"""A curve settles onto the sine: what each unit adds, and the error."""

from typing import Any

import warpviz as wv


def make(**look: Any) -> wv.Animation:
    """A net of 8 and 12 units learns sin; `look` are fields of `Options`."""
    found = wv.approximate("sin", layers=(8, 12), activation="leaky_relu:0.2", steps=6000)
    return wv.animate_approximation([found], **look)


if __name__ == "__main__":
    make().save("approximate.gif")
