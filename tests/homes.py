"""Where the tests of each module stand."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
MODULES = tuple(
    file.relative_to(ROOT).as_posix()
    for file in sorted((ROOT / "warpviz").rglob("*.py"))
    if not file.stem.startswith("__")
)

ELSEWHERE = {
    f"warpviz/{module}": tuple(f"tests/{path}" for path in paths)
    for module, paths in tomllib.loads(
        Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
    ).items()
}
"""Modules whose tests stand in other files; `homes.toml` says why."""


def own_test(module: str) -> str:
    """Where a module's own tests stand: in the folder of its room, or in a group within it.

    A group is a folder that no room is called by.

    >>> own_test("warpviz/film/reel/saving.py"), own_test("warpviz/theme.py")
    ('tests/film/reel/test_saving.py', 'tests/ground/test_theme.py')
    """
    path = Path(module)
    room, tests = ROOT / path.parent, Path("tests", *path.parts[1:-1])
    for file in (ROOT / tests).glob(f"*/test_{path.stem}.py"):
        if not (room / file.parent.name).is_dir():
            return file.relative_to(ROOT).as_posix()
    return (tests / f"test_{path.stem}.py").as_posix()


def homes_of(module: str) -> tuple[str, ...]:
    """The files that test a module: its own, or those that the table names."""
    return ELSEWHERE.get(module, (own_test(module),))
