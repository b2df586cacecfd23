"""What a command reads is never what it writes."""

import os
from argparse import Namespace
from collections.abc import Iterator

from warpviz.errors import WarpvizError

WRITTEN = {"output": "-o", "film": "--film", "frames": "--frames"}
"""Values that name what is written → their flags."""
WORDS = ("title",)
"""Values that are words for people, even where a file has the same name."""


def refuse_overwriting(args: Namespace) -> None:
    """Refuse a file to write that is also read, or written by another flag.

    Every value that names a file is taken for one that is read: so a new flag is safe as it comes.
    Links count as what they lead to.

    Raises:
        WarpvizError: one file is named for two uses.
    """
    written = {flag: list(_words(getattr(args, name, ()))) for name, flag in WRITTEN.items()}
    read = {
        name: list(_words(value))
        for name, value in vars(args).items()
        if name not in WRITTEN and name not in WORDS
    }
    seen: dict[str, str] = {}
    for flag, paths in written.items():
        for path in paths:
            place = os.path.normcase(os.path.realpath(path))
            if place in seen:
                both = flag if flag == seen[place] else f"{seen[place]} and {flag}"
                raise WarpvizError(
                    f"{both} name{'s' * (flag == both)} {path} twice; leave one out."
                )
            seen[place] = flag
            for name, words in read.items():
                for word in words:
                    if _same_file(path, word):
                        raise WarpvizError(
                            f"{flag} would write over '{word}', which {_called(name)} reads; "
                            "choose another file to write."
                        )


def _words(value: object) -> Iterator[str]:
    """All texts in a value, and the description that is read with weights."""
    if isinstance(value, str):
        yield value
        if value.lower().endswith(".safetensors"):
            yield f"{value[: -len('.safetensors')]}.json"
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _words(each)


def _same_file(path: str, word: str) -> bool:
    try:
        return os.path.isfile(path) and os.path.samefile(path, word)
    except (OSError, ValueError):
        return False


def _called(name: str) -> str:
    operands = {"file": "the command", "subjects": "the command", "target": "the command"}
    return operands.get(name, f"--{name.replace('_', '-')}")
