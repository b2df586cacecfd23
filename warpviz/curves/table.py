"""The numbers of activations, a row each."""

from collections.abc import Sequence
from typing import Any

from warpviz.arguments import kinds_checked
from warpviz.curves.facts import facts_of
from warpviz.model.activations import ACTIVATIONS, ActivationFunction


def records_of(names: Sequence[str | ActivationFunction]) -> list[ActivationFunction]:
    """Activations by name, formula or record; all there are where none is named.

    Raises:
        WarpvizError: for a name that no activation has.
    """
    wanted = list(names) or [*ACTIVATIONS]
    return [ACTIVATIONS[each] if isinstance(each, str) else each for each in wanted]


@kinds_checked
def activations_table(*names: str | ActivationFunction) -> list[dict[str, Any]]:
    """The numbers of activations: range, limits, Lipschitz constant, zeros, slopes, folds.

    Args:
        names: of activations, formulas, or records; all of `ACTIVATIONS` where none is given.

    Returns:
        A row each, with the fields of `Facts`; None is what is undefined or without bound.

    Raises:
        WarpvizError: for a name that no activation has.

    >>> (row,) = activations_table("max(z, -0.25*z)")
    >>> row["folds_from"], row["lipschitz"], row["slope_at_0"], row["highest"]
    (0.8, 1.0, None, None)
    """
    return [facts_of(record).as_dict() for record in records_of(names)]
