"""Sizes that are kept, frames as files, and holds of single stops."""

import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import imageio.v3 as iio
import numpy as np
import pytest
from PIL import Image

from warpviz.data import make_data
from warpviz.errors import WarpvizError
from warpviz.film.build import animate
from warpviz.film.reel.animation import Animation
from warpviz.film.reel.budget import RATES, _variants
from warpviz.model import mlp


def film_of(**look: Any) -> Animation:
    data = make_data("rings", n=80)
    asked: dict[str, Any] = {"size": (360, 270), "seconds": 0.6, "hold": 0.2, **look}
    return animate(mlp([2, 3, 2], "tanh", seed=3), data, **asked)


@pytest.fixture(scope="module")
def film() -> Animation:
    return film_of()


@pytest.mark.slow
@pytest.mark.parametrize("suffix", [".gif", ".png", ".webp"])
def test_a_size_is_kept_by_giving_up_frames_first(suffix: str, tmp_path: Path) -> None:
    film = film_of(size=(480, 360))
    whole = film.save(tmp_path / f"whole{suffix}")[0]
    (written,) = film.save(tmp_path / f"x{suffix}", max_size=int(0.8 * whole.bytes))
    assert written.bytes == (tmp_path / f"x{suffix}").stat().st_size <= 0.8 * whole.bytes
    assert "frames a second" in written.changes and "pixels" not in written.changes
    assert written.seconds == pytest.approx(whole.seconds, abs=0.2)
    (small,) = film.save(tmp_path / f"x{suffix}", max_size=int(0.33 * whole.bytes))
    assert small.bytes <= 0.33 * whole.bytes and "pixels" in small.changes
    told = replace(film, description="Equal for all: nothing.")
    assert told.remade(size=(240, 180)).description == told.description


@pytest.mark.slow
@pytest.mark.parametrize(("suffix", "usual"), [(".mp4", 16), (".webm", 24)])
def test_a_video_is_encoded_more_softly_before_all_else(
    suffix: str, usual: int, tmp_path: Path
) -> None:
    film = film_of(size=(480, 360))
    path = tmp_path / f"x{suffix}"
    (whole,) = film.save(path)
    (softer,) = film.save(path, max_size=int(0.6 * whole.bytes))
    assert softer.bytes == path.stat().st_size <= 0.6 * whole.bytes
    told = re.fullmatch(r"quality lowered to crf (\d+)", softer.changes)
    assert told is not None and int(told[1]) > usual
    # As many pictures of the same size in as much time, by another decoder.
    frames = iio.imread(path, plugin="pyav")
    assert len(frames) == softer.frames == whole.frames and frames.shape[1:3] == (360, 480)
    (small,) = film.save(path, max_size=int(0.12 * whole.bytes))
    assert small.bytes <= 0.12 * whole.bytes
    assert re.match(r"quality lowered to crf \d+, \d+ frames a second", small.changes)


@pytest.mark.slow
def test_each_file_keeps_the_size_by_itself(film: Animation, tmp_path: Path) -> None:
    tight, video = tmp_path / "x.html", tmp_path / "x.mp4"
    (page,) = film.save(tmp_path / "whole.html")
    # A page has nothing to give up; a video behind it is written all the same.
    most = page.bytes // 2
    with pytest.raises(WarpvizError, match=r"x\.html in .* the smallest it could be"):
        film.save(tight, video, max_size=most)
    assert 0 < video.stat().st_size <= most and not tight.exists()


@pytest.mark.slow
def test_what_is_small_enough_stays_as_it_is(film: Animation, tmp_path: Path) -> None:
    (written,) = film.save(tmp_path / "x.gif", max_size=50_000_000)
    assert (written.changes, written.frames) == ("", len(film))


@pytest.mark.slow
def test_a_size_that_cannot_be_kept_loses_nothing(film: Animation, tmp_path: Path) -> None:
    path = tmp_path / "x.gif"
    path.write_text("earlier")
    with pytest.raises(WarpvizError, match=r"in 500 bytes: the smallest it could be is [\d,]+;"):
        film.save(path, max_size=500)
    assert path.read_text() == "earlier" and list(tmp_path.iterdir()) == [path]


def test_frames_are_the_films(film: Animation, tmp_path: Path) -> None:
    folder = film.save_frames(tmp_path / "frames")
    pictures = sorted(folder.glob("frame-*.png"))
    assert len(pictures) == len(film)
    for path, frame in zip(pictures, film.frames(), strict=True):
        with Image.open(path) as picture:
            np.testing.assert_array_equal(np.asarray(picture), frame.pixels)
    rates, number = [], 0.0
    for index, line in enumerate((folder / "timeline.txt").read_text().splitlines()):
        pause, rate, shown = line.split(":")
        number = float(rate) if rate else number
        rates.append(1 / number)
        assert (pause, int(shown)) == ("", index)
    assert sum(rates) == pytest.approx(film.seconds, rel=1e-4)
    # The same clock, waiting for a click at each stop between the first and the last.
    clicks = (folder / "clicks.txt").read_text()
    assert clicks.replace("*", "") == (folder / "timeline.txt").read_text()
    waits = [line.startswith("*") for line in clicks.splitlines()]
    inner = [moment.t == 0 and moment.k > 0 for moment in film.timeline]
    assert waits == inner and sum(waits) == film.timeline.acts - 1
    assert f"{{0000}}{{{len(film) - 1:04d}}}" in (folder / "about.txt").read_text("utf-8")


