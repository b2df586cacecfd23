"""Networks of a study as films that a page plays."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from html import escape

import numpy as np

from warpviz.data import Dataset
from warpviz.errors import WarpvizError
from warpviz.film.build import compare
from warpviz.model import Chain
from warpviz.player.page import CONTROLS

DOTS = 240
"""Points that a film of a report carries."""
SIZE = (560, 460)


@dataclass(frozen=True)
class Player:
    """A page that plays, for a frame of another page.

    Attributes:
        text: of the page.
        size: (width, height) of its film, in pixels.
    """

    text: str
    size: tuple[int, int]

    def frame(self, title: str) -> str:
        """The frame, as HTML; it loads when it is seen."""
        width, height = self.size
        return (
            f'<iframe loading="lazy" title="{escape(title)}" sandbox="allow-scripts '
            f'allow-downloads" allowfullscreen style="aspect-ratio: {width} / '
            f'{height + CONTROLS}; max-width: {width}px" srcdoc="{escape(self.text)}"></iframe>'
        )


def player_of(chains: Mapping[str, Chain], data: Dataset) -> Player | None:
    """The film of a network, or of some side by side; None where it cannot be filmed.

    Args:
        chains: title → network.
        data: of all; at most `DOTS` points are carried.
    """
    try:
        size = (SIZE[0] * (1 if len(chains) == 1 else 2), SIZE[1])
        film = compare(dict(chains), _fewer(data), size=size)
        return Player(film.to_html(), film.size)
    except WarpvizError:
        return None


def _fewer(data: Dataset) -> Dataset:
    if len(data) <= DOTS:
        return data
    kept = np.sort(np.random.default_rng(0).permutation(len(data))[:DOTS])
    if len(np.unique(data.y[kept])) < data.n_classes:
        return data
    return replace(data, x=data.x[kept], y=data.y[kept])
