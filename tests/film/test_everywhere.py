"""Everywhere the same film, and no flashes."""

import subprocess
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageSequence

from tests.output.decoders import need
from tests.output.moving import psnr
from warpviz.arrays import Pixels
from warpviz.data import load_data
from warpviz.film.build import animate
from warpviz.film.reel.animation import Animation
from warpviz.model import mlp

LEAST = {".gif": 38.0, ".png": 38.0, ".webp": 30.0, ".mp4": 30.0, ".webm": 30.0}
"""Decibels at every stop and in the middle of every act: the palette's, and the codecs' own."""


def film_of(activation: str = "tanh", theme: str = "dark", **look: object) -> Animation:
    data = load_data("rings", seed=0)
    asked = {"size": (320, 240), "seconds": 0.5, "hold": 0.1, "theme": theme, **look}
    return animate(mlp([2, 3, 2], activation, seed=3), data, **asked)  # type: ignore[arg-type]


def decoded(path: Path) -> list[Pixels]:
    """Every picture of a file, holds as one; of video, every frame."""
    if path.suffix in (".gif", ".png", ".webp"):
        with Image.open(path) as film:
            return [np.asarray(frame.convert("RGB")) for frame in ImageSequence.Iterator(film)]
    need("ffmpeg")
    command = ["ffmpeg", "-v", "error", "-i", str(path), "-vf", "scale=in_color_matrix=bt709"]
    command += ["-f", "rawvideo", "-pix_fmt", "rgb24", "-"]
    raw = subprocess.run(command, capture_output=True, check=True).stdout
    return list(np.frombuffer(raw, dtype=np.uint8).reshape(-1, 240, 320, 3))


@pytest.fixture(scope="module")
def film() -> Animation:
    return film_of()


@pytest.fixture(scope="module")
def files(film: Animation, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("everywhere")
    written = film.save(*(folder / f"film{suffix}" for suffix in LEAST))
    return {one.path.suffix: one.path for one in written}


@pytest.mark.slow
@pytest.mark.parametrize("suffix", LEAST)
def test_a_moment_is_the_same_in_every_format(
    suffix: str, film: Animation, files: dict[str, Path]
) -> None:
    pictures = decoded(files[suffix])
    moments = list(film.timeline)
    if suffix in (".mp4", ".webm"):
        stays = [round(moment.seconds * film.fps) for moment in moments]
        starts = np.concatenate([[0], np.cumsum(stays)[:-1]])
        assert len(pictures) == sum(stays)
        pictures = [pictures[start] for start in starts]
    assert len(pictures) == len(moments)
    worst = min(
        psnr(picture, film.frame(moment.k, moment.t).pixels)
        for picture, moment in zip(pictures[::4], moments[::4], strict=True)
    )
    print(f"{suffix}: {worst:.1f} dB")
    assert worst > LEAST[suffix]


def luminance(pixels: Pixels) -> np.ndarray:
    """Relative luminance (WCAG 2), in blocks of 8×8 pixels, which is finer than the rule asks."""
    value = pixels / 255.0
    linear = np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)
    light = linear @ (0.2126, 0.7152, 0.0722)
    height, width = light.shape
    blocks: np.ndarray = light.reshape(height // 8, 8, width // 8, 8).mean(axis=(1, 3))
    return blocks


@pytest.mark.slow
@pytest.mark.parametrize("activation", ["relu", "tanh", "gelu"])
@pytest.mark.parametrize("theme", ["dark", "light"])
def test_nothing_flashes_more_than_three_times_a_second(activation: str, theme: str) -> None:
    # WCAG 2.3.1: a flash is a pair of opposing changes of 10 % of the largest relative luminance,
    # the darker below 0.8, on a quarter of what ten degrees see: here of the whole picture.
    film = film_of(activation, theme, seconds=1.0, hold=0.5)
    light = [luminance(frame.pixels) for frame in film.frames()]
    turn = light[0].copy()
    direction = np.zeros_like(turn)
    flashes = []
    for now in light[1:]:
        change = now - turn
        big = (np.abs(change) >= 0.1) & (np.minimum(now, turn) < 0.8)
        opposing = big & (np.sign(change) != direction)
        flashes.append(float(np.mean(opposing & (direction != 0))))
        direction = np.where(opposing, np.sign(change), direction)
        # The extreme from which the next change counts.
        farther = (np.sign(change) == direction) | opposing
        turn = np.where(farther, now, turn)
    second = round(film.fps)
    for start in range(len(flashes)):
        window = flashes[start : start + second]
        assert sum(share >= 0.25 for share in window) <= 6
