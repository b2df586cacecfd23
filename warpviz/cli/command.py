"""From the words of a command to an exit code."""

import logging
import sys
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from difflib import get_close_matches
from importlib import import_module

from warpviz.cli.console import Console, NobodyReads
from warpviz.cli.failures import COULD_NOT, DONE, sentence
from warpviz.cli.overwriting import refuse_overwriting
from warpviz.cli.signals import listening
from warpviz.cli.streams import prepared
from warpviz.cli.verbs import VERBS, parser_of
from warpviz.compiled import KERNELS, OUTDATED, STALE
from warpviz.drafts import begin
from warpviz.errors import WarpvizError
from warpviz.version import __version__


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command.

    Args:
        argv: the words after `warpviz`; those of the process by default.

    Returns:
        0 done, 1 could not, 2 misuse, 130 interrupted; 143 and 129 ended by SIGTERM and SIGHUP.
    """
    words = list(sys.argv[1:] if argv is None else argv)
    console = Console(
        quiet="--quiet" in words, colour="--no-color" not in words, debug="--debug" in words
    )
    begin()
    with prepared(), listening(lambda error: console.fail(sentence(error)[0])) as ending:
        try:
            return _outcome(words, console)
        except KeyboardInterrupt as error:
            text, code = sentence(error)
            ending.over = True
            console.fail(text)
            return code


def _outcome(words: Sequence[str], console: Console) -> int:
    try:
        with _silence(console.quiet):
            _run(words, console)
    except NobodyReads:
        return COULD_NOT
    except Exception as error:
        text, code = sentence(error)
        console.fail(text)
        return code
    return DONE


@contextmanager
def _silence(quiet: bool) -> Iterator[None]:
    """Where only errors are wanted, no library warns either."""
    log = logging.getLogger("matplotlib")
    level = log.level
    with warnings.catch_warnings():
        if quiet:
            warnings.simplefilter("ignore")
            log.setLevel(logging.ERROR)
        try:
            yield
        finally:
            log.setLevel(level)


def short_help() -> str:
    """What `warpviz` alone tells."""
    width = max(map(len, VERBS))
    verbs = "\n".join(f"  {name:{width}}  {verb.summary}" for name, verb in VERBS.items())
    return (
        "Example:\n"
        "  warpviz render --activation relu -o fold.gif\n"
        "  warpviz compare relu tanh gelu -o compare.gif\n\n"
        "usage: warpviz VERB [options]\n\n"
        "Films of what a neural network does to the plane.\n\n"
        f"verbs:\n{verbs}\n\n"
        "options:\n"
        "  -h, --help  show this and exit; warpviz VERB --help tells more\n"
        "  --version   show the version and exit"
    )


def _run(words: Sequence[str], console: Console) -> None:
    if not words or words[0] in ("-h", "--help", "help"):
        if len(words) > 1 and words[0] == "help":
            console.result(parser_of(_known(words[1])).format_help().rstrip())
        else:
            console.result(short_help())
        return
    if words[0] == "--version":
        without = f"numpy alone: {OUTDATED}" if STALE else "numpy alone"
        console.result(f"warpviz {__version__} ({'compiled kernels' if KERNELS else without})")
        return
    name = _known(words[0])
    parser = parser_of(name)
    if {"-h", "--help"} & set(words):
        console.result(parser.format_help().rstrip())
        return
    args = parser.read(words[1:])
    refuse_overwriting(args)
    if STALE and "output" in args:
        console.note(f"Slower than usual: {OUTDATED}.")
    module, _, function = VERBS[name].run.partition(":")
    getattr(import_module(f"warpviz.cli.commands.{module}"), function)(args, console)


def _known(word: str) -> str:
    """The name of a verb, or an error that names the nearest."""
    if word in VERBS:
        return word
    if word.startswith("-"):
        near = get_close_matches(word, ["--help", "--version"], n=1)
        hint = f"did you mean '{near[0]}'?" if near else "name a verb first: warpviz render …"
        raise WarpvizError(f"Unknown option '{word}'; {hint}")
    near = get_close_matches(word, VERBS, n=1, cutoff=0.5)
    hint = f"did you mean '{near[0]}'?" if near else f"the verbs are {', '.join(VERBS)}."
    raise WarpvizError(f"Unknown verb '{word}'; {hint}")
