"""The flags of the verb about activations alone."""

from argparse import ArgumentParser

from warpviz.cli.flags import files, looks, values, words
from warpviz.cli.flags import shared as flags


def activations(parser: ArgumentParser) -> None:
    """Flags of activations."""
    parser.add_argument(
        "names",
        metavar="NAME|FORMULA",
        type=values.expression,
        nargs="*",
        help='activations, or formulas such as "max(z, -0.3*z)" and "wave=sin(2*z)/2 + z/2" (all)',
    )
    flags.output(
        parser,
        "FILE",
        "stills (.svg, .pdf, .png), films of the straight way from z to f(z) (.gif, .mp4, …), or "
        "a page with a slider (.html); repeats; without it the table is printed",
    )
    parser.add_argument(
        "--table",
        type=values.table,
        metavar="text|csv|json",
        help="print range, limits, Lipschitz constant, zeros, slopes and folds (text); what is "
        "undefined or without bound is – in text, empty in CSV, null in JSON",
    )
    look = parser.add_argument_group("look")
    look.add_argument(
        "--limits",
        dest="span",
        type=values.numbers,
        metavar="z0,z1",
        help="of z (-4,4, further for kinks)",
    )
    look.add_argument(
        "--size", type=values.size, metavar="WxH", help="pixels (as much as the panels need)"
    )
    looks.theme(look, "dark")
    words.language(look)
    looks.transparent(look)
    clock = flags.pace(parser)
    clock.add_argument("--seconds", type=values.real, metavar="S", help="of the whole film (8)")
    files.of_charts(parser, without=("--autoplay",))
