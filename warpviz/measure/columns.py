"""The columns of a study's tables: each one's name, meaning, unit, source and function.

A new measure is one entry here. What is undefined is None, never infinite and never NaN.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeAlias, TypeVar

from warpviz.measure.known import Network, Stop

Value: TypeAlias = float | int | bool | tuple[int, ...] | None
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
        kind: of its values: float, int, bool, or tuple for whole numbers, one a class.
        of: its value, from what is known.
    """

    name: str
    group: str
    meaning: str
    unit: str
    source: str
    kind: type
    of: Callable[[Known], Value]


def _table(columns: Iterable[Column[Known]]) -> dict[str, Column[Known]]:
    return {column.name: column for column in columns}


STOP_COLUMNS: dict[str, Column[Stop]] = _table(
    (
        Column(
            "probe_accuracy",
            "core",
            "Share of the points that a linear probe, fitted to them, tells right; 1 where they "
            "are proved separable.",
            "share 0 … 1",
            "",
            float,
            # A fit that stops short of the last point is no news where there is a proof.
            lambda stop: 1.0 if stop.separable else stop.probe.accuracy,
        ),
        Column(
            "separable",
            "core",
            "Whether one affine layer can put every point in its class, strictly: decided with a "
            "certificate.",
            "",
            "Gordan 1873",
            bool,
            lambda stop: stop.separable,
        ),
    )
)
"""A row of `rows`: a network, a time and a stop. Name → column."""

NETWORK_COLUMNS: dict[str, Column[Network]] = _table(())
"""A row of `runs`: a network at the end of training. Name → column."""
