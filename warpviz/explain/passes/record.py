"""What one forward and backward pass is made of: a step for each layer."""

from dataclasses import dataclass

from warpviz.arrays import Floats
from warpviz.errors import WarpvizError
from warpviz.model.chain import Chain


@dataclass(frozen=True, eq=False, repr=False)
class Step:
    """One layer in one pass.

    Attributes:
        name: of the layer.
        activation: its name, "softmax" where it is one.
        x: (n_in,) what comes in.
        weight: (n_out, n_in), None for a layer without.
        bias: (n_out,), likewise.
        sums: (n_out,) W x + b; what comes in, where there is no W.
        outs: (n_out,) what goes out.
        added: (n_out,) of the step that ends a residual layer, what it adds to what comes in.
        skipped: (n_out,) of ∂loss/∂outs, what comes back past f where the outs go into residual
            layers too.
        slopes: (n_out,) f'(sums); None for a softmax, which has no slope of each alone.
        kinks: the units, counted from 0, whose sum is where the activation has a corner; the slope
            there is that on the left.
        near: those whose sum is so near to one that differences step over it.
        d_outs: ∂loss/∂outs, (n_out,); None without a target, as the ones below.
        d_sums: ∂loss/∂sums, (n_out,).
        d_weight: ∂loss/∂W, (n_out, n_in); None for a layer without.
        d_bias: ∂loss/∂b, (n_out,), likewise.
        new_weight: W − rate · ∂loss/∂W.
        new_bias: b − rate · ∂loss/∂b.
        numeric_weight: ∂loss/∂W by central differences.
        numeric_bias: ∂loss/∂b by central differences.
        torch_weight: ∂loss/∂W by PyTorch in double precision, None where it is not installed.
        torch_bias: ∂loss/∂b by PyTorch.
    """

    name: str
    activation: str
    x: Floats
    weight: Floats | None
    bias: Floats | None
    sums: Floats
    outs: Floats
    added: Floats | None = None
    skipped: Floats | None = None
    slopes: Floats | None = None
    kinks: tuple[int, ...] = ()
    near: tuple[int, ...] = ()
    d_outs: Floats | None = None
    d_sums: Floats | None = None
    d_weight: Floats | None = None
    d_bias: Floats | None = None
    new_weight: Floats | None = None
    new_bias: Floats | None = None
    numeric_weight: Floats | None = None
    numeric_bias: Floats | None = None
    torch_weight: Floats | None = None
    torch_bias: Floats | None = None

    @property
    def title(self) -> str:
        """Its name, and what is applied to its sums where the name does not say that."""
        named = self.name.endswith(self.activation)
        return self.name if named else f"{self.name}: {self.activation}"

    def __repr__(self) -> str:
        return f"<Step {self.title}, {len(self.x)}→{len(self.outs)}>"


@dataclass(frozen=True, eq=False, repr=False)
class Pass:
    """A pass through a chain.

    Attributes:
        chain: the model.
        x: (n_in,) the point.
        steps: one a layer; of a residual layer those of f, and one that adds.
        target: (n_out,), None where only the forward pass was asked for.
        loss: a name of `LOSSES`.
        value: of the loss, None without a target.
        rate: the learning rate.
        d_x: ∂loss/∂x, (n_in,).
        skipped: of it what comes back past f of residual layers, None where there are none.
    """

    chain: Chain
    x: Floats
    steps: tuple[Step, ...]
    target: Floats | None
    loss: str
    value: float | None
    rate: float
    d_x: Floats | None = None
    skipped: Floats | None = None

    @property
    def updated(self) -> Chain:
        """The chain after one step of descent."""
        arrays: list[Floats] = []
        for step in self.steps:
            if step.weight is not None:
                arrays += [_there(step.new_weight), _there(step.new_bias)]
        return self.chain.with_parameters(arrays)


def _there(value: Floats | None) -> Floats:
    if value is None:
        raise WarpvizError("There is no update without a target; give one.")
    return value
