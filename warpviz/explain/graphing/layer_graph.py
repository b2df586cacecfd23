"""The layers of a chain as a graph: the network itself, and values and gradients at a point."""

from collections.abc import Sequence
from typing import Any

from warpviz.errors import WarpvizError
from warpviz.explain.formulas.equations import output_signs
from warpviz.explain.graphing.graph import Edge, Graph, Remark
from warpviz.explain.passes.losses import LOSSES
from warpviz.explain.passes.numbers import drawn
from warpviz.explain.passes.record import Step
from warpviz.explain.passes.trace import Trace, trace
from warpviz.model.chain import Chain
from warpviz.model.layers import Activation, Dense
from warpviz.model.letters import Sign, Walk
from warpviz.model.residual import SIGN, Add, Keep

APART, ROOMY = 0.7, 1.3
"""Inches between the middles of two units; where weights are named between them."""
LABELLED = 3
"""Units of layers whose weights are named beside their lines; of wider ones when pointed at."""


def unit_signs(sign: Sign, count: int) -> list[str]:
    """The signs of the units of a state; a lone one has no number."""
    return [sign.plain()] if count == 1 else [sign.plain(u) for u in range(1, count + 1)]


def network_graph(chain: Chain) -> Graph:
    """Neurons as circles, weights as lines: their width the size, their colour the sign.

    Units stand in order, from above; what belongs to a line or a unit is told beside it where
    there is room, and always when one points at it.
    """
    walk = Walk.of(chain)
    dense = [k for k, layer in enumerate(walk.steps) if isinstance(layer, Dense)]
    ends = [*dense[1:], len(walk.steps)]
    widths = [walk.widths[0], *(walk.widths[k + 1] for k in dense)]
    signs = output_signs(walk)
    named = max(widths) <= LABELLED
    apart, column = (ROOMY, 4.0) if named else (APART, max(2.6, 0.2 * max(widths)))
    graph = Graph(across=True, pen=max(1.2, min(4.0, 24.0 / max(widths))))

    def column_of(depth: int, sign: Sign, title: str, notes: list[str]) -> list[int]:
        count = widths[depth]
        graph.remarks.append(Remark(title, (depth * column, apart * (count - 1) / 2 + 0.55)))
        return [
            graph.add(name, depth == 0, notes[u], (depth * column, apart * ((count - 1) / 2 - u)))
            for u, name in enumerate(unit_signs(sign, count))
        ]

    columns = [column_of(0, signs[0], "input", [""] * widths[0])]
    for depth, (k, end) in enumerate(zip(dense, ends, strict=True), 1):
        layer = walk.steps[k]
        assert isinstance(layer, Dense)
        after_it = [one for one in walk.steps[k + 1 : end] if not isinstance(one, Keep)]
        acts = [layer.activation, *map(_name, after_it)]
        told = "".join(f", {act}" for act in acts if act != "identity")
        b = Sign("b", depth)
        notes = [
            f"{b.plain(u)} = {drawn(f'{bias:.4g}')}"
            for u, bias in enumerate(layer.bias.tolist(), 1)
        ]
        after = column_of(depth, signs[end], f"layer {depth}{told}", notes)
        _weights(graph, layer, depth, columns[-1], after, named)
        columns.append(after)
        for place in range(k + 1, end):
            if isinstance(walk.steps[place], Add):
                start = columns[sum(one < walk.kept(place) for one in dense)]
                pairs = zip(start, after, strict=True) if start is not after else ()
                graph.edges += [Edge(a, b, note=SIGN) for a, b in pairs]
    return graph


def _name(layer: Any) -> str:
    if isinstance(layer, Add):
        return SIGN
    return layer.name if isinstance(layer, Activation) else str(layer)


def _weights(
    graph: Graph, layer: Dense, depth: int, before: list[int], after: list[int], named: bool
) -> None:
    largest = max(float(abs(layer.weight).max()), 1e-300)
    w = Sign("w", depth)
    for u, unit in enumerate(after):
        x, y = graph.nodes[unit].at or (0.0, 0.0)
        if named:
            graph.remarks.append(Remark(graph.nodes[unit].note, (x, y - 0.4)))
        for j, start in enumerate(before):
            weight = float(layer.weight[u, j])
            note = f"{w.plain(u + 1, j + 1)} = {drawn(f'{weight:.4g}')}"
            graph.edges.append(Edge(start, unit, "", weight / largest, note))
            if named:
                x0, y0 = graph.nodes[start].at or (0.0, 0.0)
                graph.remarks.append(Remark(note, (x0 + (x - x0) / 4, y0 + (y - y0) / 4)))


