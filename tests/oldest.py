"""The oldest releases that pyproject.toml allows, as constraints of pip: `python tests/oldest.py`.

What is pinned there stays so. Needs nothing but Python, for it runs before anything is installed.
"""

import re
import tomllib
from collections.abc import Iterable
from pathlib import Path


def oldest(requirements: Iterable[str]) -> list[str]:
    """A constraint for each lower bound.

    >>> oldest(["numpy>=1.26", "torch>=2.4", "torch==2.13.0", "warpviz[formula]"])
    ['numpy==1.26']
    """
    asked = list(requirements)
    pinned = {entry.partition("==")[0] for entry in asked if "==" in entry}
    bounds = (re.fullmatch(r"([\w.-]+)>=([\w.]+)", entry) for entry in asked)
    return [f"{b[1]}=={b[2]}" for b in bounds if b is not None and b[1] not in pinned]


def main() -> None:
    """Print them all, one a line."""
    path = Path(__file__).parents[1] / "pyproject.toml"
    project = tomllib.loads(path.read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"].values()
    print(
        *oldest([*project["dependencies"], *(each for extra in extras for each in extra)]), sep="\n"
    )


if __name__ == "__main__":
    main()
