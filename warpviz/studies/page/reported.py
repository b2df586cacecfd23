"""What a report needs of a study."""

from collections.abc import Mapping
from typing import Any, Protocol

from warpviz.data import Dataset
from warpviz.model import Chain
from warpviz.studies.charts.figure import StudyFigure
from warpviz.studies.grid import Grid


class Reported(Protocol):
    """What a report needs of a study."""

    @property
    def runs(self) -> Any:
        """A row a network."""
        ...

    @property
    def frame(self) -> Any:
        """A row a network, epoch and stop."""
        ...

    @property
    def columns(self) -> Mapping[str, Mapping[str, Mapping[str, str]]]:
        """What each column means."""
        ...

    @property
    def facts(self) -> Mapping[str, Any]:
        """How it was made."""
        ...

    @property
    def grid(self) -> Grid:
        """Of what it is."""
        ...

    def plot(self, *args: Any, **kwargs: Any) -> StudyFigure:
        """A figure."""
        ...

    def chain(self, run: int, epoch: int | None = None) -> Chain:
        """A network."""
        ...

    def data(self, run: int) -> Dataset:
        """What it was trained with."""
        ...