def value_graph(
    chain: Chain, at: Sequence[float], *, output: int = 1, loss: str | None = None,
    target: Sequence[float] | float | None = None, digits: int = 4,
) -> Graph:  # fmt: skip
    """Values and gradients at a point, on the units, weights and biases of the layers.

    Args:
        chain: the model.
        at: the point, (n_in,).
        output: of which output the gradients are, counted from 1, where there is no loss.
        loss: of which loss they are; see `trace`. Half-squared where there is a target.
        target: of the loss.
        digits: significant ones.
    """
    passed, whose = _passed(chain, at, output, loss, target)
    graph = Graph(across=True, title=f"∂ is the derivative of {whose} by what stands above it")
    walk = Walk.of(chain)
    signs = output_signs(walk)

    def told(name: str, value: Any, slope: Any) -> str:
        both = (drawn(f"{float(one):.{digits}g}") for one in (value, slope))
        return f"{name} = " + "\n∂ = ".join(both)

    slopes = passed.d_x if passed.d_x is not None else passed.x * 0
    names = unit_signs(signs[0], len(passed.x))
    state = [
        graph.add(told(*each), leaf=True) for each in zip(names, passed.x, slopes, strict=True)
    ]
    depth = 0
    columns: list[list[int]] = []
    steps = iter(passed.steps)
    for k, layer in enumerate(walk.steps):
        columns.append(state)
        if isinstance(layer, Keep):
            continue
        step = next(steps)
        assert step.d_sums is not None and step.d_outs is not None
        depth += step.weight is not None
        names = unit_signs(signs[k + 1], len(step.outs))
        sums = unit_signs(Sign("z", depth), len(step.outs))
        units = []
        for u, name in enumerate(names):
            lines = []
            if step.bias is not None and step.d_bias is not None:
                lines.append(told(Sign("b", depth).plain(u + 1), step.bias[u], step.d_bias[u]))
                if step.activation != "identity":
                    lines.append(told(sums[u], step.sums[u], step.d_sums[u]))
            if step.activation not in ("identity", SIGN):
                name = f"{name} = {step.activation}"
            lines.append(told(name, step.outs[u], step.d_outs[u]))
            units.append(graph.add("\n".join(lines)))
            graph.edges += _incoming(step, u, depth, state, units[-1], told)
            if step.added is not None:
                graph.edges.append(Edge(columns[walk.kept(k)][u], units[-1]))
        state = units
    if target is not None:
        _loss(graph, passed, state, digits)
    return graph


def _passed(
    chain: Chain, at: Sequence[float], output: int, loss: str | None,
    target: Sequence[float] | float | None,
) -> tuple[Trace, str]:  # fmt: skip
    """The pass forth and back, and what is differentiated."""
    outputs = chain.widths[-1]
    if not 1 <= output <= outputs:
        raise WarpvizError(f"output expects 1 to {outputs}, got {output}.")
    if target is not None:
        passed = trace(chain, at, target, loss=loss or "half-squared")
        return passed, f"E = {LOSSES[passed.loss][0]}"
    if loss is not None:
        raise WarpvizError("A loss needs a target; add target (--target 1).")
    # The slope of ½ (y − t)² with t = y − e is e: so this is the gradient of one output.
    forward = trace(chain, at)
    y = forward.steps[-1].outs if forward.steps else forward.x
    wanted = y.copy()
    wanted[output - 1] -= 1.0
    passed = trace(chain, at, wanted.tolist())
    return passed, unit_signs(Sign("y"), outputs)[output - 1]


def _incoming(
    step: Step, u: int, depth: int, before: list[int], unit: int, told: Any
) -> list[Edge]:
    if step.weight is None or step.d_weight is None:
        starts = before if step.activation.endswith("softmax") else before[u : u + 1]
        return [Edge(one, unit) for one in starts]
    largest = max(float(abs(step.weight).max()), 1e-300)
    return [
        Edge(
            one,
            unit,
            told(Sign("w", depth).plain(u + 1, j + 1), step.weight[u, j], step.d_weight[u, j]),
            float(step.weight[u, j]) / largest,
        )
        for j, one in enumerate(before)
    ]


def _loss(graph: Graph, passed: Trace, outputs: list[int], digits: int) -> None:
    assert passed.target is not None and passed.value is not None
    error = graph.add(f"E = {LOSSES[passed.loss][0]}\n= {drawn(f'{passed.value:.{digits}g}')}")
    for one, name, value in zip(
        outputs, unit_signs(Sign("t"), len(outputs)), passed.target, strict=True
    ):
        graph.edges.append(Edge(one, error))
        told = f"{name} = {drawn(f'{value:.{digits}g}')}"
        graph.edges.append(Edge(graph.add(told, leaf=True), error))
