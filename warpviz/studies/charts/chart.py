"""A figure before it is drawn, as numbers: panels of lines."""

from dataclasses import dataclass
from typing import Any

from warpviz.arrays import Floats


@dataclass(frozen=True, eq=False)
class Line:
    """One group over x.

    Attributes:
        name: of the group, "" for all.
        x: (n,) places; of names their number in the chart's `names`.
        middle, low, high: (n,) median and quartiles, or share and interval.
        counts: (n,) of networks.
        runs: (n,) of a scatter the network of each dot; None else.
    """

    name: str
    x: Floats
    middle: Floats
    low: Floats
    high: Floats
    counts: Floats
    runs: Any = None


@dataclass(frozen=True, eq=False)
class Chart:
    """A figure.

    Attributes:
        kind: "ribbon", "points" (a dot and a bar at each x), "scatter" or "heat".
        x, y, by: what is on the axes and in the colours, by column.
        where: which stop or epoch, in words.
        panels: title and lines of each; of "heat" a line a row, the lowest first.
        names: of places on x, where it is no number.
        labels: of the axes.
        meaning: of y, a sentence.
    """

    kind: str
    x: str
    y: str
    by: str
    where: str
    panels: tuple[tuple[str, tuple[Line, ...]], ...]
    names: tuple[str, ...] = ()
    labels: tuple[str, str] = ("", "")
    meaning: str = ""

    @property
    def shares(self) -> bool:
        """Whether y is a share, 0 … 1."""
        return self.labels[1].startswith("share ") or self.labels[1].endswith("(share 0 … 1)")

    def table(self) -> list[dict[str, Any]]:
        """The numbers that are drawn, a row a point."""
        rows = []
        for title, lines in self.panels:
            for line in lines:
                for k in range(len(line.x)):
                    at = self.names[int(line.x[k])] if self.names else float(line.x[k])
                    row = {"panel": title, self.by or "group": line.name, self.x: at}
                    if self.kind == "scatter":
                        row |= {self.y: float(line.middle[k]), "run": int(line.runs[k])}
                    else:
                        row |= {
                            "middle": float(line.middle[k]),
                            "low": float(line.low[k]),
                            "high": float(line.high[k]),
                            "networks": int(line.counts[k]),
                        }
                    rows.append(row)
        return rows  # fmt: skip
