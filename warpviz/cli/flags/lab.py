"""The flags of the laboratory."""

from argparse import ArgumentParser

from warpviz.cli.flags import looks, shared, values, words


def lab(parser: ArgumentParser) -> None:
    """Flags of a page in which a network is taken hold of."""
    shared.output(parser, "FILE", "the page to write (lab.html); repeats")
    shared.model(parser)
    parser.add_argument(
        "--lesson",
        metavar="NAME|FILE",
        help="open with a lesson: quarter, ring, determinant, gelu, dead or half-turn, or a .json "
        "of your own",
    )
    shared.data(parser)
    group = parser.add_argument_group("network, untrained")
    group.add_argument("--activation", metavar="NAME", help="of hidden layers (relu)")
    group.add_argument(
        "--layers",
        type=values.layers,
        metavar="3:identity,3,3",
        help="hidden widths, up to 8 layers of up to 8 units (3:identity,3,3)",
    )
    group = parser.add_argument_group("look")
    looks.theme(group, "dark")
    words.language(group)
    group.add_argument("--title", metavar="TEXT", help="of the page (warpviz lab)")


def as_lab(parser: ArgumentParser) -> None:
    """The flag that makes players laboratories."""
    parser.add_argument(
        "--lab",
        action="store_true",
        help="make of .html a laboratory of the model, in which one takes hold of it; "
        "`warpviz lab` begins with an untrained one",
    )
