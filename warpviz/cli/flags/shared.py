"""The flags that verbs share, in groups; each has one meaning, and is a Python keyword too.

A flag that is not given leaves no trace (the parsers suppress defaults): the library has them.
"""

from argparse import ArgumentParser
from argparse import _ArgumentGroup as Group

from warpviz.cli.flags import looks, values, words


def training(parser: ArgumentParser, *, repeat: bool = False, several: bool = True) -> None:
    """Flags of the data and of the model that is trained on it.

    Args:
        parser: gets the flags.
        repeat: whether --layers may be given several times.
        several: whether it may be trained from several first weights.
    """
    data(parser)
    group = parser.add_argument_group("model")
    group.add_argument(
        "--activation",
        metavar="NAME",
        help="of hidden layers without one of their own (relu); see `warpviz list activations`",
    )
    group.add_argument(
        "--layers",
        type=values.layers,
        metavar="3:identity,3,3",
        action="append" if repeat else "store",
        help="hidden widths, with :activation where it is not --activation (3:identity,3,3; "
        "spirals 8,8,3; checkerboard 12,12,3; digits 16)"
        + ("; repeat it for a panel each" if repeat else ""),
    )
    group.add_argument(
        "--epochs",
        type=values.natural,
        metavar="N",
        help="train so long at most (up to the method)",
    )
    group.add_argument(
        "--optimizer", metavar="NAME", help="lbfgs, adam or descent (lbfgs, the fastest)"
    )
    group.add_argument(
        "--learning-rate",
        type=values.real,
        metavar="RATE",
        help="length of a step; too long a one diverges (up to the method)",
    )
    if several:
        group.add_argument(
            "--starts",
            type=values.natural,
            metavar="N",
            help="first weights to train from, all at once; the most accurate is kept (8)",
        )
    group.add_argument(
        "--penalty",
        type=values.real,
        metavar="FACTOR",
        help="adds so much times the norm of all weights to the loss, which keeps them moderate "
        "(0.003; 0 for targets that are numbers)",
    )
    group.add_argument(
        "--evenness",
        type=values.real,
        metavar="FACTOR",
        help="adds so much times how unevenly layers stretch, which keeps the sheet from being "
        "pressed onto a line (0.01; 0 for targets that are numbers)",
    )


def data(parser: ArgumentParser) -> None:
    """Flags of the data."""
    group = parser.add_argument_group("data")
    group.add_argument(
        "--data",
        metavar="NAME|FILE",
        help="a name of `warpviz list datasets`; a table, .csv .tsv .txt .dat .data (also .gz) "
        ".xlsx .parquet .json .jsonl .arff; arrays x and y, .npz .mat, or .npy (label last); or a "
        "formula such as 'y > sin(x)' (the model's own, else rings)",
    )
    group.add_argument(
        "--label",
        metavar="COLUMN",
        help="of a table: its labels, by name, by place from 1, first or last (the last, or the "
        "only column of words)",
    )
    group.add_argument(
        "--classes",
        action="store_true",
        help="each different label is a class (all are, but numbers with a fraction, more than 50 "
        "different ones, or more than 10 with fewer than two points each)",
    )
    group.add_argument("--regression", action="store_true", help="labels are numbers to be met")
    group.add_argument(
        "--encoding", metavar="NAME", help="of a table of text, as cp1251 (UTF-8, else a guess)"
    )
    group.add_argument(
        "--features",
        type=values.words,
        metavar="COLUMN,…",
        help="of a table: its numbers, by name or place (all but the labels, and but what only "
        "counts or names the rows)",
    )
    group.add_argument(
        "--drop-missing", action="store_true", help="leave out lines with missing cells"
    )
    group.add_argument(
        "--raw", action="store_true", help="leave features of a file as they are, unstandardised"
    )
    group.add_argument(
        "--seed", type=values.count, metavar="N", help="of data and first weights (0)"
    )


