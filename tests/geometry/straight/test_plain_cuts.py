"""Compiled cuts are those of numpy to the last bit."""

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given

from tests.examples import examples
from tests.geometry.nets import UNIT, cut, straight_chains
from warpviz import compiled
from warpviz.arrays import Floats
from warpviz.geometry.straight.cutting import bend, split
from warpviz.geometry.straight.pieces import CLOSE, FAINT, Pieces, subdivide
from warpviz.geometry.straight.polygons import Polygons, rectangle
from warpviz.model import Chain, Dense

KERNELS = compiled.find()


def in_numpy(work: Callable[[], Any]) -> Any:
    """What numpy makes of it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(compiled, "KERNELS", None)
        return work()


def assert_same(ours: Polygons, theirs: Polygons) -> None:
    np.testing.assert_array_equal(ours.corners, theirs.corners)
    np.testing.assert_array_equal(ours.offsets, theirs.offsets)
    assert ours.points.tobytes() == theirs.points.tobytes()
    assert ours.corners.dtype == theirs.corners.dtype and ours.offsets.dtype == np.intp


def graph_of_values(rng: np.random.Generator) -> tuple[Polygons, Floats, Floats, float]:
    """A tiling, values at its vertices that are not affine, and what counts as near."""
    polygons = rectangle(UNIT, int(rng.integers(1, 7)))
    for _ in range(rng.integers(0, 4)):
        a, b, c = rng.normal(size=3)
        polygons = in_numpy(lambda: cut(polygons, a, b, c / 3)).polygons  # noqa: B023
    z = rng.normal(size=len(polygons.points)) * 10.0 ** rng.integers(-300, 300)
    z[rng.uniform(size=len(z)) < 0.3] = 0.0
    if rng.uniform() < 0.3:
        z = np.rint(z / np.abs(z).max())
    steepness = rng.uniform(size=len(polygons)) * np.abs(z).max()
    return polygons, z, steepness, float(rng.choice([0.0, 1e-13, 0.3]))


@pytest.mark.parametrize("first", [pytest.param(0), pytest.param(60, marks=pytest.mark.slow)])
def test_any_values_are_cut_the_same(first: int) -> None:
    for seed in range(first, 60 if not first else 1500):
        polygons, z, slopes, close = graph_of_values(np.random.default_rng(seed))
        ours = split(polygons, z, slopes, close=close)
        theirs = in_numpy(lambda: split(polygons, z, slopes, close=close))  # noqa: B023
        assert_same(ours.polygons, theirs.polygons)
        np.testing.assert_array_equal(ours.parents, theirs.parents)
        np.testing.assert_array_equal(ours.sides, theirs.sides)


def random_chain(rng: np.random.Generator) -> Chain:
    """Of all kinds, with dead units, copies, lines through corners, no weights, huge scales."""
    widths = [2, *rng.integers(1, 9, rng.integers(1, 4)).tolist(), 2]
    names = ["relu", "leaky_relu:0.2", "leaky_relu:-1", "hardtanh", "step", "relu6"]
    layers = []
    for m, n in pairwise(widths):
        weight, bias = rng.normal(size=(n, m)), rng.normal(size=n) * 0.5
        match rng.integers(0, 7):
            case 0:
                weight, bias = np.rint(weight), np.rint(2 * bias) / 2
            case 1:
                bias[:] = 0.0
            case 2:
                of, scale = rng.integers(n, size=n), rng.choice([1.0, -1.0, 3.0], size=n)
                weight, bias = weight[of] * scale[:, None], bias[of] * scale
            case 3:
                weight[rng.integers(n)] = 0.0
            case 4:
                scale = 10.0 ** rng.integers(-40, 40)
                weight, bias = weight * scale, bias * scale
            case 5:
                bias[rng.integers(n)] = -1e3
        layers.append(Dense(weight, bias, str(rng.choice(names)) if n != 2 else "identity"))
    return Chain(layers)


def assert_same_pieces(ours: Pieces | None, theirs: Pieces | None) -> None:
    assert ours is not None and theirs is not None
    assert_same(ours.polygons, theirs.polygons)
    np.testing.assert_array_equal(ours.codes, theirs.codes)
    assert ours.maps.tobytes() == theirs.maps.tobytes()
    assert ours.counts == theirs.counts


@pytest.mark.parametrize("first", [pytest.param(0), pytest.param(30, marks=pytest.mark.slow)])
def test_networks_have_the_same_pieces(first: int) -> None:
    for seed in range(first, 30 if not first else 500):
        rng = np.random.default_rng(seed)
        chain, paper = random_chain(rng), rectangle(UNIT, int(rng.integers(1, 5)))
        ours = subdivide(chain, paper)
        theirs = in_numpy(lambda: subdivide(chain, paper))  # noqa: B023
        assert_same_pieces(ours, theirs)


@examples(30)
@given(straight_chains())
def test_chains_full_of_coincidences_have_the_same_pieces(chain: Chain) -> None:
    ours = subdivide(chain, rectangle(UNIT))
    assert_same_pieces(ours, in_numpy(lambda: subdivide(chain, rectangle(UNIT))))


def test_too_many_polygons_are_none_for_both() -> None:
    chain = Chain([Dense(np.eye(2)[[0, 1, 0, 1]], np.array([0.0, 0.1, 0.2, 0.3]), "relu")])
    for most, found in ((8, False), (9, True)):
        assert (subdivide(chain, rectangle(UNIT), most=most) is not None) is found
        theirs = in_numpy(lambda: subdivide(chain, rectangle(UNIT), most=most))  # noqa: B023
        assert (theirs is not None) is found


def test_a_unit_has_more_levels_than_a_code_can_tell_the_kernels() -> None:
    square = rectangle(UNIT)
    z = square.points[:, :1]
    carrying = Polygons(np.hstack([square.points, z, np.abs(z)]), square.corners, square.offsets)
    maps = np.array([[[1.0], [0.0], [0.0]]])
    levels = np.linspace(-0.9, 0.9, 63).tolist()
    ours = bend(carrying, maps, levels, close=CLOSE, faint=FAINT, most=100)
    assert ours is not None and len(ours[0]) == 64
    assert sorted(ours[2].ravel().tolist()) == list(range(0, 127, 2))


def good_cuts() -> Iterator[tuple[str, tuple[Any, ...]]]:
    """Calls as they are made, for those who change something in them."""
    rng = np.random.default_rng(3)
    polygons, z, steepness, _ = graph_of_values(rng)
    topology = polygons.corners.astype(np.int64), polygons.offsets.astype(np.int64)
    yield "split", (*topology, z, steepness, 1e-13)
    points = np.hstack([polygons.points[:, :2], rng.normal(size=(len(z), 3)), np.ones((len(z), 3))])
    maps = rng.normal(size=(len(polygons), 3, 3))
    yield "bend", (points, *topology, maps, np.array([-0.5, 0.5]), 1e-13, 1e-13, 400)


WRONG: dict[str, Callable[[Any], Any]] = {
    "corners": lambda a: np.where(np.arange(len(a)) == 3, 10**6, a),
    "negative": lambda a: np.where(np.arange(len(a)) == 3, -1, a),
    "floats": lambda a: a.astype(np.float64),
    "short": lambda a: a[:-1],
    "none": lambda a: None,
    "strided": lambda a: np.repeat(a, 2)[::2],
}


@pytest.mark.compiled
@pytest.mark.skipif(KERNELS is None, reason="needs a C compiler")
@pytest.mark.parametrize("name", ["split", "bend"])
@pytest.mark.parametrize("wrong", WRONG)
def test_what_would_harm_is_refused(name: str, wrong: str) -> None:
    arguments = dict(good_cuts())[name]
    kernel = getattr(KERNELS, name)
    assert kernel(*arguments) is not None
    first = 0 if name == "split" else 1
    for place in (first, first + 1):
        changed = list(arguments)
        changed[place] = WRONG[wrong](arguments[place])
        with pytest.raises((ValueError, TypeError, BufferError)):
            kernel(*changed)
