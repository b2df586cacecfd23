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
from warpviz.model.captions import outline, step_names
from warpviz.model.chain import Chain
from warpviz.model.layers import Activation, Dense, Softmax, steps_of
from warpviz.model.residual import SIGN, Add, Keep
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
    steps = _forwards(chain, x)
    if target is None:
        return Trace(chain, x, tuple(steps), None, loss, None, learning_rate)
    wanted = _target(chain, target, loss)
    with np.errstate(over="ignore"):
        value, gradient = LOSSES[loss][1](states[-1], wanted)
    if not np.isfinite(value):
        why = "an output that should be likely is 0" if loss == "cross-entropy" else "it overflows"
        raise WarpvizError(f"The loss is not finite: {why}.")
    steps, gradient, skipped = _backwards(chain, steps, gradient, learning_rate, x, wanted, loss)
    return Trace(chain, x, tuple(steps), wanted, loss, value, learning_rate, gradient, skipped)


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


def _forwards(chain: Chain, x: Floats) -> list[Step]:
    """The steps of a forward pass."""
    found: list[Step] = []
    kept: list[Floats] = []
    here = x
    names = iter(step_names(chain))
    for layer in steps_of(chain):
        if isinstance(layer, Keep):
            kept.append(here)
            continue
        if isinstance(layer, Add):
            before = kept.pop()
            step = Step(next(names), SIGN, here, None, None, here, before + here, before)
        else:
            step = _forward(next(names), layer, here)
        found.append(step)
        here = step.outs
    return found


def _forward(name: str, layer: Dense | Activation | Softmax, x: Floats) -> Step:
    with np.errstate(over="ignore", invalid="ignore"):
        outs = layer(x[None])[0]
        sums = layer.affine(x[None])[0] if isinstance(layer, Dense) else x
    if not np.isfinite(sums).all():
        raise WarpvizError(
            f"{name} overflows: the sums of its units are not finite; scale its weights or its "
            "input down."
        )
    if isinstance(layer, Dense):
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


def _backwards(
    chain: Chain, steps: list[Step], gradient: Floats, rate: float, x: Floats, target: Floats,
    loss: str,
) -> tuple[list[Step], Floats, Floats | None]:  # fmt: skip
    """The steps with their gradients, that of x, and what of it comes past residual layers."""
    by_torch = torch_gradients(chain, x, target, loss)
    place, k = len(chain.parameters()), len(steps)
    past: list[Floats] = []
    skipped: Floats | None = None
    found = list(steps)
    for layer in reversed(steps_of(chain)):
        if isinstance(layer, Keep):
            gradient = gradient + past[-1]
            skipped = past.pop() if skipped is None else skipped + past.pop()
            continue
        k -= 1
        step = _with(steps[k], d_outs=gradient, skipped=skipped)
        skipped = None
        if isinstance(layer, Add):
            past.append(gradient)
            found[k] = _with(step, d_sums=gradient)
            continue
        back, own = layer.backward(step.x[None], gradient[None])
        if isinstance(layer, Dense):
            place -= 2
            given = None if by_torch is None else by_torch[place // 2]
            step = _with_weights(chain, place, step, own, given, rate, x, target, loss)
        else:
            step = _with(step, d_sums=back[0])
        found[k], gradient = step, back[0]
    return found, gradient, skipped


def _with_weights(
    chain: Chain,
    place: int,
    step: Step,
    own: tuple[Floats, ...],
    by_torch: tuple[Floats, Floats] | None,
    rate: float,
    x: Floats,
    target: Floats,
    loss: str,
) -> Step:
    assert step.weight is not None and step.bias is not None
    assert step.d_outs is not None and step.slopes is not None
    d_weight, d_bias = own
    numeric = [numeric_gradient(chain, place + which, x, target, loss) for which in (0, 1)]
    weight, bias = by_torch or (None, None)
    return _with(
        step,
        d_sums=step.d_outs * step.slopes,
        d_weight=d_weight,
        d_bias=d_bias,
        new_weight=step.weight - rate * d_weight,
        new_bias=step.bias - rate * d_bias,
        numeric_weight=numeric[0],
        numeric_bias=numeric[1],
        torch_weight=weight,
        torch_bias=bias,
    )
