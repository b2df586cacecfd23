"""Features of files are standardised, models remember how, and --raw leaves them alone."""

import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest

from tests.cli.conftest import Run
from tests.geometry.nets import dense
from warpviz.convert.files import load_model, load_stored, save_model
from warpviz.data import load_data
from warpviz.model import Chain, Dense, Softmax

RNG = np.random.default_rng(0)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """Two clouds in units that differ by five orders of magnitude."""
    y = np.arange(200) % 2
    x = RNG.normal(size=(200, 2)) * [1e-3, 1e2] + np.outer(y, [4e-3, 4e2]) + [7.0, 5e3]
    lines = [
        f"{a!r};{b!r};{'hot' if c else 'cold'}" for (a, b), c in zip(x.tolist(), y, strict=True)
    ]
    path = tmp_path / "two.csv"
    path.write_text("\n".join(["a;b;kind", *lines]))
    return path


@pytest.mark.slow
def test_training_and_using_a_model_on_a_file(run: Run, table: Path) -> None:
    done = run("train --data two.csv -o m.npz")
    assert done.code == 0 and "each feature is standardised" in done.err and "--raw" in done.err
    model, data = load_stored("m.npz"), load_data(table)
    assert model.mean is not None and model.scale is not None
    np.testing.assert_allclose(model.mean, data.x.mean(axis=0))
    np.testing.assert_allclose(model.scale, data.x.std(axis=0))
    assert '"accuracy": 1.0' in run("inspect m.npz --json").out
    assert '"accuracy": 1.0' in run("inspect m.npz --data two.csv --json").out
    # Other data of the same kind is seen as the model was trained, not by its own mean.
    few = table.read_text().splitlines()
    Path("few.csv").write_text("\n".join([few[0], *few[1:9], *few[1:9:2]]))
    assert '"accuracy": 1.0' in run("inspect m.npz --data few.csv --json").out
    assert run("render --model m.npz --size 240x180 -o m.gif").code == 0


def test_an_exported_model_takes_features_as_they_come(run: Run, table: Path) -> None:
    assert run("train --data two.csv -o m.npz").code == 0
    assert run("convert m.npz -o m.onnx").code == 0
    chain, data = load_stored("m.onnx").chain, load_data(table)
    assert (chain(data.x).argmax(axis=1) == data.y).mean() > 0.95
    assert '"accuracy": 1.0' in run("inspect m.onnx --data two.csv --json").out


def test_raw_leaves_them_alone(run: Run, table: Path) -> None:
    done = run("train --data two.csv --raw --epochs 3 -o m.npz")
    assert done.code == 0 and "standardised" not in done.err
    assert load_stored("m.npz").mean is None


def test_models_standardised_in_different_ways_share_no_film(run: Run, table: Path) -> None:
    assert run("train --data two.csv --epochs 3 -o a.npz").code == 0
    assert run("train --data two.csv --raw --epochs 3 -o b.npz").code == 0
    done = run("compare a.npz b.npz --data two.csv")
    assert done.code == 2 and "standardised in different ways" in done.err


