"""What ends a command from outside: it cleans up, says one sentence and tells by its exit code."""

import gc
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from warpviz import drafts
from warpviz.atomic import replacing
from warpviz.cli import main, signals
from warpviz.cli.signals import ENDING, Ending, listening

pytestmark = pytest.mark.posix
SMALL = "--size 240x180 --fps 30 --seconds 3 --jobs 2"
"""Too long a film to be done before the signal comes."""


def begun(folder: Path, *words: str, earlier: bytes = b"earlier") -> subprocess.Popen[str]:
    """A command that has begun to write a.gif in a folder."""
    (folder / "a.gif").write_bytes(earlier)
    process = subprocess.Popen(
        [sys.executable, "-m", "warpviz", *words, "-o", "a.gif"],
        cwd=folder, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    while not any(drafts.is_draft(name) for name in os.listdir(folder)):
        assert process.poll() is None, process.communicate()
        time.sleep(0.02)
    return process


@pytest.mark.slow
@pytest.mark.parametrize(
    ("number", "code", "told"),
    [(2, 130, "Interrupted"), (15, 143, "Ended by SIGTERM"), (1, 129, "Ended by SIGHUP")],
)
def test_a_signal_ends_a_film_and_leaves_nothing(
    tmp_path: Path, model_file: Path, number: int, code: int, told: str
) -> None:
    process = begun(tmp_path, "render", "--model", str(model_file), *SMALL.split(), "--quiet")
    process.send_signal(number)
    out, err = process.communicate()
    assert (process.returncode, out) == (code, "")
    assert err == f"warpviz: {told}; no file was changed.\n"
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [
        ("a.gif", b"earlier")
    ]


@pytest.mark.slow
def test_what_a_killed_run_leaves_is_swept_by_the_next(tmp_path: Path, model_file: Path) -> None:
    process = begun(tmp_path, "render", "--model", str(model_file), *SMALL.split(), "--quiet")
    process.kill()
    process.communicate()
    assert len(os.listdir(tmp_path)) == 2
    subprocess.run(
        [sys.executable, "-m", "warpviz", "convert", str(model_file), "-o", "m.npz"],
        cwd=tmp_path, check=True, capture_output=True,
    )  # fmt: skip
    assert sorted(os.listdir(tmp_path)) == ["a.gif", "m.npz"]


class Ended(BaseException):
    """Instead of the end of this process."""


@pytest.fixture
def exits(monkeypatch: pytest.MonkeyPatch) -> None:
    def ended(code: int) -> None:
        raise Ended(code)

    monkeypatch.setattr(os, "_exit", ended)


Verb = Callable[[Callable[[], object]], tuple[int, str]]


@pytest.fixture
def verb(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Verb:
    """Runs a function as the work of a command: its exit code, and what it says."""

    def run(work: Callable[[], object]) -> tuple[int, str]:
        monkeypatch.setattr("warpviz.cli.command._run", lambda words, console: work())
        return main(["render"]), capsys.readouterr().err

    return run


def test_only_what_is_true_is_said(verb: Verb, tmp_path: Path) -> None:
    def work() -> None:
        with replacing(tmp_path / "a.npz") as draft:
            draft.write_text("new")
        with replacing(tmp_path / "b.npz"):
            signal.raise_signal(signal.SIGINT)

    (tmp_path / "b.npz").write_text("earlier")
    code, told = verb(work)
    written = f"written before that: {tmp_path / 'a.npz'}; all others are as they were."
    assert (code, told) == (130, f"warpviz: Interrupted; {written}\n")
    assert sorted(os.listdir(tmp_path)) == ["a.npz", "b.npz"]


def test_who_insists_ends_it_at_once_without_a_traceback(
    verb: Verb, tmp_path: Path, exits: None, capsys: pytest.CaptureFixture[str]
) -> None:
    def work() -> None:
        with replacing(tmp_path / "a.npz") as draft:
            try:
                signal.raise_signal(signal.SIGTERM)
            finally:
                assert draft.exists()
                signal.raise_signal(signal.SIGINT)

    with pytest.raises(Ended, match="143"):
        verb(work)
    assert capsys.readouterr().err == "warpviz: Ended by SIGTERM; no file was changed.\n"
    assert not os.listdir(tmp_path)


@pytest.mark.parametrize("slow", [False, True])
def test_a_signal_that_python_swallows_comes_again(
    verb: Verb, slow: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where a thread takes longer to start than its signal to come."""

    class Deaf:
        def __del__(self) -> None:
            signal.raise_signal(signal.SIGTERM)

    start = threading.Thread.start

    def slowly(thread: threading.Thread) -> None:
        start(thread)
        time.sleep(0.05)

    def work() -> None:
        deaf = Deaf()
        del deaf
        gc.collect()
        time.sleep(30)

    if slow:
        monkeypatch.setattr(threading.Thread, "start", slowly)
        monkeypatch.setattr(signals, "LATER", 1e-3)
    began = time.monotonic()
    assert verb(work) == (143, "warpviz: Ended by SIGTERM; no file was changed.\n")
    assert time.monotonic() - began < 20, "it slept on"


@pytest.mark.parametrize("held", [False, True])
def test_what_is_let_go_half_made_complains_to_nobody(verb: Verb, held: bool) -> None:
    class Half:
        itself: object = None

        def __del__(self) -> None:
            raise AttributeError("not made to the end")

    def work() -> None:
        half = Half()
        half.itself = half if held else None  # as what holds itself: it goes when Python collects
        signal.raise_signal(signal.SIGTERM)
        assert half

    gc.disable()
    try:
        assert verb(work) == (143, "warpviz: Ended by SIGTERM; no file was changed.\n")
    finally:
        gc.enable()


def test_a_signal_in_the_middle_of_an_import_waits_for_its_end(verb: Verb) -> None:
    """Else Python's lock of imports may stay held, and a writer's thread waits for it for ever."""
    ends: list[str] = []

    def work() -> None:
        text = "signal.raise_signal(signal.SIGTERM)\nends.append('imported')\n"
        importing = compile(text, "<frozen importlib._bootstrap>", "exec")
        exec(importing, {"signal": signal, "ends": ends})
        time.sleep(30)

    began = time.monotonic()
    assert verb(work) == (143, "warpviz: Ended by SIGTERM; no file was changed.\n")
    assert ends == ["imported"] and time.monotonic() - began < 20


def test_ctrl_c_while_it_is_being_imported_says_nothing() -> None:
    script = """
import signal, sys
from warpviz.__main__ import run
class Finder:
    def find_spec(self, name, *others):
        if name == "warpviz.cli.command":
            signal.raise_signal(signal.SIGINT)
sys.meta_path.insert(0, Finder())
signal.signal(signal.SIGINT, signal.default_int_handler)
run()
"""
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False)
    assert (ended.returncode, ended.stdout, ended.stderr) == (-signal.SIGINT, b"", b"")


def test_what_others_listen_to_stays_theirs() -> None:
    before = {each: signal.getsignal(each) for each in ENDING}
    ignored = signal.signal(signal.SIGHUP, signal.SIG_IGN)  # as under nohup
    try:
        with listening(print) as ending:
            assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
            assert signal.getsignal(signal.SIGTERM) == ending.on_signal
    finally:
        signal.signal(signal.SIGHUP, ignored)
    assert {each: signal.getsignal(each) for each in ENDING} == before
    assert isinstance(Ending(print), Ending)
