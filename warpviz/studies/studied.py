"""A study that was made: its tables, its networks, its figures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from warpviz.arguments import check_fields, kinds_checked
from warpviz.atomic import check_writable, replacing
from warpviz.data import Dataset
from warpviz.errors import WarpvizError
from warpviz.model import Chain
from warpviz.names import unknown_name
from warpviz.studies.charts.figure import StudyFigure
from warpviz.studies.charts.grouping import chart_of
from warpviz.studies.charts.maps import StudyMaps
from warpviz.studies.folder import Folder, read_table
from warpviz.studies.grid import Grid, Part
from warpviz.studies.needed import needed
from warpviz.studies.part import chains_of
from warpviz.studies.points import Points, points_of
from warpviz.training.engine import unflatten

MOST_MAPS = 100


@dataclass(frozen=True, eq=False, repr=False)
class Study:
    """Many networks, trained and measured alike.

    Attributes:
        path: the folder that holds it.
        grid: of what it is.
    """

    path: Path
    grid: Grid

    def __repr__(self) -> str:
        return f"<Study of {len(self.grid):,} networks: {self.path}>"

    @cached_property
    def runs(self) -> Any:
        """A row a network, as a frame of pandas; its columns are told in `columns`."""
        return self._frame("runs")

    @cached_property
    def rows(self) -> Any:
        """A row a network, an epoch and a stop, as a frame of pandas."""
        return self._frame("rows")

    @cached_property
    def columns(self) -> Mapping[str, Mapping[str, Mapping[str, str]]]:
        """Every column of "runs" and "rows": its meaning, unit and source."""
        known: Mapping[str, Mapping[str, Mapping[str, str]]] = self.facts["columns"]
        return known

    @cached_property
    def facts(self) -> Mapping[str, Any]:
        """All that its numbers depend on: grid, versions, data."""
        return self._folder.facts()

    @cached_property
    def points(self) -> Mapping[str, Points]:
        """The data by name, as it was parted.

        Raises:
            WarpvizError: it cannot be loaded, or is not the same any more.
        """
        found = points_of(self.grid)
        for name, points in found.items():
            if points.facts() != self.facts["data"][name]:
                raise WarpvizError(
                    f"'{name}' is no longer the data that {self.path} was made with; put back what "
                    "it was, or make the study anew."
                )
        return found

    def __post_init__(self) -> None:
        check_fields(self)

    @kinds_checked
    def data(self, run: int) -> Dataset:
        """What a network was trained with."""
        return self.points[self._part(run).shape.data].train

    @kinds_checked
    def chain(self, run: int, epoch: int | None = None) -> Chain:
        """A network as it was; None is the end of its training.

        Raises:
            WarpvizError: there is no such network, it was not looked at then, or it diverged.
        """
        part, known = self._part(run), self.grid.epochs_at
        epoch = known[-1] if epoch is None else epoch
        if epoch not in known:
            raise WarpvizError(f"chain expects an epoch of {', '.join(map(str, known))}, "
                               f"got {epoch}.")  # fmt: skip
        table = read_table([self._folder.file("networks", part.number)]).to_pydict()
        found = zip(table["run"], table["epoch"], table["parameters"], strict=True)
        row = np.array(next(row for r, e, row in found if (r, e) == (run, epoch)))
        if not np.isfinite(row).all():
            raise WarpvizError(f"Network {run} diverged before epoch {epoch}; choose another.")
        shape = chains_of(part, self.points[part.shape.data])[0]
        return unflatten(shape, row)

    def _part(self, run: int) -> Part:
        """The part that a network is in."""
        if not 0 <= run < len(self.grid):
            raise WarpvizError(f"A study of {len(self.grid)} networks has no network {run}.")
        return next(p for p in self.grid.parts() if run < p.first + len(p.seeds))

    @kinds_checked
    def plot(
        self,
        x: str = "epoch",
        y: str = "train_accuracy",
        by: str | None = "activation",
        *,
        panels: str | None = None,
        stop: int | None = None,
        epoch: int | None = None,
        kind: str | None = None,
        where: Mapping[str, Any] | None = None,
    ) -> StudyFigure:
        """A figure: shown in a notebook, `.save("regions.svg")`, its numbers in `.table`.

        Over epochs and stops a line is the median and its band the quartiles; over what the grid
        counts or names there is a dot with its interval; two measures make a dot a network. Of what
        is true or false the share is drawn, with Wilson's interval of 95 %.

        Args:
            x: a column: "epoch", "stop", one of the grid ("width", "layers" …), or a measure.
            y: a column of numbers or of what is true or false.
            by: a column, a colour each; None for one.
            panels: a column, a panel each; None is layers, or data, where there are several.
            stop: where; None is the last, unless stops are asked for.
            epoch: when; None is the last.
            kind: "heat" colours y by epoch (x) and stop; None is what suits x.
            where: only rows with these values, by column.

        Raises:
            WarpvizError: for a column or place that there is not, or too many panels or lines.
        """
        told = {**self.columns["runs"], **self.columns["rows"]}
        chart = chart_of(
            self.frame, told, x, y, by, panels=panels, stop=stop, epoch=epoch, kind=kind,
            where=where,
        )  # fmt: skip
        return StudyFigure(chart)

    @cached_property
    def frame(self) -> Any:
        """The rows, with what the runs know besides."""
        own = ["run", *(name for name in self.runs if name not in self.rows)]
        return self.rows.merge(self.runs[own], on="run")

    @kinds_checked
    def csv(self, path: str | Path, table: str = "rows") -> Path:
        """Write "rows" or "runs" as .csv, a part at a time; what is undefined is empty.

        Raises:
            WarpvizError: there is no such table, or the path cannot be written.
        """
        if table not in self.columns:
            raise unknown_name("table", table, self.columns)
        _check_suffix(path, ".csv")
        with replacing(path) as draft, draft.open("w", encoding="utf-8", newline="") as file:
            for k, part in enumerate(self._folder.files(table)):
                frame = read_table([part]).to_pandas()
                lists = [name for name in frame if frame[name].dtype == object]
                for name in lists:
                    frame[name] = frame[name].map(_said)
                frame.to_csv(file, index=False, header=k == 0, lineterminator="\n")
        return Path(path)

    @kinds_checked
    def maps(self, runs: Sequence[int], title: str = "") -> StudyMaps:
        """Linear regions, creases and the boundary of some networks, side by side.

        Args:
            runs: their numbers, as `runs` tells them; at most `MOST_MAPS`.
            title: over all.

        Raises:
            WarpvizError: there is no such network, or none or too many are named.
        """
        if not 1 <= len(runs) <= MOST_MAPS:
            raise WarpvizError(f"maps expects 1 to {MOST_MAPS} networks, got {len(runs)}.")
        found = [(self._called(run), self.chain(run), self.data(run)) for run in runs]
        if min(data.x.shape[1] for _, _, data in found) < 2:
            raise WarpvizError("maps expects data of two features or more, got a line.")
        return StudyMaps(found, title)

    def _called(self, run: int) -> str:
        part = self._part(run)
        return f"{part.shape.activation} {part.shape.words}, seed {part.seeds[run - part.first]}"

    @kinds_checked
    def report(self, path: str | Path) -> Path:
        """Write one page with all figures and their data, maps, films and players, as .html.

        Raises:
            WarpvizError: for another suffix, or a path that cannot be written.
        """
        from warpviz.studies.page.report import save_report

        _check_suffix(path, ".html")
        return save_report(self, path)

    @property
    def _folder(self) -> Folder:
        return Folder(self.path)

    def _frame(self, table: str) -> Any:
        needed("pandas")
        return read_table(self._folder.files(table)).to_pandas()


def _check_suffix(path: str | Path, suffix: str) -> None:
    if Path(path).suffix.lower() != suffix:
        raise WarpvizError(f"Expected a path that ends in {suffix}, got '{path}'.")
    check_writable(path)


def _said(value: Any) -> Any:
    """Whole numbers, one a class, as a cell of text."""
    return " ".join(map(str, value)) if isinstance(value, np.ndarray | list) else value


@kinds_checked
def load_study(path: str | Path) -> Study:
    """A study that was made before, of the folder that holds it.

    Raises:
        WarpvizError: the folder holds none.
    """
    folder = Folder(Path(path))
    return Study(folder.path, folder.grid())
