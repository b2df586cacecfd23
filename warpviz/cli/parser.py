"""A parser that speaks in one sentence and shows an example first."""

import re
from argparse import SUPPRESS, ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Sequence
from difflib import get_close_matches
from typing import NoReturn

from warpviz.cli.flags.values import TABLES, expression
from warpviz.errors import WarpvizError

NEGATIVE = re.compile(r"-[\d.]")
NEGATED = re.compile(r"-(?!-).*([xz\d(]|pi)", re.DOTALL)
"""Looks like an expression that begins with a minus sign."""
MAY_STAND_ALONE = {"--table": TABLES}
"""Flags whose value may be left away: the next word is theirs only if it is one of these."""


class Parser(ArgumentParser):
    """The flags of one verb."""

    def __init__(self, verb: str, summary: str, examples: Sequence[str]) -> None:
        super().__init__(
            prog=f"warpviz {verb}",
            description=summary,
            formatter_class=RawDescriptionHelpFormatter,
            argument_default=SUPPRESS,
            allow_abbrev=False,
            add_help=False,
        )
        self.examples = tuple(examples)

    def operands(self) -> list[str]:
        """Names of the words that are no flags, in brackets where they may be missing."""
        words = [action for action in self._actions if not action.option_strings]
        shown = {"*": "[{} ...]", "?": "[{}]"}
        return [shown.get(str(action.nargs), "{}").format(action.metavar) for action in words]

    def format_help(self) -> str:
        """An example before everything else: most readers need no more."""
        examples = "\n".join(f"  {line}" for line in self.examples)
        return f"Example:\n{examples}\n\n{super().format_help()}"

    def error(self, message: str) -> NoReturn:
        """Raise argparse's message as a sentence of ours."""
        raise WarpvizError(f"{_in_our_words(message)}; see {self.prog} --help.")

    def read(self, argv: Sequence[str]) -> Namespace:
        """Flags and words in any order.

        Raises:
            WarpvizError: for what the verb does not know, naming the nearest.
        """
        args, rest = self.parse_known_intermixed_args(joined(self._expressions(argv)))
        for word in rest:
            if word != "--":
                self._refuse(word)
        return args

    def _expressions(self, argv: Sequence[str]) -> list[str]:
        """The same words, so that `-x` is no flag where an expression may stand.

        A word that begins with a space is none to argparse.
        """
        flags = {name: action for action in self._actions for name in action.option_strings}
        takes = any(not one.option_strings and one.type is expression for one in self._actions)
        words: list[str] = []
        for word in argv:
            before = flags.get(words[-1]) if words else None
            own = word.partition("=")[0] in flags or word[:2] in flags
            if own or not NEGATED.match(word):
                words.append(word)
            elif before is not None and before.type is expression:
                words[-1] += f"={word}"
            elif takes and (before is None or before.nargs == 0):
                words.append(f" {word}")
            else:
                words.append(word)
        return words

    def _refuse(self, word: str) -> NoReturn:
        flag = word.partition("=")[0]
        if not flag.startswith("-"):
            self.error(f"{self.prog} does not expect {word.strip()!r}")
        flags = [name for action in self._actions for name in action.option_strings]
        near = get_close_matches(flag, flags, n=1)
        hint = f"did you mean '{near[0]}'? See" if near else "see"
        raise WarpvizError(f"Unknown option '{flag}'; {hint} {self.prog} --help.")


def joined(argv: Sequence[str]) -> list[str]:
    """The same words, a value that begins with a minus sign joined to its flag.

    >>> joined(["--limits", "-1,1,-1,1", "--softmax", "-o", "a.gif"])
    ['--limits=-1,1,-1,1', '--softmax', '-o', 'a.gif']
    >>> joined(["--table", "relu"]), joined(["--table", "csv"])
    (['--table=text', 'relu'], ['--table=csv'])
    """
    words: list[str] = []
    for word in argv:
        if words and NEGATIVE.match(word) and words[-1].startswith("--") and "=" not in words[-1]:
            words[-1] += f"={word}"
        elif words and word in MAY_STAND_ALONE.get(words[-1], ()):
            words[-1] += f"={word}"
        else:
            words.append(word)
    return [
        f"{word}={MAY_STAND_ALONE[word][0]}" if word in MAY_STAND_ALONE else word for word in words
    ]


def _in_our_words(message: str) -> str:
    """The message of argparse without its ceremony."""
    message = re.sub(r"^argument (\S+): ", r"\1 ", message)
    message = re.sub(r"expected one argument$", "expects a value, got none", message)
    message = re.sub(r"expected at least one argument$", "expects a value, got none", message)
    message = re.sub(r"ignored explicit argument (.*)$", r"takes no value, got \1", message)
    return re.sub(r"^the following arguments are required: (.*)$", r"\1 is missing", message)
