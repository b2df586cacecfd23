"""The flags of verbs whose films show a whole network."""

from argparse import ArgumentParser

from warpviz.cli.flags import shared, values


def film(parser: ArgumentParser, *, plane: bool = False) -> None:
    """Flags of the look, the clock and what is written.

    Args:
        parser: gets the flags.
        plane: whether --at holds inputs too, where there is a --plane.
    """
    shared.look(parser)
    clock(parser)
    places(parser, plane)


def classic(parser: ArgumentParser) -> None:
    """Flags of the original animation."""
    parser.add_argument(
        "--classic",
        action="store_true",
        help="the original animation, exactly: 50,000 epochs of descent by 0.1 from one start, "
        "penalty 0.01, layers 3:identity,3,3; with --data the same for your own; see --rounds",
    )
    parser.add_argument(
        "--rounds",
        type=values.count,
        metavar="N",
        help="with --classic: rounds of inserting midpoints, 2^N frames a layer (6)",
    )


def clock(parser: ArgumentParser) -> None:
    """Flags of time."""
    group = shared.pace(parser)
    group.add_argument(
        "--seconds",
        type=values.real,
        metavar="S",
        help="of motion in every act (1, and longer where dots would jump)",
    )
    group.add_argument(
        "--hold",
        type=values.real,
        metavar="S",
        help="rest at every stop (0.5, longer where there is more to read)",
    )
    for flag, which in (("--start-hold", "first"), ("--end-hold", "last")):
        group.add_argument(
            flag, type=values.real, metavar="S", help=f"rest at the {which} stop (as --hold)"
        )
    group.add_argument(
        "--hold-at",
        type=values.holds,
        action="extend",
        metavar="STOP=S,…",
        help="rest at single stops, counted from 0, the input: 3=2.5",
    )
    group.add_argument(
        "--ease", metavar="NAME", help="how motion starts and ends (smooth); `warpviz list easings`"
    )


def places(parser: ArgumentParser, plane: bool) -> None:
    """Flags of what is written besides, or instead of, films."""
    group = parser.add_argument_group("files")
    group.add_argument(
        "--at",
        type=values.numbers if plane else values.places,
        metavar="PLACE,…",
        help="write pictures (.png, .svg, .pdf, .jpg, .tif, .bmp, .avif) as stills of these "
        "moments, counted in stops from 0, the input: 2.5 is half-way through act 3"
        + ("; with --plane: where other inputs are held (the data's mean, else 0)" * plane),
    )
    group.add_argument(
        "--acts",
        type=values.acts,
        metavar="A-B",
        help="write these acts alone, in any format; act 3 leads from stop 2 to stop 3: a clip a "
        "click for slides",
    )
    group.add_argument(
        "--filmstrip",
        action="store_true",
        help="write .png as a strip with a picture of every stop, as other pictures always are "
        "without --at",
    )
    group.add_argument(
        "--frames",
        metavar="DIR",
        help="write every picture into a new folder, numbered, with timeline.txt for LaTeX's "
        "animate and film.ffconcat for ffmpeg; no other file unless -o asks for it",
    )
    group.add_argument(
        "--max-size",
        type=values.bytes_,
        metavar="SIZE",
        help="of a film's file, such as 10MB: lowers a video's quality, then fps, colours, size",
    )
    group.add_argument(
        "--page",
        metavar="a4|16:9|…",
        help="of strips in .pdf: a3, a4, a5, letter, legal, a4-landscape, or a ratio (a4); of "
        "slides in .pptx: 16:9, 4:3, another ratio, or paper, which lies there (16:9)",
    )
    group.add_argument(
        "--template",
        metavar="DECK",
        help="of slides in .pptx: a .pptx or .potx of your own, whose layouts, size and fonts they "
        "take; its slides are left out. --theme light suits a light one",
    )
    group.add_argument(
        "--autoplay",
        metavar="seen|always|0",
        help="when .html plays by itself: while half of it is on the screen, always, or only when "
        "asked (seen)",
    )
