"""A study as one page: figures with their data, maps, films and players; nothing to fetch.

Study ──► figures over epochs, over stops, solved, separable, two measures ─┐
      ──► maps of some seeds, the film of the median and the worst one ─────┼─► report.html
      ──► a player for some networks, which their dots lead to ─────────────┘

It has no script: a dot is a link to a player, which is hidden until it is meant.
"""

import os
import re
from collections.abc import Mapping, Sequence
from functools import partial
from html import escape
from importlib.resources import files
from pathlib import Path
from typing import Any

from warpviz.atomic import check_writable, replacing
from warpviz.data import Dataset
from warpviz.errors import WarpvizError
from warpviz.model import Chain
from warpviz.own_theme import as_theme
from warpviz.player.sealed import policy_around
from warpviz.studies.charts.maps import maps_drawn
from warpviz.studies.page.choice import mapped, measured, to_be_played, two_of, worst_of
from warpviz.studies.page.command import command_of, seeds_in_words
from warpviz.studies.page.parts import (
    colours,
    columns_table,
    facts_table,
    paragraph,
    picture,
    section,
    shown,
)
from warpviz.studies.page.players import Player, player_of
from warpviz.studies.page.reported import Reported
from warpviz.studies.tables import classify
from warpviz.version import __version__


def save_report(study: Reported, path: str | os.PathLike[str]) -> Path:
    """Write the report; `path` ends in .html.

    Raises:
        WarpvizError: the path cannot be written.
    """
    where = check_writable(path)
    text = report(study)
    with replacing(where) as draft:
        draft.write_text(text, encoding="utf-8")
    return where


def report(study: Reported) -> str:
    """The page as text."""
    runs, grid = study.runs, study.grid
    players = _players(study)
    film = _median_and_worst(study)
    solved = int(runs["solved"].sum())
    parts = {
        "title": f"A study of {len(runs):,} networks",
        "summary": f"<b>{solved:,} of {len(runs):,}</b> networks {classify(solved)} "
        f"after {grid.epochs:,} epochs of {escape(grid.optimizer)}, one start each.",
        "command": escape(command_of(grid)),
        "version": __version__,
        "colours": colours(),
        "policy": policy_around(
            [each.text for each in players.values()] + ([film[1].text] if film else [])
        ),
        "sections": "\n".join([*_figures(study, players), *_films(study, players, film)]),
    }
    template = (files("warpviz.studies.page") / "report.html").read_text(encoding="utf-8")
    return re.sub(r"\{\{(\w+)\}\}", lambda found: parts[found[1]], template)


def _figures(study: Reported, players: Mapping[int, Player]) -> list[str]:
    grid, frame = study.grid, study.frame
    by = "activation" if len(grid.activation) > 1 else None
    each = [{"data": name} for name in grid.data] if len(grid.data) > 1 else [{}]
    known = measured(frame, grid.stop_columns)
    rest = len(measured(frame, grid.stop_columns, len(grid.stop_columns))) - len(known)
    more = f"{rest} more measures are in the tables: study.plot draws them." if rest else ""
    found = []
    for where in each:
        plot = partial(study.plot, where=where)
        name = "-".join(where.values())
        of = f": {name}" if name else ""
        across = "width" if len({max(w) for w in grid.layers}) > 1 else "activation"
        colour = by if across == "width" else None
        found.append(
            section(
                f"How many solve it{of}",
                shown(partial(plot, across, "solved", colour), f"solved-{name}"),
            )
        )
        for title, x in (("Over training", "epoch"), ("Through the layers", "stop")):
            several = x == "stop" or len(grid.epochs_at) > 1
            figures = [shown(partial(plot, x, y, by), f"{y}-{x}-{name}") for y in known]
            told = paragraph(more) if more and x == "stop" else ""
            found.append(section(f"{title}{of}", *((*figures, told) if several else ())))
        if "separable" in grid.stop_columns and len(grid.epochs_at) > 1:
            deepest = ",".join(map(str, sorted(grid.layers, key=len)[-1]))
            heat = partial(
                study.plot, "epoch", "separable", kind="heat", panels="activation",
                where={**where, "layers": deepest},
            )  # fmt: skip
            told = "Share of the networks whose classes a line can part, by stop and epoch."
            figure = shown(heat, f"separable-{name}")
            found.append(section(f"Where it becomes separable, {deepest}{of}", paragraph(told),
                                 figure))  # fmt: skip
        found.append(_two(study, plot, known, by, players, f"{name}", of))
    return found


