"""The verb completion: what makes a shell complete verbs, flags and names."""

from argparse import Namespace

from warpviz.cli.console import Console
from warpviz.errors import WarpvizError
from warpviz.names import unknown_name

SHELLS = ("bash", "zsh", "tcsh")


def completion(args: Namespace, console: Console) -> None:
    """Print the script of a shell.

    Raises:
        WarpvizError: no such shell, or shtab is not installed.
    """
    if args.shell not in SHELLS:
        raise unknown_name("shell", args.shell, SHELLS)
    try:
        import shtab
    except ImportError:
        raise WarpvizError(
            "Completion needs shtab; install it with: pip install 'warpviz[completion]'."
        ) from None
    from warpviz.cli.commands.shells.whole import told, whole_parser

    parser = told(whole_parser(), shtab.FILE)
    console.result(shtab.complete(parser, shell=args.shell).rstrip())
