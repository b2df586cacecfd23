"""Whether the benchmark runs and its tables have their shape; no figure is judged here."""

import json
import sys
from pathlib import Path

import numpy as np
import pytest

from tests.benchmarks import __main__ as command
from tests.benchmarks import profiles, table
from tests.benchmarks.contender import CONTENDERS
from tests.benchmarks.measure import Run, alternate, contender, ratio, run
from tests.benchmarks.subjects import QUICK, cloth_panel, prepare, stored_chain


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path: Path = tmp_path_factory.mktemp("benchmarks")
    prepare(path)
    return path


def cells(markdown: str) -> list[list[str]]:
    return [line[2:-2].split(" | ") for line in markdown.splitlines()]


def test_a_run_tells_time_memory_and_what_was_done() -> None:
    script = "import time; a = bytearray(80_000_000); time.sleep(0.4); print(%r)"
    measured = run([sys.executable, "-c", script % json.dumps({"amount": 7, "seconds": 0.25})])
    assert 0.4 < measured.wall < 20
    assert 80 < measured.resident < 140
    assert measured.memory <= measured.resident
    assert (measured.amount, measured.seconds) == (7, 0.25)


def test_memory_of_children_counts() -> None:
    child = "import time; a = bytearray(80_000_000); time.sleep(0.5)"
    script = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    assert run([sys.executable, "-c", script]).resident > 80


def test_a_contender_that_fails_is_no_result() -> None:
    with pytest.raises(RuntimeError, match="ZeroDivisionError"):
        run([sys.executable, "-c", "1 / 0"])


def test_sides_take_turns_and_ratios_are_medians_of_pairs() -> None:
    log: list[str] = []
    walls = {"a": iter([4.0, 9.0, 50.0]), "b": iter([2.0, 3.0, 10.0])}

    def side(name: str) -> Run:
        log.append(name)
        return Run(next(walls[name]), 1, 1, 1, 1)

    a, b = alternate(3, lambda: side("a"), lambda: side("b"))
    assert "".join(log) == "abbaab"
    assert ratio(a, b, "wall") == 3.0


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "options", "amount"),
    [
        ("our_classic", {"rounds": 0}, 6),
        ("matplotlib_classic", {"rounds": 0, "writer": "pillow"}, 6),
        ("our_cloth", {"steps": 1}, 4),
        ("matplotlib_cloth", {"steps": 1}, 4),
        ("our_comparison", {"steps": 1}, 4),
        ("matplotlib_comparison", {"steps": 1}, 4),
        ("our_video", {"steps": 1}, 6),
        ("our_video", {"steps": 1, "write": False}, 6),
        ("our_training", {"epochs": 50}, 50),
        ("plain_training", {"epochs": 50}, 50),
    ],
)
def test_every_contender_runs(
    folder: Path, name: str, options: dict[str, object], amount: int
) -> None:
    assert CONTENDERS[name](folder, **options)() == amount


@pytest.mark.parametrize("width", [3, 8])
def test_regions_are_as_many_as_another_program_finds(folder: Path, width: int) -> None:
    theirs, ours = (
        CONTENDERS[name](folder, width=width, times=2)()
        for name in ("regioncam_regions", "our_regions")
    )
    assert theirs == ours > 2 * width


def test_a_profile_tells_where_the_time_goes(folder: Path) -> None:
    told = profiles._profile(CONTENDERS["our_regions"](folder, width=8, times=1))
    assert "subdivide  (warpviz/geometry/straight/pieces.py)" in told


def test_films_hold_what_the_benchmark_promises(folder: Path) -> None:
    theirs = np.load(folder / "cloth_states.npz")
    ours = cloth_panel(stored_chain(folder, "cloth"))
    assert ours.sheet.n_cells >= len(theirs["cells"]) == 2304
    assert len(ours.sheet.lines) >= len(theirs["line_ends"]) >= 50
    assert len(ours.labels) == len(theirs["labels"]) >= 700
    assert np.load(folder / "classic_states.npz")["states"].shape == (6, 15_400, 2)


@pytest.mark.slow
def test_tables_have_their_shape(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = contender("our_training", folder, epochs=20)
    monkeypatch.setattr(table, "contender", lambda *_, **__: real)
    monkeypatch.setattr(table, "run", lambda _: real)
    shapes = {
        part: {len(row) for row in cells(make(folder, QUICK))}
        for part, make in command.PARTS.items()
    }
    assert shapes == {"against": {7}, "starting": {3}, "growth": {7}, "video": {7}}
    assert len(cells(table.growth(folder, QUICK))) == 2 + 7


def test_the_readme_block_is_replaced_and_nothing_else() -> None:
    before = "# a\n<!-- benchmark -->\nold\n<!-- /benchmark -->\nend\n"
    after = command.with_block(before, "new \\1\n")
    assert after == "# a\n<!-- benchmark -->\nnew \\1\n<!-- /benchmark -->\nend\n"
    with pytest.raises(ValueError, match="no <!-- benchmark"):
        command.with_block("# a\n", "new")
