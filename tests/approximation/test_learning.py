"""The published recipe and interrupted runs: numpy and PyTorch are the oracles."""

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

import warpviz as wv
from warpviz.approximation.film import animate_approximation
from warpviz.approximation.learning import approximate, fresh
from warpviz.approximation.targets import target_of
from warpviz.errors import WarpvizError
from warpviz.training.online import Online, learning, moments

REFERENCE = json.loads((Path(__file__).parents[1] / "reference.json").read_text())["approximation"]


@pytest.mark.slow
@pytest.mark.parametrize("seed", [0, 1, 2])
def test_the_published_recipe_learns_exp(seed: int) -> None:
    found = approximate(target_of("exp"), seed=seed)
    assert [found.chain.widths[0], *(layer.n_out for layer in found.chain)] == REFERENCE["widths"]
    assert {layer.activation for layer in found.chain} == {"leaky_relu:0.2"}  # type: ignore[union-attr]
    x = np.linspace(0, 1, 100)
    assert np.abs(found.chain(x[:, None])[:, 0] - np.exp(x)).max() <= 0.01
    published = REFERENCE["published_value_at_0.2"]
    assert found(0.2) == pytest.approx(published["exp"], abs=0.01)
    assert len(found.run.losses) == REFERENCE["iterations"]
    assert found.run.losses[-100:].mean() < 1e-4 < found.run.losses[0]


def test_what_stands_behind_the_last_layer_can_be_chosen() -> None:
    target = target_of("exp")
    free = fresh((4, 3), "tanh", target.limits, 0, "identity")
    bound = fresh((4, 3), "tanh", target.limits, 0)
    names = [[layer.activation for layer in chain] for chain in (free, bound)]  # type: ignore[union-attr]
    assert names == [["tanh", "tanh", "identity"], ["tanh"] * 3]
    for one, two in zip(free.parameters(), bound.parameters(), strict=True):
        np.testing.assert_array_equal(one, two)
    quick: Any = {"layers": (4,), "activation": "tanh", "steps": 300, "rate": 0.02}
    found = approximate(target, output_activation="identity", **quick)
    # A tanh behind the last layer ends at 1, and exp at e.
    assert found.error() < 0.5 < math.e - 1 < approximate(target, **quick).error()
    assert "tanh and identity last, batch 100" in found.run.settings
    same = approximate(target, output_activation="tanh", **quick | {"steps": 1})
    assert "and" not in same.run.settings
    assert "tanh and identity last, batch 100, rate 0.02, seed 0, 300 steps" in (
        animate_approximation(found, seconds=1.0, fps=4.0, size=(480, 240)).description
    )


@pytest.mark.slow
def test_each_step_is_adams_as_pytorch_has_it() -> None:
    target = target_of("sin")
    chain = fresh((4, 3), "tanh", target.limits, 0)
    run = Online.start(chain, 0)
    *_, run = learning(run, lambda rng: target.draw(rng, 20), steps=7, rate=0.01)
    module = chain.to_torch().double()
    with torch.no_grad():
        for mine, theirs in zip(chain.parameters(), module.parameters(), strict=True):
            theirs.copy_(torch.tensor(mine))
    optimizer = torch.optim.Adam(module.parameters(), 0.01)
    rng = np.random.default_rng(0)
    rng.bit_generator.state = Online.start(chain, 0).random
    for _ in range(7):
        x, y = (torch.tensor(value) for value in target.draw(rng, 20))
        optimizer.zero_grad()
        ((module(x) - y) ** 2).mean().backward()
        optimizer.step()
    for mine, theirs in zip(run.chain.parameters(), module.parameters(), strict=True):
        np.testing.assert_allclose(mine, theirs.detach(), rtol=1e-9, atol=1e-12)


def test_an_interrupted_run_goes_on_bit_for_bit(tmp_path: Path) -> None:
    target = target_of("abs")
    whole = approximate(target, steps=300, store=tmp_path / "whole.npz")

    def stop(run: Online) -> None:
        if run.step == 100:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        approximate(target, steps=300, store=tmp_path / "cut.npz", watch=stop)
    assert len(wv.load_model(tmp_path / "cut.npz")) == 3
    again = approximate(target, steps=300, store=tmp_path / "cut.npz", resume=True)
    assert np.array_equal(again.run.parameters, whole.run.parameters)
    assert np.array_equal(again.run.losses, whole.run.losses)
    assert np.array_equal(again.run.kept, whole.run.kept)
    assert (tmp_path / "cut.npz").read_bytes() == (tmp_path / "whole.npz").read_bytes()
    with pytest.raises(WarpvizError, match="made with other settings"):
        approximate(target, steps=300, rate=0.01, store=tmp_path / "cut.npz", resume=True)
    wv.save_model(wv.mlp([1, 2, 1], softmax=False), tmp_path / "no.npz")
    with pytest.raises(WarpvizError, match="holds no run"):
        approximate(target, steps=300, store=tmp_path / "no.npz", resume=True)


def test_a_linear_chain_fits_a_line_whatever_its_depth() -> None:
    target = target_of("abs")
    x = np.linspace(-1, 1, 50)
    for layers in ((2,), (8, 8, 8)):
        found = approximate(target, layers=layers, activation="identity", steps=600, rate=0.01)
        y = found.chain(x[:, None])[:, 0]
        line = np.polyval(np.polyfit(x, y, 1), x)
        np.testing.assert_allclose(y, line, atol=1e-12)
        assert y.mean() == pytest.approx(0.5, abs=0.1)


def test_early_steps_are_kept_closer_together() -> None:
    kept = moments(10_000)
    assert kept[0] == 0 and kept[-1] == 10_000 and 40 < len(kept) <= 60
    assert np.all(np.diff(np.diff(kept)) >= -1)
