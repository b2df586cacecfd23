"""Models of other libraries become chains, exactly.

Each library has a file of its own, which is imported when a model of it comes.
"""

from importlib import import_module
from typing import Any

import numpy as np
import numpy.typing as npt

from warpviz.errors import WarpvizError
from warpviz.model.chain import Chain

LIBRARIES = {
    "keras": "warpviz.convert.from_keras",  # before torch: on that backend its models are both
    "torch": "warpviz.convert.from_torch",
    "sklearn": "warpviz.convert.from_sklearn",
}
"""By the first name of a module in which a model's class, or one above it, is: who converts it."""


def to_chain(model: Any) -> Chain:
    """The chain that computes what a model computes.

    Args:
        model: a `Chain`; a PyTorch module whose forward pass is a chain; a Keras `Sequential` or
            functional model that is one; a fitted scikit-learn `MLPClassifier`, `MLPRegressor`,
            `LogisticRegression`, `WarpClassifier`, or a `Pipeline` of them after `StandardScaler`
            and `PCA`.

    Returns:
        A chain whose states are the model's own intermediate outputs; the model is left as it was.

    Raises:
        WarpvizError: for a model that is not fitted or cannot be written as a chain; what cannot be
            translated is named.
    """
    if isinstance(model, Chain):
        return model
    origins = {kind.__module__.partition(".")[0] for kind in type(model).__mro__}
    for library, home in LIBRARIES.items():
        if library in origins:
            chain: Chain = import_module(home).chain_of(model)
            return chain
    raise WarpvizError(
        "to_chain expects a Chain or a model of PyTorch, Keras or scikit-learn, got "
        f"{type(model).__name__}; read one from a file with load_model."
    )


def classes_of(model: Any) -> tuple[Any, ...] | None:
    """The labels that a model's outputs stand for, in order; None where it does not say."""
    classes = getattr(model, "classes_", None)
    return None if classes is None else tuple(classes.tolist())


def gives_numbers(model: Any) -> bool:
    """Whether a model is a regressor by its library's own word."""
    if "sklearn" not in {kind.__module__.partition(".")[0] for kind in type(model).__mro__}:
        return False
    from sklearn.base import is_regressor  # type: ignore[import-untyped]

    return bool(is_regressor(model))


def plain(values: Any) -> npt.NDArray[Any]:
    """Numbers or words of any library as an array; what a tensor keeps is not touched."""
    return np.asarray(values.detach().cpu() if hasattr(values, "detach") else values)
