"""The layers of a chain as a graph: the network itself, and values and gradients at a point."""

from collections.abc import Sequence
from typing import Any

from warpviz.errors import WarpvizError
from warpviz.explain.graph import Edge, Graph
from warpviz.explain.trace import trace
from warpviz.model.chain import Chain
from warpviz.model.layers import Dense


def network_graph(chain: Chain) -> Graph:
    """Neurons as circles, weights as lines: their width the size, their colour the sign."""
    graph = Graph(across=True)
    state = [graph.add(f"x{j}", leaf=True) for j in range(1, chain.widths[0] + 1)]
    dense = [layer for layer in chain if isinstance(layer, Dense)]
    for depth, layer in enumerate(dense, 1):
        largest = max(float(abs(layer.weight).max()), 1e-300)
        last = depth == len(dense)
        name = "y" if last else "h"
        sign = "" if layer.activation == "identity" else f"\n{layer.activation}"
        units = [graph.add(f"{name}{u}{sign}") for u in range(1, layer.n_out + 1)]
        for u, unit in enumerate(units):
            for j, before in enumerate(state):
                share = float(layer.weight[u, j]) / largest
                graph.edges.append(Edge(before, unit, "", share))
        state = units
    return graph


def value_graph(
    chain: Chain, at: Sequence[float], *, output: int = 1, loss: str | None = None,
    target: Sequence[float] | float | None = None, digits: int = 4,
) -> Graph:  # fmt: skip
    """Values and gradients at a point, on the units and weights of the layers.

    Args:
        chain: the model.
        at: the point, (n_in,).
        output: of which output the gradients are, counted from 1, where there is no loss.
        loss: of which loss they are; see `trace`.
        target: of the loss.
        digits: significant ones.
    """
    outputs = chain.widths[-1]
    if not 1 <= output <= outputs:
        raise WarpvizError(f"output expects 1 to {outputs}, got {output}.")
    if loss is not None:
        if target is None:
            raise WarpvizError("A loss needs a target; add target (--target 1).")
        passed = trace(chain, at, target, loss=loss)
    else:
        if target is not None:
            raise WarpvizError("A target belongs to a loss; add loss (--loss half-squared).")
        # The slope of ½ (y − t)² with t = y − e is e: so this is the gradient of one output.
        forward = trace(chain, at)
        y = forward.steps[-1].outs if forward.steps else forward.x
        wanted = y.copy()
        wanted[output - 1] -= 1.0
        passed = trace(chain, at, wanted.tolist())
    graph = Graph(across=True)

    def told(value: Any) -> str:
        return f"{float(value):.{digits}g}"

    slopes = passed.d_x if passed.d_x is not None else passed.x * 0
    state = [
        graph.add(f"x{j} = {told(value)}\n∂ = {told(slope)}", leaf=True)
        for j, (value, slope) in enumerate(zip(passed.x, slopes, strict=True), 1)
    ]
    for step in passed.steps:
        assert step.d_sums is not None and step.d_outs is not None
        units = []
        for u, (total, out) in enumerate(zip(step.sums, step.outs, strict=True)):
            kept = "" if step.activation == "identity" else f"\n{step.activation} = {told(out)}"
            units.append(
                graph.add(f"Σ = {told(total)}{kept}\n∂ = {told(step.d_outs[u])}", leaf=False)
            )
            if step.weight is None or step.d_weight is None:
                before = state if step.activation.endswith("softmax") else state[u : u + 1]
                graph.edges += [Edge(one, units[-1]) for one in before]
                continue
            largest = max(float(abs(step.weight).max()), 1e-300)
            graph.edges += [
                Edge(
                    one,
                    units[-1],
                    f"{told(step.weight[u, j])}\n∂ {told(step.d_weight[u, j])}",
                    float(step.weight[u, j]) / largest,
                )
                for j, one in enumerate(state)
            ]
        state = units
    return graph
