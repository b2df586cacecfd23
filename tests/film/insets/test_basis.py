"""The unit vectors of affine acts: determinants of numpy, closed forms, and the sheet itself."""

import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

import warpviz as wv
from tests.film.insets.maps import MAPS, dense
from tests.scenes import panel_of
from warpviz.errors import WarpvizError
from warpviz.film.insets.basis import _lengths
from warpviz.model import Activation, Chain, Dense
from warpviz.motion.trajectory import Trajectory
from warpviz.picture.marks.basis import Basis, outline, shown_bases

RINGS = wv.load_data("rings", n=120, seed=0)
WEIGHTS = [layer.weight for layer in MAPS if isinstance(layer, Dense)]
SMALL: dict[str, Any] = {"size": (320, 240), "show": ("basis",)}


def bases(film: wv.Animation) -> list[Basis]:
    found = [basis for basis in panel_of(film).bases if basis is not None]
    assert len(found) == len(panel_of(film).acts)
    return found


def value(basis: Basis, t: float) -> float:
    return basis.value(basis.path.at(0, t))


def test_the_numbers_at_the_ends_are_those_of_the_matrices() -> None:
    mirror, lifts, space, falls = bases(wv.animate(MAPS, RINGS, **SMALL))
    assert value(mirror, 1.0) == pytest.approx(np.linalg.det(WEIGHTS[0]))
    assert value(lifts, 1.0) == pytest.approx(np.sqrt(np.linalg.det(WEIGHTS[1].T @ WEIGHTS[1])))
    assert value(space, 1.0) == pytest.approx(np.linalg.det(WEIGHTS[2]))
    assert value(falls, 1.0) == pytest.approx(0.0, abs=1e-6) and falls.end == 0.0
    for basis in (mirror, lifts, space, falls):
        assert value(basis, 0.0) == pytest.approx(1.0)
        assert basis.end == pytest.approx(value(basis, 1.0), abs=1e-6)
    assert (
        mirror.told(mirror.end) == "det = −1.44" and falls.told(0.0) == "volume = 0.00, rank 3 → 2"
    )
    assert lifts.told(1.5).startswith("area = 1.5")


@pytest.mark.parametrize("t", [0.0, 0.3, 0.8, 0.99])
def test_on_the_way_stretches_go_evenly_to_the_singular_values(t: float) -> None:
    # A(t) = R(t)·((1 − t)·I + t·P): R(t) keeps areas, P has the singular values, and 0.
    turns = Chain([dense([[0.2, -1.4], [0.9, 0.5]], [1.0, 0.0]), *MAPS.layers[1:]])
    turn, lifts, _, falls = bases(wv.animate(turns, RINGS, **SMALL))
    for basis, weight in ((turn, turns[0].weight), (lifts, WEIGHTS[1])):  # type: ignore[union-attr]
        stretches = np.linalg.svd(weight, compute_uv=False)
        assert value(basis, t) == pytest.approx(np.prod((1 - t) + t * stretches))
    stretches = np.linalg.svd(WEIGHTS[3], compute_uv=False)
    assert value(falls, t) == pytest.approx((1 - t) * np.prod((1 - t) + t * stretches))


def test_a_mirror_goes_through_nothing_once() -> None:
    mirror, _, space, _ = bases(wv.animate(MAPS, RINGS, **SMALL))
    assert value(mirror, 0.5) == pytest.approx(0.0, abs=1e-12)
    for basis in (mirror, space):
        signs = np.sign([value(basis, t) for t in np.linspace(0, 1, 41) if abs(t - 0.5) > 1e-9])
        assert np.count_nonzero(np.diff(signs)) == 1


def test_straight_lines_have_the_determinant_of_the_mixture() -> None:
    mirror, *_ = bases(wv.animate(MAPS, RINGS, motion="lerp", **SMALL))
    for t in (0.2, 0.7):
        mixed = (1 - t) * np.eye(2) + t * WEIGHTS[0]
        assert value(mirror, t) == pytest.approx(np.linalg.det(mixed))


def test_tips_go_where_points_of_the_sheet_there_go() -> None:
    basis = bases(wv.animate(MAPS, RINGS, **SMALL))[0]
    tips = basis.path.keyframes[0, :, :2]
    path = Trajectory.through(MAPS, tips)
    for k, t in ((0, 0.3), (0, 1.0), (1, 0.05)):
        here = basis.path.at(k, t)
        np.testing.assert_allclose(here, path.at(k, t)[:, :3], atol=1e-12)
    assert basis.length == 1.0 and tips.tolist() == [[0, 0], [1, 0], [0, 1]]


