"""The flags of a look of one's own."""

from argparse import ArgumentParser, ArgumentTypeError
from argparse import _ArgumentGroup as Group

from warpviz.cli.flags import values


def angles(text: str) -> dict[str, float]:
    """Angles of a camera in degrees.

    >>> angles("elev=20,azim=-40")
    {'elev': 20.0, 'azim': -40.0}
    """
    parts = [entry.partition("=") for entry in values.words(text)]
    if not parts or not all(equals for _, equals, _ in parts):
        raise ArgumentTypeError(f"expects angles such as elev=20,azim=40, got {text!r}")
    return {name.strip(): values.real(angle) for name, _, angle in parts}


def named_colours(text: str) -> list[str] | dict[str, str]:
    """Colours of classes: in order, or by the name of the class.

    >>> named_colours("#d33,teal,0.2"), named_colours("setosa=#d33, versicolor=teal")
    (['#d33', 'teal', '0.2'], {'setosa': '#d33', 'versicolor': 'teal'})
    """
    entries = values.words(text)
    named = [entry.rpartition("=") for entry in entries]
    if not entries or len({equals for _, equals, _ in named}) > 1:
        raise ArgumentTypeError(
            f"expects colours such as '#d33,teal,0.2', or class=colour each, got {text!r}"
        )
    if not named[0][1]:
        return entries
    return {name.strip(): colour.strip() for name, _, colour in named}


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


def view(group: ArgumentParser | Group) -> None:
    """The flag of what of a state is seen."""
    group.add_argument("--view", metavar="auto|2d|3d|pca", help="what of it is seen (auto)")


def camera(group: ArgumentParser | Group) -> None:
    """The flag of where states in space are seen from."""
    group.add_argument(
        "--camera",
        type=angles,
        metavar="elev=20,azim=40",
        help="where states in space are seen from, in degrees as matplotlib counts them (turns as "
        "shows them best); a player begins so",
    )


def of_learning(group: ArgumentParser | Group) -> None:
    """The flags of films in which a state moves beside a chart."""
    of_classes(group)
    view(group)
    camera(group)


def point(text: str) -> int | tuple[float, ...]:
    """A point of the data by number, or a place.

    >>> point("12"), point("0.5,-1"), point("0.5")
    (12, (0.5, -1.0), (0.5,))
    """
    if text.strip().isdecimal():
        return values.count(text)
    try:
        return values.numbers(text)
    except ArgumentTypeError:
        raise ArgumentTypeError(
            f"expects a place such as 0.5,-1, or the number of a data point, got {text!r}"
        ) from None


def of_networks(group: ArgumentParser | Group) -> None:
    """The flags of films of networks, layer by layer."""
    camera(group)
    group.add_argument(
        "--turntable",
        type=values.count,
        metavar="STOP",
        help="turn one stop, from 0, the input, around once, in a loop without a seam; --seconds "
        "is the whole turn (6)",
    )
    group.add_argument(
        "--trail",
        type=point,
        action="append",
        metavar="X,Y|POINT",
        help="follow a point: a ring with a letter where it is, and its way through the acts, in "
        "the picture's space; a place of the input in its own units, 0.5,-1, or a point of the "
        "data by number from 0, 12; repeats, up to 8; a player begins with them as its points",
    )


def of_classes(group: ArgumentParser | Group) -> None:
    """Both flags, for films that show classes."""
    transparent(group)
    colors(group)


def colors(group: ArgumentParser | Group) -> None:
    """The flag of the colours of classes."""
    group.add_argument(
        "--colors",
        type=named_colours,
        metavar="COLOUR,…",
        help="of the classes, in order, '#d33,teal,0.2', or by name, setosa=#d33,versicolor=teal",
    )
