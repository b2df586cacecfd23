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


def transparent(group: ArgumentParser | Group) -> None:
    """The flag of films without a background."""
    group.add_argument(
        "--transparent",
        action="store_true",
        help="leave the background out, so that the film lies on any slide: .webm, .mov, .webp, "
        ".png and .apng; stills and strips too",
    )


def of_classes(group: ArgumentParser | Group) -> None:
    """Both flags, for films that show classes."""
    transparent(group)
    colors(group)


def colors(group: ArgumentParser | Group) -> None:
    """The flag of the colours of classes."""
    group.add_argument(
        "--colors",
        type=values.colors,
        metavar="COLOUR,…",
        help="of the classes, in order, '#d33,teal,0.2', or by name, setosa=#d33,versicolor=teal",
    )
