"""The flags of the verbs that open the box."""

from argparse import ArgumentParser

from warpviz.cli.flags import files, looks, planes, values
from warpviz.cli.flags import shared as flags

MODEL = "a .npz, .json, .onnx, .safetensors or .mat model"

USUAL = "-1 to 1; of standardised features two deviations around their mean"
"""The limits of what is drawn or told by regions."""


def formula(parser: ArgumentParser) -> None:
    """Flags of formula."""
    parser.add_argument("file", metavar="MODEL", help=MODEL)
    flags.output(parser, "FILE", "draw it: .svg, .pdf or .png, or .tex (print LaTeX); repeats")
    parser.add_argument(
        "--form",
        metavar="nested|layers|matrix|piecewise",
        help="one expression an output, a line a unit, a line a layer, or the affine formula of "
        "every linear region (nested)",
    )
    parser.add_argument("--digits", type=values.count, metavar="N", help="significant digits (4)")
    parser.add_argument(
        "--letters", action="store_true", help="weights as w_{21}^{(1)} instead of numbers"
    )
    parser.add_argument(
        "--limits",
        type=values.numbers,
        metavar="x0,x1,…",
        help=f"of piecewise ({USUAL})",
    )
    looks.theme(parser, "light")


def graph(parser: ArgumentParser) -> None:
    """Flags of graph."""
    parser.add_argument("file", metavar="MODEL", nargs="?", help=MODEL)
    flags.output(parser, "FILE", ".svg, .pdf, .png or .dot (graph.svg); repeats", short=True)
    parser.add_argument(
        "--form",
        metavar="expression|values|network",
        help="the tree of the expression, values and gradients at a point, or neurons (expression)",
    )
    parser.add_argument(
        "--gradient",
        metavar="w111",
        help="the derivative by a weight: layer, unit, input, from 1; or W1[0,0]",
    )
    parser.add_argument("--at", type=values.numbers, metavar="x,…", help="the point of the values")
    _output(parser)
    _loss(parser)
    parser.add_argument("--numbers", action="store_true", help="weights as numbers, not as letters")
    parser.add_argument(
        "--expression", type=values.expression, metavar="TEXT", help='any expression, as "a + b"'
    )
    parser.add_argument("--share", action="store_true", help="draw equal parts as one node")
    looks.theme(parser, "light")


def trace(parser: ArgumentParser) -> None:
    """Flags of trace."""
    parser.add_argument("file", metavar="MODEL", help=MODEL)
    flags.output(parser, "FILE", "the model after the last step, .npz, .json or .onnx; repeats")
    parser.add_argument("--at", type=values.numbers, metavar="x,…", help="the point")
    _loss(parser)
    parser.add_argument(
        "--learning-rate", type=values.real, metavar="RATE", help="of every step (0.1)"
    )
    parser.add_argument(
        "--steps", type=values.count, metavar="N", help="of descent, told one after the other (1)"
    )
    parser.add_argument("--format", metavar="text|markdown|latex|json", help="of the print (text)")
    parser.add_argument(
        "--style", metavar="matrices|loops", help="arrays, or every sum spelled out (matrices)"
    )
    parser.add_argument("--digits", type=values.count, metavar="N", help="after the point (8)")


def plot(parser: ArgumentParser) -> None:
    """Flags of plot."""
    parser.add_argument("file", metavar="MODEL", help=f"{MODEL}, of one or two inputs")
    flags.output(parser, "FILE", ".svg, .pdf or .png (plot.svg); repeats", short=True)
    planes.plane(parser)
    parser.add_argument(
        "--limits",
        type=values.numbers,
        metavar="x0,x1[,y0,y1]",
        help=f"of the inputs ({USUAL})",
    )
    _output(parser)
    parser.add_argument("--transparent", action="store_true", help="leave the background out")
    looks.theme(parser, "light")


def export(parser: ArgumentParser) -> None:
    """Flags of export."""
    parser.add_argument("file", metavar="MODEL", help=MODEL)
    flags.output(parser, "FILE", "a module for numpy, .py, or a function in C, .c; repeats")


