"""Models of other libraries become chains, exactly.

Each library has a file of its own, which is imported when a model of it comes.
"""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

import numpy as np
import numpy.typing as npt

from warpviz.convert.from_pairs import are_pairs
from warpviz.convert.from_pairs import chain_of as chain_of_pairs
from warpviz.errors import WarpvizError
from warpviz.model.chain import Chain

LIBRARIES = {
    "keras": "warpviz.convert.from_keras",  # before torch: on that backend its models are both
    "torch": "warpviz.convert.from_torch",
    "equinox": "warpviz.convert.jaxpr.models",
    "flax": "warpviz.convert.jaxpr.models",
    "skorch": "warpviz.convert.from_sklearn",
    "sklearn": "warpviz.convert.from_sklearn",
}
"""By the first name of a module in which a model's class, or one above it, is: who converts it."""


def to_chain(model: Any, *, output: int | str | None = None) -> Chain:
    """The chain that computes what a model computes.

    Args:
        model: a `Chain`; a PyTorch module whose forward pass is a chain; a Keras `Sequential` or
            functional model that is one; a fitted network or linear model of scikit-learn, or a
            `Pipeline` of one after affine steps such as `StandardScaler` and `PCA`, or a search for
            the best of them; a network of skorch; a model of equinox or flax (of linen with its
            parameters: the pair of both, or bound); pairs of arrays with names of activations
            between them, [(W1, b1), "relu", (W2, b2)].
        output: which of several outputs of a PyTorch module, by its place or name; None is the one
            called "logits", the only one, or the first of a tuple.

    Returns:
        A chain whose states are the model's own intermediate outputs; the model is left as it was.

    Raises:
        WarpvizError: for a model that is not fitted or cannot be written as a chain; what cannot be
            translated is named.
    """
    return reader_of(model, output)()


def reader_of(model: Any, output: int | str | None = None) -> Callable[[], Chain]:
    """What gives the chain of a model as it is when called, at little cost: nothing is found twice.

    Args:
        model: what `to_chain` takes.
        output: as `to_chain` takes it.

    Raises:
        WarpvizError: as `to_chain` does.
    """
    if isinstance(model, Chain):
        if output is not None:
            raise WarpvizError(f"A Chain has one output, got output={output!r}; leave it out.")
        return lambda: model
    if are_pairs(model):
        return lambda: chain_of_pairs(model)
    # A module of linen comes with its parameters, in a pair.
    origins = origins_of(model[0] if isinstance(model, tuple) and len(model) == 2 else model)
    library = next((name for name in LIBRARIES if name in origins), None)
    if library is None:
        raise WarpvizError(_unknown(model))
    home = import_module(LIBRARIES[library])
    module = getattr(model, "module_", None) if library == "skorch" else model
    if library in ("torch", "skorch") and module is not None:
        from warpviz.convert.from_torch import Traced

        return Traced(module, output).chain
    if output is not None:
        raise WarpvizError(
            f"output= chooses among the outputs of a PyTorch module, got a {type(model).__name__} "
            f"of {library}; leave it out, and give the part of the model that has one output."
        )
    return lambda: home.chain_of(model)


def _unknown(model: Any) -> str:
    """Why something is no model, and what to do."""
    if isinstance(model, Mapping):
        held = [key for key, value in model.items() if isinstance(value, Mapping) and value]
        tensors = [key for key, value in model.items() if hasattr(value, "shape")]
        if tensors or held:
            state = "state" if tensors else f"state[{held[0]!r}]"
            for key in ("state_dict", "model_state_dict", "model"):
                state = f"state[{key!r}]" if key in held and not tensors else state
            names = ", ".join(map(str, (tensors or held)[:3]))
            return (
                f"to_chain expects a model, got a state_dict, which holds its numbers ({names}, …) "
                "and not what is done with them; make the model as its code does, call "
                f"model.load_state_dict({state}), and give model."
            )
    return (
        "to_chain expects a Chain or a model of PyTorch, Keras, scikit-learn or JAX, got "
        f"{type(model).__name__}; read one from a file with load_model."
    )


def origins_of(model: Any) -> set[str]:
    """The libraries that a model's class, or one above it, comes from."""
    return {kind.__module__.partition(".")[0] for kind in type(model).__mro__}


def classes_of(model: Any) -> tuple[Any, ...] | None:
    """The labels that a model's outputs stand for, in order; None where it does not say."""
    classes = getattr(model, "classes_", None)
    return None if classes is None else tuple(classes.tolist())


def gives_numbers(model: Any) -> bool:
    """Whether a model is a regressor by its library's own word."""
    if "sklearn" not in origins_of(model):
        return False
    from sklearn.base import is_regressor  # type: ignore[import-untyped]

    return bool(is_regressor(model))


def plain(values: Any) -> npt.NDArray[Any]:
    """Numbers or words of any library as an array; what a tensor keeps is not touched."""
    return np.asarray(values.detach().cpu() if hasattr(values, "detach") else values)
