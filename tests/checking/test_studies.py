"""`check` tells a whole study from one that is not done, damaged, or none."""

import json
import shutil
from pathlib import Path

import pytest

import warpviz as wv
from warpviz.checking.found import NotWhole
from warpviz.checking.whole import look_into
from warpviz.cli import main
from warpviz.errors import WarpvizError
from warpviz.studies.folder import FACTS

PARTS = ("part-00001.parquet", "_runs/part-00001.parquet", "_networks/part-00000.parquet")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two parts: 26 networks of one shape."""
    path = tmp_path_factory.mktemp("study") / "a.parquet"
    own = {"layers": [1], "seeds": "0:26", "epochs": 2, "points": 20, "times": "end"}
    wv.study({**own, "measure": ["probe_accuracy"]}, path, jobs=1)
    return path


def test_a_whole_study_is_whole(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert look_into(made).told == "26 networks"
    assert main(["check", str(made), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["kind"] == "study"


@pytest.mark.parametrize("name", PARTS)
def test_damaged_parts_are_named(made: Path, tmp_path: Path, name: str) -> None:
    path = tmp_path / "b.parquet"
    shutil.copytree(made, path)
    part = path / name
    data = part.read_bytes()
    for damaged in (b"", data[:100], data[:-9], data[: len(data) // 2] + data[-80:], b"PAR1" * 9):
        part.write_bytes(damaged)
        with pytest.raises(NotWhole, match=r"cannot be read as Parquet: .*; remove it and let"):
            look_into(path)
    study = wv.load_study(path)
    with pytest.raises(WarpvizError, match="cannot be read as Parquet"):
        _ = study.rows, study.runs, study.chain(0)
    part.unlink()
    with pytest.raises(NotWhole, match=r"^part [01] of its tables is not there yet; let"):
        look_into(path)


def test_a_part_of_another_size_is_told(made: Path, tmp_path: Path) -> None:
    path = tmp_path / "b.parquet"
    shutil.copytree(made, path)
    runs = path / "_runs"
    shutil.copy(runs / "part-00000.parquet", runs / "part-00001.parquet")
    with pytest.raises(NotWhole, match=r"^part 1 of its runs has 25 rows, not those of 1 network$"):
        look_into(path)


@pytest.mark.parametrize(
    "told", ["", "[]", "{", "{}", '{"grid": []}', '{"grid": {"seeds": {}}}', '{"grid": {"x": 1}}',
             '{"grid": {"layers": [[1e999]]}}', '{"grid": {"seeds": "0:99999999999999999999"}}',
             "[" * 99_999, '{"grid": null}',
             '{"grid": {"epochs": "many"}}', '{"grid": {"times": {"a": 1}}}']
)  # fmt: skip
def test_what_is_no_study_is_told(tmp_path: Path, told: str) -> None:
    (tmp_path / FACTS).write_text(told)
    with pytest.raises(NotWhole):
        look_into(tmp_path)
    with pytest.raises(WarpvizError):
        wv.load_study(tmp_path)


def test_a_folder_of_something_else_is_none(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("")
    with pytest.raises(NotWhole, match="holds neither frames with their lists nor a study"):
        look_into(tmp_path)
