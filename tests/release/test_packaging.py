"""What is read beside the code goes into the wheel with it."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "warpviz"
CODE = {".py", ".c", ".h", ".so", ".pyd", ".pyc"}


def test_every_file_of_the_package_is_in_the_wheel() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]
    packed = set()
    for package, patterns in settings["package-data"].items():
        folder = "" if package == "*" else package.replace(".", "/") + "/"
        for pattern in patterns:
            found = PACKAGE.rglob(pattern) if package == "*" else ROOT.glob(folder + pattern)
            packed |= set(found)
    data = {path for path in PACKAGE.rglob("*") if path.is_file() and path.suffix not in CODE}
    assert len(data) > 100
    assert not data - packed
