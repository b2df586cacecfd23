"""The verb embed: a ready snippet that puts a player into a page, a slide or a book."""

from argparse import Namespace
from pathlib import Path

from warpviz.cli.console import Console
from warpviz.names import unknown_name
from warpviz.player.embed import KINDS, snippet

PLAYS = ("yes", "no")


def embed(args: Namespace, console: Console) -> None:
    """Print the snippet."""
    kind = getattr(args, "for", "html")
    if kind not in KINDS:
        raise unknown_name("place", kind, KINDS)
    play = getattr(args, "play", "yes")
    if play not in PLAYS:
        raise unknown_name("way to play", play, PLAYS)
    console.result(snippet(Path(args.file), kind, play=play == "yes").rstrip())
