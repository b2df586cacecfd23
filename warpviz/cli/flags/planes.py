"""The flags of a plane among many inputs."""

from argparse import ArgumentParser

from warpviz.cli.flags import values


def plane(parser: ArgumentParser, *, at: bool = True) -> None:
    """Flags of the two inputs of many that a model is seen on.

    Args:
        parser: gets the flags.
        at: whether it has no --at of another meaning.
    """
    parser.add_argument(
        "--plane",
        type=values.words,
        metavar="I,J",
        help="of a model with more than two inputs: the two that are free, counted from 0, or "
        "columns of the data; the others are held, see --at",
    )
    if at:
        parser.add_argument(
            "--at",
            type=values.numbers,
            metavar="x,…",
            help="with --plane: where the other inputs are held (the data's mean, else 0)",
        )
