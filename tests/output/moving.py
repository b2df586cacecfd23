"""A small film with colours, holds and chapters, for the tests of all formats."""

from collections.abc import Generator
from dataclasses import dataclass

import numpy as np

from warpviz.arrays import Pixels
from warpviz.output.lookup import to_indices
from warpviz.output.palette import build_palette
from warpviz.picture.film import Shot
from warpviz.picture.frame import Frame


@dataclass(frozen=True, eq=False)
class Sliding:
    """A bright square slides over a soft ground; the first and last picture stay longer."""

    width: int = 61
    height: int = 45
    count: int = 9
    loop: int = 0
    fps: float = 20.0
    title: str = "Sliding → right"
    description: str = "A square, then & <a square> to the right of it."
    breaks: int = -1
    transparent: bool = False

    @property
    def size(self) -> tuple[int, int]:
        return self.width, self.height

    @property
    def palette(self) -> Pixels:
        return build_palette((self.picture(k)[..., :3] for k in range(self.count)), 64)

    @property
    def seconds(self) -> float:
        return sum(self.stay(k) for k in range(self.count))

    @property
    def chapters(self) -> tuple[tuple[float, str], ...]:
        return (0.0, "left"), (self.seconds - self.stay(self.count - 1), "right")

    def __len__(self) -> int:
        return self.count

    def stay(self, k: int) -> float:
        return 0.5 if k in (0, self.count - 1) else 1 / self.fps

    def picture(self, k: int) -> Pixels:
        y, x = np.mgrid[: self.height, : self.width]
        ground = np.stack([40 + x, 60 + y, 90 + (x + y) // 2], axis=-1).astype(np.uint8)
        left = 6 + 4 * k
        ground[14:26, left : left + 12] = (240, 150, 60)
        return ground

    def shots(self) -> Generator[Shot, None, None]:
        for k in range(self.count):
            if k == self.breaks:
                raise OSError(28, "no room")
            yield Shot(self.picture(k), round(100 * self.stay(k)), self.stay(k))

    def indexed(self, table: Pixels) -> Generator[tuple[Pixels, int], None, None]:
        for shot in self.shots():
            yield to_indices(shot.pixels, table), shot.centiseconds

    def poster(self) -> Frame:
        return Frame(self.picture(self.count // 2), 5)


def psnr(a: Pixels, b: Pixels) -> float:
    """Peak signal-to-noise ratio in decibels."""
    error = np.mean((a.astype(float) - b.astype(float)) ** 2)
    return float("inf") if error == 0 else float(10 * np.log10(255**2 / error))


@dataclass(frozen=True, eq=False)
class Clear(Sliding):
    """The same square, half translucent, its left side soft, over nothing."""

    transparent: bool = True

    def picture(self, k: int) -> Pixels:
        out = np.zeros((self.height, self.width, 4), dtype=np.uint8)
        left = 6 + 4 * k
        out[14:26, left : left + 12] = (240, 150, 60, 128)
        out[14:26, left] = (240, 150, 60, 30)
        out[30:40, 8:40] = (40, 90, 200, 255)
        return out


def laid(pixels: Pixels, ground: tuple[int, int, int]) -> Pixels:
    """A clear picture on a ground of one colour."""
    opacity = pixels[..., 3:] / 255
    both = opacity * pixels[..., :3] + (1 - opacity) * np.array(ground)
    return np.asarray(np.rint(both).astype(np.uint8))
