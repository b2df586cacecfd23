"""A small study, its tables held against what one network alone gives."""

import csv
import json
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
import pytest

import warpviz as wv
from warpviz import WarpvizError
from warpviz.measure.columns import STOP_COLUMNS
from warpviz.measure.known import Network
from warpviz.studies.making import study
from warpviz.studies.studied import Study, load_study
from warpviz.training.engine import flatten

GRID = {
    "data": ["moons"], "activation": ["relu", "tanh"], "layers": [[3], [2, 2]], "seeds": [0, 4],
    "epochs": 60, "times": [0, 20, 60], "points": 80, "measure": ["probe_accuracy", "separable"],
}  # fmt: skip


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Study:
    return study(GRID, tmp_path_factory.mktemp("study") / "small.parquet")


def test_a_network_is_the_one_that_train_makes_alone(small: Study) -> None:
    run = small.runs[(small.runs.activation == "tanh") & (small.runs.layers == "2,2")].iloc[1]
    assert run.seed == 4
    chain = wv.mlp([2, 2, 2, 2], "tanh", seed=4)
    fit = wv.train(chain, small.data(int(run.run)), optimizer="adam", epochs=60, penalty=0.0,
                   evenness=0.0)  # fmt: skip
    found = small.chain(int(run.run))
    np.testing.assert_array_equal(flatten(found), flatten(fit.chain))
    np.testing.assert_array_equal(flatten(small.chain(int(run.run), 0)), flatten(chain))
    assert run.loss == pytest.approx(fit.history.losses[-1], abs=1e-12)
    assert fit.history.accuracies is not None
    assert run.train_accuracy == fit.history.accuracies[-1]


def test_rows_are_what_the_columns_say_of_each_stop(small: Study) -> None:
    run, epoch = 3, 20
    network = Network.of(small.chain(run, epoch), small.data(run))
    rows = small.rows[(small.rows.run == run) & (small.rows.epoch == epoch)]
    assert list(rows.stop) == list(range(len(network.states)))
    for stop, (_, row) in zip(network.stops(), rows.iterrows(), strict=True):
        for name in ("probe_accuracy", "separable"):
            assert row[name] == STOP_COLUMNS[name].of(stop)
    assert list(rows.step) == ["input", "affine", "activation", "affine"]
    assert list(rows.layer) == [0, 1, 1, 2]


def test_points_held_out_are_none_that_were_trained_with(small: Study) -> None:
    points = small.points["moons"]
    assert (len(points.train), len(points.test)) == (64, 16)
    whole = wv.load_data("moons", n=80)
    both = np.concatenate([points.train.x, points.test])
    assert sorted(map(tuple, both.tolist())) == sorted(map(tuple, whole.x.tolist()))
    chain, run = small.chain(2), small.runs.iloc[2]
    right = chain(points.test).argmax(axis=1) == points.labels
    assert run.test_accuracy == right.mean()


def test_solved_is_said_of_the_first_epoch_from_which_on_it_is(small: Study) -> None:
    accuracy = small.rows[small.rows.stop == 0].pivot(
        index="run", columns="epoch", values="train_accuracy"
    )
    for _, run in small.runs.iterrows():
        own = accuracy.loc[run.run]
        assert run.solved == (own[60] == 1.0)
        since = [e for e in own.index if (own[own.index >= e] == 1.0).all()]
        assert (np.isnan(run.solved_epoch) and not since) or run.solved_epoch == since[0]


def test_a_file_tells_how_it_was_made_and_what_its_columns_mean(small: Study) -> None:
    schema = pq.read_schema(small.path / "part-00000.parquet")
    facts = json.loads(schema.metadata[b"warpviz"])
    assert facts["grid"]["seeds"] == [0, 4] and facts["versions"]["warpviz"] == wv.__version__
    for name in schema.names:
        told = schema.field(name).metadata
        assert told[b"meaning"].endswith(b"."), name
    assert schema.field("probe_accuracy").metadata[b"unit"] == "share 0 … 1".encode()
    assert {*small.columns["rows"]} == {*schema.names}


def test_readers_of_data_sets_find_the_rows_alone(small: Study) -> None:
    pd = pytest.importorskip("pandas")

    found = pd.read_parquet(small.path)
    assert len(found) == len(small.rows) == 4 * 3 * 4 + 4 * 3 * 6  # runs, epochs, stops
    assert list(found.columns) == list(small.rows.columns)
    assert len(pd.read_parquet(small.path / "_runs")) == 8


def test_it_is_found_again(small: Study) -> None:
    again = load_study(small.path)
    assert again.grid == small.grid and again.runs.equals(small.runs)
    with pytest.raises(WarpvizError, match="holds no study"):
        load_study(small.path / "_runs")


def test_csv_has_the_same_rows(small: Study, tmp_path: Path) -> None:
    for table, frame in (("rows", small.rows), ("runs", small.runs)):
        path = small.csv(tmp_path / f"{table}.csv", table)
        with path.open(encoding="utf-8", newline="") as file:
            found = list(csv.DictReader(file))
        assert list(found[0]) == list(frame.columns) and len(found) == len(frame)
        np.testing.assert_array_equal([float(row["loss"]) for row in found], frame["loss"])


