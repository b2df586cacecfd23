"""The flags of what is written of a film: a table, of which each verb takes what its films can."""

from argparse import ArgumentParser
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from warpviz.cli.flags import values

FLAGS: Mapping[str, Mapping[str, Any]] = {
    "--at": {
        "type": values.places,
        "metavar": "PLACE,…",
        "help": "write pictures (.png, .svg, .pdf, .jpg, .tif, .bmp, .avif) as stills of these "
        "moments, counted in stops from 0, the input: 2.5 is half-way through act 3",
    },
    "--acts": {
        "type": values.acts,
        "metavar": "A-B",
        "help": "write these acts alone, in any format; act 3 leads from stop 2 to stop 3: a clip "
        "a click for slides",
    },
    "--filmstrip": {
        "action": "store_true",
        "help": "write .png as a strip with a picture of every stop, as other pictures always are "
        "without --at",
    },
    "--frames": {
        "metavar": "DIR",
        "help": "write every picture into a new folder, numbered, with timeline.txt for LaTeX's "
        "animate and film.ffconcat for ffmpeg; no other film unless one is named",
    },
    "--max-size": {
        "type": values.bytes_,
        "metavar": "SIZE",
        "help": "of a film's file, such as 10MB: lowers a video's quality, then fps, colours, size",
    },
    "--page": {
        "metavar": "a4|16:9|…",
        "help": "of strips in .pdf: a3, a4, a5, letter, legal, a4-landscape, or a ratio (a4); of "
        "slides in .pptx: 16:9, 4:3, another ratio, or paper, which lies there (16:9)",
    },
    "--template": {
        "metavar": "DECK",
        "help": "of slides in .pptx: a .pptx or .potx of your own, whose layouts, size and fonts "
        "they take; its slides are left out. --theme light suits a light one",
    },
    "--autoplay": {
        "metavar": "seen|always|0",
        "help": "when .html plays by itself: while half of it is on the screen, always, or only "
        "when asked (seen)",
    },
}
"""Name → what argparse is told of it, as films of networks mean it."""
PLANE: Mapping[str, Mapping[str, Any]] = {
    "--at": {
        "type": values.numbers,
        "help": f"{FLAGS['--at']['help']}; with --plane: where other inputs are held (the data's "
        "mean, else 0)",
    },
}
"""What is different where there is a --plane."""
CHARTS: Mapping[str, Mapping[str, Any]] = {
    "--at": {
        "help": "write .png, .jpg, .tif, .bmp and .avif as stills of the film at these moments, "
        "counted in stops from 0, the first: 2.5 is half-way through act 3",
    },
    "--acts": {
        "help": "write these acts of the film alone, in any of its formats; act 3 leads from stop "
        "2 to stop 3",
    },
    "--page": {
        "metavar": "16:9|a4|…",
        "help": "of slides in .pptx: 16:9, 4:3, another ratio, or paper, which lies (16:9)",
    },
}
"""What is different of films with charts."""


def of_networks(parser: ArgumentParser, plane: bool = False) -> None:
    """Flags of films of networks.

    Args:
        parser: gets the flags.
        plane: whether --at holds inputs too, where there is a --plane.
    """
    _add(parser, FLAGS, PLANE if plane else {})


def of_charts(parser: ArgumentParser, without: Sequence[str] = ()) -> None:
    """Flags of films with charts, which have no strips.

    Args:
        parser: gets the flags.
        without: those that the verb has not, or means something else by.
    """
    _add(parser, [name for name in FLAGS if name not in ("--filmstrip", *without)], CHARTS)


def _add(
    parser: ArgumentParser, names: Iterable[str], other: Mapping[str, Mapping[str, Any]]
) -> None:
    group = parser.add_argument_group("files")
    for name in names:
        group.add_argument(name, **{**FLAGS[name], **other.get(name, {})})
