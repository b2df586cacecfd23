from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from tests.scenes import panel_of, scene_of
from warpviz.arrays import Floats, Pixels
from warpviz.data import make_data
from warpviz.film.build import animate, compare
from warpviz.film.reel.animation import Animation
from warpviz.model import Chain, Dense, Softmax
from warpviz.picture.kinds import painter_of
from warpviz.picture.layout import PanelLayout
from warpviz.theme import THEMES

SIZE = (240, 180)


def net(widths: tuple[int, ...], activation: str, seed: int = 0, strength: float = 1.4) -> Chain:
    """Random weights of about the size that training gives, half of the data in class 0."""
    rng = np.random.default_rng(seed)
    layers = [
        Dense(rng.normal(0, strength / np.sqrt(a), (b, a)), rng.normal(0, 0.3, b), activation)
        for a, b in pairwise(widths[:-1])
    ]
    last = rng.normal(0, strength, (widths[-1], widths[-2]))
    logits = Chain(layers)(make_data("rings", n=200).x) @ last.T
    return Chain([*layers, Dense(last, -np.median(logits, axis=0)), Softmax()])


@cache
def film(activation: str = "relu", theme: str = "dark", hide: tuple[str, ...] = (),
         show: tuple[str, ...] = (), size: tuple[int, int] = SIZE) -> Animation:  # fmt: skip
    chain = net((2, 3, 3, 2), activation, seed=1, strength=3.0 if activation == "sin" else 1.4)
    return animate(
        chain, make_data("rings", n=200), size=size, theme=theme, hide=hide, show=show, jobs=1
    )


def differing(a: Pixels, b: Pixels) -> tuple[Floats, Floats]:
    rows, columns = np.nonzero((a != b).any(axis=2))
    return rows.astype(float), columns.astype(float)


def layout_of(animation: Animation) -> PanelLayout:
    layout: PanelLayout = panel_of(animation).layout
    return layout


DRAWN = ("sheet", "grid", "dots", "creases", "boundary", "axes", "caption", "track", "legend")


@pytest.mark.many(quick=1)
@pytest.mark.parametrize("part", (*DRAWN, "scale"))
def test_hiding_a_part_changes_the_picture(part: str) -> None:
    whole, without = film(), film(hide=(part,))
    changed = [
        not np.array_equal(whole.frame(k, t).pixels, without.frame(k, t).pixels)
        for k, t in ((0, 0.0), (2, 0.5), (whole.timeline.acts - 1, 1.0))
    ]
    assert any(changed)


@pytest.mark.many(quick=1)
@pytest.mark.parametrize("part", ["measures", "regions"])
def test_showing_a_part_that_is_off_by_default_changes_the_picture(part: str) -> None:
    whole, more = film(), film(show=(part,))
    moments = [(k, t) for k in range(whole.timeline.acts) for t in (0.0, 0.5)]
    assert any(
        not np.array_equal(whole.frame(k, t).pixels, more.frame(k, t).pixels) for k, t in moments
    )


@pytest.mark.parametrize("moment", [(0, 0.0), (2, 0.5), (3, 1.0)])
def test_a_film_without_text_has_nothing_above_and_below_the_safe_area(
    moment: tuple[int, float],
) -> None:
    bare = film(hide=("caption", "legend", "track", "scale", "axes"))
    pixels, safe = bare.frame(*moment).pixels, layout_of(bare).safe
    background = np.array(THEMES["dark"].background)
    outside = np.ones(pixels.shape[:2], dtype=bool)
    outside[int(safe.y0) : int(safe.y1) + 1, int(safe.x0) : int(safe.x1) + 1] = False
    assert (pixels[outside] == background).all()
    assert not (pixels[~outside] == background).all()


@pytest.mark.many(quick=1)
@pytest.mark.parametrize(
    ("activation", "theme"),
    [("relu", "light"), ("tanh", "light"), ("gelu", "dark"), ("sin", "light")],
)
def test_no_pixel_wraps_around(activation: str, theme: str) -> None:
    from warpviz.picture import cloth as painting
    from warpviz.picture.raster.blend import Canvas, lay_cells

    seen: list[tuple[float, float]] = []

    def watched(canvas: Canvas, *given: Any) -> None:
        lay_cells(canvas, *given)
        seen.append((float(canvas.min()), float(canvas.max())))

    animation = film(activation, theme, size=(320, 240))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(painting, "lay_cells", watched)
        for k in range(animation.timeline.acts):
            for t in (0.3, 0.9, 1.0):
                animation.frame(k, t)
    assert min(low for low, _ in seen) >= 0
    assert max(high for _, high in seen) < 256


def test_the_caption_is_drawn_in_its_row_only() -> None:
    animation = film()
    layout = layout_of(animation)
    # At a stop, the same picture but for another caption.
    stop, act = animation.frame(2, 0.0).pixels, animation.frame(2, 1e-9).pixels
    # Small differences are rounding: the moment is not quite the stop.
    changed = np.abs(stop.astype(int) - act.astype(int)).max(axis=2) > 30
    rows, columns = np.nonzero(changed)
    assert len(rows) > 20
    assert rows.min() >= layout.caption[1]
    assert rows.max() <= layout.caption[1] + 1.25 * layout.em
    assert columns.min() >= layout.caption[0] - 1
    assert columns.max() <= layout.caption[0] + layout.caption_width


