"""A GIF writer that streams: pixels → indices → what changed → LZW → file, frame by frame.

One palette for the film, no dithering. Of each frame only the rectangle that changed is written,
and in it the pixels that did not change are transparent, which compresses well. A change that
nobody sees is not drawn; it is measured from the colour on screen, so errors never add up, and
a frame that stays long enough to be studied is drawn exactly.
"""

import os
from collections.abc import Generator, Iterable, Iterator
from contextlib import closing
from pathlib import Path

import numpy as np

from warpviz.arrays import Pixels
from warpviz.atomic import replacing
from warpviz.errors import WarpvizError
from warpviz.output.changes import patch_of
from warpviz.output.gif_container import TRAILER, header, image
from warpviz.output.lookup import check_palette, lookup_table, to_indices, visible_changes
from warpviz.picture.film import Film, Written
from warpviz.picture.frame import Frame

TOLERANCE = 0.015  # in Oklab, where 0.02 is just visible; 0.02 begins to leave texture behind
STUDIED = 20  # centiseconds: such frames are drawn exactly, whatever the tolerance
FASTEST = 50  # frames a second
SHORTEST = 2  # centiseconds; browsers play 1 as 10
LONGEST = 65535  # of a side in pixels and of a time in centiseconds: two bytes hold no more


def save(film: Film, path: Path) -> Written:
    """Animated GIF: one palette, exact to the hundredth of a second."""
    palette = film.palette
    with closing(film.indexed(lookup_table(palette))) as frames:
        return write_indexed(
            frames, path, palette=palette, loop=film.loop, comment=film.description
        )


def check_clock(fps: float, longest: float) -> None:
    """Tell whether a GIF can keep a clock: `fps`, and seconds that the longest frame stays.

    Raises:
        WarpvizError: it cannot.
    """
    if fps > FASTEST:
        raise WarpvizError(
            f"fps expects at most {FASTEST} for a GIF, got {fps:g}; lower it or write another "
            "format."
        )
    if max(longest, 1 / fps) > LONGEST / 100:
        raise WarpvizError(
            f"A frame of a GIF stays {LONGEST / 100} seconds at most, got "
            f"{max(longest, 1 / fps):g}; change hold or fps."
        )


def write_gif(
    frames: Iterable[Frame],
    path: str | os.PathLike[str],
    *,
    palette: Pixels,
    loop: int = 0,
    comment: str = "",
    tolerance: float = TOLERANCE,
) -> Written:
    """Write frames as an animated GIF; holds one frame at a time.

    Args:
        frames: pictures of one size, each side at most 65535 pixels.
        path: the file; an earlier one is replaced only when the new one is whole.
        palette: (P, 3) uint8, P ≤ 255, see `build_palette`.
        loop: total plays; 0 plays forever.
        comment: stored in the file, for example its description in words.
        tolerance: a change of colour up to this distance in Oklab is not drawn in frames that
            stay less than 0.2 seconds; 0 draws all.

    Raises:
        WarpvizError: no frames, frames of unequal size, a size, time, loop, palette or tolerance
            that does not fit, a path that cannot be written, or a full disk.
    """
    table = lookup_table(palette)
    indexed = ((to_indices(frame.pixels, table), frame.centiseconds) for frame in frames)
    return write_indexed(
        indexed, path, palette=palette, loop=loop, comment=comment, tolerance=tolerance
    )


def write_indexed(
    frames: Iterable[tuple[Pixels, int]],
    path: str | os.PathLike[str],
    *,
    palette: Pixels,
    loop: int = 0,
    comment: str = "",
    tolerance: float = TOLERANCE,
) -> Written:
    """Write frames that are palette indices already: the part that must go in order.

    Args:
        frames: ((H, W) uint8 indices, centiseconds) each, as `to_indices` gives them.
        path: as in `write_gif`, and so are the other arguments.
        palette: see `write_gif`.
        loop: see `write_gif`.
        comment: see `write_gif`.
        tolerance: see `write_gif`.

    Raises:
        WarpvizError: as `write_gif`, or an index beyond the palette.
    """
    count = centiseconds = size = 0
    pieces = encode(frames, palette=palette, loop=loop, comment=comment, tolerance=tolerance)
    with replacing(path) as draft:
        with open(draft, "wb") as file:
            for piece, delay in pieces:
                size += file.write(piece)
                count += 1
                centiseconds += delay
            size += file.write(TRAILER)
    return Written(Path(path), count, centiseconds / 100, size)


def encode(
    frames: Iterable[tuple[Pixels, int]],
    *,
    palette: Pixels,
    loop: int = 0,
    comment: str = "",
    tolerance: float = TOLERANCE,
) -> Generator[tuple[bytes, int], None, None]:
    """Yield (bytes, centiseconds on screen) for each frame, the header in the first.

    All of them and `TRAILER` are the file. Arguments and errors are those of `write_indexed`.
    """
    check_palette(palette)
    passing = visible_changes(palette, tolerance)
    studied = visible_changes(palette, 0)
    if not 0 <= loop <= LONGEST + 1:
        raise WarpvizError(f"A GIF plays 1 to {LONGEST + 1} times or 0 for ever, got loop={loop}.")
    shown: Pixels | None = None
    for number, (indices, delay) in enumerate(_timed(frames)):
        if shown is None:
            _check_first(indices)
        elif indices.shape != shown.shape:
            raise WarpvizError(
                f"All frames of a GIF have one size; frame 0 is {shown.shape[1]}×{shown.shape[0]} "
                f"pixels, frame {number} is {indices.shape[1]}×{indices.shape[0]}."
            )
        if (highest := int(indices.max())) >= len(palette):
            raise WarpvizError(
                f"Frame {number} expects indices below {len(palette)}, the palette's length, "
                f"got {highest}."
            )
        if shown is None:
            start = header((indices.shape[1], indices.shape[0]), palette, loop, comment)
            yield start + image(indices, (0, 0), delay, transparent=False), delay
            shown = indices.copy()
        else:
            patch, corner = patch_of(shown, indices, passing if delay < STUDIED else studied)
            yield image(patch, corner, delay, transparent=True), delay
    if shown is None:
        raise WarpvizError("A GIF needs at least one frame, got none.")


def _timed(frames: Iterable[tuple[Pixels, int]]) -> Iterator[tuple[Pixels, int]]:
    """Lengthen what is too short for a GIF and take the surplus from the frames after it."""
    surplus = 0
    for indices, asked in frames:
        delay = max(SHORTEST, asked - surplus)
        if delay > LONGEST:
            raise WarpvizError(
                f"A frame of a GIF stays {LONGEST / 100} seconds at most, got {asked / 100}."
            )
        surplus += delay - asked
        yield indices, delay


def _check_first(indices: Pixels) -> None:
    """Raise unless a film can have pictures of this shape and type."""
    if indices.ndim != 2 or indices.dtype != np.uint8:
        raise WarpvizError(
            f"Indices have shape (H, W) and type uint8, got {indices.shape} {indices.dtype}."
        )
    height, width = indices.shape
    if not (1 <= width <= LONGEST and 1 <= height <= LONGEST):
        raise WarpvizError(
            f"A GIF is 1 to {LONGEST} pixels wide and high, got {width}×{height}; "
            f"choose another --size."
        )
