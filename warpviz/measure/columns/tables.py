"""All columns, in the order of the tables."""

from collections.abc import Iterable

from warpviz.measure.columns.collapse import COLLAPSE
from warpviz.measure.columns.column import Column, Known
from warpviz.measure.columns.core import CORE
from warpviz.measure.columns.folds import FOLDS
from warpviz.measure.columns.likeness import LIKENESS, TOPOLOGY
from warpviz.measure.columns.networks import NETWORKS
from warpviz.measure.known import Network, Stop


def _table(columns: Iterable[Column[Known]]) -> dict[str, Column[Known]]:
    return {column.name: column for column in columns}


STOP_COLUMNS: dict[str, Column[Stop]] = _table((*CORE, *FOLDS, *COLLAPSE, *LIKENESS, *TOPOLOGY))
"""A row of `rows`: a network, a time and a stop. Name → column."""

NETWORK_COLUMNS: dict[str, Column[Network]] = _table(NETWORKS)
"""A row of `runs`: a network at the end of training. Name → column."""
