"""The table of formats, and each of them with a small film."""

from collections.abc import Generator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest

from tests.output.decoders import by_pillow
from warpviz.arrays import Pixels
from warpviz.errors import WarpvizError
from warpviz.output.film import Film
from warpviz.output.lookup import to_indices
from warpviz.output.writers import WRITERS, writer_for
from warpviz.picture.frame import Frame


@dataclass(frozen=True, eq=False)
class Blink:
    """The smallest film: black, white."""

    size: tuple[int, int] = (4, 3)
    palette: Pixels = field(default_factory=lambda: np.array([[0] * 3, [255] * 3], dtype=np.uint8))
    loop: int = 2
    description: str = "It blinks."
    second: tuple[int, int] = (3, 4)
    closed: list[bool] = field(default_factory=list)

    def frames(self) -> Generator[Frame, None, None]:
        for shape, value in (((3, 4), 0), (self.second, 255)):
            yield Frame(np.full((*shape, 3), value, dtype=np.uint8), 10)

    def indexed(self, table: Pixels) -> Generator[tuple[Pixels, int], None, None]:
        try:
            for frame in self.frames():
                yield to_indices(frame.pixels, table), frame.centiseconds
        finally:
            self.closed.append(True)

    def poster(self) -> Frame:
        return list(self.frames())[-1]


def test_gif_holds_the_film(tmp_path: Path) -> None:
    film: Film = Blink()
    written = writer_for("film.GIF")(film, tmp_path / "film.GIF")
    pixels, delays, loop = by_pillow(written.path)
    assert (written.frames, written.seconds, delays, loop) == (2, 0.2, [10, 10], 1)
    np.testing.assert_array_equal(pixels, [f.pixels for f in film.frames()])
    assert b"It blinks." in written.path.read_bytes()


def test_png_holds_the_poster(tmp_path: Path) -> None:
    from PIL import Image

    written = writer_for("film.png")(Blink(), tmp_path / "film.png")
    with Image.open(written.path) as picture:
        assert picture.info["Description"] == "It blinks."
        np.testing.assert_array_equal(np.asarray(picture), 255)


def test_a_writer_that_fails_closes_the_film(tmp_path: Path) -> None:
    film = Blink(second=(3, 5))
    with pytest.raises(WarpvizError, match="frame 1 is 5×3") as told:
        writer_for("film.gif")(film, tmp_path / "film.gif")
    # At once, while the error that is held here still refers to the generator.
    assert film.closed == [True] and told.value
    assert not list(tmp_path.iterdir())


def test_every_writer_says_what_it_is() -> None:
    for suffix, writer in WRITERS.items():
        assert suffix == suffix.lower() and suffix.startswith(".")
        assert (writer.__doc__ or "").strip()


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("a/fold.gfi", "Cannot write a/fold.gfi: unknown suffix '.gfi'; did you mean '.gif'?"),
        ("fold.xyz", "unknown suffix '.xyz'; known are .*.gif, .*.png"),
        ("fold", "the suffix chooses the format and there is none; known are .gif"),
        ("", "there is none"),
    ],
)
def test_unknown_suffix_names_what_is_known(path: str, says: str) -> None:
    with pytest.raises(WarpvizError, match=says.replace("?", r"\?")):
        writer_for(path)
