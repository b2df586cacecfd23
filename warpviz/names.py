"""Names that users type: the error for an unknown one, with the nearest known name."""

import difflib
from collections.abc import Iterable

from warpviz.errors import WarpvizError

LONGEST = 220
"""Letters of names that a sentence lists: of more, the tables of the documentation do."""


def unknown_name(kind: str, name: object, known: Iterable[str], alike: float = 0.5) -> WarpvizError:
    """Make (not raise) the error for a name that a table does not have.

    Args:
        kind: What the name should have named, capitalised: "Activation", "Data set".
        name: What came.
        known: The names that would have been right.
        alike: From which likeness on, 0 to 1, a name is near.

    >>> unknown_name("activation", "rellu", ["relu", "tanh"])
    WarpvizError("Unknown activation 'rellu'; did you mean 'relu'?")
    """
    known = sorted(known)
    near = difflib.get_close_matches(str(name).lower(), known, n=1, cutoff=alike)
    hint = f"did you mean {near[0]!r}?" if near else f"choose one of {_listed(known)}."
    return WarpvizError(f"Unknown {kind} {name!r}; {hint}")


def _listed(known: list[str]) -> str:
    """Names in a row, of many the first."""
    row = ", ".join(known)
    return row if len(row) <= LONGEST else f"{row[:LONGEST].rpartition(', ')[0]}, …"
