"""Files within a size: fewer frames a second first, then fewer colours, then a smaller picture."""

import math
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from warpviz.atomic import replacing
from warpviz.errors import WarpvizError
from warpviz.film.reel.reel import Reel
from warpviz.output.writers import writer_for
from warpviz.picture.film import Written
from warpviz.picture.layout import SMALLEST

RATES = (0.75, 0.6, 0.5)
"""Of the frames a second, one after the other; fewer than half stutter."""
FEWER = (64, 32)
"""Colours, where the format has a palette."""
PALETTED = (".gif", ".png", ".apng")
TRIES = 6
"""Smaller pictures at most."""


def within(film: Reel, path: Path, most: int) -> Written:
    """Write a film so that its file has at most so many bytes; an earlier file stays until then.

    Raises:
        WarpvizError: it cannot be made so small.
    """
    smallest = math.inf
    with tempfile.TemporaryDirectory(dir=path.resolve().parent, prefix=".warpviz-") as folder:
        draft = Path(folder) / path.name
        for variant, changes in _variants(film, path, most, draft):
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


def _variants(film: Reel, path: Path, most: int, draft: Path) -> Iterator[tuple[Reel, str]]:
    """The film, then ever smaller ones, each with what was given up, in words."""
    yield film, ""
    slowest = film
    for rate in RATES:
        fps = max(round(film.fps * rate), 1)
        if fps < slowest.fps:
            slowest = film.remade(fps=fps)
            yield slowest, f"{fps} frames a second"
    told = f"{slowest.fps:g} frames a second"
    if path.suffix.lower() in PALETTED:
        for colours in FEWER:
            if colours < film.colours:
                slowest = slowest.remade(colours=colours)
                yield slowest, f"{told}, {colours} colours"
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
        slowest = slowest.remade(size=(width, height))
        yield slowest, f"{told}, {width}×{height} pixels"
