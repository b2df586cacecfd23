"""What a report shows of a study: which measures, which networks, and why these."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

MEASURES = 6
"""Measures that are drawn over epochs and over stops."""
PLAYERS = 24
"""Networks that can be opened in their player."""
MAPS = 10
"""Seeds whose maps are drawn."""
NUMBERS = "iuf"
FIRST = (
    "probe_accuracy", "fuzziness", "log_area", "regions_ratio", "turning", "overlap", "folded",
    "nc1", "cka_input", "two_nn",
)  # fmt: skip
"""Measures that say most, those that differ most in what they say before others."""


@dataclass(frozen=True)
class Worst:
    """Of networks that differ in their seed alone the median one and the worst, by loss."""

    title: str
    median: int
    worst: int


def measured(frame: Any, columns: Sequence[str], most: int = MEASURES) -> list[str]:
    """The measures of a stop to draw: numbers that are not the same everywhere, `FIRST` first."""
    order = sorted(columns, key=lambda name: FIRST.index(name) if name in FIRST else len(FIRST))
    return [
        name
        for name in order
        if frame[name].dtype.kind in NUMBERS and frame[name].dropna().nunique() > 1
    ][:most]


def two_of(last: Any, known: Sequence[str]) -> tuple[str, str] | None:
    """Two columns for a dot a network: of networks that differ, and no accuracy if it can be.

    Args:
        last: a row a network.
        known: measures, those that say most first.
    """
    wanted = [*(name for name in known if name != "probe_accuracy"), "loss", "test_accuracy",
              "train_accuracy", "probe_accuracy"]  # fmt: skip
    able = [name for name in dict.fromkeys(wanted) if name in last]
    able = [n for n in able if last[n].dtype.kind in "f" and last[n].dropna().nunique() > 1]
    return (able[1], able[0]) if len(able) > 1 else None


def worst_of(runs: Any) -> Worst | None:
    """The shape whose seeds end most differently, and two of its networks."""
    found = None
    for (data, layers, activation), own in runs.groupby(["data", "layers", "activation"],
                                                        sort=False):  # fmt: skip
        known = own[own["loss"].notna()].sort_values(["loss", "run"])
        if len(known) < 2:
            continue
        median, worst = known.iloc[(len(known) - 1) // 2], known.iloc[-1]
        apart = float(worst["loss"] - median["loss"])
        if found is None or apart > found[0]:
            title = f"{activation} {layers}, {data}"
            found = apart, Worst(title, int(median["run"]), int(worst["run"]))
    return None if found is None else found[1]


def to_be_played(runs: Any, most: int = PLAYERS) -> list[int]:
    """Networks with a player: all where they are few; else best, median and worst of shapes."""
    known = runs[runs["loss"].notna()]
    if len(known) <= most:
        return [int(run) for run in known["run"]]
    chosen: list[int] = []
    for _, own in known.groupby(["activation", "layers", "data"], sort=False):
        order = own.sort_values(["loss", "run"])["run"].tolist()
        chosen += [order[-1], order[(len(order) - 1) // 2], order[0]]
    # Of many shapes the worst of each come first: they are what one wants to see.
    chosen = [*chosen[::3], *chosen[1::3], *chosen[2::3]]
    return sorted({int(run) for run in dict.fromkeys(chosen[:most])})


def mapped(runs: Any, most: int = MAPS) -> list[tuple[str, list[int]]]:
    """For every activation the networks of one shape, some seeds of it, with a title."""
    found = []
    for activation, own in runs.groupby("activation", sort=False):
        first = own.iloc[0]
        same = own[(own["layers"] == first["layers"]) & (own["data"] == first["data"])]
        title = f"{activation} {first['layers']}, {first['data']}"
        found.append((title, [int(run) for run in same["run"][:most]]))
    return found
