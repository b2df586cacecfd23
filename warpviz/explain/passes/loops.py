"""The same pass in plain loops, every product and sum spelled out, for those new to matrices."""

from collections.abc import Iterator

from warpviz.explain.passes.losses import LOSSES
from warpviz.explain.passes.numbers import corners_of, decimals, slope_of
from warpviz.explain.passes.record import Pass, Step


def loop_lines(trace: Pass, digits: int) -> Iterator[str]:
    """A line for every number that is computed."""
    for step in trace.steps:
        yield step.title
        yield from _forward(step, digits)
        yield ""
    if trace.target is None or trace.value is None:
        return
    yield f"error: {LOSSES[trace.loss][0]} = {decimals(trace.value, digits)}"
    yield ""
    for place in range(len(trace.steps) - 1, -1, -1):
        after = trace.steps[place + 1] if place + 1 < len(trace.steps) else None
        yield f"back through {trace.steps[place].name}"
        yield from _backward(trace, trace.steps[place], after, digits)
        yield ""


def _signed(value: float, digits: int) -> str:
    text = decimals(value, digits)
    return f"({text})" if text.startswith("-") else text


def _forward(step: Step, digits: int) -> Iterator[str]:
    for i, (total, out) in enumerate(zip(step.sums, step.outs, strict=True), 1):
        if step.added is not None:
            terms = f"{_signed(step.added[i - 1], digits)} + {_signed(total, digits)}"
            yield f"  out[{i}] = x[{i}] + f(x)[{i}] = {terms} = {decimals(out, digits)}"
        elif step.weight is not None and step.bias is not None:
            products = " + ".join(
                f"{_signed(w, digits)}·{_signed(x, digits)}"
                for w, x in zip(step.weight[i - 1], step.x, strict=True)
            )
            bias = _signed(step.bias[i - 1], digits)
            yield f"  sum[{i}] = {products} + {bias} = {decimals(total, digits)}"
            yield f"  out[{i}] = {step.activation}(sum[{i}]) = {decimals(out, digits)}"
        else:
            yield f"  out[{i}] = {step.activation}(x)[{i}] = {decimals(out, digits)}"
    yield from (f"  {told}" for told in corners_of(step, digits))


def _backward(trace: Pass, step: Step, after: Step | None, digits: int) -> Iterator[str]:
    assert step.d_outs is not None and step.d_sums is not None
    for i, (d_out, d_sum) in enumerate(zip(step.d_outs, step.d_sums, strict=True), 1):
        how = ""
        if after is not None and after.weight is not None and after.d_sums is not None:
            how = " + ".join(
                f"{_signed(w, digits)}·{_signed(d, digits)}"
                for w, d in zip(after.weight[:, i - 1], after.d_sums, strict=True)
            )
            if step.skipped is not None:
                how += f" + {_signed(step.skipped[i - 1], digits)}"
            how = f" = {how}"
        yield f"  dE/dout[{i}]{how} = {decimals(d_out, digits)}"
        if step.added is not None:
            continue
        slope = slope_of(step)
        if "Σ" not in slope:
            slope = f"dE/dout[{i}]·{step.activation}'(sum[{i}])"
        if step.slopes is not None:
            slope += f" = {_signed(d_out, digits)}·{_signed(step.slopes[i - 1], digits)}"
        yield f"  dE/dsum[{i}] = {slope} = {decimals(d_sum, digits)}"
        if step.weight is None or step.d_weight is None or step.new_weight is None:
            continue
        assert step.bias is not None and step.d_bias is not None and step.new_bias is not None
        for j, x in enumerate(step.x, 1):
            own = step.d_weight[i - 1, j - 1]
            yield (
                f"  dE/dW[{i}][{j}] = {_signed(d_sum, digits)}·{_signed(x, digits)} = "
                f"{decimals(own, digits)}   W[{i}][{j}] → "
                f"{_signed(step.weight[i - 1, j - 1], digits)} − {trace.rate:g}·"
                f"{_signed(own, digits)} = {decimals(step.new_weight[i - 1, j - 1], digits)}"
            )
        yield (
            f"  dE/db[{i}] = {decimals(step.d_bias[i - 1], digits)}   b[{i}] → "
            f"{_signed(step.bias[i - 1], digits)} − {trace.rate:g}·"
            f"{_signed(step.d_bias[i - 1], digits)} = {decimals(step.new_bias[i - 1], digits)}"
        )
