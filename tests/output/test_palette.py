"""The palette of a film against a stated quality and against Pillow's."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image

from tests.output.synthetic import BACKGROUND, BLUE, ORANGE, WHITE, cloth
from warpviz.arrays import Pixels
from warpviz.errors import WarpvizError
from warpviz.output.lookup import bins, lookup_table, to_indices
from warpviz.output.palette import build_palette

KEEP = (BACKGROUND, WHITE, BLUE, ORANGE)
SIZE = (320, 240)


def samples() -> list[Pixels]:
    return [cloth(k / 11, SIZE) for k in range(12)]


def psnr(palette: Pixels) -> float:
    """Decibels over frames that were not sampled."""
    table = lookup_table(palette)
    films = [cloth(t, SIZE) for t in (0.13, 0.41, 0.68, 0.96)]
    error = [(palette[to_indices(film, table)].astype(float) - film) ** 2 for film in films]
    return float(10 * np.log10(255**2 / np.mean(error)))


@pytest.mark.slow
def test_a_film_looks_right_with_one_palette() -> None:
    palette = build_palette(samples(), keep=KEEP)
    assert palette.shape == (255, 3) and palette.dtype == np.uint8
    np.testing.assert_array_equal(palette[:4], KEEP)
    assert len(np.unique(bins(palette))) == 255
    assert psnr(palette) >= 46
    pooled = Image.fromarray(np.concatenate(samples()))
    theirs = pooled.quantize(251, method=Image.Quantize.MEDIANCUT).getpalette()
    assert theirs is not None
    rival = np.concatenate([KEEP, np.reshape(theirs[: 3 * 251], (-1, 3))]).astype(np.uint8)
    assert psnr(palette) > psnr(rival) + 1


def test_few_colours_are_all_exact() -> None:
    code = np.random.default_rng(0).choice(64**3, 100, replace=False)
    colors = np.stack([code >> 12, code >> 6 & 63, code & 63], 1).astype(np.uint8) * 4 + 2
    palette = build_palette([colors.reshape(10, 10, 3)], keep=[(0, 0, 0)])
    np.testing.assert_array_equal(palette[0], 0)
    assert {tuple(c) for c in palette[1:].tolist()} == {tuple(c) for c in colors.tolist()}


def test_rare_colours_survive() -> None:
    rng = np.random.default_rng(0)
    film = np.clip(rng.normal((40, 80, 140), 5, (240, 320, 3)), 0, 255).astype(np.uint8)
    rare = rng.integers(0, 256, (24, 3), dtype=np.uint8)
    for k, color in enumerate(rare):
        film[10 * k : 10 * k + 3, 100:103] = color  # 9 pixels of 76,800
    palette = build_palette([film], 64).astype(float)
    apart = np.sqrt(((palette[:, None] - rare) ** 2).sum(axis=2)).min(axis=0)
    assert apart.mean() < 8  # 3.8; with weights that are plain counts 13.7


@pytest.mark.many(quick=1)
@pytest.mark.parametrize("colors", [1, 2, 16, 100])
def test_no_more_colours_than_asked(colors: int) -> None:
    palette = build_palette(samples()[::4], colors)
    assert 0.9 * colors <= len(palette) <= colors
    kept = build_palette(samples()[::4], colors, keep=[ORANGE] * 3)
    assert len(kept) <= colors and tuple(kept[0]) == ORANGE


@pytest.mark.slow
def test_large_samples_are_thinned_and_give_the_same_colours() -> None:
    small = samples()[::6]
    large = [film.repeat(4, axis=0).repeat(4, axis=1) for film in small]
    assert psnr(build_palette(large, keep=KEEP)) > psnr(build_palette(small, keep=KEEP)) - 1


@pytest.mark.slow
def test_same_palette_in_any_process() -> None:
    code = (
        "import hashlib; from tests.output.test_palette import *;"
        "print(hashlib.sha256(build_palette(samples(), keep=KEEP).tobytes()).hexdigest())"
    )
    expected = hashlib.sha256(build_palette(samples(), keep=KEEP).tobytes()).hexdigest()
    env = {**os.environ, "PYTHONHASHSEED": "7", "OPENBLAS_NUM_THREADS": "1"}
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True)
    assert done.stdout.strip() == expected, done.stderr


def test_bad_arguments_are_told() -> None:
    one = [np.zeros((2, 2, 3), dtype=np.uint8)]
    calls: list[tuple[Callable[[], Pixels], str]] = [
        (lambda: build_palette([]), "at least one sample"),
        (lambda: build_palette(one, 256), "got colors=256"),
        (lambda: build_palette(one, 1, keep=[BLUE, ORANGE]), "colors=1 with 2 kept"),
        (lambda: build_palette(one, keep=[(0, 0, 256)]), "from 0 to 255"),
        (lambda: build_palette([np.zeros((2, 2), dtype=np.uint8)]), r"got \(2, 2\) uint8"),
    ]
    for call, says in calls:
        with pytest.raises(WarpvizError, match=says):
            call()
