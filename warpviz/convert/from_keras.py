"""Keras models to chains: Sequential, and functional models in which every layer has one input."""

import warnings
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from warpviz.arrays import Floats
from warpviz.convert.elementwise import SHEET, recognised, unit_by_unit
from warpviz.convert.parts import Part, normalisation, scale, with_help
from warpviz.convert.parts import chain_of as chain_of_parts
from warpviz.errors import WarpvizError
from warpviz.model.chain import Chain
from warpviz.model.layers import Dense, Softmax

HELP = (
    "a chain is made of Dense, BatchNormalization, activations of `warpviz list activations` and "
    "Softmax; write it with these, or give the part of the model that is"
)
NO_CHANGE = frozenset(
    {
        "InputLayer", "Dropout", "AlphaDropout", "GaussianDropout", "GaussianNoise", "Flatten",
        "ActivityRegularization", "SpatialDropout1D", "Identity",
    }
)  # fmt: skip
"""Layers that leave the numbers of rows (N, D) as they are once training is over."""
MODELS = frozenset({"Sequential", "Functional"})


def chain_of(model: Any) -> Chain:
    """The chain of a Keras model.

    Raises:
        WarpvizError: a layer has no counterpart, or the model branches; it is named.
    """
    name = type(model).__name__
    own = any("call" in vars(kind) for kind in type(model).__mro__[:-1]
              if not kind.__module__.startswith(("keras.", "torch.")))  # fmt: skip
    if own or not _kinds(model) & MODELS:
        raise WarpvizError(
            f"Cannot translate {name} '{model.name}': the forward pass of a subclassed model cannot"
            " be read; build it as Sequential or with the functional API, or give a part that is."
        )
    try:
        width = int(np.prod([side for side in model.input_shape[1:] if side]))
    except (AttributeError, ValueError, TypeError):
        raise WarpvizError(
            f"Cannot translate {name} '{model.name}': it is not built yet; give it an input, as in "
            "keras.Input((2,)), or call it on data once."
        ) from None
    kinds = [type(layer).__name__ for layer in model.layers]
    if len(model.input_shape) > 2 and "Flatten" in kinds:
        before = [kind for kind in kinds[: kinds.index("Flatten")] if kind not in NO_CHANGE]
        if before:
            raise WarpvizError(
                f"Cannot translate {name} '{model.name}': {before[0]} acts before Flatten, on rows "
                f"of other numbers; put Flatten first."
            )
    try:
        return chain_of_parts(_model_parts(model), width)
    except WarpvizError as error:
        raise WarpvizError(_at(error, f"Cannot translate {name}")) from None


def _at(error: WarpvizError, start: str) -> str:
    text = str(error)
    return text if text.startswith("Cannot") else f"{start}: {text}"


def _kinds(model: Any) -> set[str]:
    return {kind.__name__ for kind in type(model).__mro__}


def _model_parts(model: Any) -> Iterator[Part]:
    steps = _steps(model)
    for number, (step, inputs) in enumerate(steps, 1):
        try:
            yield from _parts(step, inputs)
        except WarpvizError as error:
            if str(error).startswith("Cannot"):
                raise
            raise WarpvizError(
                f"Cannot translate {type(step).__name__} '{step.name}', layer {number} of "
                f"{len(steps)} of '{model.name}': {with_help(str(error), HELP)}."
            ) from None


def _steps(model: Any) -> list[tuple[Any, Any]]:
    """Layers and operations in order, each with its arguments (None in a Sequential)."""
    if "Sequential" in _kinds(model):
        return [(layer, None) for layer in model.layers]
    depths = sorted(model._nodes_by_depth.items(), reverse=True)
    several = next((nodes for _, nodes in depths if len(nodes) > 1), None)
    joining = next(
        (node for _, nodes in depths for node in nodes if len(node.arguments.keras_tensors) > 1),
        None,
    )
    if joining is not None or several is not None:
        node = joining or (several or [None])[0]
        step = node.operation
        raise WarpvizError(
            f"Cannot translate {type(step).__name__} '{step.name}' of '{model.name}': the model "
            "branches there, and a chain has one path; give a part of the model that has."
        )
    if len(model.inputs) != 1 or len(model.outputs) != 1:
        raise WarpvizError(
            f"Cannot translate '{model.name}': it has {len(model.inputs)} inputs and "
            f"{len(model.outputs)} outputs, a chain has one of each."
        )
    return [(nodes[0].operation, nodes[0].arguments) for _, nodes in depths]


