"""The page of promises tells the limits that the code has, and attacks that there are."""

import re
from pathlib import Path

import pytest

from tests.trust.__main__ import ATTACKS
from warpviz import errors
from warpviz.approximation.learning import MOST_POINTS
from warpviz.cli.flags import values
from warpviz.convert import parts
from warpviz.convert.onnx import reading as onnx
from warpviz.convert.onnx import tensors
from warpviz.data import dataset, files
from warpviz.data.reading import text
from warpviz.figures import tiles
from warpviz.functions import reading
from warpviz.geometry import creased, fitting, folds, plane, wide
from warpviz.laboratory import lessons
from warpviz.model import init
from warpviz.motion import timeline
from warpviz.output import gif, video, writers
from warpviz.picture import tiling
from warpviz.training import loop, recipe

PAGE = (Path(__file__).parents[2] / "gallery" / "site" / "promises.md").read_text("utf-8")
MEGA = 2**20
PLAYS = writers.MOST_PLAYS
LIMITS = {
    "a picture": "{}×{} pixels, {}×{} at least".format(*tiling.LARGEST, *tiling.SMALLEST),
    "panels of a picture": f"{tiling.PANELS}",
    "frames of a film": f"{timeline.MOST_FRAMES:,}",
    "one hold, or one frame": f"{timeline.LONGEST_HOLD:,.0f} s; {gif.LONGEST / 100} s in a GIF",
    "frames a second": (
        f"{gif.FASTEST} in `.gif`, {writers.FASTEST} in `.webp` and `.apng`, {video.FASTEST} in "
        "video"
    ),
    "plays, `--loop`": (
        f"{PLAYS['.gif']:,} in `.gif`, {PLAYS['.webp']:,} in `.webp`, {PLAYS['.apng']:,} in `.apng`"
    ),
    "a file that is read": f"{files.LARGEST // MEGA} MB",
    "what a packed file holds": f"{files.UNPACKED // MEGA} MB + {files.PACKED} times its size",
    "columns of a table": f"{text.MOST_COLUMNS:,}",
    "letters of a cell": f"{text.LONGEST_CELL:,}",
    "words of an array": f"{files.MOST_WORDS:,}",
    "letters of a class's name": f"{dataset.LONGEST_NAME}",
    "parameters of a new network": f"{init.LARGEST:,}",
    "units of a layer": (
        f"{values.WIDEST:,} on the command line, {parts.LARGEST_WIDTH:,} in a file"
    ),
    "nodes of an ONNX graph": f"{onnx.MOST_NODES:,}",
    "numbers of an ONNX tensor": f"{tensors.LARGEST_TENSOR:,}",
    "a lesson, or a file of colours": f"{lessons.LARGEST // MEGA} MB",
    "signs of a formula": f"{reading.LONGEST}, {reading.DEEPEST} deep",
    "first weights, `--starts`": f"{recipe.MOST_STARTS:,}",
    "points of a batch, `--batch`": f"{MOST_POINTS:,}",
    "points along a side of a landscape, `--grid`": "1,001",
    "numbers of all snapshots of a training": f"{loop.LARGEST_HISTORY:,}",
    "folds of a layer that are drawn": (
        f"{folds.MOST_LINES}, which cross {folds.MOST_CROSSED:,} squares"
    ),
    "units whose creases are drawn": f"{wide.MOST_UNITS} in a layer",
    "vertices of all lines in a film of training": f"{creased.MOST_VERTICES:,}",
    "cells of an exact sheet": f"{fitting.MOST_CELLS:,}",
    "linear regions that are counted": f"{tiles.MOST:,}",
    "a coordinate on the sheet": f"{plane.FARTHEST:.0e}",
    "a sentence": f"{errors.LONGEST} letters",
}


def rows(heading: str) -> dict[str, str]:
    """First cell → second of the table below a heading."""
    part = PAGE.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    found = re.findall(r"^\| (.+?) \| (.+?) \|", part, re.MULTILINE)
    return {first: second for first, second in found if first != "---"}


def test_every_limit_is_that_of_the_code() -> None:
    told = rows("Limits")
    del told["of"]
    assert told == LIMITS


def test_every_attack_is_told() -> None:
    told = set(rows("How each is tried")) - {"what"}
    assert told == {f"`{attack}`" for attack in ATTACKS}


@pytest.mark.parametrize("path", re.findall(r"tests/[\w/]+\.py", PAGE))
def test_tests_that_are_named_are_there(path: str) -> None:
    assert (Path(__file__).parents[2] / path).is_file()
