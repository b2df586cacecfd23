"""Models of JAX to chains: of equinox, of flax (nnx and linen), by their jaxpr.

What a model does to one point is written down by JAX once, with its parameters as inputs; what the
steps are is tried out in numpy, see `steps`.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from warpviz.arrays import Floats
from warpviz.convert.flow import Flow, Read
from warpviz.convert.jaxpr.steps import OPERATIONS, direct, written_down
from warpviz.convert.nodes import Node
from warpviz.convert.parts import Part, check_same, with_help
from warpviz.convert.parts import chain_of as chain_of_parts
from warpviz.errors import WarpvizError
from warpviz.model.chain import Chain

Call = Callable[[Sequence[Any], Any], Any]

HELP = (
    "a chain is made of affine maps, activations of `warpviz list activations`, softmax and "
    "sums x + f(x) of these; give the part of the model that is"
)
CLOSE = 1e-2
"""How far apart a chain and its model may be, as a share of the largest output."""


def chain_of(model: Any) -> Chain:
    """The chain of a model of equinox or flax.

    Raises:
        WarpvizError: a step has no counterpart, or the model branches; it is named.
    """
    name = type(model[0] if isinstance(model, tuple) else model).__name__
    leaves, call, form = parts_of(model)
    leaves = [np.asarray(leaf) for leaf in leaves]
    if any(not np.isfinite(leaf).all() for leaf in leaves if leaf.dtype.kind == "f"):
        raise WarpvizError(
            f"Cannot translate {name}: its parameters have NaN or infinity in them, as after a "
            "training that diverged; go back to weights from before."
        )
    try:
        key = (name, form, tuple((leaf.shape, leaf.dtype.str) for leaf in leaves))
        known = _TRACED.get(key)
    except TypeError:  # what cannot be told from another is traced each time
        return Traced(name, call, leaves, "equinox" in _origins(model)).chain(leaves)
    if known is None:
        while len(_TRACED) >= MOST:
            _TRACED.pop(next(iter(_TRACED)))
        known = Traced(name, call, leaves, "equinox" in _origins(model))
        _TRACED[key] = known
    return known.chain(leaves)


MOST = 16
"""Models that are remembered: in JAX each step of a training makes a new one of the same form."""
_TRACED: dict[Any, "Traced"] = {}


class Traced:
    """A model whose steps are known: its chain as it is now, at little cost."""

    def __init__(self, name: str, call: Call, leaves: Sequence[Floats], alone: bool) -> None:
        """Let JAX write the steps down, and find out what each is.

        Args:
            name: of the model.
            call: it, of its arrays and a point.
            leaves: its arrays.
            alone: whether it takes a point alone, not a batch.
        """
        import jax

        self.name = name
        first: Exception | None = None
        for shape in _shapes(leaves, alone):
            try:
                jaxpr = jax.make_jaxpr(call)(leaves, np.zeros(shape, np.float32))
            except Exception as error:  # the model's own code runs here: anything may come
                first = first or error
                continue
            break
        else:
            told = (str(first).strip().splitlines() or [type(first).__name__])[0].rstrip(".")
            raise WarpvizError(
                f"Cannot translate {self.name}: it cannot be traced on a point ({told}); a chain "
                "takes rows (N, D), and one path whatever the data is; give the part that does."
            )
        self.shape = shape
        begins, nodes, end = written_down(jaxpr, self.name)
        self.flow, self.begins = Flow(nodes, end), begins
        self.known = self._known(leaves)
        if not end.of_data:
            raise WarpvizError(
                f"Cannot translate {self.name}: its output does not depend on its input; give the "
                "part of the model where it does."
            )
        self.reads = self.flow.reads(self._told, self._again)
        rows = np.random.default_rng(0).normal(size=(7, *shape)).astype(np.float32)
        check_same(self.name, self.chain(leaves), rows, [call(leaves, row) for row in rows], CLOSE)

    def chain(self, leaves: Sequence[Floats]) -> Chain:
        """The chain with these arrays."""
        self.known = self._known(leaves)
        parts = [part for part in (read() for read in self.reads) if part is not None]
        try:
            return chain_of_parts(parts, int(np.prod(self.shape)))
        except WarpvizError as error:
            raise WarpvizError(f"Cannot translate {self.name}: {error}") from None

    def _known(self, leaves: Sequence[Any]) -> dict[Node, Any]:
        values = dict(zip(self.begins, leaves, strict=True))
        return self.flow.known(lambda node: _double(values[node]))

    def _told(self, node: Node) -> Read:
        paths = [one for one in node.inputs if one.of_data]
        why = "no layer of a chain does what it does"
        if len(paths) > 1:
            why = "the model branches, it joins two paths"
        elif node.name not in OPERATIONS:
            why = "no layer of a chain is made of it"
        place = f"{node.name}, step {self.flow.steps.index(node) + 1} of {len(self.flow.steps)}"
        told = f"Cannot translate {place} of {self.name}: {with_help(why, HELP)}."

        def read() -> Part:
            part = None if len(paths) > 1 else direct(node, self.known)
            if part is None:
                raise WarpvizError(told)
            return part

        return read

    def _again(self, nodes: Sequence[Node], rows: Floats) -> Floats:
        """What nodes make of other points."""
        found = []
        with np.errstate(all="ignore"):
            for row in rows:
                shape = nodes[0].shape[2 - len(self.shape) :]
                values = {**self.known, nodes[0]: row.reshape(shape)}
                for node in nodes[1:]:
                    values[node] = node.computed(values)
                found.append(np.ravel(values[nodes[-1]]))
        return np.array(found, dtype=np.float64)


def parts_of(model: Any) -> tuple[list[Any], Call, Any]:
    """The arrays of a model, it as a function of them and of a point, and what else it is.

    Raises:
        WarpvizError: for a linen module without its parameters.
    """
    import jax

    if "equinox" in _origins(model):
        import equinox as eqx

        arrays, static = eqx.partition(eqx.nn.inference_mode(model), eqx.is_array)
        leaves, tree = jax.tree.flatten(arrays)
        form = (tree, jax.tree.structure(static), tuple(jax.tree.leaves(static)))
        call = lambda given, x: eqx.combine(jax.tree.unflatten(tree, given), static)(x)  # noqa: E731
        return leaves, call, form
    if hasattr(model, "apply_fn"):  # a TrainState of flax
        leaves, tree = jax.tree.flatten({"params": model.params})
        apply = model.apply_fn
        return leaves, lambda given, x: apply(jax.tree.unflatten(tree, given), x), (apply, tree)
    if isinstance(model, tuple) or hasattr(model, "unbind"):
        module, variables = model if isinstance(model, tuple) else _unbound(model)
        variables = variables if "params" in variables else {"params": variables}
        leaves, tree = jax.tree.flatten(variables)
        call = lambda given, x: module.apply(jax.tree.unflatten(tree, given), x)  # noqa: E731
        return leaves, call, (module, tree)
    from flax import nnx

    graph, state = nnx.split(model)
    leaves, tree = jax.tree.flatten(state)
    # Counts and keys of chance are no parameters.
    kept = [k for k, leaf in enumerate(leaves) if jax.numpy.issubdtype(leaf.dtype, np.floating)]

    def merged(given: Sequence[Any], x: Any) -> Any:
        every = list(leaves)
        for k, leaf in zip(kept, given, strict=True):
            every[k] = leaf
        again = nnx.merge(graph, jax.tree.unflatten(tree, every))
        again.eval()
        return again(x)

    return [leaves[k] for k in kept], merged, (graph, tree)


def _unbound(model: Any) -> tuple[Any, Any]:
    if model.scope is None:
        raise WarpvizError(
            f"to_chain expects a module of flax with its parameters, got a {type(model).__name__} "
            "without; give the pair (module, variables), or module.bind(variables)."
        )
    module, variables = model.unbind()
    return module, variables


def _origins(model: Any) -> set[str]:
    return {kind.__module__.partition(".")[0] for kind in type(model).__mro__}


def _shapes(leaves: Sequence[Floats], alone: bool) -> Iterator[tuple[int, ...]]:
    """Shapes of a point that a model may take: a row alone, or a batch of one."""
    widths: dict[int, None] = {}
    for leaf in leaves:
        widths |= dict.fromkeys(leaf.shape[-2:])
    for width in widths or {2: None, 1: None}:
        yield (width,) if alone else (1, width)


def _double(value: Any) -> Any:
    return np.asarray(value, dtype=np.float64)
