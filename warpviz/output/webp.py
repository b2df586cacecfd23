"""Animated WebP, through Pillow's encoder, one picture at a time."""

from collections.abc import Generator
from contextlib import closing
from pathlib import Path

from PIL import Image

from warpviz.atomic import replacing
from warpviz.errors import WarpvizError
from warpviz.output.about import xmp
from warpviz.output.bleeding import bled
from warpviz.picture.film import Film, Shot, Written

QUALITY = 90
"""Of the lossy encoder, 0 … 100."""
EFFORT = 2
"""Of the encoder, 0 … 6: 4 takes twice as long for a file a tenth smaller."""
LARGEST = 16383
"""Pixels a side: the format holds no more."""


class _Reel(Image.Image):
    """A picture of many frames that are drawn when they are sought, so that one is held at a time.

    Pillow's writer seeks each frame once, in order, then the first one again. `durations` grows
    with what was shown, in whole milliseconds; what rounding leaves is carried on.
    """

    def __init__(self, film: Film, shots: Generator[Shot, None, None], n: int) -> None:
        super().__init__()
        self._mode, self._size = "RGBA" if film.transparent else "RGB", film.size
        self.im = Image.new(self._mode, film.size).im
        self.n_frames = n
        self.durations: list[int] = []
        self._shots = shots
        self._carried = 0.0
        self.encoderinfo: dict[str, object] = {}

    def seek(self, frame: int) -> None:
        """Show a frame; those that were shown are gone."""
        while len(self.durations) <= frame:
            shot = next(self._shots)
            clear = shot.pixels.shape[2] == 4
            self.paste(Image.fromarray(bled(shot.pixels) if clear else shot.pixels))
            due = self._carried + 1000 * shot.seconds
            self.durations.append(round(due))
            self._carried = due - self.durations[-1]

    def tell(self) -> int:
        """The first frame: where Pillow is to return to."""
        return 0


def save(film: Film, path: Path) -> Written:
    """Animated WebP: all colours in a small file, for web pages.

    Raises:
        WarpvizError: the film is too large for the format, or the path cannot be written.
    """
    if max(film.size) > LARGEST:
        raise WarpvizError(
            f"A WebP is at most {LARGEST} pixels wide and high, got {film.size[0]}×{film.size[1]}; "
            "choose another --size."
        )
    with replacing(path) as draft, closing(film.shots()) as shots:
        reel = _Reel(film, shots, len(film))
        with open(draft, "wb") as file:
            reel.save(
                file, "WEBP", save_all=True, duration=reel.durations, loop=film.loop,
                quality=QUALITY, method=EFFORT, xmp=xmp(film.title, film.description),
            )  # fmt: skip
        size = draft.stat().st_size
    return Written(Path(path), len(reel.durations), sum(reel.durations) / 1000, size)
