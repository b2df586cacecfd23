"""Interrupted, shared among processes and machines: the tables keep their bytes."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.trust.__main__ import figures
from tests.trust.studies import attack, content
from warpviz import WarpvizError
from warpviz.studies.making import study

ROOT = Path(__file__).parents[2]
GRID = {
    "activation": ["relu", "tanh"], "layers": [[2], [3]], "seeds": "0:4", "epochs": 40,
    "points": 40, "times": "log:3", "measure": "core",
}  # fmt: skip
WORDS = [
    "study", "--activation", "relu,tanh", "--layers", "2", "--layers", "3", "--seeds", "0:4",
    "--epochs", "40", "--points", "40", "--times", "log:3", "--quiet",
]  # fmt: skip


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    path = tmp_path_factory.mktemp("whole") / "study.parquet"
    study(GRID, path)
    return content(path)


def command(path: Path, *more: str) -> list[str]:
    return [sys.executable, "-m", "warpviz", *WORDS, "-o", str(path), *more]


@pytest.mark.slow
def test_two_processes_write_the_same_bytes(whole: dict[str, bytes], tmp_path: Path) -> None:
    path = tmp_path / "study.parquet"
    subprocess.run(command(path, "--jobs", "2"), check=True, cwd=ROOT)
    assert content(path) == whole


@pytest.mark.slow
def test_ended_at_any_moment_it_goes_on_to_the_same_bytes() -> None:
    # `python -m tests.trust studies --count 20` does it more often.
    tried, wrong = figures(attack(1, seed=0))
    assert tried.total() == 1 and not wrong


@contextmanager
def cluster(folder: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A scheduler of Dask and two workers, each a process of its own."""
    address_file = folder / "scheduler.json"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": str(folder)}
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    programs = []

    def start(name: str, *more: str) -> subprocess.Popen[bytes]:
        code = f"from distributed.cli.dask_{name} import main; main()"
        made: subprocess.Popen[bytes] = subprocess.Popen(
            [sys.executable, "-c", code, *more],
            env=environment,
            **quiet,  # type: ignore[call-overload]
        )
        programs.append(made)
        return made

    try:
        start("scheduler", "--port", "0", "--no-dashboard", "--no-jupyter", "--host", "127.0.0.1",
              "--scheduler-file", str(address_file))  # fmt: skip
        workers = [
            start("worker", "--scheduler-file", str(address_file), "--nthreads", "1",
                  "--no-nanny", "--no-dashboard", "--local-directory", str(folder))
            for _ in range(2)
        ]  # fmt: skip
        from distributed import Client

        with Client(scheduler_file=str(address_file), timeout=30, set_as_default=False) as client:
            client.wait_for_workers(2, timeout=30)
            address = client.scheduler.address
        yield address, workers
    finally:
        for program in programs:
            program.kill()
            program.wait()


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_over_machines_with_a_worker_killed_nothing_is_lost(
    whole: dict[str, bytes], tmp_path: Path
) -> None:
    path = tmp_path / "study.parquet"
    with cluster(tmp_path) as (address, workers):
        process = subprocess.Popen(command(path, "--scheduler", address), cwd=ROOT)
        until = time.monotonic() + 60
        while not any(path.glob("part-*.parquet")) and process.poll() is None:
            assert time.monotonic() < until, "no part was written"
            time.sleep(0.02)
        workers[0].send_signal(signal.SIGKILL)
        assert process.wait(timeout=120) == 0
    assert content(path) == whole


def test_a_scheduler_that_does_not_answer_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("warpviz.studies.work.REACHED", 0.2)
    with pytest.raises(WarpvizError, match=r"No scheduler of Dask answers at tcp://127\.0\.0\.1:9"):
        study(GRID, tmp_path / "s.parquet", scheduler="tcp://127.0.0.1:9")


@pytest.mark.parametrize("package", ["pandas", "joblib", "threadpoolctl", "pyarrow"])
def test_a_package_that_is_missing_is_named_with_what_installs_it(
    package: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    told = rf"Studies need {package}; install it with: pip install 'warpviz\[study\]'\."
    with pytest.raises(WarpvizError, match=told):
        study(GRID, tmp_path / "s.parquet")
    assert not list(tmp_path.iterdir())
