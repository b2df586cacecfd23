"""Flags of verbs about warpviz itself: gallery, list and completion."""

from argparse import ArgumentParser

from warpviz.cli.flags import shared


def gallery(parser: ArgumentParser) -> None:
    """Pieces, and how they look."""
    parser.add_argument("pieces", metavar="NAME", nargs="*", help="pieces to make (all)")
    shared.output(parser, "DIR", "the folder to write to; it is made if need be (warpviz-gallery)")
    parser.add_argument("--list", action="store_true", help="name the pieces and make none")
    shared.surface(parser)
    shared.pace(parser)


def topics(parser: ArgumentParser) -> None:
    """Topics."""
    parser.add_argument(
        "topics",
        metavar="TOPIC",
        nargs="*",
        help="datasets, activations, optimizers, formats, themes, parts, views, motions, "
        "easings, captions, languages, hosts or measures (all)",
    )


def completion(parser: ArgumentParser) -> None:
    """A shell."""
    parser.add_argument("shell", metavar="SHELL", help="bash, zsh or tcsh")