def approximate(parser: ArgumentParser) -> None:
    """Flags of approximate."""
    parser.add_argument(
        "target",
        metavar="FUNCTION",
        type=values.expression,
        help='exp, sin, abs, step, an expression in x such as "sin(3*x)*x", or a .csv of x,y',
    )
    flags.output(
        parser,
        "FILE",
        "films, players (.html), stills (.svg, .pdf, .png), the model (.npz); repeats (exp.gif, "
        "and exp.npz where there is none)",
    )
    group = parser.add_argument_group("learning")
    group.add_argument(
        "--limits",
        dest="interval",
        type=values.numbers,
        metavar="x0,x1",
        help="where it is learnt (exp: 0,1)",
    )
    group.add_argument(
        "--layers",
        type=values.widths,
        action="append",
        metavar="16,32",
        help="hidden widths (16,32); repeat it for a network each",
    )
    group.add_argument("--activation", metavar="NAME", help="behind every layer (leaky_relu:0.2)")
    group.add_argument(
        "--output-activation",
        metavar="NAME",
        help="behind the last layer (as --activation; identity with --compare, for all alike)",
    )
    group.add_argument(
        "--compare", type=values.words, metavar="NAME,…", help="a network for each activation"
    )
    group.add_argument("--iterations", type=values.count, metavar="N", help="batches (10000)")
    group.add_argument("--batch", type=values.count, metavar="N", help="points of each (100)")
    group.add_argument("--learning-rate", type=values.real, metavar="RATE", help="(0.001)")
    group.add_argument("--seed", type=values.count, metavar="N", help="of weights and points (0)")
    group.add_argument(
        "--resume", action="store_true", help="go on with the run that the .npz holds"
    )
    group.add_argument(
        "--at", type=values.numbers, metavar="x", help="tell the value there (a fifth of the way)"
    )
    look = flags.surface(parser)
    looks.transparent(look)
    look.add_argument(
        "--axes",
        metavar="linear|semilogx|semilogy|loglog",
        help="of the losses: which of steps and losses are logarithmic (loglog)",
    )
    clock = flags.pace(parser)
    clock.add_argument("--seconds", type=values.real, metavar="S", help="of the whole film (8)")
    # Its --at is where the value is told.
    files.of_charts(parser, without=("--at",))


def landscape(parser: ArgumentParser) -> None:
    """Flags of landscape."""
    flags.output(parser, "FILE", "films, and stills (.svg, .pdf, .png); repeats (landscape.gif)")
    parser.add_argument(
        "--line",
        action="store_true",
        help="the two-parameter line W x + b against exp(x), as it was first drawn",
    )
    flags.model(parser)
    parser.add_argument(
        "--directions",
        metavar="ends|path|random",
        help="what spans the plane: the ends of the paths and their start, the paths' principal "
        "directions, or two random ones, normalised filter by filter (ends)",
    )
    parser.add_argument(
        "--optimizers",
        type=values.words,
        metavar="NAME,…",
        help="several, from one start on one landscape",
    )
    parser.add_argument(
        "--kind",
        metavar="contours|surface",
        help="of stills: filled contours, or in 3-D (contours)",
    )
    parser.add_argument(
        "--grid", type=values.count, metavar="N", help="points along each side (101)"
    )
    flags.training(parser, several=False)
    looks.of_learning(flags.surface(parser))
    clock = flags.pace(parser)
    clock.add_argument("--seconds", type=values.real, metavar="S", help="of the whole film (8)")
    files.of_charts(parser)


def _output(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--output",
        dest="output_number",
        type=values.count,
        metavar="N",
        help="which output of the model, from 1 (1)",
    )


def _loss(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--loss",
        metavar="half-squared|squared|cross-entropy",
        help="of the output and the target (half-squared)",
    )
    parser.add_argument(
        "--target", type=values.numbers, metavar="t,…", help="what should come out, or the class"
    )
