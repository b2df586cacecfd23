"""study at the command line."""

from pathlib import Path

import pytest

from tests.cli.conftest import Run

SMALL = "--layers 2 --seeds 0:3 --epochs 20 --points 40 --jobs 1"


@pytest.mark.slow
def test_the_verb(run: Run) -> None:
    done = run(f"study {SMALL} -o s.parquet -o s.csv -o s.png --plot stop,probe_accuracy")
    assert done.code == 0, done.err
    assert done.out.split() == ["s.parquet", "s.csv", "s-runs.csv", "s.png"]
    said = done.err.splitlines()
    assert said[0].startswith("3 networks: 1 shape of 3 seeds; 20 epochs of adam, measured at")
    assert said[1].startswith("about ") and said[1].endswith("with 1 process")
    assert "of 3 networks classif" in said[-1]
    assert len(Path("s-runs.csv").read_text().splitlines()) == 4
    again = run(f"study {SMALL} -o s.parquet")
    assert again.code == 2 and "s.parquet is there already; go on with it by --resume" in again.err
    other = run(f"study {SMALL} --epochs 21 -o s.parquet --resume")
    assert other.code == 2 and "is a study with epochs 20, not 21" in other.err
    on = run(f"study {SMALL} -o s.parquet -o t.csv --resume")
    assert on.code == 0 and Path("t.csv").read_bytes() == Path("s.csv").read_bytes()


def test_a_dry_run_tells_and_writes_nothing(run: Run) -> None:
    done = run(f"study {SMALL} --dry-run --activation relu,tanh")
    assert done.code == 0 and done.out == "" and not list(Path().iterdir())
    assert done.err.startswith("6 networks: 2 shapes of 3 seeds") and "\nabout " in done.err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("--activation rellu", "did you mean 'relu'"),
        ("--seeds 5:5", "at least one of seeds"),
        ("--layers 4,x", "widths from 1"),
        ("--times often", "times expects log"),
        ("--measure corr", "Unknown measure 'corr'"),
        ("--data rnigs", "Unknown data set 'rnigs'"),
        ("--plot epoch,fold -o s.svg", "Unknown column 'fold'"),
        ("--plot epoch", "--plot expects X,Y"),
        ("--plot epoch,loss", "--plot is about a picture"),
        ("-o s.gif", "A study is written as"),
        ("-o s.csv --resume", "--resume goes on with a folder"),
        ("-o no/s.parquet", "the folder no does not exist"),
        ("-o a.parquet -o b.parquet", "kept in one folder"),
        ("--scheduler here", "address such as tcp://host:8786"),
    ],
)
def test_what_makes_no_sense_is_told_before_any_work(
    run: Run, no_training: None, monkeypatch: pytest.MonkeyPatch, words: str, told: str
) -> None:
    def poisoned(*args: object, **keywords: object) -> None:
        pytest.fail("training started")

    monkeypatch.setattr("warpviz.studies.part.train_many", poisoned)
    done = run(f"study {words}")
    assert done.code == 2 and told in done.err, done.err
    assert not list(Path().iterdir())


def test_measures_are_listed(run: Run) -> None:
    done = run("list measures")
    assert done.code == 0 and "separable  " in done.out and "core: " in done.out
