import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from warpviz import compiled
from warpviz.compiled import KERNELS, is_stale
from warpviz.stamp import FIRST, stamp_of

PACKAGE = Path(compiled.__file__).parent


def kernels_of(stamp: int | None) -> ModuleType:
    module = ModuleType("_kernels")
    if stamp is not None:
        module.STAMP = stamp  # type: ignore[attr-defined]
    return module


def test_any_change_of_a_source_is_another_stamp(tmp_path: Path) -> None:
    (tmp_path / "room").mkdir()
    (tmp_path / FIRST).write_text("int a;")
    (tmp_path / "room" / "b.h").write_text("int b;")
    (tmp_path / "c.py").write_text("c = 1")
    seen = [stamp_of(tmp_path)]
    for change in ("int b; ", "int B;", ""):
        (tmp_path / "room" / "b.h").write_text(change)
        seen.append(stamp_of(tmp_path))
    (tmp_path / "room" / "b.h").unlink()
    seen.append(stamp_of(tmp_path))
    assert len({*seen}) == len(seen) and None not in seen
    (tmp_path / "c.py").write_text("c = 2")
    assert stamp_of(tmp_path) == seen[-1]


def test_kernels_are_used_with_their_own_sources_alone(tmp_path: Path) -> None:
    (tmp_path / FIRST).write_text("int a;")
    stamp = stamp_of(tmp_path)
    assert stamp is not None
    assert not is_stale(kernels_of(stamp), tmp_path)
    assert is_stale(kernels_of(stamp + 1), tmp_path)
    assert is_stale(kernels_of(None), tmp_path), "of before there was a stamp"
    assert not is_stale(kernels_of(0), tmp_path / "installed"), "sources are not in a wheel"
    assert not is_stale(None, tmp_path)


@pytest.mark.compiled
@pytest.mark.skipif(KERNELS is None, reason="needs a C compiler")
def test_those_here_are_of_the_sources_here() -> None:
    assert KERNELS is not None and stamp_of(PACKAGE) == KERNELS.STAMP


@pytest.mark.slow
@pytest.mark.compiled
@pytest.mark.skipif(KERNELS is None, reason="needs a C compiler")
def test_after_a_pull_all_works_and_is_told(tmp_path: Path) -> None:
    unneeded = shutil.ignore_patterns("__pycache__")
    shutil.copytree(PACKAGE, tmp_path / "warpviz", ignore=unneeded)
    with (tmp_path / "warpviz" / "kernels.c").open("a") as file:
        file.write("/* pulled */")
    words = "render --epochs 5 --starts 1 --seconds 0.2 --fps 5 --size 240x180 -o a.gif".split()

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "warpviz", *words], cwd=tmp_path, text=True, check=True,
            capture_output=True, env={**os.environ, "PYTHONPATH": str(tmp_path)},
        )  # fmt: skip

    told = "the compiled kernels are of other sources and are not used; pip install -e ."
    assert f"(numpy alone: {told}" in run("--version").stdout
    ran = run(*words)
    assert ran.stderr.startswith(f"Slower than usual: {told}") and (tmp_path / "a.gif").exists()
    assert not run(*words, "--quiet").stderr and not run("list", "themes").stderr
