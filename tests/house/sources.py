"""The package's own sources, and what each imports."""

import ast
from functools import cache
from pathlib import Path

from tests.homes import ROOT

PACKAGE = ROOT / "warpviz"
FILES = sorted(PACKAGE.rglob("*.py"))
NAMES = [str(file.relative_to(ROOT)) for file in FILES]
LIGHT = ("data", "functions", "model", "training", "geometry", "motion", "measure")


def package_of(file: Path) -> str:
    return file.relative_to(PACKAGE).with_suffix("").parts[0]


@cache
def read(file: Path) -> str:
    return file.read_text(encoding="utf-8")


@cache
def parsed(file: Path) -> ast.Module:
    return ast.parse(read(file))
