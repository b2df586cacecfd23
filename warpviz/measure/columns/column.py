"""What is said of one column of a study's tables."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeAlias, TypeVar

import numpy as np

from warpviz.errors import WarpvizError
from warpviz.measure.known import Network, Stop

Value: TypeAlias = float | int | bool | tuple[int, ...] | list[float] | None
Known = TypeVar("Known", Network, Stop)


@dataclass(frozen=True)
class Column(Generic[Known]):
    """One entry of `STOP_COLUMNS` or `NETWORK_COLUMNS`.

    Attributes:
        name: snake_case, as tables and files have it.
        group: what `--measure` asks for: "core", "collapse", "topology" …
        meaning: one sentence; a formula where there is one.
        unit: "share 0 … 1", "natural log", "count" …; "" for a number without a unit.
        source: the paper that defines it, or "" where the meaning does.
        kind: of its values: float, int, bool, tuple for whole numbers, one a class, or list for
            numbers, one a layer.
        of: its value, from what is known.
        needs: raises a WarpvizError where a package that it needs is not installed; None where it
            needs none.
    """

    name: str
    group: str
    meaning: str
    unit: str
    source: str
    kind: type
    of: Callable[[Known], Value]
    needs: Callable[[], object] | None = None

    def value(self, known: Known) -> Value:
        """What the column says of it; None also where numbers leave what float64 can hold."""
        try:
            with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
                found = self.of(known)
        except (WarpvizError, np.linalg.LinAlgError):
            return None
        return None if isinstance(found, float) and not math.isfinite(found) else found
