"""A figure of a study: shown in a notebook, written as .svg, .pdf or .png, its data beside it."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

from warpviz.arguments import check_fields, kinds_checked
from warpviz.figures.files import figure_format, save_figure
from warpviz.own_theme import ThemeLike, as_theme
from warpviz.studies.charts.chart import Chart
from warpviz.studies.charts.drawing import drawn
from warpviz.studies.charts.inline import inline
from warpviz.studies.needed import needed


@dataclass(frozen=True, eq=False, repr=False)
class StudyFigure:
    """What `Study.plot` gives.

    Attributes:
        chart: what is drawn, as numbers.
    """

    chart: Chart

    def __post_init__(self) -> None:
        check_fields(self)

    @property
    def table(self) -> Any:
        """The numbers that are drawn, as a frame of pandas: a row a point."""
        return needed("pandas").DataFrame(self.chart.table())

    @kinds_checked
    def save(self, path: str | os.PathLike[str], *, theme: ThemeLike = "light") -> Path:
        """Write the picture as .svg, .pdf or .png.

        Raises:
            WarpvizError: for another suffix or theme, or a path that cannot be written.
        """
        look = as_theme(theme)
        return save_figure(
            partial(drawn, self.chart, look),
            path,
            dpi=figure_format(path).get("dpi", "figure"),
            transparent=look.transparent,
        )

    @kinds_checked
    def svg(self, theme: ThemeLike, links: Sequence[int] = ()) -> str:
        """The picture as part of a page; dots of the networks in `links` lead to "#run-17"."""
        make = partial(drawn, self.chart, as_theme(theme), links=links)
        return inline(make, f"{theme} {self.chart.table()}")

    def __repr__(self) -> str:
        return (
            f"<StudyFigure of {self.chart.y} over {self.chart.x}: {len(self.chart.panels)} "
            f"panel{'s' * (len(self.chart.panels) != 1)}>"
        )

    def _repr_png_(self) -> bytes:
        file = BytesIO()
        drawn(self.chart, as_theme("light")).savefig(file, format="png", dpi=110)
        return file.getvalue()
