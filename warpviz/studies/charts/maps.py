"""Small multiples: the linear regions of networks that differ in their seed alone."""

import math
import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

from warpviz.arguments import kinds_checked
from warpviz.data import Dataset
from warpviz.figures.files import figure_format, save_figure
from warpviz.figures.regions import draw_regions, still_of
from warpviz.figures.style import dress, literal, rgb
from warpviz.model import Chain
from warpviz.own_theme import ThemeLike, as_theme
from warpviz.theme import Theme, with_classes

SIDE = 1.75
"""Inches of one map."""
ACROSS = 5


def maps_drawn(
    networks: Sequence[tuple[str, Chain, Dataset]], theme: Theme, title: str = ""
) -> Any:
    """The figure: a map a network, with its title.

    Args:
        networks: title, network and data of each, of two features or more.
        theme: the colours.
        title: over all.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    down = math.ceil(len(networks) / ACROSS)
    across = math.ceil(len(networks) / down)
    colours = with_classes(theme, max(data.n_classes for _, _, data in networks))
    size = (SIDE * across, (SIDE + 0.2) * down + 0.4 * bool(title))
    figure = Figure(size, facecolor=rgb(colours.background), layout="constrained")
    FigureCanvasAgg(figure)
    grid = figure.subplots(down, across, squeeze=False)
    for k, axes in enumerate(grid.flat):
        if k >= len(networks):
            axes.set_visible(False)
            continue
        name, chain, data = networks[k]
        dress(axes, colours)
        draw_regions(still_of(chain, data), axes, colours)
        axes.set(xlabel="", ylabel="", xticks=[], yticks=[])
        axes.set_title(literal(name), fontsize=8, color=rgb(colours.text))
    if title:
        figure.suptitle(literal(title), fontsize=10, color=rgb(colours.text))
    return figure


@dataclass(frozen=True, eq=False, repr=False)
class StudyMaps:
    """What `Study.maps` gives: a map of each network; in a notebook their picture.

    Attributes:
        networks: title, network and data of each.
        title: over all.
    """

    networks: Sequence[tuple[str, Chain, Dataset]]
    title: str = ""

    @kinds_checked
    def save(self, path: str | os.PathLike[str], *, theme: ThemeLike = "light") -> Path:
        """Write the picture as .svg, .pdf or .png.

        Raises:
            WarpvizError: for another suffix or theme, or a path that cannot be written.
        """
        look = as_theme(theme)
        return save_figure(
            partial(maps_drawn, self.networks, look, self.title),
            path,
            dpi=figure_format(path).get("dpi", "figure"),
            transparent=look.transparent,
        )

    def __repr__(self) -> str:
        return f"<StudyMaps of {len(self.networks)} networks>"

    def _repr_png_(self) -> bytes:
        file = BytesIO()
        maps_drawn(self.networks, as_theme("light"), self.title).savefig(
            file, format="png", dpi=110
        )
        return file.getvalue()
