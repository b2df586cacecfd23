"""The reference of the command line, from its parsers."""

import argparse
import re
from collections.abc import Iterator
from typing import Any

from gallery.site.docstrings import escaped
from warpviz.cli.parser import Parser
from warpviz.cli.verbs import VERBS, parser_of

TITLES = {"positional arguments": "Words", "options": "Flags of its own"}
"""What argparse calls groups → their headings."""


def pages() -> dict[str, str]:
    """Verb → its page."""
    return {name: _page(name) for name in VERBS}


def index() -> str:
    """The verbs, a line each."""
    rows = [
        f"| [`warpviz {name}`]({name}.md) | {escaped(verb.summary)} |"
        for name, verb in VERBS.items()
    ]
    return "\n".join(["| verb | what it does |", "| --- | --- |", *rows])


def flags_of(parser: argparse.ArgumentParser) -> set[str]:
    """All flags of a verb, long and short."""
    return {flag for action in parser._actions for flag in action.option_strings}


def _page(name: str) -> str:
    verb = VERBS[name]
    parser = parser_of(name)
    examples = "\n".join(verb.examples)
    parts = [
        f"# warpviz {name}",
        escaped(verb.summary),
        f"```console\n{examples}\n```",
        f"```text\nusage: {parser.usage}\n```",
        *_groups(parser),
    ]
    return "\n\n".join(parts) + "\n"


def _groups(parser: Parser) -> Iterator[str]:
    for group in parser._action_groups:
        actions = [one for one in group._group_actions if one.help != argparse.SUPPRESS]
        if actions:
            title = TITLES.get(str(group.title), str(group.title).capitalize())
            yield f"## {title}"
            yield "\n\n".join(_entry(action) for action in actions)


def _entry(action: Any) -> str:
    """A flag as a term, its help as what it means."""
    words = f" {action.metavar}" if action.metavar and action.nargs != 0 else ""
    named = [f"`{flag}{words}`" for flag in action.option_strings] or [f"`{action.metavar}`"]
    help_ = (action.help or "").replace("%%", "%")
    return f"{', '.join(named)}\n: {escaped(_quoted(help_))}"


def _quoted(text: str) -> str:
    """What is typed becomes code: flags, and what stands in quotation marks.

    >>> _quoted("the model's own; a formula such as 'y > sin(x)', see --at (rings)")
    "the model's own; a formula such as `y > sin(x)`, see `--at` (rings)"
    """
    plain = text.split("`")
    for wanted in (r"(?<!\w)'([^']+)'(?!\w)", r"(?<![\w-])(--[a-z][\w-]*)"):
        plain[::2] = [re.sub(wanted, r"`\1`", part) for part in plain[::2]]
        plain = "`".join(plain).split("`")
    return "`".join(plain)
