"""One forward and one backward pass, number by number, for a single point.

x ─► W x + b = z ─► f(z) = out ─► … ─► y ─► loss
∂loss/∂y ─► ∂loss/∂z = ∂loss/∂out · f'(z) ─► ∂loss/∂W = ∂loss/∂z xᵀ ─► ∂loss/∂x = Wᵀ ∂loss/∂z
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from warpviz.arguments import kinds_checked
from warpviz.arrays import Floats
from warpviz.convert import to_chain
from warpviz.errors import WarpvizError
from warpviz.explain.passes.checks import STEP, corners, numeric_gradient, torch_gradients
from warpviz.explain.passes.losses import LOSSES
from warpviz.explain.passes.record import Pass, Step
from warpviz.explain.passes.text import told
from warpviz.model.chain import Chain, outline
from warpviz.model.layers import Dense, Softmax
from warpviz.names import unknown_name

SHOWN = 6
"""Numbers of a vector in a line."""


@dataclass(frozen=True, eq=False, repr=False)
class Trace(Pass):
    """A pass through a chain; in a notebook its table."""

    def __repr__(self) -> str:
        outs = self.steps[-1].outs if self.steps else self.x
        words = f"{outline(self.chain)}, at {_listed(self.x)}: out {_listed(outs)}"
        if self.value is not None and self.target is not None:
            words += f", {self.loss} {self.value:.6g} from {_listed(self.target)}"
        return f"<Trace of {words}>"

    def _repr_markdown_(self) -> str:
        return told(self, "markdown", digits=6)


def _listed(values: Floats) -> str:
    """The first numbers of a vector."""
    shown = ", ".join(f"{value:.4g}" for value in values[:SHOWN].tolist())
    return f"({shown}{', …' if len(values) > SHOWN else ''})"


@kinds_checked
def trace(
    chain: Chain | Any,
    at: Sequence[float],
    target: Sequence[float] | float | None = None,
    *,
    loss: str = "half-squared",
    learning_rate: float = 0.1,
) -> Trace:
    """Follow one point through a chain and, with a target, its gradients back.

    Args:
        chain: a model that `to_chain` takes.
        at: the point, (n_in,).
        target: (n_out,) what should come out, or for a cross entropy the class, counted from 0;
            None goes forward alone.
        loss: a name of `LOSSES`.
        learning_rate: of the one step of descent.

    Raises:
        WarpvizError: numbers that do not fit the chain, or a loss that does not fit its output.

    >>> net = Chain([Dense(np.array([[2.0]]), np.array([1.0]))])
    >>> told = trace(net, [3.0], 5.0)
    >>> told.value, told.steps[0].d_weight, told.updated(np.array([[3.0]]))
    (2.0, array([[6.]]), array([[5.]]))
    """
    chain = to_chain(chain)
    if loss not in LOSSES:
        raise unknown_name("loss", loss, LOSSES)
    if not (np.isfinite(learning_rate) and learning_rate > 0):
        raise WarpvizError(f"learning rate expects a number above 0, got {learning_rate!r}.")
    try:
        x = np.asarray(at, dtype=np.float64).reshape(-1)
    except (TypeError, ValueError):
        raise WarpvizError(f"trace expects a point of numbers, got {at!r:.40}.") from None
    if x.shape != (chain.widths[0],):
        raise WarpvizError(f"The model takes {chain.widths[0]} numbers, got {len(x)}.")
    states = [state[0] for state in chain.states(x[None])]
    steps = [_forward(chain, k, states) for k in range(len(chain))]
    if target is None:
        return Trace(chain, x, tuple(steps), None, loss, None, learning_rate)
    wanted = _target(chain, target, loss)
    with np.errstate(over="ignore"):
        value, gradient = LOSSES[loss][1](states[-1], wanted)
    if not np.isfinite(value):
        why = "an output that should be likely is 0" if loss == "cross-entropy" else "it overflows"
        raise WarpvizError(f"The loss is not finite: {why}.")
    by_torch = torch_gradients(chain, x, wanted, loss)
    for k in reversed(range(len(chain))):
        back, own = chain[k].backward(states[k][None], gradient[None])
        steps[k] = _backward(chain, k, steps[k], gradient, own, learning_rate, x, wanted, loss)
        if by_torch and own:
            weight, bias = by_torch[k]
            steps[k] = _with(steps[k], torch_weight=weight, torch_bias=bias)
        gradient = back[0]
    return Trace(chain, x, tuple(steps), wanted, loss, value, learning_rate, gradient)


def _with(step: Step, **fields: Any) -> Step:
    return replace(step, **fields)


def _target(chain: Chain, target: Sequence[float] | float, loss: str) -> Floats:
    wanted = np.asarray(target, dtype=np.float64).reshape(-1)
    outputs = chain.widths[-1]
    if loss == "cross-entropy":
        if not chain.layers or not isinstance(chain.layers[-1], Softmax) or chain.layers[-1].log:
            raise WarpvizError("cross-entropy expects a model that ends in a softmax.")
        if wanted.shape == (1,) and outputs > 1:
            index = float(wanted[0])
            if not (index.is_integer() and 0 <= index < outputs):
                raise WarpvizError(
                    f"target expects a class from 0 to {outputs - 1}, got {index:g}."
                )
            wanted = np.asarray(np.eye(outputs)[int(index)])
    if wanted.shape != (outputs,):
        raise WarpvizError(f"target expects {outputs} numbers, got {len(wanted)}.")
    return wanted


def _forward(chain: Chain, k: int, states: list[Floats]) -> Step:
    layer, x, outs = chain[k], states[k], states[k + 1]
    name = f"layer {k + 1}"
    if isinstance(layer, Dense):
        sums = layer.affine(x[None])[0]
        step = Step(name, layer.activation, x, layer.weight, layer.bias, sums, outs)
    else:
        step = Step(name, str(layer), x, None, None, x, outs)
    if isinstance(layer, Softmax):
        return step
    sizes = [
        np.abs(x).max(initial=1.0),
        *(np.abs(one).max(initial=1.0) for one in layer.parameters),
    ]
    reach = STEP * float(np.prod(sizes))
    kinks, near = corners(layer.function, step.sums, reach)
    return _with(step, slopes=layer.function.derivative(step.sums), kinks=kinks, near=near)


def _backward(
    chain: Chain,
    k: int,
    step: Step,
    gradient: Floats,
    own: tuple[Floats, ...],
    rate: float,
    x: Floats,
    target: Floats,
    loss: str,
) -> Step:
    layer = chain[k]
    if not isinstance(layer, Dense):
        back, _ = layer.backward(step.x[None], gradient[None])
        return _with(step, d_outs=gradient, d_sums=back[0])
    assert step.weight is not None and step.bias is not None
    d_weight, d_bias = own
    numeric = [numeric_gradient(chain, k, which, x, target, loss) for which in (0, 1)]
    return _with(
        step,
        d_outs=gradient,
        d_sums=gradient * layer.function.derivative(step.sums),
        d_weight=d_weight,
        d_bias=d_bias,
        new_weight=step.weight - rate * d_weight,
        new_bias=step.bias - rate * d_bias,
        numeric_weight=numeric[0],
        numeric_bias=numeric[1],
    )
