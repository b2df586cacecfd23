"""From flags to the data that a name, a file or a formula holds, and what is to be said of it."""

from argparse import Namespace
from collections.abc import Collection

import numpy as np

from warpviz.cli.console import Console
from warpviz.cli.failures import working
from warpviz.data import Dataset, load_data
from warpviz.data.lattice import is_formula
from warpviz.data.reading.text import is_file
from warpviz.errors import WarpvizError
from warpviz.model import StoredModel

COLUMNS = ("label", "features", "drop_missing", "classes", "regression", "encoding")


def data_named(name: str, args: Namespace, models: Collection[StoredModel] = ()) -> Dataset:
    """Make or read data; a file that is there but cannot be read is no misuse.

    Args:
        name: of the data.
        args: the flags.
        models: that will take the data: it is standardised as they were trained, or not at all.
    """
    if "classes" in args and "regression" in args:
        raise WarpvizError("Labels are classes or targets: leave out --classes or --regression.")
    asked = {word: getattr(args, word) for word in COLUMNS if word in args}
    if "limits" in args and is_formula(name):
        asked["limits"] = args.limits
    asked |= {"seed": getattr(args, "seed", 0), "standardise": "raw" not in args and not models}
    if is_file(name):
        with working():
            data = load_data(name, **asked)
    else:
        data = load_data(name, **asked)
    for note in data.notes:
        Console(quiet="quiet" in args).note(note)
    told = [model for model in models if model.mean is not None and model.scale is not None]
    if not told or "raw" in args:
        return data
    first = told[0]
    kinds = {(np.asarray(m.mean).tobytes(), np.asarray(m.scale).tobytes()) for m in told}
    if len(told) < len(models) or len(kinds) > 1:
        raise WarpvizError(
            "The models were trained on features that were standardised in different ways, so "
            "they cannot share a film; render each alone."
        )
    return data.standardised(first.mean, first.scale)