def model(parser: ArgumentParser, *, repeat: bool = False) -> None:
    """The flag of a model that is trained already."""
    parser.add_argument(
        "--model",
        metavar="FILE",
        action="append" if repeat else "store",
        help="a .npz, .json, .onnx, .safetensors or .mat model, instead of training one"
        + ("; repeat it for a panel each" if repeat else ""),
    )


def look(parser: ArgumentParser) -> None:
    """Flags of what is drawn, and how."""
    group = surface(parser)
    looks.of_classes(group)
    group.add_argument("--title", metavar="TEXT", help="over the film")
    looks.view(group)
    looks.of_networks(group)
    group.add_argument(
        "--motion", metavar="polar|lerp", help="how affine layers move; `warpviz list motions`"
    )
    group.add_argument(
        "--whole-layers", action="store_true", help="play a layer as one act, not two"
    )
    group.add_argument(
        "--one-by-one", action="store_true", help="let activations act on one unit after another"
    )
    group.add_argument("--softmax", action="store_true", help="play the softmax too")
    group.add_argument(
        "--caption",
        metavar="name|why|formula|none",
        help="tell which layer acts, what it truly does to the plane, what it computes, or nothing "
        "(name)",
    )
    shown = (
        "draw these too, as basis: unit vectors, what they span and its determinant at any moment "
        "of affine acts between up to 3 units (of a mirror that turns over, in the plane it leaves)"
    )
    for flag, what in (("--show", shown), ("--hide", "leave these out")):
        group.add_argument(
            flag,
            type=values.words,
            action="extend",
            metavar="PART,…",
            help=f"{what}; `warpviz list parts` names them",
        )
    group.add_argument(
        "--network",
        action="store_true",
        help="draw the whole network beside the sheet: weights by sign and size, each unit lit by "
        "its mean over the data, against the root mean square of the largest, and what acts marked",
    )
    limits(group)


def limits(
    group: ArgumentParser | Group, meaning: str = "of the sheet (a little more than the data)"
) -> None:
    """The flag of the rectangle that is looked at."""
    group.add_argument("--limits", type=values.limits, metavar="x0,x1,y0,y1", help=meaning)


def surface(parser: ArgumentParser) -> Group:
    """Flags of the look that suit every film."""
    group = parser.add_argument_group("look")
    group.add_argument(
        "--size",
        type=values.size,
        metavar="WxH",
        help="pixels, 240x180 to 3840x2160 (640x480; several panels: as much as they need)",
    )
    looks.theme(group, "dark")
    group.add_argument(
        "--font", metavar="FILE|FAMILY", help="for captions and class names in any script"
    )
    words.language(group)
    return group


def pace(parser: ArgumentParser) -> Group:
    """Flags of time that suit every film."""
    group = parser.add_argument_group("clock")
    group.add_argument(
        "--fps", type=values.real, metavar="N", help="frames a second (20); a GIF at most 50"
    )
    group.add_argument(
        "--loop", type=values.count, metavar="N", help="plays in total; 0 is for ever (0)"
    )
    group.add_argument(
        "--jobs",
        type=values.count,
        metavar="N",
        help="pictures drawn at a time; 0 is one a core (0)",
    )
    return group


def output(parser: ArgumentParser, metavar: str, meaning: str, *, short: bool = False) -> None:
    """Where files go; -o repeats. Where --output means a model's output, -o stands alone."""
    names = ("-o",) if short else ("-o", "--output")
    parser.add_argument(*names, dest="output", metavar=metavar, action="append", help=meaning)


def console(parser: ArgumentParser) -> None:
    """Flags that every verb has."""
    group = parser.add_argument_group("console")
    group.add_argument("-h", "--help", action="store_true", help="show this and exit")
    group.add_argument("--quiet", action="store_true", help="tell errors only")
    group.add_argument("--no-color", action="store_true", help="no colour, as with NO_COLOR set")
    group.add_argument("--debug", action="store_true", help="tell where an error came from")
