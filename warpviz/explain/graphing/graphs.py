"""The graph of a model or of an expression, in the form that is asked for.

model ──┬─ expression   the tree of an output, of a loss, or of a derivative
├─ values       sums, outputs and gradients at a point
└─ network      neurons and weights
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from warpviz.arguments import kinds_checked
from warpviz.convert import to_chain
from warpviz.errors import WarpvizError
from warpviz.explain.graphing.expression_graph import chain_expression, expression_graph, signs_of
from warpviz.explain.graphing.graph import Graph
from warpviz.explain.graphing.layer_graph import network_graph, value_graph
from warpviz.explain.graphing.parsing import parse
from warpviz.names import unknown_name

FORMS = {
    "expression": {"gradient", "output", "loss", "target", "numbers", "share"},
    "values": {"at", "output", "loss", "target"},
    "network": set[str](),
}
"""How a model is drawn, and which arguments each form has."""


@kinds_checked
def graph(
    model: Any,
    *,
    form: str | None = None,
    at: Sequence[float] | None = None,
    output: int | None = None,
    gradient: str | None = None,
    loss: str | None = None,
    target: Sequence[float] | float | None = None,
    numbers: bool = False,
    share: bool = False,
) -> Graph:
    """The computation graph of a model, or the tree of an expression.

    Args:
        model: what `to_chain` takes; or an expression as text, as in "a*b + c", which takes
            `share` alone.
        form: a name of `FORMS`; None is "values" with `at`, else "expression".
        at: of values: the point, (n_in,).
        output: which output, counted from 1; None is the first.
        gradient: of an expression: the derivative by this weight, as w111 (layer, unit, input).
        loss: of which loss the values' gradients or the expression are; it needs a target.
        target: what should come out, (n_out,), or a number.
        numbers: of an expression: the model's own numbers in the place of letters.
        share: of an expression: draw equal parts as one node.

    Raises:
        WarpvizError: for arguments that the form does not have, or that do not fit the model.

    >>> graph("a*b + c"), graph("a*b + c").nodes[0].label
    (<Graph of 5 nodes, 4 edges>, 'Add')
    """
    given = {
        name
        for name, value in (
            ("at", at), ("output", output), ("gradient", gradient), ("loss", loss),
            ("target", target), ("numbers", numbers or None), ("share", share or None),
        )
        if value is not None
    }  # fmt: skip
    if isinstance(model, str):
        given |= {"form"} if form else set()
        _refuse(given - {"share"}, "An expression")
        return expression_graph(parse(model, evaluate=False), share=share)
    chain = to_chain(model)
    form = form or ("expression" if at is None else "values")
    if form not in FORMS:
        raise unknown_name("form", form, FORMS)
    _refuse(given - FORMS[form], f"The {form} form")
    if form == "network":
        return network_graph(chain)
    number = 1 if output is None else output
    if form == "values":
        if at is None:
            raise WarpvizError("The values form expects a point; give at=(0.3, −0.2).")
        return value_graph(chain, at, output=number, loss=loss, target=target)
    goal = None if target is None else np.asarray(target, dtype=np.float64).reshape(-1)
    if goal is not None and goal.shape != (1,):
        raise WarpvizError(f"target expects one number here, that of one output, got {len(goal)}.")
    expression = chain_expression(
        chain, output=number, gradient=gradient, loss=loss,
        target=None if goal is None else float(goal[0]), numbers=numbers,
    )  # fmt: skip
    return expression_graph(expression, share=share, signs=signs_of(chain))


def _refuse(names: set[str], subject: str) -> None:
    """Refuse arguments that a form does not have."""
    if names:
        raise WarpvizError(f"{subject} has no {sorted(names)[0]}; leave it out.")