@pytest.mark.slow
def test_ffmpeg_reads_the_frames(film: Animation, tmp_path: Path) -> None:
    if shutil.which("ffmpeg") is None:
        pytest.skip("needs ffmpeg")
    folder = film.save_frames(tmp_path / "frames")
    command = ["ffmpeg", "-v", "error", "-i", str(folder / "film.ffconcat"), "-vf"]
    command += ["fps=20,scale=8:6,format=gray", "-f", "rawvideo", "-"]
    done = subprocess.run(command, capture_output=True)
    assert not done.stderr
    assert len(done.stdout) / 48 / 20 == pytest.approx(film.seconds, abs=0.11)


@pytest.mark.slow
def test_frames_take_the_place_of_earlier_frames_alone(film: Animation, tmp_path: Path) -> None:
    folder = tmp_path / "frames"
    film.save_frames(folder)
    film.save_frames(folder)
    (folder / "mine.txt").write_text("mine")
    with pytest.raises(WarpvizError, match=r"expects a new folder, .* holds mine.txt"):
        film.save_frames(folder)
    assert (folder / "mine.txt").read_text() == "mine"
    (tmp_path / "file").write_text("")
    with pytest.raises(WarpvizError, match="is a file"):
        film.save_frames(tmp_path / "file")
    with pytest.raises(WarpvizError, match="does not exist"):
        film.save_frames(tmp_path / "none" / "frames")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "frames"]


def test_single_stops_stay_as_long_as_they_are_told() -> None:
    film = film_of(hold_at={1: 2.5}, start_hold=1.0, end_hold=0.0)
    stays = [moment.seconds for moment in film.timeline if moment.t in (0.0, 1.0)]
    assert stays == pytest.approx([1.0, 2.5, 0.2, 0.05])
    assert film.seconds == pytest.approx(sum(moment.seconds for moment in film.timeline))
    assert [start for start, _ in film.chapters][:2] == pytest.approx([0.0, 1.0 + 0.55])


@pytest.mark.parametrize(
    ("look", "says"),
    [
        ({"hold_at": {9: 1.0}}, "hold_at names stop 9, the film's stops are 0 to 3"),
        ({"hold_at": {1: -1.0}}, "hold_at 1 expects 0 to 3600 seconds, got -1"),
        ({"end_hold": float("nan")}, "end_hold expects 0 to 3600 seconds"),
    ],
)
def test_holds_that_cannot_be_are_told(look: dict[str, object], says: str) -> None:
    with pytest.raises(WarpvizError, match=says):
        film_of(**look)


def test_a_file_object_gets_the_whole_file(tmp_path: Path) -> None:
    import io

    film = animate(mlp([2, 2], "relu", seed=0), make_data("xor", n=20), size=(240, 180), fps=5)
    film.save(tmp_path / "f.gif")
    for form in (".gif", "gif"):
        file = io.BytesIO()
        (written,) = film.save(file, format=form)
        assert file.getvalue() == (tmp_path / "f.gif").read_bytes()
        assert written.bytes == len(file.getvalue())
    with open(tmp_path / "g.gif", "wb") as opened:
        film.save(opened)
    assert (tmp_path / "g.gif").read_bytes() == (tmp_path / "f.gif").read_bytes()
    with pytest.raises(WarpvizError, match=r'say its format, as in save\(file, format="\.gif"\)'):
        film.save(io.BytesIO())
    with pytest.raises(WarpvizError, match="not both at once"):
        film.save(io.BytesIO(), tmp_path / "h.gif", format=".gif")
    with pytest.raises(WarpvizError, match="format is for file objects"):
        film.save(tmp_path / "h.gif", format=".gif")
    file = io.BytesIO()
    with pytest.raises(WarpvizError, match=r"\.gfi"):
        film.save(file, format=".gfi")
    assert not file.getvalue()


def test_of_what_is_too_large_fewer_frames_then_colours_then_pixels_are_tried(
    film: Animation, tmp_path: Path
) -> None:
    (tmp_path / "x.gif").write_bytes(bytes(5000))
    tried = [
        (each.fps, getattr(each, "colours", 256), each.size, words)
        for each, _, words in _variants(film, tmp_path / "x.gif", 1000, tmp_path / "x.gif")
    ]
    assert tried[0] == (film.fps, film.colours, film.size, "")
    for kind, word in enumerate(("frames a second", "colours", "pixels")):
        values = [one[kind] for one in tried]
        assert sorted(values, reverse=True) == values and len(set(values)) > 1, word
        changed = next(i for i, value in enumerate(values) if value != values[0])
        assert all(word in one[3] for one in tried[changed:])
        assert not any(word in one[3] for one in tried[:changed])
    fewer = [one[0] for one in tried if one[1:3] == tried[0][1:3]][1:]
    assert fewer == [max(round(film.fps * rate), 1) for rate in RATES]


def test_stops_rest_as_long_as_their_words_take_to_be_read_and_only_then() -> None:
    data = make_data("rings", n=20)

    def rests(**look: Any) -> float:
        film = animate(mlp([2, 3, 2], "tanh", seed=3), data, size=(360, 270), seconds=0.6, **look)
        return film.seconds - 0.6 * film.timeline.acts

    plain = rests()
    assert plain == pytest.approx(0.5 * 4, abs=0.3)
    assert plain == pytest.approx(rests(caption="why", hide=("caption",)), abs=1e-6)
    assert plain < rests(caption="why") - 1.0
