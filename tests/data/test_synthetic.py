import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warpviz.arrays import Floats
from warpviz.data import DATASETS, classic_plot_data, load_data
from warpviz.errors import WarpvizError

REFERENCE = json.loads((Path(__file__).parents[1] / "reference.json").read_text(encoding="utf-8"))
NAMES = [*DATASETS, "spirals:3", "spirals:5", "blobs:4", "blobs:7"]


def rays(ring: dict[str, Any]) -> Floats:
    """The reference's own words, as loops."""
    points = []
    for t in np.linspace(0, 2 * np.pi, ring["n_t"]):
        for r in np.linspace(ring["r_min"], ring["r_max"], ring["n_r"]):
            points.append((r * np.sin(t), r * np.cos(t)))
    return np.array(points)


def test_rings_are_the_originals_points_in_its_order() -> None:
    train = REFERENCE["classic"]["train"]
    data = load_data("rings")
    assert len(data) == train["points"] == 1800
    for label, name in enumerate(("class_1", "class_2")):
        assert np.allclose(data.x[data.y == label], rays(train[name]), rtol=0, atol=1e-15)
    assert (np.diff(data.y) >= 0).all()


def test_plotted_rings_are_the_originals_points() -> None:
    classic = REFERENCE["classic"]
    data = classic_plot_data()
    for label, name in enumerate(("class_1", "class_2")):
        ring = {**classic["train"][name], **classic["plot"][name]}
        assert np.allclose(data.x[data.y == label], rays(ring), rtol=0, atol=1e-15)
    assert data.class_names == ("label1", "label2")


@pytest.mark.parametrize("name", NAMES)
def test_every_data_set_fits_the_sheet_and_has_even_classes(name: str) -> None:
    data = load_data(name, seed=3)
    assert data.x.shape == (1800, 2) and np.abs(data.x).max() <= 1.1
    assert data.n_classes == int(name.partition(":")[2] or DATASETS[name].classes or 2)
    counts = np.bincount(data.y)
    assert len(counts) == data.n_classes and counts.max() - counts.min() <= 1


@settings(derandomize=True, deadline=None, max_examples=40)
@given(st.sampled_from(NAMES), st.integers(12, 300), st.integers(0, 100))
def test_n_is_exact_and_seeds_repeat(name: str, n: int, seed: int) -> None:
    one, two = load_data(name, n=n, seed=seed), load_data(name, n=n, seed=seed)
    assert one.x.shape == (n, 2) and one.n_classes == len(np.unique(one.y))
    assert np.array_equal(one.x, two.x)


@pytest.mark.parametrize("name", NAMES)
def test_noise_has_the_size_that_was_asked_for(name: str) -> None:
    clean, noisy = load_data(name, noise=0.0), load_data(name, noise=0.1)
    moved = noisy.x - clean.x  # the same seed makes the same points first
    assert moved.std() == pytest.approx(0.1, rel=0.05)
    assert abs(moved.mean()) < 0.01


def test_shapes_are_what_their_names_say() -> None:
    for name, inner, outer in (("circles", 0.4, 0.9),):
        data = load_data(name, noise=0.0)
        r = np.hypot(*data.x.T)
        assert np.allclose(r[data.y == 0], inner) and np.allclose(r[data.y == 1], outer)
    xor = load_data("xor")
    assert np.array_equal(xor.y == 1, xor.x[:, 0] * xor.x[:, 1] < 0)
    board = load_data("checkerboard")
    squares = np.floor((board.x + 1) / 0.5).astype(int)
    assert np.array_equal(squares.sum(axis=1) % 2, board.y)
    assert len(np.unique(squares, axis=0)) == 16
    arms = load_data("spirals:3", noise=0.0)
    # Turned by a third of a circle, every arm lies on the curve of the next.
    r, t = np.hypot(*arms.x.T), np.arctan2(arms.x[:, 1], arms.x[:, 0])
    phase = t - 2 * np.pi * ((r - 0.08) / 0.87) - 2 * np.pi * arms.y / 3
    assert np.allclose(np.cos(phase), 1.0)


@pytest.mark.parametrize(
    ("name", "keywords", "message"),
    [
        ("ring", {}, "Unknown data set 'ring'; did you mean 'rings'?"),
        ("zzz", {}, "choose one of blobs, checkerboard"),
        ("rings:3", {}, "'rings' takes no number"),
        ("spirals:1", {}, "a number from 2 to 12"),
        ("blobs:x", {}, "a number from 3 to 12"),
        ("blobs", {"n": 2}, "whole number from 3, got 2"),
        ("rings", {"n": 0}, "whole number from 2, got 0"),
        ("rings", {"n": 10.5}, "n to be a whole number or None, got 10.5"),
        ("rings", {"noise": -1.0}, "noise of 0 or more, got -1.0"),
        ("rings", {"noise": np.nan}, "noise of 0 or more, got nan"),
    ],
)
def test_errors(name: str, keywords: dict[str, Any], message: str) -> None:
    with pytest.raises(WarpvizError, match=re.escape(message)):
        load_data(name, **keywords)
