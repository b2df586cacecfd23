"""What one PyTorch module or operation does, as a step of a chain."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from warpviz.arrays import Floats
from warpviz.convert.elementwise import called, clipped, with_numbers
from warpviz.convert.nodes import Node
from warpviz.convert.parts import Part, normalisation, scale
from warpviz.errors import WarpvizError
from warpviz.model.activations import ACTIVATIONS
from warpviz.model.layers import Dense, Softmax

RESHAPING = frozenset(
    "flatten view reshape squeeze unsqueeze view_as reshape_as unflatten unsafe_view ravel".split()
)
"""Operations that keep the numbers in their order, of each row where its first axis stays."""
NO_CHANGE = frozenset(
    "contiguous clone detach float double dropout alpha_dropout feature_dropout requires_grad "
    "identity data cpu cuda alias lift_fresh_copy".split()
)
"""Operations that leave the numbers of rows (N, D) as they are."""
TAKING = frozenset("getitem index_select select narrow index slice gather take".split())
"""Operations that take numbers out of a tensor."""
PLAIN = {
    **{name: name for name in "relu tanh sigmoid sin silu abs square erf relu6".split()},
    "absolute": "abs",
}
"""Functions without parameters, and what we call them."""
FUNCTIONAL = {
    record.torch[0].lower(): record.torch
    for record in reversed(ACTIVATIONS.values())
    if record.torch is not None
}
"""Functions that have the name of a module, as hardtanh of Hardtanh, with its usual arguments."""


def array_of(tensor: Any) -> Floats:
    """A tensor of any device and precision as an array; what a model keeps is not touched."""
    if hasattr(tensor, "detach"):
        tensor = tensor.detach().cpu()
        # numpy knows no bfloat16.
        known = tensor if tensor.dtype.itemsize > 2 else tensor.float()
        return np.array(known.numpy(), dtype=np.float64)
    return np.asarray(tensor, dtype=np.float64)


def module_part(module: Any) -> Part | None:
    """The step of a leaf module, None where it changes nothing.

    Raises:
        WarpvizError: it has no counterpart; the message is the reason alone.
    """
    for kind in type(module).__mro__:
        if not kind.__module__.startswith("torch.nn"):
            continue
        if kind.__name__ in _MODULES:
            return _MODULES[kind.__name__](module)
        known = called("torch", kind.__name__, lambda word: getattr(module, word))
        if known is not None:
            return known
    raise WarpvizError("no layer of a chain does what it does")


def _linear(module: Any) -> Part:
    weight = array_of(module.weight)
    bias = np.zeros(len(weight)) if module.bias is None else array_of(module.bias)
    return Dense(weight, bias)


def _batch_norm(module: Any) -> Part:
    if module.running_mean is None:
        raise WarpvizError("it keeps no running statistics, so its map depends on the batch")
    mean = array_of(module.running_mean)
    weight = np.ones_like(mean) if module.weight is None else array_of(module.weight)
    bias = np.zeros_like(mean) if module.bias is None else array_of(module.bias)
    return normalisation(mean, array_of(module.running_var), weight, bias, module.eps)


def _prelu(weight: Any) -> Part:
    return with_numbers("prelu", *array_of(weight).ravel().tolist())


def _softplus(beta: float, threshold: float) -> str:
    if threshold < 18:  # straight from where one sees it
        smooth = f"softplus({beta!r}*z)/{beta!r}"
        return f"where({beta!r}*z > {threshold!r}, z, {smooth})"
    return with_numbers("softplus", beta)


def _clipped(given: Callable[[int, str, Any], Any]) -> str:
    ends = given(1, "min", None), given(2, "max", None)
    if any(hasattr(end, "numel") and end.numel() > 1 for end in ends):
        raise WarpvizError("it ends at another number for each unit")
    return clipped(*(None if end is None else float(end) for end in ends))


def _softmax(dim: int | None, log: bool = False) -> Part:
    if dim not in (1, -1, None):
        raise WarpvizError(f"it runs along axis {dim}, over points instead of classes")
    return Softmax(log)


def _flatten(start: int, end: int = -1) -> None:
    if start != 1 or end not in (-1, 1):
        raise WarpvizError(f"it flattens axes {start} to {end}, which mixes points")


_MODULES: dict[str, Callable[[Any], Part | None]] = {
    "Linear": _linear,
    "BatchNorm1d": _batch_norm,
    "RReLU": lambda m: with_numbers("leaky_relu", (m.lower + m.upper) / 2),
    "PReLU": lambda m: _prelu(m.weight),
    "Softplus": lambda m: _softplus(float(m.beta), m.threshold),
    "Softmax": lambda m: _softmax(m.dim),
    "LogSoftmax": lambda m: _softmax(m.dim, log=True),
    "Identity": lambda m: None,
    "Dropout": lambda m: None,
    "AlphaDropout": lambda m: None,
    "FeatureAlphaDropout": lambda m: None,
    "Flatten": lambda m: _flatten(m.start_dim, m.end_dim),
}


def operation_part(node: Node, known: Mapping[Any, Any]) -> Part | None:
    """The step of a function or method, None where it changes nothing.

    Args:
        node: with one input that carries data.
        known: values of nodes that do not depend on data.

    Raises:
        WarpvizError: it has no counterpart; the message is the reason alone.
    """
    name = node.name.strip("_")
    values = [known.get(arg, arg) if isinstance(arg, Node) else arg for arg in node.args]
    # Where the data is among two operands: x − 1 is not 1 − x.
    first = bool(node.args) and isinstance(node.args[0], Node) and node.args[0].of_data

    def given(place: int, word: str, otherwise: Any) -> Any:
        value = node.kwargs.get(word, values[place] if len(values) > place else otherwise)
        return known.get(value, value) if isinstance(value, Node) else value

    if name in PLAIN and len(values) == 1:
        return PLAIN[name]
    if name == "neg":
        return scale(-1.0)
    if name in ("to", "type_as", "type", "to_copy"):
        _check_cast(values[1:], node.kwargs)
        return None
    if name in RESHAPING:
        before = next(one.shape for one in node.inputs if one.of_data)
        if not same_rows(before, node.shape):
            raise WarpvizError(f"it reshapes {before} to {node.shape}, which mixes points")
        return None
    if name.endswith("dropout") and given(2, "training", given(2, "train", True)):
        raise WarpvizError("it drops by chance after training too; give training=self.training")
    if name in NO_CHANGE:
        return None
    if name in TAKING:
        raise WarpvizError("it takes out other numbers than columns, a chain maps every point")
    if name in ("softmax", "log_softmax"):
        return _softmax(given(1, "dim", None), name == "log_softmax")
    functions: dict[str, Callable[[], Part]] = {
        "prelu": lambda: _prelu(given(1, "weight", None)),
        "softplus": lambda: _softplus(float(given(1, "beta", 1)), given(2, "threshold", 20)),
        **dict.fromkeys(("clamp", "clip"), lambda: _clipped(given)),
        "addmm": lambda: _product(_matrix(given(2, "mat2", None), True), values[0]),
        "linear": lambda: _product(given(1, "weight", None), given(2, "bias", None)),
        "matmul": lambda: _product(_matrix(given(1, "other", None), first), None),
        "mm": lambda: _product(_matrix(given(1, "mat2", None), first), None),
        "batch_norm": lambda: _normalised(given),
    }
    if name in functions:
        return functions[name]()
    kind, usual = FUNCTIONAL.get(name.replace("_", ""), ("", {}))
    if kind and len(values) <= 1 + len(usual) and set(node.kwargs) <= {*usual, "input", "inplace"}:
        places = {word: place for place, word in enumerate(usual, 1)}
        found = called("torch", kind, lambda word: given(places[word], word, usual[word]))
        if found is not None:
            return found
    unusual = set(node.kwargs) - {"other", "alpha", "input"}
    if unusual or len(values) > 2:
        raise WarpvizError("no layer of a chain does what it does with these arguments")
    other = given(1, "other", None) if first else values[0]
    alpha = node.kwargs.get("alpha", 1)
    if alpha != 1 and not first:
        raise WarpvizError("no layer of a chain does what it does with these arguments")
    return _arithmetic(name, other if alpha == 1 else alpha * other, first)


def _arithmetic(name: str, other: Any, first: bool) -> Part:
    """X + a and its like, a being known."""
    if isinstance(other, bool) or not (isinstance(other, int | float) or hasattr(other, "detach")):
        raise WarpvizError("no layer of a chain does what it does")
    value = array_of(other)
    if name == "add":
        return scale(1.0, value)
    if name == "sub":
        return scale(1.0, -value) if first else scale(-1.0, value)
    if name == "mul":
        return scale(value)
    if name in ("div", "truediv") and first:
        return scale(1.0 / value)
    raise WarpvizError("no layer of a chain does what it does")


def _check_cast(values: list[Any], words: Mapping[str, Any]) -> None:
    """Let pass what moves a tensor or keeps it in single or double precision."""
    for value in (*values, *words.values()):
        if str(value).startswith("torch.") and str(value) not in ("torch.float32", "torch.float64"):
            raise WarpvizError(f"it rounds numbers to {value}")


def _matrix(other: Any, first: bool) -> Any:
    if not first or not hasattr(other, "dim") or other.dim() != 2:
        raise WarpvizError("only rows times a matrix of parameters are an affine map")
    return other.t()


def _product(weight: Any, bias: Any) -> Part:
    matrix = array_of(weight)
    return Dense(matrix, np.zeros(len(matrix)) if bias is None else array_of(bias))


def _normalised(given: Callable[[int, str, Any], Any]) -> Part:
    mean, variance = given(1, "running_mean", None), given(2, "running_var", None)
    if given(5, "training", False):
        raise WarpvizError("it is in training mode, where its map depends on the batch")
    if mean is None or variance is None:
        raise WarpvizError("it has no running statistics, so its map depends on the batch")
    weight, bias = given(3, "weight", None), given(4, "bias", None)
    return normalisation(
        array_of(mean),
        array_of(variance),
        1.0 if weight is None else array_of(weight),
        0.0 if bias is None else array_of(bias),
        given(7, "eps", 1e-5),
    )


def same_rows(before: tuple[int, ...], after: tuple[int, ...]) -> bool:
    """Whether numbers that keep their order are those of the same points.

    >>> same_rows((13, 1, 2, 2), (13, 4)), same_rows((13, 4), (26, 2)), same_rows((13, 1), (13,))
    (True, False, True)
    """
    return bool(before and after) and before[0] == after[0]
