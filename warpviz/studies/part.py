"""The work on one part: its networks trained as a batch, each looked at and measured.

Part, Points ──train_many──► Snapshot at every epoch ──► rows, runs, networks: three files

A part is one call of one function, so that it can be done in any process, on any machine.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from warpviz.arrays import Floats
from warpviz.errors import WarpvizError
from warpviz.measure.columns import NETWORK_COLUMNS, STOP_COLUMNS, Column, Known
from warpviz.measure.known import Network
from warpviz.model import Chain, mlp
from warpviz.model.layers import Activation
from warpviz.studies.grid import Grid, Part
from warpviz.studies.needed import needed
from warpviz.studies.points import Points
from warpviz.studies.tables import TABLES, written
from warpviz.training.engine import unflatten
from warpviz.training.losses import LOSSES
from warpviz.training.many import train_many


@dataclass(frozen=True, eq=False)
class Filled:
    """What came of a part: a Parquet file for each of `TABLES`, as bytes."""

    part: Part
    files: Mapping[str, bytes]


@dataclass(frozen=True, eq=False)
class _Run:
    """What is known of one network so far."""

    which: Mapping[str, Any]
    scores: list[dict[str, Any]] = field(default_factory=list)
    rows: list[dict[str, Any]] = field(default_factory=list)
    networks: list[dict[str, Any]] = field(default_factory=list)


def filled(part: Part, grid: Grid, points: Points, facts: Mapping[str, Any]) -> Filled:
    """Train and measure a part. The same bytes wherever it is done, with however many threads."""
    with needed("threadpoolctl").threadpool_limits(1):
        chains = chains_of(part, points)
        runs = [_Run(_which(part, k)) for k in range(len(chains))]
        network: Network | None = None
        for snapshot in train_many(chains, points.train, grid.recipe, grid.epochs_at):
            for run, row in zip(runs, snapshot.parameters, strict=True):
                network = _looked_at(run, chains[0], row, snapshot.epoch, grid, points)
                if snapshot.epoch == grid.epochs_at[-1]:
                    run.scores[-1] |= _values(NETWORK_COLUMNS, grid.network_columns, network)
    tables = {
        "rows": [row for run in runs for row in run.rows],
        "runs": [_run_row(run, part, chains[0]) for run in runs],
        "networks": [row for run in runs for row in run.networks],
    }
    return Filled(part, {name: written(tables[name], name, grid, facts) for name in TABLES})


def chains_of(part: Part, points: Points) -> list[Chain]:
    """The networks of a part before training."""
    widths = [points.train.x.shape[1], *part.shape.layers, points.train.n_classes]
    return [mlp(widths, part.shape.activation, seed=seed) for seed in part.seeds]


def _which(part: Part, k: int) -> dict[str, Any]:
    shape = part.shape
    return {
        "run": part.first + k,
        "data": shape.data,
        "activation": shape.activation,
        "layers": shape.words,
        "seed": part.seeds[k],
    }


def _looked_at(
    run: _Run, shape: Chain, row: Floats, epoch: int, grid: Grid, points: Points
) -> Network | None:
    """One network at one epoch, in all tables; None of one that diverged."""
    at = {**run.which, "epoch": epoch}
    run.networks.append({**at, "parameters": row})
    network, scores = None, {}
    if np.isfinite(row).all():
        try:
            with np.errstate(over="ignore", invalid="ignore"):
                chain = unflatten(shape, row)
                network, scores = Network.of(chain, points.train), _scores(chain, points)
        except WarpvizError:  # a state overflows
            network, scores = None, {}
    run.scores.append({"epoch": epoch, **scores})
    stops = [None] * (len(shape.logits().split()) + 1) if network is None else network.stops()
    for k, (stop, place) in enumerate(zip(stops, _places(shape), strict=True)):
        values = _values(STOP_COLUMNS, grid.stop_columns, stop)
        run.rows.append({**at, "stop": k, **place, **scores, **values})
    return network


def _places(shape: Chain) -> list[dict[str, Any]]:
    """Layer and step of every stop."""
    places, layer = [{"layer": 0, "step": "input"}], 0
    for each in shape.logits().split():
        acts = isinstance(each, Activation)
        layer += not acts
        places.append({"layer": layer, "step": "activation" if acts else "affine"})
    return places


def _scores(chain: Chain, points: Points) -> dict[str, Any]:
    logits, classes = chain.logits()(points.train.x), points.train.y
    target = np.eye(logits.shape[1])[classes]
    tested = None
    if len(points.test):
        tested = float(np.mean(chain.logits()(points.test).argmax(axis=1) == points.labels))
    return {
        "loss": float(LOSSES["cross_entropy"].value(logits.T, target.T)),
        "train_accuracy": float(np.mean(logits.argmax(axis=1) == classes)),
        "test_accuracy": tested,
    }


def _values(
    table: Mapping[str, Column[Known]], names: tuple[str, ...], known: Known | None
) -> dict[str, Any]:
    return {} if known is None else {name: table[name].value(known) for name in names}


def _run_row(run: _Run, part: Part, shape: Chain) -> dict[str, Any]:
    last = run.scores[-1]
    solved = [each.get("train_accuracy") == 1.0 for each in run.scores]
    since = len(solved) - solved[::-1].index(False) if False in solved else 0
    return {
        **run.which,
        "depth": len(part.shape.layers),
        "width": max(part.shape.layers),
        "parameters": shape.n_parameters,
        **last,
        "solved": solved[-1],
        "solved_epoch": run.scores[since]["epoch"] if solved[-1] else None,
    }
