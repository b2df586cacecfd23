"""A study on the disk: a Parquet data set whose parts are whole or absent.

rings.parquet/part-00000.parquet …   the rows; what begins with _ readers of data sets pass over
rings.parquet/_runs/part-00000.parquet …
rings.parquet/_networks/part-00000.parquet …
rings.parquet/_study.json            grid, versions, data, and what each column means

The first names are pandas' and Arrow's for a data set: `read_parquet("rings.parquet")` is the rows.
"""

import json
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from warpviz.atomic import replacing
from warpviz.compiled import KERNELS
from warpviz.data.files import content_of
from warpviz.data.frames import first_line
from warpviz.errors import WarpvizError
from warpviz.kinds import shown
from warpviz.studies.grid import AT_ONCE, Grid, Part
from warpviz.studies.needed import needed
from warpviz.studies.part import Filled
from warpviz.studies.points import Points
from warpviz.studies.tables import TABLES, documented
from warpviz.version import __version__

FACTS = "_study.json"
BELOW = {"rows": ".", "runs": "_runs", "networks": "_networks"}
"""Where the parts of each table are."""


@dataclass(frozen=True)
class Folder:
    """Where a study is kept."""

    path: Path

    def file(self, table: str, part: int) -> Path:
        """A part of a table."""
        return self.path / BELOW[table] / f"part-{part:05}.parquet"

    def has(self, part: Part) -> bool:
        """Whether a part is done."""
        return all(self.file(table, part.number).is_file() for table in TABLES)

    def put(self, done: Filled) -> None:
        """Write a part: each file is whole or absent."""
        for table, data in done.files.items():
            with replacing(self.file(table, done.part.number)) as draft:
                draft.write_bytes(data)

    def files(self, table: str) -> list[Path]:
        """All parts of a table, in order."""
        return sorted((self.path / BELOW[table]).glob("part-*.parquet"))

    def facts(self) -> dict[str, Any]:
        """What `_study.json` tells.

        Raises:
            WarpvizError: this is no study.
        """
        try:
            facts = json.loads(content_of(self.path / FACTS))
        except (ValueError, RecursionError):  # also where it cannot be read
            facts = None
        if not isinstance(facts, dict) or "grid" not in facts:
            raise WarpvizError(
                f"{self.path} holds no study; name a folder that `warpviz study` wrote."
            )
        return facts

    def grid(self) -> Grid:
        """Of what the study is.

        Raises:
            WarpvizError: this is no study, or its file tells what is none.
        """
        told = self.facts()["grid"]
        if not isinstance(told, dict):
            raise WarpvizError(f"{self.path / FACTS} expects a grid of names, got {shown(told)}.")
        return Grid.of(told)

    def count(self, table: str, part: Part) -> int:
        """The rows of a part, all of which are read; errors as `read_table`."""
        path = self.file(table, part.number)
        with _reading(path), needed("pyarrow.parquet").ParquetFile(path) as file:
            return sum(batch.num_rows for batch in file.iter_batches(AT_ONCE))

    def begin(self, facts: Mapping[str, Any], *, resume: bool) -> None:
        """Make the folder, or see that it is the same study that goes on.

        Raises:
            WarpvizError: there is something already that must not be written over.
        """
        if self.path.is_dir() and any(self.path.iterdir()):
            if not resume:
                raise WarpvizError(
                    f"{self.path} is there already; go on with it by --resume (resume=True), or "
                    "name another."
                )
            self._same(facts)
        elif self.path.exists() and not self.path.is_dir():
            raise WarpvizError(f"{self.path} is a file, and a study is a folder; name another.")
        try:
            for below in BELOW.values():
                (self.path / below).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise WarpvizError(
                f"The folder {self.path} cannot be made: {error.strerror}; name another."
            ) from None
        if not (self.path / FACTS).exists():
            text = json.dumps(facts, indent=1, ensure_ascii=False)
            with replacing(self.path / FACTS) as draft:
                draft.write_text(text + "\n", encoding="utf-8")

    def _same(self, facts: Mapping[str, Any]) -> None:
        """Refuse to go on with another study, or with what makes other numbers."""
        if not (self.path / FACTS).exists() and not self.files("rows"):
            return  # it was ended before it began
        before = self.facts()
        for kind in ("grid", "versions", "data"):
            old, new = before.get(kind, {}), json.loads(json.dumps(facts[kind]))
            for name in sorted({*old, *new}):
                if old.get(name) != new.get(name):
                    raise WarpvizError(
                        f"{self.path} is a study with {name} {_short(old.get(name))}, not "
                        f"{_short(new.get(name))}: --resume continues the same study only; name "
                        "another folder for this one."
                    )


def _short(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else f"{text[:59]}…"


def facts_of(grid: Grid, points: Mapping[str, Points]) -> dict[str, Any]:
    """All that a study's numbers depend on, and what its columns mean."""
    return {
        "grid": grid.as_dict(),
        "versions": {
            "warpviz": __version__,
            "kernels": bool(KERNELS),
            "python": ".".join(map(str, sys.version_info[:3])),
            "numpy": np.__version__,
            "pyarrow": needed("pyarrow").__version__,
        },
        "data": {name: each.facts() for name, each in points.items()},
        "columns": documented(grid),
    }


def read_table(files: list[Path]) -> Any:
    """Parts of one table as one table of Arrow.

    Raises:
        WarpvizError: there are none, or one is damaged.
    """
    if not files:
        raise WarpvizError("The study has no part yet; let `warpviz study … --resume` go on.")
    read, found = needed("pyarrow.parquet").read_table, []
    for file in files:
        with _reading(file):
            found.append(read(os.fspath(file), partitioning=None))
    with _reading(files[0].parent):
        return needed("pyarrow").concat_tables(found)


@contextmanager
def _reading(path: Path) -> Iterator[None]:
    """What Arrow says of a damaged file, as an error of ours."""
    try:
        yield
    except WarpvizError:
        raise
    except (needed("pyarrow").ArrowException, OSError, ValueError, KeyError) as error:
        raise WarpvizError(
            f"{path} cannot be read as Parquet: {first_line(error)}; remove it and let "
            "`warpviz study … --resume` make it anew."
        ) from None
