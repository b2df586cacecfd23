"""The levels that cells are cut along, and the shades between them."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.special import expit, logit, softmax  # type: ignore[import-untyped]

from warpviz.data import Dataset
from warpviz.geometry import cells, tint
from warpviz.geometry.sheet import Sheet, graph_paper
from warpviz.geometry.tint import Tint, cut_for_tint, settled, tint_of, tint_of_numbers
from warpviz.model import Chain, Dense

LEVELS = np.array([0.05, 0.14, 0.23, 0.32, 0.41, 0.5, 0.59, 0.68, 0.77, 0.86, 0.95])


def test_scores_are_odds_and_leads() -> None:
    z = np.random.default_rng(0).normal(size=(9, 3))
    found = Tint(np.asarray).scores(z)
    np.testing.assert_allclose(found[:, :3], logit(softmax(z, axis=1)))
    for label in range(3):
        others = np.delete(z, label, axis=1).max(axis=1)
        np.testing.assert_allclose(found[:, 3 + label], z[:, label] - others)
    np.testing.assert_allclose(Tint(np.asarray).scores(z[:, :2])[:, 0], z[:, 0] - z[:, 1])
    assert not Tint(np.asarray).scores(z[:, :1]).any()
    numbers = Tint(np.asarray, np.array([0.0, 1.0, 3.0]))
    np.testing.assert_array_equal(numbers.scores(z), z[:, :1])
    # Numbers are seen in steps of their marks, each as much as a level of probability.
    np.testing.assert_allclose(numbers.shares(np.array([-1, 0.5, 2, 9])), [0, 0.045, 0.135, 0.18])
    scores = np.array([-60.0, -1.0, 0.0, 2.0])
    np.testing.assert_allclose(Tint(np.asarray).shares(scores), expit([-50, -1, 0, 2]))


def test_cells_are_cut_along_levels_of_probability() -> None:
    two = Tint(np.asarray).cuts(1)
    assert [column for column, _, near in two if near == 0] == [0] * 11
    np.testing.assert_allclose([level for _, level, _ in two], logit(LEVELS), atol=1e-12)
    three = Tint(np.asarray).cuts(6)
    assert three[:3] == [(3, 0.0, 0.0), (4, 0.0, 0.0), (5, 0.0, 0.0)] and len(three) == 3 + 33
    assert [column for column, _, _ in three[3:]] == [0, 1, 2] * 11
    np.testing.assert_allclose([level for _, level, _ in three[3::3]], logit(LEVELS), atol=1e-12)
    # A level's neighbourhood is as wide in probability everywhere: p' = p (1 − p).
    near = [width for _, _, width in three[3::3]]
    np.testing.assert_allclose(near, 0.008 / (LEVELS * (1 - LEVELS)))
    numbers = Tint(np.asarray, np.array([1.0, 2.5]))
    assert numbers.cuts(1) == [(0, 1.0, 0.0), (0, 2.5, 0.0)]


def test_each_band_has_one_shade_in_its_middle() -> None:
    at = np.array([0.0, 0.049, 0.06, 0.139, 0.3, 0.49, 0.51, 0.94, 0.96, 1.0])
    want = [0.0, 0.0, 0.095, 0.095, 0.275, 0.455, 0.545, 0.905, 1.0, 1.0]
    found = settled(np.column_stack([at, 1 - at]))
    np.testing.assert_allclose(found, np.column_stack([want, 1 - np.array(want)]), atol=1e-12)
    # Of three classes the mean of those with the same bands and the same winner.
    rows = np.array([[0.30, 0.28, 0.42], [0.31, 0.25, 0.44], [0.30, 0.42, 0.28], [1.0, 0.0, 0.0]])
    even = settled(rows)
    np.testing.assert_allclose(even[3], rows[3])
    np.testing.assert_allclose(even[2], rows[2])
    np.testing.assert_allclose(even[:2], [rows[:2].mean(axis=0)] * 2)


def test_numbers_have_nine_bands_from_level_to_level() -> None:
    x = np.linspace(-1, 1, 30)[:, None] * [1.0, 1.0]
    data = Dataset.with_targets(x, 3 * x[:, 0], levels=5)
    found = tint_of_numbers(lambda points: points, data)
    assert found.marks is not None
    np.testing.assert_allclose(found.marks, np.linspace(-3, 3, 9 * 4 + 1))
    plane = Chain([Dense(np.array([[1.0, 0.0]]), np.zeros(1))])
    assert tint_of(plane, data).marks is not None
    assert tint_of(plane, Dataset(x, np.arange(30) % 2)).marks is None


def paper(count: int = 4) -> Sheet:
    return graph_paper((0.0, 1.0, 0.0, 1.0), cells=count)


def test_a_sheet_with_many_cells_is_cut_no_further(monkeypatch: pytest.MonkeyPatch) -> None:
    steep = Tint(lambda x: np.column_stack([40 * (x[:, 0] - 0.5), 0 * x[:, 0]]))
    whole = cut_for_tint(paper(), steep)
    assert whole.n_cells > 16 and set(np.round(logit(LEVELS) / 40 + 0.5, 9)) <= set(
        np.round(whole.vertices[:, 0], 9)
    )
    monkeypatch.setattr(tint, "MOST_CELLS", 15)
    assert cut_for_tint(paper(), steep).n_cells == 16
    monkeypatch.setattr(tint, "MOST_CELLS", 16)
    assert cut_for_tint(paper(), steep).n_cells > 16


@pytest.mark.parametrize(
    ("off", "parts"),
    [(0.0, 1), (1.0, 1), (1.01, 2), (4.0, 2), (4.1, 4), (16.0, 4), (17.0, 8), (1e9, 8)],
)
def test_a_part_half_as_wide_is_off_by_a_quarter(off: float, parts: int) -> None:
    detail = np.array([[1, 2], [4, 8]])
    want = np.minimum(detail * parts, 8)
    np.testing.assert_array_equal(cells._finer(detail, np.full((2, 2), off)), want)


def test_where_there_would_be_too_many_cells_all_may_be_off_by_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    detail, off = np.ones((2, 2), dtype=np.int64), np.array([[1.0, 20.0], [60.0, 300.0]])
    monkeypatch.setattr(cells, "MOST_CELLS", 1 + 3 * 64)
    np.testing.assert_array_equal(cells._finer(detail, off), [[1, 8], [8, 8]])
    monkeypatch.setattr(cells, "MOST_CELLS", 3 * 64)
    # At half of it 10, 30 and 150 are left: four, eight and eight parts.
    np.testing.assert_array_equal(cells._finer(detail, off), [[1, 4], [8, 8]])


@pytest.mark.parametrize("classes", [2, 3])
@pytest.mark.parametrize("exact", [True, False])
def test_cuts_run_along_levels_also_where_odds_are_bent(classes: int, exact: bool) -> None:
    weight = np.array([[5.0, 1.0], [-2.0, 4.0], [0.0, -3.0]])[:classes]
    found = Tint(lambda x: (x if exact else x**2) @ weight.T - [2.0, 1.0, 0.0][:classes])
    sheet = replace(paper(), exact=exact)
    cut = cut_for_tint(sheet, found)
    fresh = cut.vertices[len(sheet.vertices) :]
    assert len(fresh) > 40
    scores = found.scores(fresh)
    away = [np.abs(scores[:, column] - level) for column, level, _ in found.cuts(scores.shape[1])]
    assert np.min(away, axis=0).max() < 1e-6