def test_data_that_changed_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    data = wv.load_data("moons", n=40)
    table = np.column_stack([data.x, data.y])
    np.savetxt("moons.csv", table, delimiter=",")
    found = study({"data": "moons.csv", "layers": [2], "seeds": [0], "epochs": 2}, "s.parquet")
    assert load_study("s.parquet").chain(0).widths[0] == 2
    np.savetxt("moons.csv", table[::-1] * [2, 1, 1], delimiter=",")
    with pytest.raises(WarpvizError, match=r"moons\.csv' is no longer the data"):
        load_study("s.parquet").data(0)
    assert found.rows.run.max() == 0


def test_maps_are_of_the_networks_that_are_named(small: Study, tmp_path: Path) -> None:
    found = small.maps([0, 7], "first and last")
    assert [name for name, _, _ in found.networks] == ["relu 3, seed 0", "tanh 2,2, seed 4"]
    np.testing.assert_array_equal(flatten(found.networks[1][1]), flatten(small.chain(7)))
    assert found.save(tmp_path / "maps.svg").read_text().count("tanh 2,2, seed 4") == 1


WRONG: dict[str, Any] = {
    "another run": lambda small: small.chain(8),
    "no map": lambda small: small.maps([]),
    "another epoch": lambda small: small.chain(0, 21),
    "a folder that is there": lambda small: study(GRID, small.path),
    "another grid": lambda small: study({**GRID, "epochs": 61}, small.path, resume=True),
    "no column": lambda small: small.plot(y="depths"),
    "words on y": lambda small: small.plot(y="layers"),
    "no such stop": lambda small: small.plot(stop=9),
}


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG.keys())
def test_what_there_is_not_is_told_in_a_sentence(small: Study, wrong: Any) -> None:
    before = sorted(small.path.rglob("*"))
    with pytest.raises(WarpvizError, match=r"[.?]$"):
        wrong(small)
    assert sorted(small.path.rglob("*")) == before


def test_networks_that_diverge_are_null_and_stop_no_other() -> None:
    given = {"activation": "identity", "seeds": [0, 1], "layers": [2], "optimizer": "descent"}
    found = study({**given, "learning_rate": 1e308, "epochs": 20, "times": [0, 20], "points": 40})
    end = found.rows[found.rows.epoch == 20]
    assert len(end) == 2 * 3 and end.loss.isna().all() and end.separable.isna().all()
    assert not found.runs.solved.any() and found.runs.loss.isna().all()
    with pytest.raises(WarpvizError, match="diverged"):
        found.chain(0)


@pytest.mark.slow
def test_two_units_a_layer_close_no_boundary_unless_they_turn_back() -> None:
    # Beise, Dias da Cruz, Schröder, arXiv:1807.01194: no monotone activation can.
    turning = {"gelu": 7, "silu": 8, "sin": 5}
    found = study(
        {"activation": ["relu", "tanh", *turning], "layers": [[2, 2]], "seeds": "0:10",
         "times": "end", "holdout": 0.0, "measure": "separable"}
    )  # fmt: skip
    solved = found.runs.groupby("activation").solved.sum()
    assert not solved[["relu", "tanh"]].any()
    for name, count in turning.items():
        assert abs(solved[name] - count) <= 2, name


@pytest.mark.slow
def test_regions_begin_as_lines_through_one_point_and_grow() -> None:
    found = study(
        {"layers": [[9], [16], [24]], "seeds": [0, 1], "optimizer": "lbfgs", "epochs": 300,
         "penalty": 0.003, "evenness": 0.01, "times": [0, 300], "measure": "regions_ratio"}
    )  # fmt: skip
    last = found.rows[found.rows.step == "affine"].groupby(["run", "epoch"]).tail(1)
    for widths, own in last[last.layer == 2].groupby("layers"):
        lines = int(widths)
        # Biases are 0: N lines through one point make 2N regions.
        at_first = 2 * lines / (1 + lines + lines * (lines - 1) / 2)
        np.testing.assert_allclose(own.regions_ratio[own.epoch == 0], at_first)
        assert own.regions_ratio[own.epoch == 300].between(0.6, 1.0).all()


@pytest.mark.slow
def test_fuzziness_falls_by_a_constant_factor_a_layer_on_digits_under_tanh() -> None:
    # He & Su, arXiv:2210.17020; the correlation of the layer's number and log D.
    pytest.importorskip("sklearn")
    found = study(
        {"data": "digits", "activation": "tanh", "layers": [[16, 16, 16, 16]], "seeds": [0],
         "optimizer": "lbfgs", "epochs": 300, "penalty": 0.003, "evenness": 0.01, "holdout": 0.0,
         "times": "end", "measure": "fuzziness"}
    )  # fmt: skip
    rows = found.rows[found.rows.step != "affine"]
    for _, own in rows.groupby("run"):
        assert np.corrcoef(own.layer, np.log(own.fuzziness))[0, 1] < -0.99
