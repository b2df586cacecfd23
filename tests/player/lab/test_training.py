"""Training in the page, beside that of Python: gradients to 1e-10, runs to 1e-6."""

import re
from pathlib import Path

import numpy as np
import pytest

import warpviz as wv
from tests.player.lab.nets import SMOOTH, STRAIGHT, as_layers, random_net, residual_net, settings_of
from tests.player.modules import node
from warpviz.arrays import Floats
from warpviz.data.dataset import Dataset
from warpviz.errors import WarpvizError
from warpviz.laboratory.handed import layers_of
from warpviz.model import Chain, Dense
from warpviz.training import LOSSES
from warpviz.training.engine import Engine, flatten, unflatten

GRADIENTS = """
const { lossAndGradients, accuracyOf } = await import("./lab/training/trainer.js");
told(given[0].map(({ layers, x, y, loss, penalties }) => {
  const { loss: value, gradients } = lossAndGradients(layers, x, y, loss, penalties);
  return [value, [...gradients], accuracyOf(layers, x, y)];
}));
"""
RUNS = """
const { trainerOf } = await import("./lab/training/trainer.js");
told(given[0].map(({ settings, runs }) => {
  const { layers, points, labels } = settings;
  const trainer = trainerOf({
    ...settings, points: Float64Array.from(points), labels: Uint8Array.from(labels),
  });
  let progress = trainer.now();
  for (const epochs of runs) progress = trainer.run(epochs);
  return { ...progress, parameters: [...progress.parameters], layers: layers.length };
}));
"""


def points_for(net: Chain, seed: int, count: int = 60) -> Dataset:
    rng = np.random.default_rng(seed)
    classes = net.widths[-1]
    labels = np.concatenate([np.arange(classes), rng.integers(0, classes, count - classes)])
    return Dataset(rng.normal(size=(count, 2)), labels)


def engine_of(net: Chain, data: Dataset, loss: str, penalty: float, evenness: float) -> Engine:
    target = np.eye(net.widths[-1])[data.y]
    engine = Engine(net, data.x, target, LOSSES[loss], penalty=penalty, evenness=evenness)
    engine.parameters[0] = flatten(net)
    return engine


def in_order(net: Chain, row: Floats) -> Floats:
    """Parameters of a row of the engine, weight by weight and bias by bias."""
    return np.concatenate([array.ravel() for array in unflatten(net, row).parameters()])


@pytest.mark.parametrize(
    "seeds", [range(20), pytest.param(range(20, 200), marks=pytest.mark.slow)], ids=["few", "many"]
)
def test_gradients_are_python_s(seeds: range, modules: Path) -> None:
    nets = [random_net(seed, (*STRAIGHT, *SMOOTH)) for seed in seeds]
    nets += [residual_net(seeds.start, "tanh")]
    asked, wanted = [], []
    for k, net in enumerate(nets):
        loss, penalty, evenness = (
            ("mean_squared_error", 0.0, 0.0) if k % 3 == 0 else ("cross_entropy", 0.003, 0.01)
        )
        data = points_for(net, k)
        engine = engine_of(net, data, loss, penalty, evenness)
        losses, gradient = engine.losses_and_gradient()
        wanted.append((losses[0], in_order(net, gradient[0]), engine.accuracies()[0]))
        asked.append(
            {
                "layers": as_layers(net), "x": data.x.ravel().tolist(), "y": data.y.tolist(),
                "loss": loss, "penalties": {"penalty": penalty, "evenness": evenness},
            }
        )  # fmt: skip
    for found, (value, gradient, accuracy) in zip(
        node(GRADIENTS, modules, asked), wanted, strict=True
    ):
        size = 1.0 + np.abs(gradient).max()
        assert found[0] == pytest.approx(value, rel=1e-10)
        assert np.abs(np.array(found[1]) - gradient).max() <= 1e-10 * size
        assert found[2] == accuracy


@pytest.mark.parametrize("optimizer", ["descent", "adam", "lbfgs"])
def test_two_hundred_steps_end_where_python_s_do(optimizer: str, modules: Path) -> None:
    data = wv.load_data("rings", n=300, seed=1)
    nets = [wv.mlp([2, 3, 3, 2], name, seed=2) for name in ("tanh", "relu", "gelu")]
    epochs = 200 if optimizer != "lbfgs" else 30
    asked = [
        {"settings": settings_of(net, data, optimizer), "runs": [epochs - 7, 7]} for net in nets
    ]
    for net, found in zip(nets, node(RUNS, modules, asked), strict=True):
        fit = wv.train(net, data, optimizer=optimizer, epochs=epochs)
        wanted = np.concatenate([array.ravel() for array in fit.chain.parameters()])
        assert found["epoch"] == fit.history.epochs[-1]
        assert np.abs(np.array(found["parameters"]) - wanted).max() <= 1e-6
        assert found["loss"] == pytest.approx(fit.history.losses[-1], rel=1e-6)
        assert fit.history.accuracies is not None
        assert found["accuracy"] == pytest.approx(fit.history.accuracies[-1])


