"""A film of a chain and its data: the path through every prefix, tints, limits, labels."""

from typing import Any

import numpy as np
import pytest

from tests.film.panels.shown import RINGS, panel
from tests.scenes import panel_of, scene_of
from warpviz.convert.pairing import as_dataset, check_fit
from warpviz.data import Dataset, make_data
from warpviz.errors import WarpvizError
from warpviz.film.build import animate, compare
from warpviz.film.panel import thinned
from warpviz.geometry.plane import around, plane_of
from warpviz.model import mlp
from warpviz.model.predictions import predicted


def test_the_path_is_the_sheet_and_the_dots_through_every_prefix() -> None:
    chain = mlp([2, 3, 3, 2], "tanh", seed=1)
    shown = panel(chain)
    vertices = len(shown.sheet.vertices)
    acts = chain.logits().split()
    assert shown.path.acts == len(acts) == len(shown.acts) == len(shown.stops) - 1
    for k in range(len(acts) + 1):
        expected = acts[:k](shown.sheet.vertices)
        width = expected.shape[1]
        seen = shown.path.keyframes[k]
        np.testing.assert_allclose(seen[:vertices, :width], expected, atol=1e-12)
        np.testing.assert_allclose(seen[vertices:, :width], acts[:k](RINGS.x), atol=1e-12)
        assert not seen[:, width:].any()
        assert shown.flat[k] == (width < 3)


def test_cells_are_tinted_by_what_the_whole_model_predicts() -> None:
    chain = mlp([2, 3, 2], "tanh", seed=4)
    shown = panel(chain)
    # One shade for each band of probabilities, of at most 0.09.
    np.testing.assert_allclose(shown.chances, chain(shown.sheet.centres()), atol=0.051)
    np.testing.assert_allclose(predicted(chain[:-1], RINGS.x), chain(RINGS.x), atol=1e-12)


@pytest.mark.many(quick=1)
@pytest.mark.parametrize(
    ("options", "acts"),
    [
        ({}, 5), ({"softmax": True}, 6), ({"whole_layers": True}, 3),
        ({"whole_layers": True, "softmax": True}, 4),
    ],
)  # fmt: skip
def test_acts_are_those_that_were_asked_for(options: dict[str, Any], acts: int) -> None:
    shown = panel(mlp([2, 3, 3, 2], "relu"), **options)
    assert shown.path.acts == acts
    assert shown.stops[-1].startswith("softmax") == ("softmax" in options)


def test_lerp_and_polar_share_their_keyframes() -> None:
    chain = mlp([2, 3, 2], "tanh", seed=1)
    polar, lerp = (panel(chain, motion=motion) for motion in ("polar", "lerp"))
    for k in range(polar.path.acts + 1):
        width = min(polar.path.keyframes.shape[2], lerp.path.keyframes.shape[2])
        np.testing.assert_allclose(
            polar.path.keyframes[k][:, :width], lerp.path.keyframes[k][:, :width], atol=1e-12
        )
    middle = [shown.path.at(0, 0.5)[:, :2] for shown in (polar, lerp)]
    assert np.abs(middle[0] - middle[1]).max() > 1e-3


def test_limits_follow_the_data_or_the_user() -> None:
    x0, x1, y0, y1 = around(RINGS.x)
    low, high = RINGS.x.min(axis=0), RINGS.x.max(axis=0)
    assert x0 < low[0] < high[0] < x1
    assert y0 < low[1] < high[1] < y1
    np.testing.assert_allclose([x1 - x0, y1 - y0], 1.1 * (high - low))
    shown = panel(mlp([2, 2], "relu"), limits=(-3.0, 3.0, -2.0, 2.0))
    np.testing.assert_allclose(np.ptp(shown.sheet.vertices, axis=0), [6, 4])


def test_data_on_a_line_has_limits_all_the_same() -> None:
    x = np.column_stack([np.linspace(0, 1, 20), np.zeros(20)])
    shown = panel(mlp([2, 2], "relu"), Dataset(x, np.arange(20) % 2))
    assert np.isfinite(shown.path.keyframes).all()


