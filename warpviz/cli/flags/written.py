"""Flags of verbs about files that are written already: check and embed."""

from argparse import ArgumentParser


def check(parser: ArgumentParser) -> None:
    """Any files."""
    parser.add_argument(
        "files", metavar="FILE", nargs="+", help="what warpviz wrote or reads; a folder of frames"
    )
    parser.add_argument("--json", action="store_true", help="the same as JSON")


def embed(parser: ArgumentParser) -> None:
    """A player, and where it goes."""
    parser.add_argument("file", metavar="PLAYER", help="an .html that warpviz wrote, or frames")
    parser.add_argument(
        "--for",
        metavar="HOST",
        help="where the snippet goes (html): html, reveal, quarto, quarto-revealjs, slidev, marp, "
        "jupyterbook, sphinx, mkdocs, moodle, observable; latex takes a folder of --frames; "
        "`warpviz list hosts`",
    )
    parser.add_argument(
        "--name",
        metavar="NAME",
        help="of this film among others in the page: the frame's id, and the name in its messages",
    )
    parser.add_argument(
        "--autoplay",
        metavar="seen|always|0",
        help="when it plays by itself: while half of it is on the screen, always, or only when "
        "asked: then it waits at the input, and on a slide each click plays an act (seen)",
    )
    parser.add_argument(
        "--play", metavar="yes|no", help="older words for --autoplay seen and --autoplay 0"
    )
