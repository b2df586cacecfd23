"""What an import of a light package loads: numpy and the standard library alone."""

import subprocess
import sys

import pytest

from tests.homes import ROOT
from tests.house.sources import FILES, LIGHT, package_of

HEAVY = (
    "matplotlib",
    "PIL",
    "imageio",
    "tqdm",
    "scipy",
    "contourpy",
    "sklearn",
    "torch",
    "keras",
    "onnx",
)


def loaded_after(statement: str) -> set[str]:
    code = f"import sys; {statement}; print(*sorted({{m.split('.')[0] for m in sys.modules}}))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    return set(done.stdout.split())


def all_of(package: str) -> str:
    """A statement that imports every module of a package."""
    modules = [
        ".".join(file.relative_to(ROOT).with_suffix("").parts)
        for file in FILES
        if package_of(file) == package and file.stem != "__init__"
    ]
    return f"import {', '.join(modules)}"


@pytest.mark.many(quick=2)
@pytest.mark.parametrize(
    "statement",
    ["import warpviz", *(all_of(package) for package in LIGHT)],
    ids=["warpviz", *LIGHT],
)
def test_light_imports_load_numpy_and_the_standard_library_alone(statement: str) -> None:
    assert not loaded_after(statement) & set(HEAVY)
