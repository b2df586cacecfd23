"""The compiled kernels, where they were built and are wanted.

Each gives the same integers as the numpy code that stands beside its call. `WARPVIZ_PURE=1` in the
environment turns them off.
"""

import os
from importlib import import_module
from types import ModuleType


def find() -> ModuleType | None:
    """The module `warpviz._kernels`; None where it was not built or is not wanted."""
    if os.environ.get("WARPVIZ_PURE", "") not in ("", "0"):
        return None
    try:
        return import_module("warpviz._kernels")
    except ImportError:
        return None


KERNELS = find()
"""What is in use."""
