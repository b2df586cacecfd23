from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.scenes import panel_of, scene_of
from warpviz.convert.pairing import as_dataset, check_fit
from warpviz.data import Dataset, make_data
from warpviz.errors import WarpvizError
from warpviz.film.build import animate, compare, default_size
from warpviz.film.panel import thinned
from warpviz.geometry.plane import around, plane_of
from warpviz.model import Chain, Dense, Softmax, mlp
from warpviz.model.predictions import predicted
from warpviz.motion.framing import Box
from warpviz.picture.scene import Panel
from warpviz.picture.tiling import check_panels, check_size
from warpviz.picture.words.fonts import bundled_font
from warpviz.picture.words.text import shortened, text_width
from warpviz.player.payload import film_tree

RINGS = make_data("rings", n=200)


def panel(chain: Chain, data: Dataset = RINGS, **options: Any) -> Panel:
    shown: Panel = panel_of(animate(chain, data, size=(240, 180), **options))
    return shown


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


def test_films_of_unequal_depth_share_the_clock() -> None:
    chains = {"deep": mlp([2, 3, 3, 2], "relu"), "flat": mlp([2, 2], "relu")}
    animation = compare(chains, RINGS, size=(480, 240), jobs=1)
    deep, flat = scene_of(animation).panels
    assert animation.timeline.acts == deep.path.acts == 5
    assert flat.path.acts == 1
    assert flat.moment(0, 0.0, 5) == (0, 0.0)
    last = flat.moment(4, 1.0, 5)
    assert last[0] == 0
    assert last[1] == pytest.approx(1)
    places = [sum(flat.moment(k, t, 5)) for k in range(5) for t in (0.0, 0.5)]
    assert all(a < b for a, b in pairwise(places))


@pytest.mark.parametrize("count", range(1, 13))
def test_the_default_size_can_be_drawn_and_is_ample(count: int) -> None:
    width, height = default_size(count)
    check_size(width, height)
    assert width * height >= count * 360 * 400
    check_panels(count, (width, height))


@pytest.mark.slow
def test_twelve_panels_are_read_at_full_hd(tmp_path: Path) -> None:
    names = (
        "relu", "tanh", "gelu", "sin", "silu", "elu", "softplus", "sigmoid", "max(z, -0.3*z)",
        "leaky_relu:0.2", "gelu_tanh", "wave=sin(2*z)/2 + z/2",
    )  # fmt: skip
    chains = {f"{name} · 100.0 %": mlp([2, 3, 2], name, seed=0) for name in names}
    film = compare(chains, RINGS, size=(1920, 1080), jobs=1, fps=4)
    panels = scene_of(film).panels
    assert not [note for note in film.notes if "titles" in note]
    for panel in panels:
        # The least that is read from the back row: 16 px of 1080.
        assert panel.layout.em >= 16 and panel.layout.box.width >= 400
    for one, two in combinations(panels, 2):
        a, b = (title_box(panel) for panel in (one, two))
        assert min(a.x1, b.x1) <= max(a.x0, b.x0) or min(a.y1, b.y1) <= max(a.y0, b.y0)
        # One clock: all are at the same stop.
        assert one.moment(1, 0.5, film.timeline.acts) == two.moment(1, 0.5, film.timeline.acts)
    assert {len(tree["acts"]) for tree in film_tree(film)["panels"]} == {film.timeline.acts}
    (strip,) = film.save(tmp_path / "strip.png", filmstrip=True)
    assert strip.frames == film.timeline.acts + 1


def title_box(panel: Panel) -> Box:
    """Where a panel's title stands, as it is drawn: cut where its panel ends."""
    layout = panel.layout
    assert layout.title is not None
    title = shortened(panel.title, bundled_font(), layout.em, layout.caption_width)
    x, y = layout.title
    return Box(x, y, x + text_width(title, bundled_font(), layout.em), y + 1.2 * layout.em)


def test_a_title_that_is_cut_is_told() -> None:
    chains = {name: mlp([2, 2], "relu", seed=0) for name in ("a", "b" * 60)}
    notes = compare(chains, RINGS, size=(480, 240), jobs=1).notes
    assert f"The titles '{'b' * 60}' are cut; a larger size shows them whole." in notes
    small = {f"n{i}": mlp([2, 2], "relu", seed=0) for i in range(12)}
    with pytest.raises(WarpvizError, match="would be 80x60 each, too small to read"):
        compare(small, RINGS, size=(320, 180))
    with pytest.raises(WarpvizError, match="at most 12 panels, got 13"):
        compare(small | {"more": mlp([2, 2], "relu", seed=0)}, RINGS)


def test_a_comparison_of_models_puts_each_in_its_panel() -> None:
    chains = {f"n{i}": mlp([2, 2], "relu", seed=i) for i in range(3)}
    animation = compare(chains, RINGS, size=(640, 240), title="Three", jobs=1)
    assert [p.title for p in scene_of(animation).panels] == list(chains)
    assert scene_of(animation).headline == "Three"
    single = animate(chains["n1"], RINGS, size=(240, 180))
    np.testing.assert_allclose(
        panel_of(animation, 1).path.keyframes[-1, -5:],
        panel_of(single).path.keyframes[-1, -5:],
        atol=1e-12,
    )


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


