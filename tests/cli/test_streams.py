"""stdout has what was asked for, stderr all else; bars at a terminal; Ctrl-C; broken pipes."""

import builtins
import io
import os
import subprocess
import sys
from collections.abc import Generator
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run
from warpviz.cli import main, progress
from warpviz.cli.console import Console
from warpviz.film.reel.animation import Animation
from warpviz.output import gif

QUICK = "--size 240x180 --fps 4 --seconds 0.25 --jobs 1 --hide sheet,grid"


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def attached(monkeypatch: pytest.MonkeyPatch) -> tuple[Terminal, Terminal]:
    """A terminal for stdout and stderr; called in the test, as pytest changes them before it."""
    out, err = Terminal(), Terminal()
    monkeypatch.setattr(sys, "stdout", out)
    monkeypatch.setattr(sys, "stderr", err)
    return out, err


@pytest.mark.slow
def test_paths_on_stdout_and_the_rest_on_stderr(run: Run, model_file: Path) -> None:
    ran = run(f"render --model {model_file} {QUICK} -o a.gif -o b.png")
    assert ran.out == "a.gif\nb.png\n"
    size = f"{Path('a.gif').stat().st_size / 1000:.0f} kB"
    model, dots, film, picture = ran.err.splitlines()
    assert "of 1,800 points are drawn" in dots
    assert model.startswith("moons: 1800 points, moons.npz: ") and model.endswith(" %")
    assert film == f"a.gif: 6 frames, 3.0 s, {size}"
    assert picture.startswith("b.png: 6 frames, 3.0 s, ")


@pytest.mark.slow
def test_quiet_silences_notes_but_not_errors(run: Run, model_file: Path) -> None:
    ran = run(f"render --model {model_file} {QUICK} --quiet")
    assert (ran.out, ran.err) == ("fold.gif\n", "")
    assert run("render --theme drak --quiet").err.startswith("warpviz: Unknown theme")


@pytest.mark.slow
def test_colour_only_at_a_terminal(
    run: Run, model_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, err = attached(monkeypatch)
    main(f"render --model {model_file} {QUICK} -o a.png".split())
    main(["rendr"])
    assert out.getvalue() == "\x1b[32ma.png\x1b[0m\n"
    assert "\x1b[31mwarpviz:\x1b[0m Unknown verb" in err.getvalue()
    for stream in (out, err):
        stream.truncate(0)
    main(f"render --model {model_file} {QUICK} -o a.png --no-color --quiet".split())
    main(["rendr", "--no-color"])
    monkeypatch.setenv("NO_COLOR", "1")
    main(["rendr"])
    assert "\x1b" not in out.getvalue() + err.getvalue()


def test_bars_at_a_terminal(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    tqdm = import_module("tqdm").tqdm
    # Patient as tqdm is, it would not show a bar that is done in a tenth of a second.
    monkeypatch.setattr(progress, "_tqdm", lambda _: partial(tqdm, mininterval=0))
    _, err = attached(monkeypatch)
    main(f"render --data moons --epochs 30 {QUICK} -o a.gif".split())
    told = err.getvalue()
    assert "train relu: 100%" in told and "30/30" in told and "loss" in told
    assert "draw a.gif: 100%" in told and "7/7" in told


@pytest.mark.slow
def test_no_bars_elsewhere_or_when_quiet(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    _, err = attached(monkeypatch)
    main(f"render --data moons --epochs 30 {QUICK} --quiet".split())
    assert err.getvalue() == ""
    plain = io.StringIO()
    monkeypatch.setattr(sys, "stderr", plain)
    main(f"render --data moons --epochs 30 {QUICK}".split())
    assert "\r" not in plain.getvalue()


def test_a_terminal_without_tqdm_is_told_once_how_to_get_it(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    progress._tqdm.cache_clear()
    monkeypatch.setitem(sys.modules, "tqdm", None)
    _, err = attached(monkeypatch)
    main(f"render --data moons --epochs 30 {QUICK} -o a.gif".split())
    progress._tqdm.cache_clear()
    assert err.getvalue().count("pip install 'warpviz[progress]'") == 1


@pytest.mark.slow
def test_interruption_costs_no_earlier_file(
    run: Run, model_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(f"render --model {model_file} {QUICK} -o a.gif").code == 0
    earlier = Path("a.gif").read_bytes()
    original = Animation._drawn

    def interrupted(self: Animation, table: Any) -> Generator[Any, None, None]:
        for count, picture in enumerate(original(self, table)):
            if count == 3:
                raise KeyboardInterrupt
            yield picture

    monkeypatch.setattr(Animation, "_drawn", interrupted)
    ran = run(f"render --model {model_file} {QUICK} -o first.png -o a.gif --theme light")
    assert ran.code == 130
    assert ran.out == ""
    assert ran.err.endswith("warpviz: Interrupted; no file was changed.\n")
    assert Path("a.gif").read_bytes() == earlier
    assert sorted(path.name for path in Path().iterdir()) == ["a.gif"]


@pytest.mark.posix
@pytest.mark.slow
def test_a_full_disk_could_not_be_done(
    run: Run, model_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("a.gif").write_bytes(b"earlier")

    def full(path: object, mode: str) -> Any:
        return builtins.open("/dev/full", mode, buffering=0)

    monkeypatch.setattr(gif, "open", full, raising=False)
    ran = run(f"render --model {model_file} {QUICK} -o a.gif")
    assert ran.code == 1
    assert ran.err.endswith("the earlier file is kept; make room or choose another disk.\n")
    assert Path("a.gif").read_bytes() == b"earlier"


@pytest.mark.slow
def test_signs_that_stdout_cannot_encode(tmp_path: Path, model_file: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "warpviz", "inspect", str(model_file)],
        env=os.environ | {"PYTHONIOENCODING": "ascii"},
        capture_output=True,
        check=True,
    )
    assert b"2 ? 3 ? 3 ? 2" in ran.stdout
    assert ran.stderr == b""


@pytest.mark.slow
def test_a_reader_that_leaves_is_no_error() -> None:
    command = f"{sys.executable} -m warpviz list | {sys.executable} -c 'input()'"
    # Closing the pipe before anything is written is what makes the writer fail.
    command = command.replace("'input()'", "'import os; os.close(0)'")
    ran = subprocess.run(command, shell=True, capture_output=True, check=False)
    assert ran.stderr == b""


def test_console_closed_streams(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    Console().result("nobody listens")
    Console().path("a.gif")


@pytest.mark.posix
@pytest.mark.slow
@pytest.mark.parametrize("broken", ["2>/dev/full", "2>&-", "2>&1 >&- | true", ">&- 2>&-"])
def test_no_film_is_lost_for_the_words_about_it(
    tmp_path: Path, model_file: Path, broken: str
) -> None:
    words = f"render --model {model_file} {QUICK} -o a.gif"
    command = f"{sys.executable} -m warpviz {words} {broken}; exit ${{PIPESTATUS[0]}}"
    ran = subprocess.run(["bash", "-c", command], cwd=tmp_path, capture_output=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert ran.stdout in (b"a.gif\n", b"")
    assert (tmp_path / "a.gif").read_bytes().endswith(b";")


@pytest.mark.posix
@pytest.mark.slow
def test_a_full_stdout_is_one_sentence() -> None:
    command = f"{sys.executable} -m warpviz list > /dev/full"
    ran = subprocess.run(command, shell=True, capture_output=True, check=False)
    told = b"warpviz: Cannot write to standard output: No space left on device.\n"
    assert (ran.returncode, ran.stderr) == (1, told)