@pytest.mark.many(quick=1)
@pytest.mark.parametrize("classes", [2, 3, 5])
def test_all_classes_and_their_names_are_shown(classes: int) -> None:
    data = make_data(f"blobs:{classes}", n=90) if classes > 2 else RINGS
    animation = animate(mlp([2, 3, classes], "relu"), data, size=(240, 180))
    assert scene_of(animation).class_names == tuple(data.class_names)
    assert set(panel_of(animation).labels) == set(range(classes))


def test_many_dots_are_thinned_and_few_are_not() -> None:
    many = make_data("rings", n=1800)
    kept = thinned(many.x, many.y, 0.05)
    assert len(kept) < 900
    assert (np.diff(kept) > 0).all()
    for label in (0, 1):
        at = many.x[kept][many.y[kept] == label]
        apart = np.linalg.norm(at[:, None] - at[None], axis=2) + 9 * np.eye(len(at))
        assert apart.min() >= 0.05 * np.ptp(many.x, axis=0).max() - 1e-12
        # And no dot was left out without one near by.
        away = np.linalg.norm(many.x[many.y == label][:, None] - at[None], axis=2).min(axis=1)
        assert away.max() < 0.05 * np.ptp(many.x, axis=0).max()
    np.testing.assert_array_equal(thinned(RINGS.x, RINGS.y, 0.5), np.arange(len(RINGS)))


def test_data_of_many_features_is_seen_on_its_first_principal_axes() -> None:
    rng = np.random.default_rng(0)
    x = rng.normal(size=(60, 5)) * [3.0, 0.1, 2.0, 0.2, 0.1] + 7
    data = Dataset(x, (x[:, 0] > 7).astype(int))
    plane = plane_of(data)
    assert plane is not None
    np.testing.assert_allclose(plane[1].T @ plane[1], np.eye(2), atol=1e-12)
    values = np.linalg.eigvalsh(np.cov(x.T))
    seen = np.cov(((x - plane[0]) @ plane[1]).T)
    np.testing.assert_allclose(np.diag(seen), values[:-3:-1], rtol=1e-9)
    shown = panel(mlp([5, 3, 2], "tanh"), data)
    flat = shown.sheet.vertices - plane[0]
    np.testing.assert_allclose(flat @ plane[1] @ plane[1].T, flat, atol=1e-9)


def test_x_and_y_do_as_well_as_a_dataset() -> None:
    chain = mlp([2, 3, 2], "relu")
    a = animate(chain, RINGS, size=(240, 180), jobs=1).frame(1, 0.5)
    b = animate(chain, RINGS.x, RINGS.y, size=(240, 180), jobs=1, hide=("legend",)).frame(1, 0.5)
    c = animate(chain, RINGS, size=(240, 180), jobs=1, hide=("legend",)).frame(1, 0.5)
    np.testing.assert_array_equal(b.pixels, c.pixels)
    assert not np.array_equal(a.pixels, b.pixels)
    assert as_dataset(RINGS, None) is RINGS


def test_what_does_not_fit_is_refused_in_one_sentence() -> None:
    chain = mlp([2, 3, 2], "relu")
    with pytest.raises(WarpvizError, match="compare expects at least one chain, got none"):
        compare({}, RINGS)
    with pytest.raises(WarpvizError, match="takes 3 features, but the data has 2"):
        check_fit(mlp([3, 2], "relu"), RINGS)
    with pytest.raises(WarpvizError, match="has 2 outputs, but the data has 3"):
        animate(chain, make_data("blobs", n=60))
    with pytest.raises(WarpvizError, match="Unknown theme 'drak'; did you mean 'dark'"):
        animate(chain, RINGS, theme="drak")
    with pytest.raises(WarpvizError, match="own options are"):
        compare({"a": (chain, {"theme": "light"})}, RINGS)


def test_an_unknown_option_is_refused_like_an_unknown_name() -> None:
    with pytest.raises(WarpvizError, match="animate has no option thme; did you mean theme"):
        animate(mlp([2, 2], "relu"), RINGS, thme="dark")  # type: ignore[call-arg]