def _two(
    study: Reported, plot: Any, known: Sequence[str], by: str | None,
    players: Mapping[int, Player], name: str, of: str,
) -> str:  # fmt: skip
    """Two measures against each other: a dot a network."""
    last = study.frame[study.frame["epoch"] == study.grid.epochs_at[-1]]
    last = last.loc[last.groupby("run")["stop"].idxmax()]
    two = two_of(last, known)
    if two is None:
        return ""
    x, y = two
    told = "A dot a network, at its last stop; a dot with a ring opens its player below."
    figure = shown(partial(plot, x, y, by), f"{x}-{y}-{name}", list(players))
    return section(f"Two measures{of}", paragraph(told), figure)


def _films(
    study: Reported, players: Mapping[int, Player], film: tuple[str, Player] | None
) -> list[str]:
    found = []
    maps = []
    for title, chosen in mapped(study.runs):
        networks = _networks(study, chosen)
        if networks and networks[0][2].x.shape[1] >= 2:
            told = f"Linear regions, creases and the boundary of {title}, seed by seed."
            maps.append(picture(partial(_maps, networks, title), told))
    found.append(section("Maps of seeds", *maps))
    if film is not None:
        told = "The seed of median loss and the one of largest loss, of the shape whose seeds " \
               "end most differently."  # fmt: skip
        found.append(section(film[0], paragraph(told), film[1].frame(film[0])))
    names = {run: _called(study.runs.iloc[run]) for run in players}
    links = "".join(f'<a href="#run-{run}">{escape(name)}</a>' for run, name in names.items())
    frames = "".join(
        f'<div class="player" id="run-{run}"><p><b>{escape(names[run])}</b></p>'
        f"{player.frame(names[run])}</div>"
        for run, player in players.items()
    )
    if players:
        found.append(section("Networks", f'<p class="players">{links}</p>', frames))
    facts = study.facts
    made = {**facts["grid"], "seeds": seeds_in_words(study.grid.seeds), **facts["versions"]}
    found.append(section("How it was made", facts_table(made)))
    columns = {**study.columns["runs"], **study.columns["rows"]}
    inside = f"<details><summary>All {len(columns)}</summary>{columns_table(columns)}</details>"
    found.append(section("Columns", inside))
    return found


def _maps(networks: Sequence[tuple[str, Chain, Dataset]], title: str, theme: str) -> Any:
    return maps_drawn(networks, as_theme(theme), title)


def _called(row: Any) -> str:
    return f"{row['activation']} {row['layers']}, {row['data']}, seed {row['seed']}"


def _networks(study: Reported, chosen: Sequence[int]) -> list[tuple[str, Chain, Dataset]]:
    """Those that did not diverge, with their seeds as titles."""
    found = []
    for run in chosen:
        try:
            chain = study.chain(run)
        except WarpvizError:
            continue
        found.append((f"seed {study.runs['seed'].iloc[run]}", chain, study.data(run)))
    return found


def _players(study: Reported) -> dict[int, Player]:
    found = {}
    for run in to_be_played(study.runs):
        name = _called(study.runs.iloc[run])
        player = player_of({name: study.chain(run)}, study.data(run))
        if player is not None:
            found[run] = player
    return found


def _median_and_worst(study: Reported) -> tuple[str, Player] | None:
    two = worst_of(study.runs)
    if two is None:
        return None
    seeds = study.runs["seed"]
    chains = {
        f"median, seed {seeds.iloc[two.median]}": study.chain(two.median),
        f"worst, seed {seeds.iloc[two.worst]}": study.chain(two.worst),
    }
    player = player_of(chains, study.data(two.median))
    return None if player is None else (f"The median and the worst of {two.title}", player)
