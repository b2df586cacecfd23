"""Python's side of the player: what is shipped, and how small it is."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.scenes import panel_of
from warpviz.data import load_data
from warpviz.film.build import animate, compare
from warpviz.film.classic import classic_film
from warpviz.model import ACTIVATIONS, mlp
from warpviz.motion.timeline import Timeline
from warpviz.player.engine import engine_source
from warpviz.player.packing import KINDS, pack, quantised, unpack, whole_numbers
from warpviz.player.payload import payload, timeline_tree
from warpviz.training.classic import classic_start

RINGS = load_data("rings", seed=0)


@st.composite
def arrays(draw: st.DrawFn) -> npt.NDArray[Any]:
    kind = draw(st.sampled_from(sorted(KINDS)))
    shape = draw(st.lists(st.integers(0, 4), min_size=1, max_size=3))
    rng = np.random.default_rng(draw(st.integers(0, 99)))
    values = rng.normal(0, 1e3, shape)
    if kind.startswith("u"):
        top = float(2 ** (8 * int(kind[1])) - 1)
        values = np.clip(np.abs(values) * top / 3e3, 0, top)
    return values.astype(KINDS[kind])


TREES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**40), 2**40) | st.text() | arrays(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text().filter(lambda key: key != "$"), inner, max_size=3)
    ),
    max_leaves=6,
)


def same(a: Any, b: Any) -> bool:
    if isinstance(a, np.ndarray):
        return a.dtype == b.dtype and a.shape == b.shape and np.array_equal(a, b)
    if isinstance(a, dict):
        return list(a) == list(b) and all(same(a[key], b[key]) for key in a)
    if isinstance(a, list):
        return len(a) == len(b) and all(map(same, a, b))
    return bool(a == b)


@pytest.mark.slow
@settings(derandomize=True, deadline=None)
@given(TREES)
def test_what_is_packed_is_unpacked(tree: Any) -> None:
    assert same(tree, unpack(pack(tree)))


def test_whole_numbers_take_the_smallest_type() -> None:
    for top, kind in ((0, "u1"), (255, "u1"), (256, "u2"), (65535, "u2"), (65536, "u4")):
        assert whole_numbers([0, top]).dtype == KINDS[kind]
    assert len(whole_numbers([])) == 0


def test_keyframes_are_quantised_to_a_step_of_their_box() -> None:
    keyframes = np.random.default_rng(0).normal(0, 5, (3, 50, 3))
    keyframes[1, :, 2] = 4.0
    tree = quantised(keyframes)
    back = tree["low"][:, :, None] + tree["span"][:, :, None] * tree["steps"] / 65535
    error = np.abs(back.transpose(0, 2, 1) - keyframes)
    assert (error <= tree["span"][:, None] / 65535 / 2 + 1e-12).all()
    np.testing.assert_array_equal(back[1, 2], 4.0)


def test_a_film_is_shipped_as_its_chain_and_its_sheet() -> None:
    chain = mlp([2, 3, 3, 2], "tanh", seed=1)
    film = animate(chain, RINGS)
    panel = panel_of(film)
    tree = unpack(payload(film))
    shipped = tree["panels"][0]
    played = chain.logits().split()
    assert [layer["activation"] for layer in shipped["origin"]["layers"]] == [
        "identity", "tanh", "identity", "tanh", "identity",
    ]  # fmt: skip
    weights = [each["weight"] for each in shipped["origin"]["layers"] if each["weight"] is not None]
    for here, there in zip(weights, played.parameters()[::2], strict=True):
        np.testing.assert_array_equal(here, there)
    np.testing.assert_array_equal(shipped["input"].T, panel.sheet.vertices.astype(np.float32))
    np.testing.assert_array_equal(shipped["sheet"]["corners"], panel.sheet.corners)
    np.testing.assert_array_equal(np.cumsum(shipped["sheet"]["sizes"]), panel.sheet.offsets[1:])
    np.testing.assert_allclose(shipped["sheet"]["chances"] / 65535, panel.chances, atol=1e-5)
    assert shipped["keyframes"] is None
    assert shipped["stops"] == list(panel.stops)
    assert tree["class_names"] == list(RINGS.class_names)


@pytest.mark.slow
def test_a_large_model_is_shipped_as_keyframes() -> None:
    film = animate(mlp([2, 256, 256, 2], "tanh"), RINGS, view="2d", size=(240, 180))
    panel = panel_of(film)
    shipped = unpack(payload(film))["panels"][0]
    assert shipped["origin"] is None
    steps = shipped["keyframes"]["steps"]
    assert steps.shape == (len(panel.stops), 3, panel.path.keyframes.shape[1])


def test_the_timeline_keeps_its_length() -> None:
    for timeline in (Timeline(3), Timeline(0), Timeline(2, 0.5, 0.0, 7), Timeline.classic(4, 3)):
        tree = timeline_tree(timeline)
        assert len(tree["holds"]) == len(tree["moving"]) + 1 == timeline.acts + 1
        total = sum(tree["holds"]) + sum(tree["moving"])
        assert total == pytest.approx(timeline.total_seconds)


def test_equal_films_have_equal_payloads() -> None:
    films = [animate(mlp([2, 3, 2], "relu", seed=4), RINGS, size=(240, 180)) for _ in range(2)]
    assert payload(films[0]) == payload(films[1])


@pytest.mark.slow
def test_payloads_are_small() -> None:
    code = len(engine_source(ACTIVATIONS))
    for name in ("relu", "tanh", "gelu"):
        film = animate(mlp([2, 3, 3, 3, 2], ["identity", name, name], seed=0), RINGS)
        size = len(payload(film))
        print(f"{name}: {size / 1000:.0f} kB and {code / 1000:.0f} kB of engine")
        # 100 kB are left for the page around it.
        assert size + code < 500_000
    chains = {name: mlp([2, 3, 3, 3, 2], name) for name in ("relu", "tanh", "gelu")}
    three = len(payload(compare(chains, RINGS)))
    print(f"three: {three / 1000:.0f} kB")
    assert three + code < 1_400_000
    classic = len(payload(classic_film(classic_start("tanh"))))
    print(f"classic: {classic / 1000:.0f} kB")
    assert classic + code < 900_000
