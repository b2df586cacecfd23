"""The flags of verbs whose films show a whole network, or how one learns."""

from argparse import ArgumentParser
from argparse import _ArgumentGroup as Group

from warpviz.cli.flags import files, looks, planes, shared, values
from warpviz.cli.flags.lab import as_lab


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


def render(parser: ArgumentParser) -> None:
    """A film of one network."""
    shared.output(
        parser,
        "FILE",
        "where to write (fold.gif); repeats, the suffix is the format; .npz and .onnx keep the "
        "trained model",
    )
    shared.model(parser)
    planes.plane(parser, at=False)
    as_lab(parser)
    classic(parser)
    shared.training(parser)
    film(parser, plane=True)


def compare(parser: ArgumentParser) -> None:
    """Films side by side."""
    parser.add_argument(
        "subjects",
        metavar="ACTIVATION|MODEL",
        nargs="*",
        type=values.expression,
        help="activations to train with, or model files: one panel each, 1 to 12 in all",
    )
    shared.output(parser, "FILE", "where to write (compare.gif); repeats, the suffix is the format")
    parser.add_argument(
        "--table",
        type=values.table,
        metavar="text|csv|json",
        help="print the measures of every layer, side by side (text); a film only with -o",
    )
    parser.add_argument(
        "--training",
        action="store_true",
        help="film how they learn, on one clock, above one chart of their losses (learn.gif); "
        "--seconds is the whole film's length (8)",
    )
    film_layer(parser)
    shared.model(parser, repeat=True)
    shared.training(parser, repeat=True)
    film(parser)


def train(parser: ArgumentParser) -> None:
    """A model, and how it learns."""
    shared.output(parser, "FILE", "the model to write, .npz, .json or .onnx; repeats")
    shared.training(parser)
    learning(parser)