@pytest.mark.slow
def test_a_table_whose_last_column_is_a_number(run: Run) -> None:
    x = RNG.uniform(-1, 1, (200, 2)) * [1.0, 1000.0]
    prices = 250_000.0 + 40_000.5 * x[:, 0] * x[:, 1] / 1000.0
    lines = [",".join(map(str, row)) for row in np.column_stack([x, prices]).tolist()]
    Path("houses.csv").write_text("\n".join(["rooms,garden,price", *lines]))
    words = "train --data houses.csv --activation tanh --layers 8,8 -o m.npz"
    done = run(f"{words} --film learn.gif --size 480x240 --fps 4 --seconds 1")
    assert done.code == 0 and "R² " in done.err
    model, data = load_stored("m.npz"), load_data("houses.csv")
    assert data.targets is not None
    assert model.mean is not None and model.scale is not None
    said = model.chain((data.x - model.mean) / model.scale)[:, 0]
    assert 1 - np.var(said - prices) / np.var(prices) > 0.9
    assert run("render --model m.npz --size 240x180 --fps 4 -o m.gif").code == 0
    facts = json.loads(run("inspect m.npz --json").out)
    assert facts["r_squared"] > 0.9 and facts["accuracy"] is None
    assert facts["data"]["targets"] == [prices.min(), prices.max()]
    assert "class_names" not in facts["data"]
    rows = facts["measures"]
    assert all(row["separable"] is None and 0 <= row["r_squared"] <= 1 for row in rows)
    assert rows[-1]["r_squared"] > 0.9 and rows[-1]["name"] == "layer 3 · affine 8→1"
    table = run("inspect m.npz").out
    assert "R² 0.9" in table and "% right" not in table and "separable" not in table
    assert "linear R²" in table


def test_sources_and_formulas_take_features_as_they_come(run: Run, table: Path) -> None:
    assert run("train --data two.csv --layers 3 -o m.npz").code == 0
    done = run("export m.npz -o net.py")
    assert done.code == 0 and "its first layer does that" in done.err
    scope: dict[str, Any] = {}
    exec(Path("net.py").read_text(), scope)
    data = load_data(table)
    assert (scope["predict"](data.x).argmax(axis=1) == data.y).mean() > 0.95
    point = ",".join(map(repr, data.x[0].tolist()))
    told = json.loads(run(f"trace m.npz --at {point} --format json").out)
    np.testing.assert_allclose(told["y"], scope["predict"](data.x[:1])[0], rtol=1e-9)


def test_classes_are_matched_by_name(run: Run, table: Path) -> None:
    assert run("train --data two.csv -o m.npz").code == 0
    model = load_stored("m.npz")
    turned = model.chain[:-1]
    last = turned[len(turned) - 1]
    assert isinstance(last, Dense)
    other = Chain([*turned[:-1], Dense(last.weight[::-1], last.bias[::-1]), Softmax()])
    save_model(other, "n.npz", class_names=("hot", "cold"), mean=model.mean, scale=model.scale)
    assert '"accuracy": 1.0' in run("inspect n.npz --data two.csv --json").out


def test_in_python_a_stored_model_takes_features_as_they_come(run: Run, table: Path) -> None:
    assert run("train --data two.csv -o m.npz").code == 0
    data = load_data(table)
    chain = load_model("m.npz")
    assert (chain(data.x).argmax(axis=1) == data.y).mean() > 0.99
    stored = load_stored("m.npz")
    assert stored.mean is not None and stored.scale is not None
    even = (data.x - stored.mean) / stored.scale
    np.testing.assert_allclose(chain(data.x), stored.chain(even), rtol=1e-9, atol=1e-12)


def test_a_model_that_is_off_by_a_constant_is_told_so(run: Run) -> None:
    x = RNG.uniform(-1, 1, (50, 2))
    lines = [",".join(map(str, row)) for row in np.column_stack([x, x[:, 0] + 0.5]).tolist()]
    Path("line.csv").write_text("\n".join(["a,b,c", *lines]))
    save_model(Chain([dense([[1.0, 0.0]], [100.5])]), "off.npz")
    told = run("inspect off.npz --data line.csv --raw").out.splitlines()[-1]
    expected = 1 - 100**2 / x[:, 0].var()
    assert told.startswith("line: 50 points, R² −")
    assert float(told.rpartition("−")[2]) == pytest.approx(-expected, abs=1e-3)