def test_batches_and_momentum_learn_and_a_seed_repeats_them(modules: Path) -> None:
    data = wv.load_data("moons", n=200, seed=0)
    net = wv.mlp([2, 6, 2], "tanh", seed=0)
    asked = [
        {"settings": settings_of(net, data, name, batch=batch, seed=seed), "runs": [60]}
        for name, batch, seed in (
            ("adam", 32, 1), ("adam", 32, 1), ("adam", 32, 2), ("momentum", 0, 1)
        )
    ]  # fmt: skip
    first, again, other, pushed = node(RUNS, modules, asked)
    assert first == again
    assert first["parameters"] != other["parameters"]
    for found in (first, other, pushed):
        assert found["epoch"] == 60
        assert found["accuracy"] > 0.85


def test_what_is_too_fast_is_told(modules: Path) -> None:
    data = wv.load_data("xor", n=40, seed=0)
    net = wv.mlp([2, 4, 2], "square", seed=0)
    asked = [{"settings": settings_of(net, data, "descent", rate=1e6), "runs": [50]}]
    (found,) = node(RUNS.replace("progress.parameters]", "[]]"), modules, asked)
    assert found["diverged"]
    assert found["done"]


def test_fresh_weights_are_drawn_as_python_draws_them(modules: Path) -> None:
    net = wv.mlp([2, 40, 30, 2], ["sigmoid", "relu"], seed=0)
    code = """
const { freshLayers } = await import("./lab/training/fresh.js");
told([1, 1, 2].map((seed) => freshLayers(given[0], seed).map(({ weight, bias }) => (
  { weight: weight && [...weight], bias: bias && [...bias] }))));
"""
    first, again, other = node(code, modules, as_layers(net))
    assert first == again
    assert first != other
    for ours, theirs in zip(
        first, wv.mlp([2, 40, 30, 2], ["sigmoid", "relu"], seed=3), strict=True
    ):
        if isinstance(theirs, Dense):
            weight = np.array(ours["weight"])
            limit = np.abs(theirs.weight).max()
            assert np.abs(weight).max() == pytest.approx(limit, rel=0.1)
            assert weight.std() == pytest.approx(theirs.weight.std(), rel=0.15)
            assert not any(ours["bias"])


GAPS = """
const { knowActivation } = await import("./lab/data/activation.js");
const { gapsTold } = await import("./lab/ui/gaps.js");
const [chains, x] = given;
const data = { points: { x: Float64Array.from(x) }, limits: [-1, 1, -1, 1] };
told(chains.map((layers) => {
  layers.forEach(({ activation }) => knowActivation(activation));
  const { points, sheet } = gapsTold(data, { layers });
  return [points, sheet];
}));
"""
FORMULAS = ["sqrt(z)", "log(z)", "exp(exp(9 + 9*abs(z)))", "1/(z - z)", "z**2", "sqrt(z + 3)",
            "relu", "tanh", "log(max(z, 0.01))"]  # fmt: skip


def test_the_layer_and_the_number_are_told_as_python_tells_them(modules: Path) -> None:
    x = np.random.default_rng(0).uniform(-0.5, 0.5, (40, 2))
    chains = [wv.mlp([2, 3, 2], formula, seed=2) for formula in FORMULAS]
    found = node(GAPS, modules, [layers_of(chain) for chain in chains], x.ravel().tolist())
    for formula, chain, (points, sheet) in zip(FORMULAS, chains, found, strict=True):
        try:
            chain(x)
        except WarpvizError as error:
            told = re.search(r"(is not defined|overflows) at z = (\S+?),", str(error))
            assert told is not None, formula
            assert points.replace("−", "-").startswith(
                f"Layer 1 ({formula}) {told[1]} at z = {told[2]};"
            ), formula
            assert sheet == points
        else:
            assert points == "", formula
    assert [formula for formula, (points, _) in zip(FORMULAS, found, strict=True) if points] == (
        FORMULAS[:4]
    )


def test_a_sheet_may_have_gaps_where_no_points_are(modules: Path) -> None:
    layers = layers_of(wv.Chain([wv.Dense(np.eye(2), np.full(2, 0.7), "sqrt(z)"),
                                 wv.Dense(np.eye(2), np.zeros(2))]))  # fmt: skip
    ((points, sheet),) = node(GAPS, modules, [layers], [0.0, 0.5, -0.5, 0.1])
    assert points == ""
    assert sheet.startswith("Layer 1 (sqrt(z)) is not defined at z = −0.3;")


@pytest.mark.parametrize("optimizer", ["descent", "adam", "lbfgs"])
def test_training_ends_where_weights_are_no_numbers(modules: Path, optimizer: str) -> None:
    # relu hides behind itself what is no number: the loss stays finite.
    code = """
const { knowActivation } = await import("./lab/data/activation.js");
const { trainerOf } = await import("./lab/training/trainer.js");
const { engineLayers } = await import("./lab/ui/network.js");
const [layers, optimizer] = given;
layers.forEach(({ activation }) => knowActivation(activation));
const trainer = trainerOf({ layers: engineLayers(layers), points: Float64Array.of(-1, -1, 1, 1),
  labels: Uint8Array.of(0, 1), loss: "cross_entropy", optimizer, rate: 0.1, batch: 0,
  penalties: { penalty: 0, evenness: 0 }, epochs: 100, seed: 0 });
const { done, diverged, parameters } = trainer.run(3);
told({ done, diverged, finite: parameters.every(Number.isFinite) });
"""
    layers = layers_of(wv.mlp([2, 3, 3, 2], ["sqrt(z)", "relu"], seed=1))
    found = node(code, modules, layers, optimizer)
    assert found["done"] or found["finite"]
    assert found["diverged"] or found["finite"]