def _parts(step: Any, inputs: Any) -> Iterator[Part]:
    """The steps of one layer; messages of errors are the reason alone."""
    kind = type(step).__name__
    mode = getattr(step, "quantization_mode", None)
    if mode is not None:
        raise WarpvizError(
            f"it is quantised ({mode}) and rounds what it takes, which no layer of a chain does; "
            "give the model from before quantize()"
        )
    if _kinds(step) & MODELS:
        yield from _model_parts(step)
    elif kind in NO_CHANGE:
        return
    elif kind == "Reshape":
        if len(step.target_shape) != 1:
            raise WarpvizError(f"it reshapes to {tuple(step.target_shape)}")
    elif kind in _LAYERS:
        yield from _LAYERS[kind](step)
    elif kind in ("Softmax", "LogSoftmax"):
        if getattr(step, "axis", -1) not in (-1, 1):
            raise WarpvizError(f"it runs along axis {step.axis}, over points instead of classes")
        yield Softmax(kind == "LogSoftmax")
    elif getattr(step, "weights", None):
        raise WarpvizError("no layer of a chain does what it does")
    elif inputs is None or (hasattr(step, "compute_output_spec") and hasattr(step, "weights")):
        yield _function(step.call)
    else:

        def called(x: Any) -> Any:
            given = [x if type(one).__name__ == "KerasTensor" else one for one in inputs.args]
            return step.call(*given, **inputs.kwargs)

        yield _function(called)


def _function(function: Callable[..., Any]) -> Part:
    """What a function of one tensor is, by its name or by its values."""
    name = getattr(function, "__name__", "")
    if name in ("softmax", "log_softmax"):
        return Softmax(name == "log_softmax")
    key = _unchanging(function)
    if key is None:
        return _tried(function)
    if key not in _TRIED:
        _TRIED[key] = _tried(function)
    return _TRIED[key]


_TRIED: dict[Any, Part] = {}
"""What functions are that do not change: a training asks for them at every snapshot."""


def _unchanging(function: Callable[..., Any]) -> Any:
    """What tells a function of Keras's own from others, None of what may change."""
    layer = getattr(function, "__self__", function)
    if not type(layer).__module__.startswith("keras.") and layer is not function:
        return None
    if hasattr(layer, "get_config"):
        settings = {key: value for key, value in layer.get_config().items() if key != "name"}
        return (type(layer), repr(settings)) if type(layer).__module__[:6] == "keras." else None
    home = getattr(function, "__module__", None) or ""
    return function if home.startswith("keras.") and not function.__closure__ else None


def _tried(function: Callable[..., Any]) -> Part:
    from keras import ops

    try:
        sheets = [SHEET.astype(np.float32), SHEET[::2].astype(np.float32)]
        whole, half = (_array(function(ops.convert_to_tensor(sheet))) for sheet in sheets)
        alone = unit_by_unit(whole, half)
        known = None if alone is None else recognised(alone)
    except Exception:  # any code may be behind it, and what it does not take it is not
        known = None
    if known is None:
        raise WarpvizError("no activation of a chain does what it does")
    return known


def _array(tensor: Any) -> Floats:
    from keras import ops

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of Keras, about NumPy
        return np.array(ops.convert_to_numpy(tensor), dtype=np.float64)


def _dense(layer: Any) -> Iterator[Part]:
    weight = _array(layer.kernel).T
    yield Dense(weight, _array(layer.bias) if layer.use_bias else np.zeros(len(weight)))
    yield _function(layer.activation)


def _batch_norm(layer: Any) -> Iterator[Part]:
    mean, variance = _array(layer.moving_mean), _array(layer.moving_variance)
    weight = _array(layer.gamma) if layer.scale else np.ones_like(mean)
    bias = _array(layer.beta) if layer.center else np.zeros_like(mean)
    yield normalisation(mean, variance, weight, bias, layer.epsilon)


def _normalization(layer: Any) -> Iterator[Part]:
    if layer.mean is None:
        raise WarpvizError("it has not been adapted to data yet")
    mean, deviation = _array(layer.mean), np.sqrt(_array(layer.variance))
    deviation = np.maximum(deviation, 1e-7)  # as Keras does
    yield scale(deviation, mean) if layer.invert else scale(1 / deviation, -mean / deviation)


def _rescaling(layer: Any) -> Iterator[Part]:
    yield scale(layer.scale, layer.offset)


def _activation(layer: Any) -> Iterator[Part]:
    yield _function(layer.activation)


_LAYERS: dict[str, Callable[[Any], Iterator[Part]]] = {
    "Dense": _dense,
    "BatchNormalization": _batch_norm,
    "Normalization": _normalization,
    "Rescaling": _rescaling,
    "Activation": _activation,
}
