"""The lines along which a sentence says that a sheet bends, against corners, regions and slopes."""

import re
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.film.words.lessons.told import CORNERS, UNIT, told
from tests.geometry.nets import net, straight_chains
from warpviz.geometry.straight.regions import linear_regions
from warpviz.model import ACTIVATIONS, Activation, Chain, Dense


def count_in(sentence: str) -> int:
    found = re.search(r"along (\d+) ", sentence)
    return int(found[1]) if found else 0


@pytest.mark.slow
@given(st.integers(0, 2000), st.integers(1, 6), st.sampled_from(["relu", "leaky_relu:0.3"]))
@settings(derandomize=True, deadline=None, max_examples=60)
def test_a_line_crosses_the_sheet_where_its_corners_are_on_both_sides(
    seed: int, units: int, name: str
) -> None:
    chain = net((2, units, 2), name, seed=seed)
    first = chain[0]
    assert isinstance(first, Dense)
    z = first.affine(CORNERS)
    crossing = int(np.count_nonzero((z.min(axis=0) < 0) & (z.max(axis=0) > 0)))
    sentence = told(chain).acts[1][0]
    assert count_in(sentence) == crossing
    assert ("bends along" in sentence) == (name != "relu" and crossing > 0)


@pytest.mark.slow
@given(straight_chains())
@settings(derandomize=True, deadline=None, max_examples=40)
def test_deep_creases_are_those_of_the_regions(chain: Chain) -> None:
    steps = chain.split()
    found = linear_regions(steps, UNIT)
    assert found is not None
    for k, layer in enumerate(steps):
        if isinstance(layer, Activation):
            units = {line.unit for line in found.creases if line.layer == k}
            # Copied units crease in the same places: one line.
            places = {
                frozenset(
                    frozenset(pair)
                    for line in found.creases
                    if (line.layer, line.unit) == (k, unit)
                    for pair in pairwise(line.vertices.tolist())
                )
                for unit in units
            }
            said = count_in(told(chain).acts[k][0])
            assert said == len(places), (k, told(chain).acts[k])


@pytest.mark.slow
@given(st.integers(0, 500), st.sampled_from(["gelu", "silu", "sin", "gelu_tanh"]))
@settings(derandomize=True, deadline=None, max_examples=40)
def test_smooth_folds_are_where_the_slope_changes_its_sign(seed: int, name: str) -> None:
    chain = net((2, 4, 2), name, seed=seed)
    first = chain[0]
    assert isinstance(first, Dense)
    z = first.affine(CORNERS)
    count = 0
    for low, high in zip(z.min(axis=0), z.max(axis=0), strict=True):
        slope = ACTIVATIONS[name].derivative(np.linspace(low, high, 20_001))
        assume(min(abs(slope[0]), abs(slope[-1])) > 1e-3)
        count += int(np.count_nonzero(slope[1:] * slope[:-1] < 0))
    sentence = told(chain).acts[1][0]
    assert count_in(sentence) == count
    assert ("nothing folds" in sentence) == (count == 0)


@pytest.mark.slow
@given(st.integers(0, 500))
@settings(derandomize=True, deadline=None, max_examples=30)
def test_creases_after_a_smooth_layer_are_where_units_change_their_sign(seed: int) -> None:
    rng = np.random.default_rng(seed)
    chain = Chain([*net((2, 3, 3), "tanh", seed=seed).split(), Activation("relu"), net((3, 2))[0]])
    mesh = rng.uniform(-1, 1, size=(20_000, 2))
    z = chain[:3](mesh)
    low, high = z.min(axis=0), z.max(axis=0)
    # Whether a unit that only just changes its sign does so, a sample cannot tell.
    assume(np.minimum(np.abs(low), np.abs(high)).min() > 0.05)
    assert count_in(told(chain).acts[3][0]) == np.count_nonzero((low < 0) & (high > 0))
