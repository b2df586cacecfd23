"""Models of other libraries become chains, exactly.

Each library has a file of its own, which is imported when a model of it comes.
"""

from importlib import import_module
from typing import Any

from warpviz.errors import WarpvizError
from warpviz.model.chain import Chain

LIBRARIES = {"sklearn": "warpviz.convert.scikit", "warpviz": "warpviz.convert.scikit"}
"""By the first name of a model's module: who converts it."""


def to_chain(model: Any) -> Chain:
    """The chain that computes what a model computes.

    Args:
        model: a `Chain`, or a fitted scikit-learn `MLPClassifier`, `MLPRegressor`,
            `LogisticRegression`, or a `Pipeline` of them after `StandardScaler` and `PCA`.

    Returns:
        A chain whose states are the model's own intermediate outputs; the model is left as it was.

    Raises:
        WarpvizError: for a model that is not fitted or cannot be written as a chain; what cannot be
            translated is named.
    """
    if isinstance(model, Chain):
        return model
    library = type(model).__module__.partition(".")[0]
    if library not in LIBRARIES:
        raise WarpvizError(
            f"to_chain expects a Chain or a model of scikit-learn, got {type(model).__name__} "
            f"of {library}."
        )
    chain: Chain = import_module(LIBRARIES[library]).chain_of(model)
    return chain


def classes_of(model: Any) -> tuple[Any, ...] | None:
    """The labels that a model's outputs stand for, in order; None where it does not say."""
    classes = getattr(model, "classes_", None)
    return None if classes is None else tuple(classes.tolist())