@pytest.mark.slow
def test_no_percentage_is_rounded_up(run: Run) -> None:
    x = np.concatenate([np.linspace(-1, 0, 1500), np.linspace(0.1, 1, 1499), [-0.5]])
    lines = [f"{a},0.5,{int(k >= 1500)}" for k, a in enumerate(x.tolist())]
    Path("most.csv").write_text("\n".join(["a,b,c", *lines]))
    save_model(Chain([dense([[-1.0, 0.0], [1.0, 0.0]], [0.05, -0.05]), Softmax()]), "m.npz")
    assert "99.9 % right" in run("inspect m.npz --data most.csv --raw").out
    words = "--data most.csv --raw --size 240x180 --fps 4 --seconds 0.5 --jobs 1"
    done = run(f"compare m.npz {words} -o a.svg")
    assert done.code == 0
    for text in (done.err, Path("a.svg").read_text()):
        assert "99.9 %" in text and "100.0 %" not in text


def test_regions_have_the_units_of_the_data(run: Run, table: Path) -> None:
    assert run("train --data two.csv --layers 4 -o m.npz").code == 0
    done = run("regions m.npz --data two.csv --json -o r.svg")
    facts, data = json.loads(done.out), load_data(table)
    assert "standardised features" in done.err and "own units" in done.err
    x0, x1, y0, y1 = facts["limits"]
    for low, high, column in ((x0, x1, data.x[:, 0]), (y0, y1, data.x[:, 1])):
        margin = 0.05 * np.ptp(column)
        assert low == pytest.approx(column.min() - margin, rel=1e-9)
        assert high == pytest.approx(column.max() + margin, rel=1e-9)
    assert sum(facts["areas"]) == pytest.approx((x1 - x0) * (y1 - y0), rel=1e-9)
    # The model that takes features as they come, asked at random, has these regions.
    chain = load_model("m.npz")
    first = chain[0]
    assert isinstance(first, Dense)
    points = RNG.uniform([x0, y0], [x1, y1], size=(20_000, 2))
    _, counts = np.unique(first.affine(points) > 0, axis=0, return_counts=True)
    shares = np.sort(facts["areas"]) / sum(facts["areas"])
    np.testing.assert_allclose(np.sort(counts) / 20_000, shares[-len(counts) :], atol=0.02)
    text = Path("r.svg").read_text()
    assert "<!-- a -->" in text and "<!-- b -->" in text
    own = f"{x0!r},{x1!r},{y0!r},{y1!r}"
    again = json.loads(run(f"regions m.npz --json --limits {own}").out)
    assert again["limits"] == facts["limits"]
    np.testing.assert_allclose(again["areas"], facts["areas"], rtol=1e-6)
    alone = json.loads(run("regions m.npz --json").out)["limits"]
    middle = [(alone[0] + alone[1]) / 2, (alone[2] + alone[3]) / 2]
    np.testing.assert_allclose(middle, data.x.mean(axis=0), rtol=1e-9)


def test_a_plot_without_limits_is_where_the_data_are(run: Run, table: Path) -> None:
    data = load_data(table)
    assert run("train --data two.csv --layers 4 -o m.npz").code == 0
    assert run("plot m.npz -o p.svg").code == 0
    figure = ElementTree.parse("p.svg").getroot()
    (frame,) = figure.iterfind(".//*[@id='axes_1']/*[@id='patch_2']/{*}path")
    corners = np.array(re.findall(r"[ML] ([\d.]+) ([\d.]+)", frame.attrib["d"]), dtype=float)
    # A square, not a sliver, though one feature is some 10⁵ times the other.
    across, up = np.ptp(corners, axis=0)
    assert across == pytest.approx(up, rel=1e-3)
    told = [text for text in figure.itertext() if re.fullmatch(r"−?[\d.]+", text)]
    numbers = np.array([text.replace("−", "-") for text in told], dtype=float)
    for column in data.x.T:
        spread = 2 * column.std()
        low, high = column.mean() - spread, column.mean() + spread
        assert ((low <= numbers) & (numbers <= high)).sum() >= 3
    pieces = run("formula m.npz --form piecewise").out
    assert pieces.count(r"\text{between }") > 2
