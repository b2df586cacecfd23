"""Files within a size: first what is seen least, each file by itself.

A video is encoded more softly, then has fewer frames a second, then a smaller picture; all others
have fewer frames, then fewer colours, then a smaller picture.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from warpviz.atomic import beside, replacing
from warpviz.drafts import drafting
from warpviz.errors import WarpvizError
from warpviz.film.reel.reel import Reel
from warpviz.output.video import VIDEO, quality_of
from warpviz.output.writers import writer_for
from warpviz.picture.film import Written
from warpviz.picture.tiling import SMALLEST

RATES = (0.75, 0.6, 0.5)
"""Of the frames a second, one after the other; fewer than half stutter."""
FEWER = (64, 32)
"""Colours, where the format has a palette."""
PALETTED = (".gif", ".png", ".apng")
TRIES = 6
"""Smaller pictures at most."""


def each_within(film: Reel, paths: Sequence[Path], most: int) -> Iterator[Written]:
    """Write a film to several files of at most so many bytes each.

    Raises:
        WarpvizError: one or several cannot be made so small, after all others are written.
    """
    failed = []
    for path in paths:
        try:
            written = within(film, path, most)
        except WarpvizError as error:
            failed.append(str(error))
        else:
            yield written
    if failed:
        raise WarpvizError(" ".join(failed))


def within(film: Reel, path: Path, most: int) -> Written:
    """Write a film so that its file has at most so many bytes; an earlier file stays until then.

    Raises:
        WarpvizError: it cannot be made so small.
    """
    smallest = math.inf
    with drafting(beside(path), path.suffix) as draft:
        for variant, softer, changes in _variants(film, path, most, draft):
            writer = VIDEO.get(path.suffix.lower())
            if writer is not None:
                written = writer(variant, draft, softer)
            else:
                written = writer_for(path)(variant, draft)
            smallest = min(smallest, written.bytes)
            if written.bytes <= most:
                with replacing(path) as target:
                    target.write_bytes(draft.read_bytes())
                return replace(written, path=path, changes=changes)
    raise WarpvizError(
        f"Cannot write {path} in {most:,} bytes: the smallest it could be is {smallest:,.0f}; "
        "allow more, or film fewer layers or seconds."
    )


def _variants(film: Reel, path: Path, most: int, draft: Path) -> Iterator[tuple[Reel, int, str]]:
    """The film, then ever smaller ones: how much softer, and what was given up, in words."""
    yield film, 0, ""
    slowest, softer, quality = film, 0, ""
    usual, softest = quality_of(film, path.suffix.lower())
    while softer < softest - usual:
        # Six steps halve a file about; one more, so that the first guess is mostly enough.
        steps = math.ceil(6 * math.log2(draft.stat().st_size / most)) + 1
        softer = min(softer + max(steps, 1), softest - usual)
        quality = f"quality lowered to crf {usual + softer}"
        yield film, softer, quality
    quality += ", " if quality else ""
    for rate in RATES:
        fps = max(round(film.fps * rate), 1)
        if fps < slowest.fps:
            slowest = film.remade(fps=fps)
            yield slowest, softer, f"{quality}{fps} frames a second"
    told = f"{quality}{slowest.fps:g} frames a second"
    if path.suffix.lower() in PALETTED and not film.transparent:
        for colours in FEWER:
            if colours < film.colours:
                slowest = slowest.remade(colours=colours)
                yield slowest, softer, f"{told}, {colours} colours"
        told += f", {slowest.colours} colours"
    if film.source is None:
        return
    width, height = film.size
    for _ in range(TRIES):
        # Bytes go with the number of pixels, a little less than in proportion.
        share = min(0.9, 0.97 * math.sqrt(most / draft.stat().st_size))
        least = max(SMALLEST[0] / width, SMALLEST[1] / height)
        if least >= 1.0:
            return
        share = max(share, least)
        width, height = math.ceil(width * share), math.ceil(height * share)
        try:
            slowest = slowest.remade(size=(width, height))
        except WarpvizError:  # Its panels would be too small to read.
            return
        yield slowest, softer, f"{told}, {width}×{height} pixels"
