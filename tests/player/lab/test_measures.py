"""Measures and sentences of the page, beside those of Python."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

import warpviz as wv
from tests.player.lab.nets import LIMITS, SMOOTH, STRAIGHT, as_layers, random_net, residual_net
from tests.player.modules import node
from warpviz.data.dataset import Dataset
from warpviz.film.options import Staging
from warpviz.film.play import Play
from warpviz.film.words.numbers import percent, short_number
from warpviz.film.words.teaching import lesson
from warpviz.measure.layers import layer_measures
from warpviz.model import ACTIVATIONS, Chain, Dense

MEASURES = """
const { measuresOf } = await import("./lab/measures/measures.js");
const [asked, limits] = given;
told(asked.map(({ layers, x, y }) => measuresOf(layers, x, y, { limits })));
"""
ACTS = """
const { tellActs } = await import("./lab/measures/telling.js");
told(given[0].map((layers) => tellActs(layers, given[1])));
"""


def data_for(net: Chain, seed: int, count: int = 40) -> Dataset:
    """Points that some nets separate: labelled by another net, or by chance."""
    rng = np.random.default_rng(seed)
    x = rng.uniform(-1, 1, size=(count, 2))
    classes = net.widths[-1]
    if seed % 2:
        y = net(x).argmax(axis=1)
        if len(np.unique(y)) == classes:
            return Dataset(x, y)
    y = np.concatenate([np.arange(classes), rng.integers(0, classes, count - classes)])
    return Dataset(x, y)


@pytest.mark.parametrize(
    "seeds", [range(12), pytest.param(range(12, 60), marks=pytest.mark.slow)], ids=["few", "many"]
)
def test_measures_are_python_s(seeds: range, modules: Path) -> None:
    nets = [random_net(seed, STRAIGHT if seed % 3 else SMOOTH) for seed in seeds]
    sets = [data_for(net, seed) for net, seed in zip(nets, seeds, strict=True)]
    asked = [
        {"layers": as_layers(net), "x": data.x.ravel().tolist(), "y": data.y.tolist()}
        for net, data in zip(nets, sets, strict=True)
    ]
    for net, data, found in zip(nets, sets, node(MEASURES, modules, asked, LIMITS), strict=True):
        wanted = layer_measures(net, data, LIMITS)
        jumps = any(layer.function.jumps for layer in net.logits())  # type: ignore[union-attr]
        for ours, theirs in zip(found, wanted, strict=True):
            assert ours["regions"] == theirs.regions
            assert ours["pieces"] == theirs.affine_pieces
            assert ours["separable"] == theirs.separable
            for own, other, near in (
                ("probe", theirs.accuracy, 0.0), ("area", theirs.area_factor, 1e-9),
                ("collapsed", theirs.collapsed, 1e-9), ("fisher", theirs.fisher, 1e-7),
                ("overlap", theirs.overlap, 2e-3),
            ):  # fmt: skip
                if own == "overlap" and jumps:
                    continue  # on a tear rounding says which side an image is on
                assert (ours[own] is None) == (other is None), own
                if other is not None:
                    assert ours[own] == pytest.approx(other, rel=near, abs=1e-12), own


def test_the_line_parts_what_can_be_parted(modules: Path) -> None:
    rng = np.random.default_rng(0)
    x = rng.normal(size=(60, 2))
    y = (x @ [1.0, -2.0] > 0.3).astype(int)
    layers = as_layers(Chain([Dense(np.eye(2), np.zeros(2))]))
    asked = {"layers": layers, "x": x.ravel().tolist(), "y": y.tolist()}
    ((first, second),) = node(MEASURES, modules, [asked], LIMITS)
    for stop in (first, second):
        assert stop["separable"]
        normal, offset = np.array(stop["line"][:2]), stop["line"][2]
        assert ((x @ normal + offset > 0) == (y == 1)).all()


def _lesson(net: Chain, data: Dataset) -> list[str]:
    said = lesson(Play.of(net, Staging()), data, LIMITS)
    return said.longest_acts()


@pytest.mark.parametrize(
    "seeds", [range(16), pytest.param(range(16, 80), marks=pytest.mark.slow)], ids=["few", "many"]
)
def test_acts_are_told_as_films_tell_them(seeds: range, modules: Path) -> None:
    nets = [random_net(seed, STRAIGHT if seed % 2 else (*SMOOTH, *STRAIGHT)) for seed in seeds]
    nets += [residual_net(3), wv.mlp([2, 2, 2, 2], "relu", seed=1)]
    for net, acts in zip(
        nets, node(ACTS, modules, [as_layers(n) for n in nets], LIMITS), strict=True
    ):
        assert acts == _lesson(net, wv.load_data("xor", n=20))


def test_stops_are_told_as_films_tell_them(modules: Path) -> None:
    data = wv.load_data("xor", n=200)
    net = wv.train(wv.mlp([2, 4, 2], "relu", seed=0), data, starts=4).chain
    code = """
const { measuresOf } = await import("./lab/measures/measures.js");
const { tellStop } = await import("./lab/measures/stops.js");
const { tellAct } = await import("./lab/measures/telling.js");
const { layers, x, y, limits, accuracy } = given[0];
const measured = measuresOf(layers, x, y, { limits });
told([measured.map((_, k) => tellStop(layers, k, measured, { accuracy, classes: 2 })),
  [0, 1].map((k) => tellAct(layers, k, { limits }))]);
"""
    accuracy = float(np.mean(net(data.x).argmax(axis=1) == data.y))
    asked: dict[str, Any] = {
        "layers": as_layers(net), "x": data.x.ravel().tolist(), "y": data.y.tolist(),
        "limits": LIMITS, "accuracy": accuracy,
    }  # fmt: skip
    stops, acts = node(code, modules, asked)
    said = lesson(Play.of(net, Staging()), data, LIMITS)
    # A film knows the best cut of a plane, the page a fitted one.
    for ours, theirs in zip(stops, said.longest_stops(), strict=True):
        assert ours == theirs or ("fitted" in ours and "best" in theirs)
    assert acts == said.longest_acts()[:2]


def test_numbers_are_written_as_in_films(modules: Path) -> None:
    values = [
        3.14159,
        0.4,
        12.3,
        1234.5,
        0.000321,
        1.0,
        2.34e7,
        4e-9,
        -0.95,
        0.996,
        9.96,
        0.0,
        99.6,
    ]
    shares = [0.99999, 1.0, 0.86, 2999 / 3000, 0.29, 0.005]
    code = """
const { percentText, shortNumber } = await import("./lab/measures/numbers.js");
told([given[0].map(shortNumber), given[1].map((share) => percentText(share)),
  given[1].map((share) => percentText(share, 0))]);
"""
    short, one, none = node(code, modules, values, shares)
    assert short == [short_number(value) for value in values]
    assert one == [percent(share) for share in shares]
    assert none == [percent(share, 0) for share in shares]


def test_the_table_s_words_are_those_of_its_records(modules: Path) -> None:
    code = """
const { RECORDS } = await import("./lab/known.js");
told(Object.values(RECORDS).map(({ name, squashes }) => [name, squashes]));
"""
    assert node(code, modules) == [
        [name, "squashes" in record.does] for name, record in ACTIVATIONS.items()
    ]
