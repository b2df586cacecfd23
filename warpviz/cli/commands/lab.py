"""The verb lab, and --lab: a network as a page in which it is taken hold of."""

from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from warpviz.atomic import check_writable
from warpviz.cli.console import Console
from warpviz.cli.failures import working
from warpviz.cli.flags.values import entries_of
from warpviz.cli.outputs import named, refuse_twice
from warpviz.cli.subjects import (
    data_of,
    default_layers,
    one_untrained,
    recipe_of,
    refuse_training_flags,
    stored,
)
from warpviz.convert.pairing import fitting
from warpviz.data import Dataset
from warpviz.errors import WarpvizError
from warpviz.laboratory.handed import MOST_LAYERS, MOST_UNITS, check_chain, check_data
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
        if "layers" not in args:
            args.layers = _narrowed(default_layers(args, data))
        chain = one_untrained(args, data, recipe_of(args, data)).chain
    check_lab(chain, data, args)
    write_labs(chain, data, paths, args, console)


def _narrowed(layers: str) -> str:
    """What suffices for some data, no wider than a laboratory takes.

    >>> _narrowed("12:identity,12,3")
    '8:identity,8,3'
    """
    entries = [entry.partition(":") for entry in entries_of(layers)]
    widths = [min(int(width), MOST_UNITS) for width, *_ in entries]
    rest = [f"{colon}{name}" for _, colon, name in entries]
    return ",".join(f"{width}{more}" for width, more in zip(widths, rest, strict=True))


def check_lab(chain: Chain, data: Dataset, args: Namespace) -> None:
    """Refuse, before anything is trained, what no laboratory takes."""
    hidden = chain.logits().widths[1:-1]
    if "layers" in args and (len(hidden) > MOST_LAYERS or max(hidden, default=0) > MOST_UNITS):
        raise WarpvizError(
            f"--layers expects up to {MOST_LAYERS} hidden layers of up to {MOST_UNITS} units for a "
            f"laboratory, such as 8,8,3, got '{args.layers}'; `warpviz render` films wider ones."
        )
    check_data(data)
    check_chain(chain)


def write_labs(
    chain: Chain, data: Dataset, paths: Sequence[str | Path], args: Namespace, console: Console
) -> None:
    """Write laboratories of a chain, in the looks that were asked for."""
    looks: dict[str, Any] = {name: getattr(args, name) for name in LOOKS if name in args}
    made = laboratory(chain, data, **looks)
    with working():
        for path in paths:
            console.path(made.save(path))
