"""All verbs as one parser, for what reads parsers: completion in shells, the man page.

Running a command needs the parser of one verb alone. The man page is made by
`argparse-manpage --module warpviz.cli.commands.shells.whole --function whole_parser`.
"""

import argparse
from typing import Any

from warpviz.cli.commands.listing import names_of
from warpviz.cli.verbs import VERBS, parser_of
from warpviz.version import __version__

NAMED = {
    "--data": "datasets", "--activation": "activations", "--output-activation": "activations",
    "--optimizer": "optimizers", "--theme": "themes", "--view": "views", "--motion": "motions",
    "--ease": "easings", "--caption": "captions", "--language": "languages", "--show": "parts",
    "--hide": "parts", "--for": "hosts", "ACTIVATION|MODEL": "activations",
}  # fmt: skip
"""Flag or word → the topic of `warpviz list` that has its names."""
FILES = ("FILE", "MODEL", "PLAYER", "DIR", "TEMPLATE")
"""Words for files and folders; a flag whose word holds one of them may name one."""


def whole_parser() -> argparse.ArgumentParser:
    """`warpviz` with its verbs as subcommands."""
    parser = argparse.ArgumentParser(
        "warpviz",
        description="Films of what a neural network does to the plane: rotated, sheared, folded "
        "by relu, squashed by tanh, bent by gelu.",
    )
    parser.add_argument("--version", action="version", version=f"warpviz {__version__}")
    verbs = parser.add_subparsers(title="verbs", metavar="VERB")
    for name, verb in VERBS.items():
        own = parser_of(name)
        verbs.add_parser(
            name, help=verb.summary, description=verb.summary, parents=[own], add_help=False,
            usage=own.usage, epilog="Example: " + "; ".join(verb.examples),
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )  # fmt: skip
    return parser


def told(parser: argparse.ArgumentParser, files: Any) -> argparse.ArgumentParser:
    """The same parser, its actions told what they may be completed to.

    Args:
        parser: of `whole_parser`.
        files: what stands for any file, see shtab.
    """
    for action in actions_of(parser):
        keys = [*action.option_strings, str(action.metavar)]
        topic = next((NAMED[key] for key in keys if key in NAMED), None)
        if topic is not None:
            action.choices = sorted(names_of(topic))
        elif any(word in str(action.metavar) for word in FILES):
            action.complete = files  # type: ignore[attr-defined]
    return parser


def actions_of(parser: argparse.ArgumentParser) -> list[argparse.Action]:
    """The actions of a parser and of its subcommands."""
    found: list[argparse.Action] = []
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            found += [one for each in action.choices.values() for one in actions_of(each)]
        else:
            found.append(action)
    return found
