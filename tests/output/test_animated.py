"""Animated PNG and WebP, read by Pillow and ffmpeg."""

import subprocess
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import PIL
import pytest
from PIL import Image, ImageSequence

from tests.output.decoders import need
from tests.output.moving import Clear, Sliding, laid, psnr
from warpviz.arrays import Pixels
from warpviz.errors import WarpvizError
from warpviz.output import apng, webp
from warpviz.output.lookup import lookup_table, to_indices
from warpviz.picture.film import Shot, Writer

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


@dataclass(frozen=True, eq=False)
class Fast(Sliding):
    """The same pictures, each for a fraction of a second, the last one for long."""

    last: float = 0.5

    def shots(self) -> Generator[Shot, None, None]:
        for number, shot in enumerate(super().shots()):
            seconds = self.last if number == 8 else 1 / self.fps
            yield Shot(shot.pixels, round(100 * seconds), seconds)

    def indexed(self, table: Pixels) -> Generator[tuple[Pixels, int], None, None]:
        for shot in self.shots():
            yield to_indices(shot.pixels, table), shot.centiseconds


@pytest.mark.parametrize("fps", [60, 72, 90])
def test_apng_plays_as_fast_as_it_is_asked_to(fps: float, tmp_path: Path) -> None:
    written = apng.save(Fast(fps=fps), tmp_path / "x.png")
    frames, delays, _ = by_pillow(written.path)
    assert len(frames) == 9
    assert sum(delays) == pytest.approx(8 / fps + 0.5, abs=0.001)
    # Browsers take 10 milliseconds or less for 100.
    assert min(delays) > 0.0105 and max(delays[:-1]) - min(delays) < 0.0011


@pytest.mark.parametrize("last", [655.35, 700.0, 3600.0])
def test_apng_holds_for_as_long_as_it_is_asked_to(last: float, tmp_path: Path) -> None:
    delays = by_pillow(apng.save(Fast(last=last), tmp_path / "x.png").path)[1]
    assert delays == pytest.approx([*[0.05] * 8, last])


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


@pytest.mark.parametrize("save", [apng.save, webp.save])
def test_clear_pictures_keep_their_opacity(save: Writer, tmp_path: Path) -> None:
    film = Clear(loop=2)
    path = save(film, tmp_path / "x.png").path
    with Image.open(path) as opened:
        frames = [np.asarray(frame.convert("RGBA")) for frame in ImageSequence.Iterator(opened)]
        assert opened.info["loop"] == 2
    wanted = [film.picture(k) for k in range(film.count)]
    assert len(frames) == film.count
    for got, picture in zip(frames, wanted, strict=True):
        np.testing.assert_array_equal(got[..., 3], picture[..., 3])
        for ground in ((0, 0, 0), (255, 255, 255), (200, 60, 120)):
            likeness = psnr(laid(got, ground), laid(picture, ground))
            assert likeness == float("inf") if save is apng.save else likeness > 30


def test_clear_pngs_are_read_alike_by_ffmpeg(tmp_path: Path) -> None:
    need("ffmpeg")
    film = Clear()
    path = apng.save(film, tmp_path / "x.png").path
    command = ["ffmpeg", "-v", "error", "-f", "apng", "-i", str(path), "-fps_mode", "passthrough"]
    command += ["-f", "rawvideo", "-pix_fmt", "rgba", "-"]
    raw = subprocess.run(command, capture_output=True, check=True).stdout
    frames = np.frombuffer(raw, dtype=np.uint8).reshape(-1, film.height, film.width, 4)
    np.testing.assert_array_equal(frames, [film.picture(k) for k in range(film.count)])
