"""The table of formats, and each of them with a small film."""

from collections.abc import Generator
from pathlib import Path
from typing import ClassVar

import numpy as np
import pytest

from tests.output.decoders import by_pillow
from tests.output.moving import Sliding
from warpviz.arrays import Pixels
from warpviz.errors import WarpvizError
from warpviz.output.writers import (
    PRINTED,
    TRANSPARENT,
    TRANSPARENT_PRINT,
    WRITERS,
    check_output,
    check_transparent,
    writer_for,
)
from warpviz.picture.film import Film


class Uneven(Sliding):
    """Its second picture has another size; it knows whether it was closed."""

    closed: ClassVar[list[bool]] = []

    def indexed(self, table: Pixels) -> Generator[tuple[Pixels, int], None, None]:
        try:
            yield np.zeros((3, 4), dtype=np.uint8), 10
            yield np.zeros((3, 5), dtype=np.uint8), 10
        finally:
            self.closed.append(True)


def test_gif_holds_the_film(tmp_path: Path) -> None:
    film: Film = Sliding(loop=2)
    written = writer_for("film.GIF")(film, tmp_path / "film.GIF")
    pixels, delays, loop = by_pillow(written.path)
    assert written.frames == 9
    assert written.seconds == pytest.approx(1.35)
    assert (delays, loop) == ([50, *[5] * 7, 50], 1)
    assert len(pixels) == 9
    assert film.description.encode() in written.path.read_bytes()


def test_a_writer_that_fails_closes_the_film(tmp_path: Path) -> None:
    film = Uneven()
    with pytest.raises(WarpvizError, match="frame 1 is 5×3") as told:
        writer_for("film.gif")(film, tmp_path / "film.gif")
    # At once, while the error that is held here still refers to the generator.
    assert film.closed == [True] and told.value
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("name", "fps", "longest", "says"),
    [
        ("x.gif", 51, 0.5, "fps expects at most 50 for a GIF, got 51"),
        ("x.gif", 20, 700, "A frame of a GIF stays 655.35 seconds at most, got 700"),
        ("x.mp4", 121, 0.5, "at most 120 frames a second"),
        ("x.apng", 91, 0.5, "fps expects at most 90 for .apng, got 91: browsers show"),
        ("x.webp", 100, 0.5, "fps expects at most 90 for .webp, got 100: browsers show"),
    ],
)
def test_clocks_that_a_format_cannot_tell_are_refused(
    name: str, fps: float, longest: float, says: str, tmp_path: Path
) -> None:
    with pytest.raises(WarpvizError, match=says):
        check_output(tmp_path / name, fps, longest)


@pytest.mark.parametrize(
    ("suffix", "most"), [(".gif", 65536), (".webp", 65535), (".apng", 2**31 - 1)]
)
def test_plays_are_as_many_as_a_format_can_count(suffix: str, most: int, tmp_path: Path) -> None:
    from PIL import Image

    path = check_output(tmp_path / f"x{suffix}", 20, loop=most)
    writer_for(path)(Sliding(loop=most), path)
    with Image.open(path) as film:
        told = film.info["loop"]
    assert told == most - (suffix == ".gif")
    with pytest.raises(WarpvizError, match=f"loop expects at most {most} plays for {suffix}"):
        check_output(path, 20, loop=most + 1)


def test_every_writer_says_what_it_is() -> None:
    for suffix, writer in WRITERS.items():
        assert suffix == suffix.lower() and suffix.startswith(".")
        assert (writer.__doc__ or "").strip()


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("a/fold.gfi", "Cannot write a/fold.gfi: unknown suffix '.gfi'; did you mean '.gif'?"),
        ("fold.xyz", "unknown suffix '.xyz'; known are .*.gif, .*.png"),
        (
            "fold",
            "the suffix chooses the format and there is none; known are .apng, .avif, .bmp, .gif",
        ),
        ("", "there is none"),
    ],
)
def test_unknown_suffix_names_what_is_known(path: str, says: str) -> None:
    with pytest.raises(WarpvizError, match=says.replace("?", r"\?")):
        writer_for(path)


def test_what_can_be_without_a_background_is_known_of_every_format(tmp_path: Path) -> None:
    assert set(TRANSPARENT) <= set(WRITERS) and set(TRANSPARENT_PRINT) - {".png"} <= set(PRINTED)
    for suffix in (*WRITERS, *PRINTED):
        for printed, known in ((False, TRANSPARENT), (True, TRANSPARENT_PRINT)):
            if suffix in known:
                check_transparent(f"x{suffix}", printed)
                continue
            with pytest.raises(WarpvizError, match=f"Cannot write x{suffix} without a background"):
                check_transparent(f"x{suffix}", printed)
