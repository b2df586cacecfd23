"""The compiled kernels, where they were built and are wanted.

Each gives the same integers as the numpy code that stands beside its call. `WARPVIZ_PURE=1` in the
environment turns them off. Those that were compiled of other sources than stand here are not used:
after `git pull` they may have another interface, or compute something else.
"""

import os
from importlib import import_module
from pathlib import Path
from types import ModuleType

from warpviz.stamp import stamp_of


def find() -> ModuleType | None:
    """The module `warpviz._kernels`; None where it was not built or is not wanted."""
    if os.environ.get("WARPVIZ_PURE", "") not in ("", "0"):
        return None
    try:
        return import_module("warpviz._kernels")
    except ImportError:
        return None


def is_stale(kernels: ModuleType | None, package: Path) -> bool:
    """Whether kernels were compiled of other sources than a folder has; without any they are its.

    >>> is_stale(None, Path(__file__).parent)
    False
    """
    stamp = stamp_of(package) if kernels else None
    return stamp is not None and getattr(kernels, "STAMP", None) != stamp


_BUILT = find()
STALE = is_stale(_BUILT, Path(__file__).parent)
"""Whether there are kernels, but those of other sources."""
KERNELS = None if STALE else _BUILT
"""What is in use."""
OUTDATED = (
    "the compiled kernels are of other sources and are not used; "
    "pip install -e . compiles them anew"
)
