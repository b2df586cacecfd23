"""Running commands in this process, in an empty folder, with small films."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from warpviz.cli import main
from warpviz.convert.files import save_model
from warpviz.data import load_data
from warpviz.model import mlp
from warpviz.training import train


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture(scope="session")
def model_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A trained model of the moons, made without the command line."""
    data = load_data("moons")
    fit = train(mlp([2, 3, 3, 2], ["tanh", "relu"], seed=1), data, epochs=60)
    path = tmp_path_factory.mktemp("models") / "moons.npz"
    return save_model(fit.chain, path, data_name="moons", class_names=("up", "down"))


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command given as words, or as one text that is split at spaces."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")

    def command(*words: object) -> Ran:
        texts = [str(word) for word in words]
        code = main(texts[0].split() if len(texts) == 1 else texts)
        out, err = capsys.readouterr()
        return Ran(code, out, err)

    return command


@pytest.fixture
def no_training(monkeypatch: pytest.MonkeyPatch) -> None:
    """Training fails the test: what is wrong with the arguments must be told before it."""

    def poisoned(*args: object, **keywords: object) -> None:
        pytest.fail("training started")

    monkeypatch.setattr("warpviz.training.loop._steps", poisoned)
    monkeypatch.setattr("warpviz.cli.subjects.training_steps", poisoned)


@pytest.fixture
def broken_files(tmp_path: Path) -> Path:
    """A folder of files that cannot be used."""
    (tmp_path / "cut.npz").write_bytes(b"PK\x03\x04 and no more")
    (tmp_path / "none.json").write_text("{")
    np.savez(tmp_path / "other.npz", a=np.zeros(3))
    (tmp_path / "nan.csv").write_text("1,2,a\nnan,3,b\n")
    (tmp_path / "one.csv").write_text("1,2,a\n2,3,a\n")
    (tmp_path / "narrow.csv").write_text("1,a\n2,b\n")
    (tmp_path / "sine.json").write_text(
        '{"layers": [{"weight": [[211], [221]], "bias": [21, 22], "activation": "sin"},'
        ' {"weight": [[311, 312]], "bias": [31]}]}'
    )
    (tmp_path / "huge.json").write_text(
        '{"layers": [{"weight": [[1e308, 1e308], [1e308, 1e308]], "bias": [0, 0]},'
        ' {"weight": [[1e308, 1e308], [1e308, 1e308]], "bias": [0, 0]}]}'
    )
    (tmp_path / "file").write_text("")
    return tmp_path
