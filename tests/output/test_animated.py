"""Animated PNG and WebP, read by Pillow and ffmpeg."""

import subprocess
from pathlib import Path

import numpy as np
import PIL
import pytest
from PIL import Image, ImageSequence

from tests.output.decoders import need
from tests.output.moving import Sliding, psnr
from warpviz.arrays import Pixels
from warpviz.errors import WarpvizError
from warpviz.output import apng, webp
from warpviz.output.lookup import lookup_table, to_indices

FILM = Sliding()


def by_pillow(path: Path) -> tuple[list[Pixels], list[float], int]:
    frames, delays = [], []
    with Image.open(path) as film:
        for frame in ImageSequence.Iterator(film):
            frames.append(np.asarray(frame.convert("RGB")))
            delays.append(frame.info["duration"] / 1000)
        return frames, delays, film.info["loop"]


def in_the_palette(film: Sliding) -> list[Pixels]:
    table, palette = lookup_table(film.palette), film.palette
    return [palette[to_indices(shot.pixels, table)] for shot in film.shots()]


@pytest.mark.parametrize("loop", [0, 1, 3])
def test_apng_holds_each_picture_exactly(loop: int, tmp_path: Path) -> None:
    film = Sliding(loop=loop)
    written = apng.save(film, tmp_path / "x.png")
    frames, delays, plays = by_pillow(written.path)
    # Older ones do not read such patches right; ffmpeg does, see below.
    if int(PIL.__version__.partition(".")[0]) >= 11:
        np.testing.assert_array_equal(frames, in_the_palette(film))
    assert delays == [0.5] + [0.05] * 7 + [0.5]
    assert (plays, written.frames, written.bytes) == (loop, 9, written.path.stat().st_size)


def test_apng_in_ffmpeg(tmp_path: Path) -> None:
    need("ffmpeg")
    path = apng.save(FILM, tmp_path / "x.png").path
    command = ["ffmpeg", "-v", "error", "-i", str(path), "-fps_mode", "passthrough"]
    command += ["-f", "rawvideo", "-pix_fmt", "rgb24", "-"]
    done = subprocess.run(command, capture_output=True)
    assert not done.stderr
    frames = np.frombuffer(done.stdout, dtype=np.uint8).reshape(-1, 45, 61, 3)
    np.testing.assert_array_equal(frames, in_the_palette(FILM))


def test_apng_says_what_it_shows(tmp_path: Path) -> None:
    with Image.open(apng.save(FILM, tmp_path / "x.png").path) as film:
        assert film.info["Title"] == FILM.title
        assert film.info["Description"] == FILM.description


@pytest.mark.parametrize("loop", [0, 1, 3])
def test_webp_holds_the_film(loop: int, tmp_path: Path) -> None:
    film = Sliding(width=160, height=120, loop=loop)
    written = webp.save(film, tmp_path / "x.webp")
    frames, delays, plays = by_pillow(written.path)
    assert len(frames) == written.frames == 9
    assert delays == [0.5] + [0.05] * 7 + [0.5]
    assert plays == loop
    assert min(psnr(f, film.picture(k)) for k, f in enumerate(frames)) > 30


def test_webp_says_what_it_shows(tmp_path: Path) -> None:
    with Image.open(webp.save(FILM, tmp_path / "x.webp").path) as film:
        told = film.getxmp()["xmpmeta"]["RDF"]["Description"]
    assert told["title"]["Alt"]["li"]["text"] == FILM.title
    assert told["description"]["Alt"]["li"]["text"] == FILM.description


def test_webp_times_add_up(tmp_path: Path) -> None:
    film = Sliding(fps=30.0, count=40)
    _, delays, _ = by_pillow(webp.save(film, tmp_path / "x.webp").path)
    np.testing.assert_allclose(sum(delays), film.seconds, atol=1e-3)


def test_webp_is_not_larger_than_its_format(tmp_path: Path) -> None:
    with pytest.raises(WarpvizError, match="at most 16383 pixels"):
        webp.save(Sliding(width=16384), tmp_path / "x.webp")


@pytest.mark.parametrize("save", [apng.save, webp.save])
def test_a_film_that_breaks_leaves_the_earlier_file(save, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "x.png"
    path.write_text("earlier")
    with pytest.raises(WarpvizError, match="disk is full"):
        save(Sliding(breaks=4), path)
    assert path.read_text() == "earlier" and list(tmp_path.iterdir()) == [path]
