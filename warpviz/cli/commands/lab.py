"""The verb lab, and --lab: a network as a page in which it is taken hold of."""

from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from warpviz.atomic import check_writable
from warpviz.cli.console import Console
from warpviz.cli.failures import working
from warpviz.cli.outputs import named, refuse_twice
from warpviz.cli.subjects import data_of, one_untrained, recipe_of, refuse_training_flags, stored
from warpviz.convert.pairing import fitting
from warpviz.data import Dataset
from warpviz.errors import WarpvizError
from warpviz.laboratory.making import lab as laboratory
from warpviz.model import Chain

PAGES = (".html", ".htm")
LOOKS = ("theme", "language", "title", "lesson", "seed")


def lab(args: Namespace, console: Console) -> None:
    """A laboratory of a model, or of a network that nobody has trained."""
    paths = named(args, "lab.html")
    for path in paths:
        if Path(path).suffix.lower() not in PAGES:
            raise WarpvizError(f"A laboratory is an .html file, got '{path}'; name one with -o.")
        check_writable(path)
    refuse_twice("-o", paths)
    if "model" in args:
        refuse_training_flags(args)
        model = stored(args.model)
        data = data_of(args, {args.model: model})
        chain = fitting(model.chain, data)
    else:
        data = data_of(args, {})
        chain = one_untrained(args, data, recipe_of(args, data)).chain
    write_labs(chain, data, paths, args, console)


def write_labs(
    chain: Chain, data: Dataset, paths: Sequence[str | Path], args: Namespace, console: Console
) -> None:
    """Write laboratories of a chain, in the looks that were asked for."""
    looks: dict[str, Any] = {name: getattr(args, name) for name in LOOKS if name in args}
    made = laboratory(chain, data, **looks)
    with working():
        for path in paths:
            console.path(made.save(path))
