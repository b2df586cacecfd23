"""The lines of snapshots: those of each by itself, and of lines without number some, told."""

from typing import cast

import numpy as np
import pytest

from warpviz.film.learners import Record
from warpviz.film.recorder import Recorder
from warpviz.film.training import animate_training
from warpviz.geometry import creased
from warpviz.geometry.creased import MOST_VERTICES, final_lines, lines_of_snapshots, share_of
from warpviz.geometry.sheet import BOUNDARY
from warpviz.model import Chain, mlp

SQUARE = (-1.0, 1.0, -1.0, 1.0)


def grown(activation: str, factor: float, width: int = 4) -> Chain:
    chain = mlp([2, width, width, 2], activation, seed=0)
    return chain.with_parameters([factor * each for each in chain.parameters()])


@pytest.mark.parametrize("activation", ["relu", "gelu", "sin"])
def test_of_few_lines_all_are_drawn_each_with_its_snapshot(activation: str) -> None:
    chains = [grown(activation, factor) for factor in (1.0, 1.5)]
    found = lines_of_snapshots(chains, SQUARE)
    assert not found.left_out
    for number, chain in enumerate(chains):
        alone = final_lines(chain, SQUARE)
        own = [line for line in found.polylines if line.keyframe == number]
        assert len(own) == len(alone.polylines)
        for line, other in zip(own, alone.polylines, strict=True):
            assert (line.kind, line.layer, line.unit) == (other.kind, other.layer, other.unit)
            np.testing.assert_array_equal(
                found.vertices[line.vertices], alone.vertices[other.vertices]
            )


@pytest.mark.slow
def test_of_waves_without_number_some_are_drawn_and_the_rest_is_told() -> None:
    chains = [grown("sin", factor) for factor in (1.0, 300.0)] * 10
    found = lines_of_snapshots(chains, SQUARE)
    assert len(found.vertices) <= MOST_VERTICES
    told = {one.layer: one for one in found.left_out}
    assert {0, 1} <= set(told)
    for layer, one in told.items():
        kind = "boundary" if layer == BOUNDARY else "crease"
        most = max(
            sum(line.kind == kind and line.layer == layer for line in found.polylines
                if line.keyframe == number)
            for number in range(1, len(chains), 2)
        )  # fmt: skip
        assert one.drawn < one.least and (layer == BOUNDARY or most <= max(one.drawn, 1) * 2)


def test_a_small_share_leaves_lines_out_evenly(monkeypatch: pytest.MonkeyPatch) -> None:
    chain = grown("relu", 1.0, width=16)
    whole = final_lines(chain, SQUARE)
    monkeypatch.setattr(creased, "MOST_VERTICES", len(whole.vertices) // 2)
    found = lines_of_snapshots([chain], SQUARE)
    assert len(found.vertices) <= max(len(whole.vertices) // 2, 500)


def test_shares_shrink_with_snapshots_and_with_what_they_multiply() -> None:
    few, many = (share_of([mlp([2, 8, 2])] * count) for count in (4, 40))
    assert (
        many.vertices < few.vertices
        and many.folds
        and few.folds
        and many.folds.crossed < few.folds.crossed
    )
    wide = share_of([mlp([2, 2000, 2])] * 40)
    assert wide.vertices < many.vertices and wide.units and many.units and wide.units < many.units


@pytest.mark.slow
def test_a_film_of_wild_sines_tells_what_is_missing() -> None:
    kept = Recorder()
    for epoch, factor in enumerate((1.0, 40.0, 400.0)):
        kept.snapshot(0.5, epoch, model=grown("sin", factor))
    data = np.random.default_rng(0).normal(size=(40, 2))
    labels = (data[:, 0] > 0).astype(int)
    film = animate_training(cast(Record, kept), data, labels, size=(320, 240), seconds=1.0, fps=4)
    told = " ".join(film.notes)
    assert "bends the sheet along at least" in told and "are drawn" in told
