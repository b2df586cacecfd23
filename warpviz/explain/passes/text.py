"""A pass in words: as text, Markdown, LaTeX or JSON, in matrices or in plain loops."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from warpviz.arrays import Floats
from warpviz.explain.passes.losses import LOSSES
from warpviz.explain.passes.numbers import corners_of, decimals, drawn, slope_of
from warpviz.explain.passes.record import Pass, Step
from warpviz.model.residual import SIGN
from warpviz.names import unknown_name

FORMATS = ("text", "markdown", "latex", "json")
STYLES = ("matrices", "loops")
SIGNS = {
    "W": "W", "b": "b", "x": r"\mathbf{x}", "sum": r"W\mathbf{x} + \mathbf{b}", "out": "out",
}  # fmt: skip
Row = tuple[str, str, Floats]
"""A name, what it is, and the numbers."""


def told(trace: Pass, format: str = "text", *, digits: int = 8, style: str = "matrices") -> str:
    """A pass in words.

    Args:
        trace: the pass.
        format: one of `FORMATS`.
        digits: after the decimal point.
        style: one of `STYLES`: every layer as arrays, or every sum spelled out.
    """
    if format not in FORMATS:
        raise unknown_name("format", format, FORMATS)
    if style not in STYLES:
        raise unknown_name("style", style, STYLES)
    if format == "json":
        return json.dumps(tree(trace), indent=2, ensure_ascii=False)
    if style == "loops":
        from warpviz.explain.passes.loops import loop_lines

        lines = "\n".join(loop_lines(trace, digits))
        if format == "latex":  # verbatim takes plain signs alone
            for sign, plain in (("−", "-"), ("·", "*"), ("Σ", "sum"), ("→", "->"), ("²", "^2")):
                lines = lines.replace(sign, plain)
        fences = {"markdown": "```\n{}\n```", "latex": "\\begin{{verbatim}}\n{}\n\\end{{verbatim}}"}
        return fences.get(format, "{}").format(lines)
    write: dict[str, Callable[[Pass, int], Iterator[str]]] = {
        "text": _text, "markdown": _markdown, "latex": _latex,
    }  # fmt: skip
    return "\n".join(write[format](trace, digits))


def forward_rows(step: Step) -> list[Row]:
    """What happens in a layer on the way forward."""
    rows: list[Row] = []
    if step.weight is not None and step.bias is not None:
        rows = [("W", "weights", step.weight), ("x", "input", step.x), ("b", "bias", step.bias)]
        rows.append(("sum", "W x + b", step.sums))
    else:
        rows.append(("x", "input", step.x if step.added is None else step.added))
    if step.added is not None:
        return [*rows, ("f(x)", "what f gives", step.x), ("out", SIGN, step.outs)]
    what = "sum" if step.weight is not None else "x"
    rows.append(("out", f"{step.activation}({what})", step.outs))
    return rows


def backward_rows(step: Step) -> list[Row]:
    """What happens in a layer on the way back."""
    assert step.d_outs is not None and step.d_sums is not None
    rows: list[Row] = [("dE/dout", "from behind", step.d_outs)]
    if step.skipped is not None:
        rows.append(("  past f", "of it, beside f", step.skipped))
    if step.added is not None:
        return [*rows, ("dE/df", "to f and past it", step.d_sums)]
    if step.slopes is not None:
        rows.append(("slope", f"{step.activation}'(sum)", step.slopes))
    rows.append(("dE/dsum", slope_of(step), step.d_sums))
    numeric, by_torch = "central differences", "by PyTorch"
    known = [
        ("dE/dW", "dE/dsum · xᵀ", step.d_weight),
        ("  numeric", numeric, step.numeric_weight),
        ("  torch", by_torch, step.torch_weight),
        ("dE/db", "dE/dsum", step.d_bias),
        ("  numeric", numeric, step.numeric_bias),
        ("  torch", by_torch, step.torch_bias),
        ("W new", "W − rate · dE/dW", step.new_weight),
        ("b new", "b − rate · dE/db", step.new_bias),
    ]
    return rows + [(name, what, value) for name, what, value in known if value is not None]


def tree(trace: Pass) -> dict[str, Any]:
    """A pass as plain values, every digit kept."""

    def plain(value: Any) -> Any:
        return value.tolist() if isinstance(value, np.ndarray) else value

    steps = [
        {name: plain(value) for name, value in vars(step).items() if value is not None}
        for step in trace.steps
    ]
    facts = {"x": plain(trace.x), "y": plain(trace.steps[-1].outs) if steps else plain(trace.x)}
    if trace.target is not None:
        facts |= {
            "target": plain(trace.target),
            "loss": trace.loss,
            "value": trace.value,
            "learning_rate": trace.rate,
            "d_x": plain(trace.d_x),
        }
    return {**facts, "layers": steps}


def _sections(
    trace: Pass, digits: int, sign: Callable[[str], str] = lambda text: text
) -> Iterator[tuple[str, list[Row], list[str]]]:
    for step in trace.steps:
        yield step.title, forward_rows(step), corners_of(step, digits, sign)
    if trace.target is not None and trace.value is not None:
        rows: list[Row] = [
            ("t", "target", trace.target),
            ("E", LOSSES[trace.loss][0], np.array([trace.value])),
        ]
        yield f"error: {trace.loss}", rows, []
        for step in reversed(trace.steps):
            yield f"back through {step.name}", backward_rows(step), []
        if trace.d_x is not None:
            rows = [("dE/dx", "Wᵀ · dE/dsum", trace.d_x)]
            if trace.skipped is not None:
                rows.append(("  past f", "of it, beside f", trace.skipped))
            yield "back at the input", rows, []


def _cells(value: Floats, digits: int) -> list[list[str]]:
    """Rows of a matrix; a vector is one row."""
    return [[decimals(v, digits) for v in row] for row in np.atleast_2d(value).tolist()]


def _text(trace: Pass, digits: int) -> Iterator[str]:
    for title, rows, remarks in _sections(trace, digits):
        yield title
        for name, what, value in rows:
            cells = _cells(value, digits)
            width = max(len(cell) for row in cells for cell in row)
            for i, row in enumerate(cells):
                head = f"  {name:10} {what:24}" if i == 0 else " " * 37
                yield f"{head} {'  '.join(cell.rjust(width) for cell in row)}"
        yield from (f"  {remark}" for remark in remarks)
        yield ""


def _markdown(trace: Pass, digits: int) -> Iterator[str]:
    for title, rows, remarks in _sections(trace, digits, drawn):
        yield f"### {title}\n\n| | | |\n| --- | --- | --- |"
        for name, what, value in rows:
            shown = drawn("<br>".join(", ".join(row) for row in _cells(value, digits)))
            yield f"| {name.strip()} | {what} | {shown} |"
        yield from (f"\n{remark}" for remark in remarks)
        yield ""


def _latex(trace: Pass, digits: int) -> Iterator[str]:
    words = {
        "dE/dout": r"\frac{\partial E}{\partial\,\mathrm{out}}",
        "dE/dsum": r"\frac{\partial E}{\partial\,\mathrm{sum}}",
        "dE/dW": r"\frac{\partial E}{\partial W}", "dE/db": r"\frac{\partial E}{\partial b}",
        "dE/dx": r"\frac{\partial E}{\partial x}", "W new": r"W_{\mathrm{new}}",
        "slope": r"f'(\mathrm{sum})", "b new": r"b_{\mathrm{new}}",
    }  # fmt: skip
    for title, rows, remarks in _sections(trace, digits):
        yield rf"\paragraph{{{title.replace('_', chr(92) + '_')}}}" + "\n\\begin{align*}"
        lines = []
        for name, _, value in rows:
            if name.startswith("  "):
                continue  # what stands beside is for reading, not for a handout
            word = words.get(name, name if len(name) == 1 else rf"\mathrm{{{name}}}")
            column = value if value.ndim == 2 else value[:, None]
            entries = r" \\ ".join(" & ".join(row) for row in _cells(column, digits))
            lines.append(rf"{word} &= \begin{{pmatrix}} {entries} \end{{pmatrix}}")
        yield " \\\\\n".join(lines)
        yield "\\end{align*}"
        yield from (remark.replace("_", r"\_") for remark in remarks)
