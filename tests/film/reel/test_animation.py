import base64
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from itertools import islice
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageSequence

from warpviz.data import make_data
from warpviz.errors import WarpvizError
from warpviz.film.build import animate
from warpviz.film.reel.animation import Animation
from warpviz.model import Chain, mlp
from warpviz.output.lookup import lookup_table, to_indices

SIZE = (240, 180)


@cache
def film(fps: float = 10, hold: float = 0.5, jobs: int = 1, seconds: float = 0.4) -> Animation:
    chain = mlp([2, 3, 2], "tanh", seed=1)
    data = make_data("rings", n=100)
    return animate(chain, data, size=SIZE, fps=fps, hold=hold, jobs=jobs, seconds=seconds)


def test_frames_are_the_pictures_of_their_moments() -> None:
    animation = film()
    frames = list(animation.frames())
    assert len(frames) == len(animation) == len(animation.timeline)
    for frame, moment in zip(frames, animation.timeline, strict=True):
        np.testing.assert_array_equal(frame.pixels, animation.frame(moment.k, moment.t).pixels)
        assert frame.pixels.shape == (SIZE[1], SIZE[0], 3)


def test_frames_are_drawn_when_they_are_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    animation = film(seconds=0.5)
    drawn: list[tuple[int, float]] = []
    painter = animation._painter
    original = type(painter).paint

    def counted(self: object, k: int, t: float) -> object:
        drawn.append((k, t))
        return original(painter, k, t)

    monkeypatch.setattr(type(painter), "paint", counted)
    frames = animation.frames()
    assert isinstance(frames, Iterator)
    assert drawn == []
    assert len(list(islice(frames, 3))) == 3
    assert len(drawn) == 3
    frames.close()


@pytest.mark.many(quick=1)
@pytest.mark.parametrize(
    ("fps", "hold"),
    [(7.0, 0.333), (12.5, 0.0), (24.0, 1.0), (29.97, 0.333), (30.0, 0.0), (50.0, 0.5)],
)
def test_whole_centiseconds_carry_their_rounding(fps: float, hold: float) -> None:
    animation = film(fps=fps, hold=hold, seconds=0.7)
    table = lookup_table(np.array([[0, 0, 0], [255, 255, 255]], dtype=np.uint8))
    shown = np.cumsum([stay for _, stay in animation.indexed(table)])
    due = np.cumsum([100 * moment.seconds for moment in animation.timeline])
    # At no moment is the clock off by more than half a centisecond.
    assert np.abs(shown - due).max() <= 0.5 + 1e-6
    if fps == 30.0 and hold == 0.0:
        assert set(np.diff(shown).tolist()) == {3, 4}


def test_a_hold_is_one_long_frame() -> None:
    frames = list(film(fps=10, hold=0.5).frames())
    stays = [frame.centiseconds for frame in frames]
    stops = [i for i, m in enumerate(film().timeline) if m.t in (0.0, 1.0)]
    assert [stays[i] for i in stops] == [50] * len(stops)
    assert {stay for i, stay in enumerate(stays) if i not in stops} == {10}


def test_frame_takes_acts_and_times_in_range_only() -> None:
    animation = film()
    acts = animation.timeline.acts
    assert animation.frame(acts - 1, 1.0).pixels.shape == (180, 240, 3)
    for k, t in ((-1, 0.0), (acts, 0.0), (0, -0.1), (0, 1.1), (0, float("nan"))):
        with pytest.raises(WarpvizError, match=r"frame expects an act from 0 to \d+ and t from 0"):
            animation.frame(k, t)


def test_an_act_ends_as_the_next_begins() -> None:
    animation = film()
    for k in range(animation.timeline.acts - 1):
        ends, begins = animation.frame(k, 1.0).pixels, animation.frame(k + 1, 0.0).pixels
        np.testing.assert_allclose(ends.astype(int), begins.astype(int), atol=1)


@pytest.mark.slow
@pytest.mark.parametrize("jobs", [2])
def test_the_same_bytes_on_one_core_and_on_several(jobs: int) -> None:
    one, many = film(jobs=1, fps=30, seconds=0.6), film(jobs=jobs, fps=30, seconds=0.6)
    assert len(one) > 24 * jobs
    np.testing.assert_array_equal(one.palette, many.palette)
    table = lookup_table(one.palette)
    expected, actual = (animation.indexed(table) for animation in (one, many))
    for a, b in zip(expected, actual, strict=True):
        assert a[1] == b[1]
        np.testing.assert_array_equal(a[0], b[0])


def test_indices_are_those_of_the_frames() -> None:
    animation = film(seconds=0.3)
    table = lookup_table(animation.palette)
    indexed = animation.indexed(table)
    for frame, (indices, stay) in zip(animation.frames(), indexed, strict=True):
        assert stay == frame.centiseconds
        np.testing.assert_array_equal(indices, to_indices(frame.pixels, table))


