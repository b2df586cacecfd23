"""A jaxpr as steps, and what its operations do to arrays of numpy, in double precision.

Operations: https://docs.jax.dev/en/latest/jax.lax.html
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from warpviz.convert.nodes import Node
from warpviz.convert.parts import Part, Scale
from warpviz.errors import WarpvizError
from warpviz.functions.normal import erf
from warpviz.model.layers import Dense

INSIDE = ("jaxpr", "call_jaxpr", "fun_jaxpr")
"""Where an operation that is made of others keeps them."""


def written_down(closed: Any, name: str) -> tuple[list[Node], list[Node], Node]:
    """The steps of a jaxpr: nodes of its parameters, all nodes, and that of its output.

    Args:
        closed: the jaxpr of a function of several arrays and, last, a point.
        name: of the model.

    Raises:
        WarpvizError: it gives several arrays.
    """
    if len(closed.jaxpr.outvars) != 1:
        raise WarpvizError(
            f"Cannot translate {name}: it gives {len(closed.jaxpr.outvars)} arrays, a chain gives "
            "one; give a function or module that returns the logits alone."
        )
    *begins, point = closed.jaxpr.invars
    nodes: list[Node] = []
    consts = map(_double, closed.consts)
    known: dict[Any, Any] = dict(zip(closed.jaxpr.constvars, consts, strict=True))
    for place, one in enumerate(begins):
        known[one] = Node(f"parameter {place}", shape=one.aval.shape, of_data=False)
    alone = len(point.aval.shape) == 1
    known[point] = Node("x", shape=_seen(point, alone))
    nodes += [known[one] for one in (*begins, point)]
    _follow(closed.jaxpr, known, nodes, alone)
    end = _value(closed.jaxpr.outvars[0], known)
    if not isinstance(end, Node):
        end = Node("output", of_data=False)
    return [known[one] for one in begins], nodes, end


def _seen(one: Any, alone: bool) -> tuple[int, ...]:
    """A shape with an axis of points in front, which a point alone has not."""
    return (1, *_shape(one)) if alone else _shape(one)


def _follow(jaxpr: Any, known: dict[Any, Any], nodes: list[Node], alone: bool) -> None:
    for equation in jaxpr.eqns:
        inner = next((equation.params[key] for key in INSIDE if key in equation.params), None)
        given = [_value(one, known) for one in equation.invars]
        if inner is not None and equation.primitive.name not in ("while", "scan", "cond"):
            inside, consts = getattr(inner, "jaxpr", inner), getattr(inner, "consts", ())
            own = dict(zip(inside.constvars, map(_double, consts), strict=True))
            own |= dict(zip(inside.invars, given, strict=True))
            _follow(inside, own, nodes, alone)
            for out, one in zip(equation.outvars, inside.outvars, strict=True):
                known[out] = _value(one, own)
            continue
        several = len(equation.outvars) > 1
        name = equation.primitive.name
        out = equation.outvars[0]
        node = Node(
            name, tuple(given), {"params": equation.params}, () if several else _seen(out, alone),
            of_data=any(isinstance(one, Node) and one.of_data for one in given),
            call=_call(name, _shape(out)),
        )  # fmt: skip
        nodes.append(node)
        known[out] = node
        for place, one in enumerate(equation.outvars if several else ()):
            part = Node("getitem", (node, place), shape=_seen(one, alone), of_data=node.of_data,
                        call=lambda value, at: value[at])  # fmt: skip
            nodes.append(part)
            known[one] = part


def _shape(one: Any) -> tuple[int, ...]:
    return tuple(one.aval.shape)


def _value(one: Any, known: dict[Any, Any]) -> Any:
    """A node, or the number that stands there."""
    return _double(one.val) if hasattr(one, "val") else known[one]


def _double(value: Any) -> Any:
    array = np.asarray(value)
    return array.astype(np.float64) if array.dtype.kind not in "biu" else array


def _call(name: str, shape: tuple[int, ...]) -> Callable[..., Any]:
    def call(*given: Any, params: dict[str, Any]) -> Any:
        if name not in OPERATIONS:
            raise ValueError(f"{name} is not known here")
        return OPERATIONS[name](given, params, shape)

    return call


def _product(given: Sequence[Any], params: dict[str, Any], shape: tuple[int, ...]) -> Any:
    (left, right), batch = params["dimension_numbers"]
    if batch[0] or batch[1]:
        raise ValueError("a product of batches")
    return np.tensordot(given[0], given[1], axes=(tuple(left), tuple(right)))


def _spread(given: Sequence[Any], params: dict[str, Any], shape: tuple[int, ...]) -> Any:
    sides = [1] * len(params["shape"])
    for own, place in enumerate(params["broadcast_dimensions"]):
        sides[place] = np.shape(given[0])[own]
    return np.broadcast_to(np.reshape(given[0], sides), params["shape"])


def _cut(given: Sequence[Any], params: dict[str, Any], shape: tuple[int, ...]) -> Any:
    steps = params["strides"] or [None] * len(params["start_indices"])
    sides = zip(params["start_indices"], params["limit_indices"], steps, strict=True)
    return given[0][tuple(slice(*side) for side in sides)]


def _plain(function: Callable[..., Any]) -> Callable[..., Any]:
    return lambda given, params, shape: function(*given)


def _over(function: Callable[..., Any]) -> Callable[..., Any]:
    return lambda given, params, shape: function(given[0], axis=tuple(params["axes"]))


def _same_numbers(given: Sequence[Any], params: dict[str, Any], shape: tuple[int, ...]) -> Any:
    kind = np.dtype(params.get("new_dtype", np.float32))
    if kind.kind not in "fb" and np.asarray(given[0]).dtype.kind == "f":
        raise ValueError("it rounds numbers")
    return np.reshape(given[0], shape)


OPERATIONS: dict[str, Callable[..., Any]] = {
    **{name: _plain(getattr(np, name)) for name in (
        "exp", "log", "log1p", "expm1", "tanh", "sqrt", "sin", "cos", "tan", "sinh", "cosh", "abs",
        "sign", "floor", "ceil", "square", "cbrt", "exp2")},
    "add": _plain(np.add), "add_any": _plain(np.add), "sub": _plain(np.subtract),
    "mul": _plain(np.multiply), "div": _plain(np.divide), "neg": _plain(np.negative),
    "max": _plain(np.maximum), "min": _plain(np.minimum), "pow": _plain(np.power),
    "rem": _plain(np.fmod), "atan2": _plain(np.arctan2), "atan": _plain(np.arctan),
    "asinh": _plain(np.arcsinh), "erf": _plain(erf), "erfc": _plain(lambda z: 1 - erf(z)),
    "logistic": _plain(lambda z: 1 / (1 + np.exp(-z))), "rsqrt": _plain(lambda z: 1 / np.sqrt(z)),
    "integer_pow": lambda given, params, shape: given[0] ** float(params["y"]),
    "clamp": _plain(lambda low, z, high: np.clip(z, low, high)),
    "gt": _plain(np.greater), "ge": _plain(np.greater_equal), "lt": _plain(np.less),
    "le": _plain(np.less_equal), "eq": _plain(np.equal), "ne": _plain(np.not_equal),
    "and": _plain(np.logical_and), "or": _plain(np.logical_or), "not": _plain(np.logical_not),
    "is_finite": _plain(np.isfinite),
    "select_n": lambda given, params, shape: np.choose(np.asarray(given[0], int), given[1:]),
    "reshape": _same_numbers, "squeeze": _same_numbers, "expand_dims": _same_numbers,
    "convert_element_type": _same_numbers, "copy": _same_numbers, "stop_gradient": _same_numbers,
    "copy_p": _same_numbers, "reduce_precision": _same_numbers,
    "dot_general": _product, "broadcast_in_dim": _spread, "slice": _cut,
    "transpose": lambda given, params, shape: np.transpose(given[0], params["permutation"]),
    "concatenate": lambda given, params, shape: np.concatenate(given, params["dimension"]),
    "rev": lambda given, params, shape: np.flip(given[0], params["dimensions"]),
    "reduce_sum": _over(np.sum), "reduce_max": _over(np.max), "reduce_min": _over(np.min),
    "iota": lambda given, params, shape: np.broadcast_to(
        np.arange(shape[params["dimension"]]).reshape(
            [-1 if k == params["dimension"] else 1 for k in range(len(shape))]), shape),
}  # fmt: skip
"""Operations of JAX by name: what they make of their arrays, parameters and result's shape."""


def direct(node: Node, known: Mapping[Node, Any]) -> Part | None:
    """A product with a matrix, or a sum or product with a number for each unit, as it stands."""
    first = isinstance(node.args[0], Node) and node.args[0].of_data
    if len(node.args) != 2:
        return None
    other = node.args[1 if first else 0]
    value = known[other] if isinstance(other, Node) else other
    if node.name == "dot_general":
        (left, right), batch = node.kwargs["params"]["dimension_numbers"]
        place = (right if first else left)[0]
        if np.ndim(value) != 2 or batch[0] or len(left) != 1:
            return None
        weight = value if place == 1 else value.T
        return Dense(weight, np.zeros(len(weight)))
    units = np.size(value) in (1, int(np.prod(node.shape)))
    if not units or node.name not in ("add", "sub", "mul", "div"):
        return None
    flat = np.ravel(value)
    if node.name == "add":
        return Scale(np.ones(1), flat)
    if node.name == "sub":
        return Scale(np.ones(1), -flat) if first else Scale(-np.ones(1), flat)
    if node.name == "mul":
        return Scale(flat, np.zeros(1))
    return Scale(1 / flat, np.zeros(1)) if first else None
