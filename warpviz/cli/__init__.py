"""The command line: one verb, one function.

argv ──► command.main ──► parser (flags) ──► VERBS[verb](args, console)
             exit code ◄── failures ◄──────────────┘
"""

from warpviz.cli.command import main

__all__ = ["main"]