def test_the_palette_holds_the_theme_and_little_is_lost() -> None:
    animation = film()
    palette = animation.palette
    assert palette.dtype == np.uint8
    assert len(palette) <= 255
    colours = {tuple(colour) for colour in palette.tolist()}
    theme = animation.scene.theme
    assert {theme.background, theme.text, *theme.classes[:2]} <= colours
    table = lookup_table(palette)
    for k, t in ((0, 0.25), (1, 0.6)):
        pixels = animation.frame(k, t).pixels
        error = pixels.astype(float) - palette[to_indices(pixels, table)]
        assert 10 * np.log10(255**2 / np.mean(error**2)) > 38


SCRIPT = """
import hashlib, time
from warpviz.data import make_data
from warpviz.film.build import animate
from warpviz.model import mlp
from warpviz.output.lookup import lookup_table
film = animate(mlp([2, 3, 2], "gelu", seed=2), make_data("rings", n=80), size=(240, 180),
               fps=8, seconds=0.5, jobs=1)
digest = hashlib.sha256(film.palette.tobytes())
for indices, stay in film.indexed(lookup_table(film.palette)):
    digest.update(indices.tobytes() + bytes([stay]))
print(digest.hexdigest())
"""


@pytest.mark.slow
def test_the_same_bytes_across_hash_seeds_time_zones_and_languages() -> None:
    settings = [
        {"PYTHONHASHSEED": "0", "TZ": "UTC", "LANG": "C", "LC_ALL": "C"},
        {"PYTHONHASHSEED": "1234", "TZ": "Asia/Tokyo", "LANG": "de_DE.UTF-8"},
        {"PYTHONHASHSEED": "99", "TZ": "America/New_York", "LC_ALL": "tr_TR.UTF-8"},
    ]
    running = [
        subprocess.Popen(
            [sys.executable, "-c", SCRIPT], env={**os.environ, **more}, stdout=subprocess.PIPE
        )
        for more in settings
    ]
    digests = {process.communicate(timeout=120)[0] for process in running}
    assert all(process.returncode == 0 for process in running)
    assert len(digests) == 1


def test_a_notebook_gets_the_player_and_a_poster() -> None:
    animation = film(seconds=0.2)
    bundle = animation._repr_mimebundle_()
    image = Image.open(BytesIO(base64.b64decode(bundle["image/png"])))
    assert image.size == SIZE
    np.testing.assert_array_equal(np.asarray(image), animation.poster().pixels)
    assert bundle["text/html"].startswith("<iframe srcdoc=")
    assert len(bundle["text/plain"]) < 5000


def test_saving_writes_what_the_suffix_says(tmp_path: Path) -> None:
    animation = film(seconds=0.2)
    written = animation.save(tmp_path / "a.gif", tmp_path / "b.png")
    assert [w.path.name for w in written] == ["a.gif", "b.png"]
    for one in written:
        with Image.open(one.path) as film_of_one:
            count = sum(1 for _ in ImageSequence.Iterator(film_of_one))
        assert count == one.frames == len(animation)
    assert written[0].seconds == pytest.approx(animation.timeline.total_seconds, abs=0.02)


def test_an_unknown_suffix_is_refused_before_anything_is_drawn(tmp_path: Path) -> None:
    before = time.perf_counter()
    with pytest.raises(WarpvizError):
        film().save(tmp_path / "a.gif", tmp_path / "a.xyz")
    assert time.perf_counter() - before < 1
    assert not list(tmp_path.iterdir())


def test_a_still_film() -> None:
    animation = animate(Chain([], width=2), make_data("rings", n=60), size=SIZE, jobs=2)
    assert len(animation) == 1
    np.testing.assert_array_equal(animation.poster().pixels, animation.frame(0, 0.0).pixels)
    assert len(animation.palette) > 10


def test_a_clip_has_the_films_own_pictures(tmp_path: Path) -> None:
    whole = film()
    clip = whole.clip(2)
    moments = [(m.k, m.t) for m in clip.timeline]
    assert moments[0] == (1, 0.0) and moments[-1] in ((2, 0.0), (1, 1.0))
    for frame, (k, t) in zip(clip.frames(), moments, strict=True):
        np.testing.assert_array_equal(frame.pixels, whole.frame(k, t).pixels)
    np.testing.assert_array_equal(clip.palette, whole.palette)
    np.testing.assert_array_equal(clip.poster().pixels, whole.frame(1, 0.0).pixels)
    assert [name for _, name in clip.chapters] == [name for _, name in whole.chapters][1:3]
    assert clip.chapters[0][0] == 0.0
    # A strip has its stops alone; a film of another size is the same clip.
    assert clip.save(tmp_path / "a.png", filmstrip=True)[0].frames == 2
    assert len(clip.remade(size=(320, 240))) == len(clip.remade(fps=clip.fps)) == len(clip)
    acts = [whole.clip(act) for act in range(1, whole.timeline.acts + 1)]
    assert sum(len(act) - 1 for act in acts) == len(whole) - 1
    assert len(whole.clip(1, whole.timeline.acts)) == len(whole)
    for first, last in ((0, 1), (1, 9), (3, 2), (7, None)):
        with pytest.raises(WarpvizError, match="A clip expects acts from 1 to 3, the first before"):
            whole.clip(first, last)
