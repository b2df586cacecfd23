"""Sentences of a hundred random nets against scipy's polar factors, random cuts and slopes."""

import re

import numpy as np
import pytest

from tests.geometry.nets import net
from warpviz.arrays import Floats
from warpviz.data import Dataset, load_data
from warpviz.film.options import Staging
from warpviz.film.play import Play
from warpviz.film.words.teaching import lesson
from warpviz.measure.separability import Separator, separate
from warpviz.model import Activation, Chain, Dense

linalg = pytest.importorskip("scipy.linalg")

UNIT = (-1.0, 1.0, -1.0, 1.0)
SHAPES = [
    (2, 2),
    (2, 3, 2),
    (2, 3, 3, 2),
    (2, 2, 2, 2),
    (2, 5, 2),
    (2, 4, 3, 2),
    (2, 1, 2),
    (2, 3, 3),
]
NAMES = ["relu", "tanh", "leaky_relu:0.3", "gelu", "sin", "relu", "sigmoid", "elu"]


def random_case(seed: int) -> tuple[Chain, Dataset]:
    rng = np.random.default_rng(seed)
    widths, name = SHAPES[seed % len(SHAPES)], NAMES[seed // 3 % len(NAMES)]
    chain = net(widths, name, seed=seed)
    kind = ("rings", "xor", "moons", "blobs")[seed % 4]
    data = load_data(kind, n=60 + seed, seed=seed)
    if widths[-1] == 3:
        data = Dataset(data.x, rng.integers(0, 3, len(data)))
    elif data.n_classes > 2:
        data = Dataset(data.x, (data.y > 0).astype(int))
    return chain, data


def about(text: str, value: float) -> bool:
    """Whether a number told with two digits is this one."""
    return abs(float(text) - value) <= 0.06 * abs(value) + 1e-3


def check_affine(words: str, weight: Floats) -> None:
    n_out, n_in = weight.shape
    scales = linalg.svdvals(weight)
    found = re.search(
        r"scales (?:it|the sheet)? ?by ([0-9.e− ]+(?:,? ?(?:and|to|,)? ?[0-9.e−]+)*)", words
    )
    if found:
        told = re.findall(r"[0-9.]+(?:e−?\d+)?", found[1])
        told = [each.replace("−", "-").rstrip(".") for each in told]
        if " to " in found[1]:
            assert about(told[0], scales[-1]) and about(told[-1], scales[0]), words
        elif len(told) == 1:
            assert all(about(told[0], each) for each in scales), words
        else:
            assert len(told) == len(scales), words
            assert all(about(*pair) for pair in zip(told, scales, strict=True)), words
    else:
        assert np.all(np.abs(scales - 1) < 0.06), (words, scales)
    if n_in == n_out:
        turn, _ = linalg.polar(weight)
        assert (np.linalg.det(turn) < 0) == ("flips" in words or "mirrors" in words), words
        angles = np.degrees(np.abs(np.angle(np.linalg.eigvals(turn))))
        found = re.search(r"turns .*?by (?:up to )?(\d+)°", words)
        if found:
            assert abs(int(found[1]) - angles.max()) <= 0.51, (words, angles)
        elif np.linalg.det(turn) > 0:
            assert angles.max() <= 0.51, (words, angles)
    assert ("lifts" in words) == (n_out > n_in), words
    assert ("projects" in words or "flattens" in words) == (n_out < n_in), words


def best_of_random_cuts(state: Floats, labels: np.ndarray, rng: np.random.Generator) -> float:
    """The share that the best of many random cuts gets, a lower bound of the best."""
    spread = state - state.mean(axis=0)
    ways = rng.normal(size=(300, state.shape[1])) / (spread.std(axis=0) + 1e-9)
    best = 0.0
    for way in ways:
        order = np.argsort(spread @ way, kind="stable")
        gain = np.concatenate([[0], np.cumsum(2 * labels[order] - 1)])
        places = (spread @ way)[order]
        free = np.concatenate([[True], np.diff(places) > 1e-9, [True]])
        first = np.count_nonzero(labels == 0)
        right = np.array([len(labels) - first - gain[free], first + gain[free]])
        best = max(best, float(right.max()) / len(labels))
    return best


def check_stop(words: str, state: Floats, data: Dataset, last: bool) -> None:
    rng = np.random.default_rng(0)
    share = re.search(r"([0-9.]+) %", words)
    if last:
        right = float(np.mean(state.argmax(axis=1) == data.y))
        if share:
            assert float(share[1]) <= 100 * right + 1e-9 < float(share[1]) + 0.1, words
        else:
            assert right == 1.0 and "separates" in words, words
        return
    proof = separate(state, data.y)
    assert ("separate" in words) == (
        isinstance(proof, Separator) and proof.check(state, data.y) > 0
    )
    if share and words.startswith("the best"):
        assert best_of_random_cuts(state, data.y, rng) <= float(share[1]) / 100 + 1e-3 + 1e-9, words
    if share:
        assert float(share[1]) < 100.0 and ("fitted" in words or "the best" in words), words


def collapsing(layer: Activation, before: Floats, slope: Floats) -> float:
    """The share of samples (S, D, 2) where the activation takes the area away."""
    after = slope * layer.function.derivative(before)[:, :, None]
    least, then = (
        np.linalg.svd(each, compute_uv=False)[:, 1] if each.shape[1] > 1 else np.zeros(len(each))
        for each in (slope, after)
    )
    return float(np.mean((least > 1e-9) & (then <= 1e-9)))


@pytest.mark.many(quick=1)
@pytest.mark.parametrize("seed", range(100))
def test_every_sentence_of_a_random_net_is_true(seed: int) -> None:
    chain, data = random_case(seed)
    play = Play.of(chain, Staging())
    said = lesson(play, data, UNIT)
    rng = np.random.default_rng(seed)
    points = rng.uniform(-1, 1, size=(1500, 2))
    slope = np.broadcast_to(np.eye(2), (1500, 2, 2))
    for k, (layer, act) in enumerate(zip(play.chain, said.acts, strict=True)):
        states = play.chain[:k](points) if k else points
        for words in act:
            if isinstance(layer, Dense):
                if words == act[0]:
                    check_affine(words, layer.weight)
                continue
            assert isinstance(layer, Activation)
            found = re.search(r"(\d+|all)( %)? collapses", words)
            share = collapsing(layer, states, slope)
            if found:
                told = 100.0 if found[1] == "all" else float(found[1])
                assert abs(told - 100 * share) < 6, (words, share)
            elif words == act[0] and layer.name == "relu" and "one point" not in words:
                assert share < 0.03, (words, share)
        if isinstance(layer, Dense):
            slope = layer.weight @ slope
        elif isinstance(layer, Activation):
            slope = slope * layer.function.derivative(states)[:, :, None]
    for k, (state, stop) in enumerate(zip(play.states(data.x), said.stops, strict=True)):
        last = k == len(play.acts) and k > 0 and state.shape[1] == data.n_classes
        for words in stop[:2]:
            check_stop(words, state, data, last)
