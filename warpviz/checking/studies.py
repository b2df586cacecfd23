"""Studies: every part of every table, read to its end."""

from pathlib import Path

from warpviz.checking.found import Found, NotWhole, counted
from warpviz.errors import WarpvizError
from warpviz.studies.folder import FACTS, Folder
from warpviz.studies.grid import Grid, Part
from warpviz.studies.needed import needed


def is_study(path: Path) -> bool:
    """Whether a folder is one of a study, whole or not."""
    return (path / FACTS).is_file()


def study(path: Path) -> Found:
    """A study that is done.

    Raises:
        NotWhole: a part is missing, damaged, or has other rows than the grid says.
        WarpvizError: what reads Parquet is not installed.
    """
    needed("pyarrow.parquet")
    folder = Folder(path)
    try:
        grid = folder.grid()
    except WarpvizError as error:
        raise NotWhole(str(error).rstrip(".")) from None
    for part in grid.parts():
        if not folder.has(part):
            raise NotWhole(
                f"part {part.number} of its tables is not there yet; let `--resume` go on"
            )
        _check_part(folder, grid, part)
    return Found("study", counted(len(grid), "network"))


def _check_part(folder: Folder, grid: Grid, part: Part) -> None:
    networks = len(part.seeds)
    expected = {"runs": networks, "networks": networks * len(grid.epochs_at)}
    for table in ("rows", *expected):
        try:
            rows = folder.count(table, part)
        except WarpvizError as error:
            raise NotWhole(str(error).rstrip(".")) from None
        if rows != expected.get(table, rows) or not rows:
            raise NotWhole(
                f"part {part.number} of its {table} has {counted(rows, 'row')}, not those of "
                f"{counted(networks, 'network')}"
            )
