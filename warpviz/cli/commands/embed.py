"""The verb embed: a ready snippet that puts a player into a page, a slide or a book."""

from argparse import Namespace

from warpviz.cli.console import Console
from warpviz.errors import WarpvizError
from warpviz.names import unknown_name
from warpviz.player.hosts.embed import embed as snippet

PLAYS = {"yes": "seen", "no": "0"}


def embed(args: Namespace, console: Console) -> None:
    """Print the snippet."""
    if "play" in args and "autoplay" in args:
        raise WarpvizError("--play is an older word for --autoplay; leave out one.")
    play = getattr(args, "play", "yes")
    if play not in PLAYS:
        raise unknown_name("way to play", play, PLAYS)
    autoplay = getattr(args, "autoplay", PLAYS[play])
    host, name = getattr(args, "for", "html"), getattr(args, "name", "")
    console.result(snippet(args.file, host, autoplay=autoplay, name=name))