@pytest.mark.parametrize(("scale", "middle"), [(100.0, 500.0), (1e-3, 0.0), (1.0, 0.9)])
def test_vectors_stay_in_the_picture(scale: float, middle: float) -> None:
    data = wv.Dataset(RINGS.x * scale + middle, RINGS.y)
    film = wv.animate(MAPS, data, **SMALL)
    panel = panel_of(film)
    for k, basis in enumerate(panel.bases):
        assert basis is not None
        for t in np.linspace(0, 1, 23):
            points = np.concatenate([basis.path.at(0, t), *outline(basis.path.at(0, t))])
            lens, _, _ = panel.camera.look(panel.path.at(k, t), k, t)
            places, _ = lens.project(points)
            safe = panel.layout.safe
            assert (places >= [safe.x0, safe.y0]).all() and (places <= [safe.x1, safe.y1]).all()


def test_the_number_has_a_row_of_its_own() -> None:
    with_row = panel_of(wv.animate(MAPS, RINGS, **SMALL)).layout
    without = panel_of(wv.animate(MAPS, RINGS, size=(320, 240))).layout
    assert with_row.basis is not None and without.basis is None
    assert with_row.caption[1] + 1.2 * with_row.caption_em <= with_row.basis[1]
    assert with_row.basis[1] + 1.1 * with_row.small <= with_row.safe.y0


def test_at_a_stop_the_last_acts_vectors_stay_else_the_next_ones_are_ready() -> None:
    a, b = bases(wv.animate(MAPS, RINGS, **SMALL))[:2]
    for k, t, seen in (
        (0, 0.0, [(a, 0, 0.0)]), (0, 0.5, [(a, 0, 0.5)]), (0, 1.0, [(a, 0, 1.0)]),
        (1, 0.0, [(a, 0, 1.0)]), (2, 0.0, []), (2, 1.0, [(b, 0, 0.0)]), (3, 0.0, [(b, 0, 0.0)]),
        (1, 0.5, []), (3, 1.0, [(b, 0, 1.0)]),
    ):  # fmt: skip
        found = [(one.basis, one.k, one.t) for one in shown_bases((a, None, None, b), k, t)]
        assert found == seen, (k, t)
        assert all(one.opacity == 1.0 for one in shown_bases((a, None, None, b), k, t))
    gone, comes = shown_bases((a, b), 1, 0.03), shown_bases((a, b), 1, 0.13)
    assert [(one.basis, one.k) for one in (*gone, *comes)] == [(a, 1), (b, 0)]


def test_films_without_such_acts_say_so_or_refuse() -> None:
    wide = wv.animate(wv.mlp([2, 8, 2], "relu", seed=0), RINGS, **SMALL)
    assert any("basis" in note for note in wide.notes)
    assert not any("basis" in note for note in wv.animate(MAPS, RINGS, **SMALL).notes)
    states = [RINGS.x, 2 * RINGS.x]
    with pytest.raises(WarpvizError, match="A film of states has no affine acts"):
        wv.animate(states, RINGS.y, show=("basis",))
    fit = wv.train(wv.mlp([2, 2, 2]), RINGS, epochs=3)
    with pytest.raises(WarpvizError, match="leave basis out"):
        wv.animate_training(fit, RINGS, show=("basis",))


@pytest.mark.slow
def test_the_number_is_text_of_a_still(tmp_path: Path) -> None:
    wv.animate(MAPS, RINGS, **SMALL).save(tmp_path / "half.svg", at=1)
    told = re.findall(r">([^<>]*det[^<>]*)<", (tmp_path / "half.svg").read_text("utf-8"))
    assert told == ["det = −1.44"]


@pytest.mark.parametrize("reach", [1e-7, 0.3, 2.6, 5.0, 9.9, 10.1, 12.6, 24.0, 30.0, 7e5])
def test_vectors_are_of_round_lengths(reach: float) -> None:
    keyframes = np.zeros((1, 3, 2))
    keyframes[0, 1] = reach, reach / 3
    seen: Any = SimpleNamespace(path=SimpleNamespace(keyframes=keyframes))
    steps = [float(f"{step}e{power}") for power in range(9, -12, -1) for step in (5, 2, 1)]
    round_ones = [step for step in steps if 0.05 * reach <= step <= 0.4 * reach]
    assert list(_lengths(seen, 0)) == [*([1.0] if reach <= 10.0 else []), *round_ones]


def test_where_units_move_in_turn_vectors_do_so_too() -> None:
    chain = Chain([dense([[1, 0.5], [-0.5, -1]], [-2, 0.5]), Activation("relu")])
    film = wv.animate(chain, RINGS, one_by_one=True, **SMALL)
    (basis,) = [basis for basis in panel_of(film).bases if basis is not None]
    before = basis.path.keyframes[1]
    assert (before[:, :2] < 0).any(axis=0).all() and len(basis.path.keyframes) == 3
    want = np.column_stack([np.maximum(before[:, 0], 0), before[:, 1:]])
    np.testing.assert_allclose(basis.path.keyframes[2], want, atol=1e-12)