def test_states_that_overflow_name_their_layer() -> None:
    chain = Chain([Dense(1e200 * np.eye(2), np.zeros(2)), Dense(1e200 * np.eye(2), np.zeros(2))])
    with pytest.raises(WarpvizError, match=r"Layer 2 .*overflows"):
        panel(chain)


def test_states_too_far_to_be_drawn_name_their_layer() -> None:
    far = Dense(np.array([[1.0, 0.1], [0.1, 1.0]]), np.zeros(2), "exp(400*z)")
    with pytest.raises(WarpvizError, match=r"^Layer 1 .* reaches .*e\+2\d\d on the sheet, too far"):
        panel(Chain([far, Dense(np.eye(2), np.zeros(2))]))
    # What is large and can be drawn is drawn, without a word of numpy's on the way.
    panel(Chain([Dense(1e50 * np.eye(2), np.zeros(2), "relu"), Dense(np.eye(2), np.zeros(2))]))


def test_points_without_labels_are_dots_of_one_kind() -> None:
    animation = animate(mlp([2, 3, 3], "relu", seed=1), RINGS.x, size=(240, 180))
    shown, scene = panel_of(animation), scene_of(animation)
    assert not shown.labels.any() and shown.chances.shape[1] == 3
    assert scene.class_names == ("points",) and scene.theme.classes == (scene.theme.text,)
    assert "200 points without labels" in animation.description
    assert not any("right" in stop or "%" in stop for stop in shown.stops)
    taught = panel_of(animate(mlp([2, 3, 2], "relu"), RINGS.x, size=(240, 180), caption="why"))
    assert taught.remarks[0] == "" and "classes" not in "".join(taught.remarks)


def test_one_output_without_labels_has_a_tint_only_where_its_sigmoid_tells_what_it_is() -> None:
    number = mlp([2, 3, 1], "tanh", seed=1)
    np.testing.assert_array_equal(panel_of(animate(number, RINGS.x)).chances, 0.5)
    layer = number[-1]
    assert isinstance(layer, Dense)
    sigmoid = Chain([number[0], Dense(layer.weight, layer.bias, "sigmoid")])
    shown = panel_of(animate(sigmoid, RINGS.x))
    right = sigmoid(shown.sheet.centres())[:, 0]
    np.testing.assert_allclose(shown.chances[:, 1], right, atol=0.051)


def test_one_output_tells_two_classes_apart_by_its_sigmoid() -> None:
    chain = Chain([Dense(np.array([[3.0, -1.0]]), np.array([0.5]))])
    animation = animate(chain, RINGS, size=(240, 180))
    shown = panel_of(animation)
    z = chain(shown.sheet.centres())[:, 0]
    # One shade for each band of probabilities, of at most 0.09.
    np.testing.assert_allclose(shown.chances[:, 1], 1 / (1 + np.exp(-z)), atol=0.051)
    assert "one output z" in animation.notes[0]


@pytest.mark.many(quick=1)
@pytest.mark.parametrize("scale", [0.0, 1e-9, 1e6])
def test_dead_and_exploding_nets_have_a_film(scale: float) -> None:
    chain = Chain(
        [
            Dense(scale * np.array([[1.0, 0.4], [-0.3, 1.0], [0.2, 0.1]]), np.zeros(3), "relu"),
            Dense(np.array([[1.0, 0.4, 0.2], [-0.3, 1.0, 0.1]]), np.zeros(2)),
            Softmax(),
        ]
    )
    animation = animate(chain, RINGS, size=(240, 180), jobs=1)
    for k in range(animation.timeline.acts):
        for t in (0.0, 0.5, 1.0):
            assert len(np.unique(animation.frame(k, t).pixels.reshape(-1, 3), axis=0)) > 5


def test_a_net_whose_units_are_all_off_has_a_film() -> None:
    chain = Chain([Dense(np.eye(3, 2), -9 * np.ones(3), "relu"), Dense(np.eye(2, 3), np.ones(2))])
    animation = animate(chain, RINGS, size=(240, 180), jobs=1)
    for moment in ((1, 0.5), (1, 1.0), (2, 0.5), (2, 1.0)):
        assert animation.frame(*moment).pixels.shape == (180, 240, 3)


@pytest.mark.slow
def test_folds_that_are_too_many_to_be_exact_are_said_to_be_sampled(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    chain, data = mlp([2, 8, 8, 2], "relu", seed=0), make_data("rings", n=60)
    assert animate(chain, data, jobs=1).notes == ()
    monkeypatch.setattr("warpviz.geometry.fitting.MOST_CELLS", 5)
    (note,) = animate(chain, data, jobs=1).notes
    assert "sampled" in note
    assert animate(mlp([2, 3, 2], "tanh", seed=0), data, jobs=1).notes == ()


@pytest.mark.slow
def test_what_is_too_narrow_to_be_seen_is_said() -> None:
    # A patch of the second class, 0.0006 wide, between the points of any grid.
    k = 4000.0
    steps = Dense(
        np.array([[k, 0.0], [k, 0.0], [0.0, k], [0.0, k]]),
        -k * np.array([0.3310, 0.3316, -0.2130, -0.2124]),
        "tanh",
    )
    narrow = Chain([steps, Dense(np.array([[0.0] * 4, [1.0, -1, 1, -1]]), np.array([0.0, -3.0]))])
    assert any("do not rule out islands" in note for note in animate(narrow, RINGS).notes)
    wide = mlp([2, 3, 2], "tanh", seed=4)
    assert not any("islands" in note for note in animate(wide, RINGS).notes)
