"""The flags of a look of one's own."""

from argparse import ArgumentParser
from argparse import _ArgumentGroup as Group

from warpviz.cli.flags import values


def theme(group: ArgumentParser | Group, default: str) -> None:
    """The flag of the colours, the same for films, figures, formulas and graphs."""
    group.add_argument(
        "--theme",
        metavar="dark|light|FILE",
        help=f"colours ({default}); of your own from a .json or .toml: background, text, classes, "
        'cloth, line, creases, … beside extends = "light", as Python takes them in a mapping',
    )


def colors(group: ArgumentParser | Group) -> None:
    """The flag of the colours of classes."""
    group.add_argument(
        "--colors",
        type=values.colors,
        metavar="COLOUR,…",
        help="of the classes, in order, '#d33,teal,0.2', or by name, setosa=#d33,versicolor=teal",
    )
