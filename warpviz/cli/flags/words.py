"""The flags of what films say."""

from argparse import ArgumentParser
from argparse import _ArgumentGroup as Group


def language(group: ArgumentParser | Group) -> None:
    """The flag of the language that films speak."""
    group.add_argument(
        "--language",
        metavar="CODE",
        help="of captions, charts, notes and the player; `warpviz list languages` (en)",
    )
