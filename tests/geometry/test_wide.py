"""Wide networks: sampled where exact is too much, and true where they are sampled."""

import numpy as np
import pytest

import warpviz as wv
from warpviz.film.build import animate
from warpviz.geometry import cells as cells_module
from warpviz.geometry import wide
from warpviz.geometry.fitting import sheet_for
from warpviz.geometry.folds import pre_activation
from warpviz.geometry.sheet import Limits
from warpviz.geometry.straight.counting import bending_units, patterns_seen
from warpviz.geometry.straight.regions import linear_regions
from warpviz.geometry.straight.winners import Lines
from warpviz.model.chain import Chain

LIMITS = (-1.0, 1.0, -0.5, 1.5)


def folded(*widths: int, seed: int = 0) -> Chain:
    """A chain each of whose units folds the sheet somewhere in the limits."""
    rng = np.random.default_rng(seed)
    state = rng.uniform((-1.0, -0.5), (1.0, 1.5), (400, 2))
    layers = []
    for n_in, n_out in zip((2, *widths), widths, strict=False):
        weight = rng.normal(size=(n_out, n_in)) * np.sqrt(2 / n_in)
        through = state[rng.integers(0, len(state), n_out)]
        layers.append(wv.Dense(weight, -(weight * through).sum(axis=1), "relu"))
        state = layers[-1](state)
    last = rng.normal(size=(2, widths[-1])) / np.sqrt(widths[-1])
    return Chain([*layers, wv.Dense(last, -last @ state.mean(axis=0))]).split()


@pytest.mark.slow
def test_no_more_patterns_are_seen_than_there_are_regions() -> None:
    chain = folded(80)
    exact = linear_regions(chain, LIMITS)
    assert exact is not None
    assert 0.5 * exact.n_regions < patterns_seen(chain, LIMITS) <= exact.n_regions
    assert bending_units(chain) == 80 and patterns_seen(folded(8), LIMITS) == 0


def test_lines_of_a_wide_layer_go_through_the_whole_sheet() -> None:
    chain = folded(70)
    (lines,) = wide.wide_creases(chain, np.array([1]), LIMITS, None)
    weight, bias = chain[0].weight, chain[0].bias  # type: ignore[union-attr]
    assert {line.unit for line in lines.polylines} == set(range(70))
    length = 0.0
    for line in lines.polylines:
        path = lines.vertices[line.vertices]
        np.testing.assert_allclose(path @ weight[line.unit] + bias[line.unit], 0, atol=1e-9)
        length += float(np.hypot(*np.diff(path, axis=0).T).sum())
    exact = linear_regions(chain, LIMITS)
    assert exact is not None
    drawn = sum(float(np.hypot(*np.diff(exact.vertices[line.vertices], axis=0).T).sum())
                for line in exact.creases)  # fmt: skip
    assert length == pytest.approx(drawn, rel=1e-6)


def test_lines_of_later_layers_are_where_their_units_are_zero() -> None:
    chain = folded(40, 40)
    (lines,) = wide.wide_creases(chain, np.array([3]), LIMITS, None)
    z = pre_activation(chain, 3)[0](lines.vertices)
    for line in lines.polylines:
        assert np.abs(z[line.vertices, line.unit]).max() < 1e-2 * np.abs(z[:, line.unit]).max()


@pytest.mark.slow
def test_a_sheet_of_too_many_pieces_is_sampled(monkeypatch: pytest.MonkeyPatch) -> None:
    chain = folded(96, 96)
    # Patterns are counted, not cut: what is cut would end at 12,000 pieces.
    monkeypatch.setattr(wide, "MANY", 1_000)
    monkeypatch.setattr("warpviz.geometry.fitting.fold_sheet", None)
    sheet = sheet_for(chain, LIMITS)
    assert not sheet.exact and sheet.n_cells < 20_000
    assert {line.kind for line in sheet.lines} == {"border", "grid", "crease", "boundary"}
    assert {line.layer for line in sheet.lines if line.kind == "crease"} == {1, 3}
    on = np.concatenate([line.vertices for line in sheet.lines if line.kind == "boundary"])
    logits = chain(sheet.vertices[on])
    assert np.abs(logits[:, 0] - logits[:, 1]).max() < 1e-6 * np.abs(logits).max()
    # States that are worked out in parts give the same cells.
    monkeypatch.setattr(cells_module, "BLOCK", 2**17)
    again = sheet_for(chain, LIMITS)
    assert again.n_cells == sheet.n_cells
    np.testing.assert_allclose(again.vertices, sheet.vertices, atol=1e-12)


@pytest.mark.slow
def test_a_wide_film_is_the_same_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    data, chain = wv.load_data("moons", n=60), folded(20, 6)
    whole = animate(chain, data).scene.panels[0].path  # type: ignore[union-attr]
    monkeypatch.setattr("warpviz.film.panel.AT_ONCE", 0)
    monkeypatch.setattr("warpviz.motion.projection.BLOCK", 2**12)
    parts = animate(chain, data).scene.panels[0].path  # type: ignore[union-attr]
    np.testing.assert_allclose(parts.keyframes, whole.keyframes, atol=1e-9)
    for k in range(whole.acts):
        np.testing.assert_allclose(parts.at(k, 0.5), whole.at(k, 0.5), atol=1e-6)


def test_of_units_without_number_some_lines_are_drawn_where_they_are() -> None:
    weight = np.random.default_rng(0).normal(size=(900, 2))
    bias = np.linspace(-4.0, 4.0, 900)
    chain = Chain([wv.Dense(weight, bias, "relu"), wv.Dense(np.ones((2, 900)), np.zeros(2))])
    unit_square = (-1.0, 1.0, -1.0, 1.0)
    (lines,) = wide.wide_creases(chain, np.array([0]), unit_square, None)
    crossing = np.flatnonzero(np.abs(bias) < np.abs(weight).sum(axis=1))
    drawn = min(len(crossing), wide.MOST_UNITS)
    assert len(crossing) < wide.MOST_UNITS and not lines.left_out
    (some,) = few_creases(chain, unit_square, 40)
    assert some.left_out == ((0, len(crossing), 40),)
    for found, count in ((lines, drawn), (some, 40)):
        units = {line.unit for line in found.polylines}
        assert len(units) == count and units <= set(crossing.tolist())
        for line in found.polylines:
            path = found.vertices[line.vertices]
            np.testing.assert_allclose(path @ weight[line.unit] + bias[line.unit], 0, atol=1e-9)


def few_creases(chain: Chain, limits: Limits, most: int) -> list[Lines]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(wide, "MOST_UNITS", most)
        return wide.wide_creases(chain, np.array([0]), limits, None)


@pytest.mark.slow
def test_nine_hundred_units_are_filmed_and_told() -> None:
    rng = np.random.default_rng(0)
    first = wv.Dense(rng.normal(size=(900, 2)), 0.3 * rng.normal(size=900), "relu")
    chain = Chain([first, wv.Dense(rng.normal(size=(2, 900)) / 20, np.zeros(2))])
    film = animate(chain, wv.load_data("rings", n=60))
    told = [note for note in film.notes if note.startswith("layer 1 (relu) bends")]
    assert len(told) == 1 and told[0].endswith("512 of them are drawn.")
    assert "sampled here, not exact" in " ".join(film.notes)
