"""The flags of verbs whose films show a whole network, or how one learns."""

from argparse import ArgumentParser
from argparse import _ArgumentGroup as Group

from warpviz.cli.flags import files, looks, shared, values


def film(parser: ArgumentParser, *, plane: bool = False) -> None:
    """Flags of the look, the clock and what is written.

    Args:
        parser: gets the flags.
        plane: whether --at holds inputs too, where there is a --plane.
    """
    shared.look(parser)
    clock(parser)
    files.of_networks(parser, plane)


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


def learning(parser: ArgumentParser) -> None:
    """Flags of a film of the training."""
    group = parser.add_argument_group("film of the training")
    group.add_argument(
        "--film",
        metavar="FILE",
        action="append",
        help="film how one layer is learnt, beside the loss: .gif, .mp4, .html, …; repeats",
    )
    film_layer(group)
    looks.of_learning(shared.surface(parser))
    group = shared.pace(parser)
    group.add_argument("--seconds", type=values.real, metavar="S", help="of the whole film (8)")
    files.of_charts(parser)


def film_layer(group: ArgumentParser | Group) -> None:
    """The flag of the state that a film of the training shows."""
    group.add_argument(
        "--film-layer",
        type=values.count,
        metavar="N",
        help="what a film of the training shows: 0 the input plane with regions, boundary and all "
        "creases, N what layer N gives (the last hidden layer)",
    )


def gallery(parser: ArgumentParser) -> None:
    """Flags of the gallery."""
    parser.add_argument("pieces", metavar="NAME", nargs="*", help="pieces to make (all)")
    shared.output(parser, "DIR", "the folder to write to; it is made if need be (warpviz-gallery)")
    parser.add_argument("--list", action="store_true", help="name the pieces and make none")
    shared.surface(parser)
    shared.pace(parser)
