"""The packages that only studies need, loaded when they are first used."""

from importlib import import_module
from typing import Any

from warpviz.errors import WarpvizError


def needed(module: str) -> Any:
    """A module of the extra `study`.

    Raises:
        WarpvizError: it is not installed.
    """
    try:
        return import_module(module)
    except ImportError:
        name = module.partition(".")[0]
        raise WarpvizError(
            f"Studies need {name}; install it with: pip install 'warpviz[study]'."
        ) from None