@pytest.mark.many(quick=1)
@pytest.mark.parametrize(
    ("panels", "size"), [(2, (320, 240)), (3, (480, 270)), (4, (320, 240)), (6, (480, 270))]
)
def test_panels_do_not_bleed(panels: int, size: tuple[int, int]) -> None:
    data = make_data("rings", n=120)
    chains = {f"net {i}": net((2, 3, 3, 2), "tanh", seed=i) for i in range(panels)}
    first = compare(chains, data, size=size, jobs=1)
    # All but the first panel's model are the same: only that panel may change.
    others = dict(chains)
    others["net 0"] = net((2, 3, 3, 2), "gelu", seed=99)
    second = compare(others, data, size=size, jobs=1)
    box = panel_of(first).layout.box
    assert panel_of(second).layout.box == box
    for k, t in ((0, 0.0), (1, 0.5), (2, 0.0), (3, 0.5), (first.timeline.acts - 1, 1.0)):
        rows, columns = differing(first.frame(k, t).pixels, second.frame(k, t).pixels)
        assert len(rows) > 0
        assert columns.max() < box.x1, (k, t)
        assert rows.max() < box.y1, (k, t)


def test_a_model_of_no_acts_is_a_still() -> None:
    chain = Chain([], width=2)
    still = animate(chain, make_data("rings", n=60), size=SIZE, jobs=1)
    frames = list(still.frames())
    assert len(frames) == 1
    np.testing.assert_array_equal(frames[0].pixels, still.frame(0, 0.0).pixels)
    assert len(np.unique(frames[0].pixels.reshape(-1, 3), axis=0)) > 20


@pytest.mark.many(quick=1)
@pytest.mark.parametrize("theme", THEMES)
def test_the_theme_is_what_is_seen(theme: str) -> None:
    pixels = film(theme=theme).frame(0, 0.0).pixels
    colours, counts = np.unique(pixels.reshape(-1, 3), axis=0, return_counts=True)
    assert tuple(colours[counts.argmax()]) == THEMES[theme].background
    for colour in THEMES[theme].classes[:2]:
        assert (np.abs(pixels.astype(int) - colour).max(axis=2) < 14).sum() > 30


@pytest.mark.slow
def test_title_and_headline_appear_above_their_panels() -> None:
    data = make_data("rings", n=60)
    chains = {"first": net((2, 2, 2), "tanh"), "second": net((2, 2, 2), "relu")}
    plain = compare(chains, data, size=(480, 240), jobs=1)
    titled = compare(chains, data, size=(480, 240), title="Two nets", jobs=1)
    assert panel_of(titled).layout.box.y0 > panel_of(plain).layout.box.y0
    top = titled.frame(0, 0.0).pixels[: int(panel_of(titled).layout.box.y0)]
    assert (top == np.array(THEMES["dark"].text)).all(axis=2).any()
    # A long headline shrinks, and what is still too long is cut: it touches no side.
    long = compare(chains, data, size=(480, 240), title="Two nets " * 40, jobs=1)
    top = long.frame(0, 0.0).pixels[: int(panel_of(long).layout.box.y0)]
    assert (top[:, :4] == THEMES["dark"].background).all()
    assert (top[:, -4:] == THEMES["dark"].background).all()
    assert (top[:, 20:-20] != THEMES["dark"].background).any()


def test_painting_a_moment_twice_gives_the_same_bytes() -> None:
    animation = film("tanh")
    a, b = animation.frame(1, 0.37), animation.frame(1, 0.37)
    np.testing.assert_array_equal(a.pixels, b.pixels)
    assert a.pixels.flags.c_contiguous


@pytest.mark.many(quick=1)
@pytest.mark.parametrize("text", ["→", "第一層", "Ω"])
def test_any_title_is_drawn_without_failing(text: str) -> None:
    data = make_data("rings", n=60)
    animation = compare({text: net((2, 2, 2), "tanh")}, data, size=SIZE, jobs=1)
    assert animation.frame(0, 0.5).pixels.shape == (180, 240, 3)


@pytest.mark.parametrize(("activation", "view"), [("tanh", "3d"), ("relu", "2d")])
def test_last_digits_move_no_pixel(activation: str, view: str) -> None:
    # Much lies between two pixels exactly, as an axis' middle does: on which side it falls may not
    # hang on how a processor rounds.
    chain = net((2, 2, 2), activation, seed=4)
    exact = animate(chain, make_data("xor", n=60), size=SIZE, view=view, jobs=1)
    rng = np.random.default_rng(8)
    panel = panel_of(exact)
    camera = panel.camera
    middle = camera.middle * (1 + 4e-16 * rng.choice([-1, 0, 1], camera.middle.shape))
    keyframes = panel.path.keyframes * (
        1 + 4e-16 * rng.choice([-1, 0, 1], panel.path.keyframes.shape)
    )
    nudged = replace(
        panel,
        camera=replace(camera, middle=middle),
        path=replace(panel.path, keyframes=keyframes),
    )
    scene = replace(scene_of(exact), panels=(nudged,))
    for k, t in ((0, 0.0), (0, 0.3), (1, 0.5), (2, 0.8), (2, 1.0)):
        assert np.array_equal(painter_of(scene).paint(k, t), exact.frame(k, t).pixels), (k, t)
