"""A film to write: a bent, turning, translucent cloth with grid lines and dots, drawn per pixel."""

from collections.abc import Iterator

import numpy as np

from warpviz.arrays import Floats, Pixels
from warpviz.picture.frame import Frame

BACKGROUND = (13, 17, 27)
WHITE = (240, 244, 250)
BLUE = (76, 194, 255)
ORANGE = (255, 159, 64)


def cloth(time: float, size: tuple[int, int] = (640, 480)) -> Pixels:
    """One picture at a time in [0, 1]; antialiased by the width of one pixel."""
    width, height = size
    x = (np.arange(width) - width / 2)[None, :] / height * 3.2
    y = (np.arange(height) - height / 2)[:, None] / height * 3.2
    pixel = 3.2 / height
    turn = 0.9 * time
    u = np.cos(turn) * x + np.sin(turn) * y
    v = np.cos(turn) * y - np.sin(turn) * x + 0.35 * time * np.sin(2.5 * u)
    inside = _step((1 - np.maximum(abs(u), abs(v))) / pixel)
    shade = 0.75 + 0.25 * np.cos(2.5 * u) * time
    probability = 0.5 + 0.5 * np.tanh(6 * (u * u + v * v - 0.3))
    tint = _mix(np.array(ORANGE), np.array(BLUE), probability) * shade[..., None]
    picture = _mix(np.array(BACKGROUND), tint, 0.45 * inside)
    line = np.minimum(abs(np.mod(u * 8, 1) - 0.5), abs(np.mod(v * 8, 1) - 0.5)) / 8
    picture = _mix(picture, np.array(WHITE), 0.35 * inside * _step(1 - line / pixel))
    near = np.hypot(np.mod(u * 10, 1) - 0.5, np.mod(v * 10, 1) - 0.5) / 10
    dot = _mix(np.array(ORANGE), np.array(BLUE), (probability > 0.5).astype(float))
    picture = _mix(picture, dot, inside * _step((0.018 - near) / pixel))
    done = (np.arange(width) < width * time)[None, :] & (abs(y / 3.2 - 0.47) < 0.004)
    return np.rint(_mix(picture, np.array(WHITE), done.astype(float))).astype(np.uint8)


def film(frames: int, size: tuple[int, int] = (640, 480)) -> Iterator[Frame]:
    """The whole film, 5 centiseconds a frame."""
    for i in range(frames):
        yield Frame(cloth(i / max(frames - 1, 1), size), 5)


def _step(value: Floats) -> Floats:
    """0 below 0, 1 above 1, a ramp between."""
    return np.clip(value, 0.0, 1.0)


def _mix(a: Floats, b: Floats, share: Floats) -> Floats:
    """Channel-wise a + share (b − a)."""
    return a + share[..., None] * (b - a)
