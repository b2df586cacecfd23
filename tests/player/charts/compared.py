"""How near a page's cloth and its charts are to the film's."""

from typing import Any

import numpy as np

import warpviz as wv
from tests.player.engine_page import Screening, psnr
from tests.scenes import figure_of
from warpviz.arrays import Pixels

ENOUGH = 55.0
"""Decibels of the cloth; nobody sees a difference from about 40 on."""
WORDS = 30.0
"""Of charts at a quarter of their size: letters and strokes are drawn by another hand."""


def quarter(picture: Pixels) -> Pixels:
    """A picture at a quarter of its size."""
    height, width = (side // 4 * 4 for side in picture.shape[:2])
    parts = picture[:height, :width].reshape(height // 4, 4, width // 4, 4, 3)
    means: Pixels = parts.mean(axis=(1, 3)).astype(np.uint8)
    return means


def moments(film: wv.Animation) -> list[tuple[int, float]]:
    """The ends of a film, and places between its stops."""
    last = film.timeline.acts - 1
    return [(0, 0.0), (1, 0.5), (last // 2, 0.25), (last, 0.9), (last, 1.0)]


def least(film: wv.Animation, screening: Screening, **options: Any) -> tuple[float, float]:
    """How far the page's cloth and its charts are from the film's, in decibels."""
    cloth = figure_of(film).cloth
    width, height = (0, 0) if cloth is None else cloth.size
    told = []
    for k, t in moments(film):
        ours, theirs = film.frame(k, t).pixels, screening.picture(k, t, **options)
        same = psnr(ours[:height, :width], theirs[:height, :width]) if width else np.inf
        told.append((same, psnr(quarter(ours), quarter(theirs))))
    worst = tuple(min(column) for column in zip(*told, strict=True))
    print(f"{worst[0]:.1f} dB, charts {worst[1]:.1f} dB, {len(screening.payload) / 1000:.0f} kB")
    return worst[0], worst[1]
