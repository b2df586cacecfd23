"""The published examples to the last printed digit; PyTorch and differences beside them."""

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import warpviz as wv
from tests.output.decoders import need
from warpviz.errors import WarpvizError
from warpviz.explain.passes.descent import descend, steps_told
from warpviz.explain.passes.text import FORMATS, told
from warpviz.model.activations import ACTIVATIONS
from warpviz.model.chain import Chain
from warpviz.model.layers import Dense

REFERENCE = json.loads((Path(__file__).parents[2] / "reference.json").read_text())
SCRATCH = REFERENCE["scratch"]


def example() -> Chain:
    case = SCRATCH["example"]
    names = ["sigmoid"] * (len(case["weights"]) - 1) + ["identity"]
    return Chain(
        [Dense(np.array(w), np.array(b), a)
         for w, b, a in zip(case["weights"], case["biases"], names, strict=True)]
    )  # fmt: skip


def test_the_published_example() -> None:
    case = SCRATCH["example"]
    passed = wv.trace(example(), case["x"], case["y_true"])
    assert f"{passed.steps[-1].outs[0]:.8f}" == f"{case['y_pred']:.8f}"
    text = told(passed)
    assert "0.38288404" in text and passed.value == pytest.approx((0.38288404 - 1) ** 2 / 2, 1e-7)


def test_the_net_of_zeros() -> None:
    case = SCRATCH["zeros"]
    widths = case["widths"]
    chain = Chain(
        [Dense(np.zeros((out, wide)), np.zeros(out), name) for wide, out, name in
         zip(widths, widths[1:], ["sigmoid", "identity"], strict=False)]
    )  # fmt: skip
    passed = wv.trace(chain, case["x"])
    for step, total, out in zip(passed.steps, case["sums"], case["outs"][1:], strict=True):
        assert step.sums.tolist() == total and step.outs.tolist() == out
    assert passed.value is None and "back" not in told(passed)


def test_five_steps_of_descent_by_hand() -> None:
    for weight, bias, d_w, d_b, w_next, b_next in REFERENCE["hand_checked_gradients"]["rows"]:
        w, b = float(np.float32(weight)), float(np.float32(bias))
        x = d_w / d_b
        target = w * x + b - d_b / 2
        chain = Chain([Dense(np.array([[w]]), np.array([b]))])
        step = wv.trace(chain, [x], target, loss="squared", learning_rate=0.01).steps[0]
        got = [step.d_weight, step.d_bias, step.new_weight, step.new_bias]
        numbers = [float(np.ravel(np.asarray(value))[0]) for value in got]
        assert numbers == pytest.approx([d_w, d_b, w_next, b_next], abs=1.5e-8)


@pytest.mark.many(quick=7)
@pytest.mark.parametrize("name", ACTIVATIONS)
@pytest.mark.parametrize(
    ("loss", "softmax"), [("half-squared", True), ("squared", False), ("cross-entropy", True)]
)
def test_three_ways_to_a_gradient_agree(name: str, loss: str, softmax: bool) -> None:
    chain = wv.mlp([2, 3, 2], name, seed=5, softmax=softmax)
    target: Any = 1 if loss == "cross-entropy" else [0.2, 0.9]
    passed = wv.trace(chain, [0.3, -0.7], target, loss=loss)
    for step in passed.steps:
        if step.weight is None:
            continue
        for analytic, numeric, by_torch in (
            (step.d_weight, step.numeric_weight, step.torch_weight),
            (step.d_bias, step.numeric_bias, step.torch_bias),
        ):
            assert analytic is not None and numeric is not None and by_torch is not None
            close = 1e-7 if name == "hardsigmoid" else 1e-10  # whose slope is single there
            np.testing.assert_allclose(analytic, by_torch, rtol=close, atol=1e-12)
            np.testing.assert_allclose(analytic, numeric, rtol=1e-6, atol=1e-8)
    before = passed.value
    assert before is not None
    after = wv.trace(passed.updated, [0.3, -0.7], target, loss=loss).value
    assert after is not None and after < before


@pytest.mark.parametrize("style", ["matrices", "loops"])
@pytest.mark.parametrize("format", FORMATS)
def test_every_format_and_style_has_the_numbers(format: str, style: str) -> None:
    passed = wv.trace(example(), [2.3, 1.5], 1.0)
    text = told(passed, format, style=style)
    for number in ("0.38288404", "0.55971365", "-0.46453109", "0.02407395"):
        # A table has a real minus; plain text, LaTeX and code have the hyphen that programs read.
        table = (format, style) == ("markdown", "matrices")
        number = number.replace("-", "\u2212") if table else number
        assert number[:9] in text, (format, style, number)
    if format == "json":
        tree = json.loads(text)
        assert tree["layers"][0]["d_weight"][0][0] == passed.steps[0].d_weight[0, 0]  # type: ignore[index]


def test_the_sums_that_loops_spell_out_are_right() -> None:
    lines = told(wv.trace(example(), [2.3, 1.5], 1.0), style="loops", digits=12).splitlines()
    checked = 0
    for line in lines:
        parts = line.strip().split(" = ")
        if len(parts) == 3 and parts[0].startswith(("sum[", "dE/dout[")):
            spelled = parts[1].replace("·", "*")
            result = parts[2].split()[0]
            assert eval(spelled) == pytest.approx(float(result), abs=1e-9)
            checked += 1
    assert checked > 9


def test_what_does_not_fit() -> None:
    chain = wv.mlp([2, 3, 2], "relu")
    cases: list[tuple[Any, str]] = [
        (lambda: wv.trace(chain, [1.0]), "takes 2 numbers, got 1"),
        (lambda: wv.trace(chain, [1.0, 2.0], [1.0]), "expects 2 numbers, got 1"),
        (lambda: wv.trace(chain, [1.0, 2.0], 5, loss="cross-entropy"), "class from 0 to 1"),
        (lambda: wv.trace(chain, [1.0, 2.0], loss="sqared"), "did you mean 'squared'"),
        (lambda: wv.trace(chain.logits(), [1.0, 2.0], 0, loss="cross-entropy"), "softmax"),
        (lambda: wv.trace(chain, [1.0, 2.0], learning_rate=0), "above 0"),
        (lambda: wv.trace(chain, [1.0, 2.0]).updated, "no update without a target"),
    ]
    for call, message in cases:
        with pytest.raises(WarpvizError, match=message):
            call()


def test_plain_loops_compile_as_latex(tmp_path: Path) -> None:
    need("pdflatex")
    body = told(wv.trace(example(), [2.3, 1.5], 1.0), "latex", style="loops")
    start, end = "\\documentclass{article}\\begin{document}", "\\end{document}"
    (tmp_path / "t.tex").write_text(f"{start}\n{body}\n{end}")
    command = ["pdflatex", "-halt-on-error", "t.tex"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True)
    assert done.returncode == 0, done.stdout[-500:]


def test_a_softmax_says_that_it_mixes_all_outputs() -> None:
    passed = wv.trace(wv.mlp([2, 3, 3], "tanh", seed=1), [0.1, 0.4], 1, loss="cross-entropy")
    step = passed.steps[-1]
    assert step.d_outs is not None and step.d_sums is not None
    p = step.outs
    np.testing.assert_allclose(step.d_sums, p * (step.d_outs - (p * step.d_outs).sum()))
    for style in ("matrices", "loops"):
        assert "out·(dE/dout − Σ out·dE/dout)" in told(passed, style=style)


@pytest.mark.parametrize("name", ["relu", "leaky_relu:0.2", "elu:0.5", "abs(z)"])
def test_a_kink_is_told(name: str) -> None:
    weight = np.array([[1.0, -1.0], [2.0, 0.5]])
    chain = Chain([Dense(weight, np.zeros(2), name), Dense(np.ones((1, 2)), np.zeros(1))])
    step = wv.trace(chain, [0.5, 0.5], 1.0).steps[0]
    assert (step.kinks, step.near) == ((0,), ())
    for style in ("matrices", "loops"):
        for format in ("text", "markdown", "latex"):
            text = told(wv.trace(chain, [0.5, 0.5]), format, style=style).replace("\\_", "_")
            assert f"sum[1] = 0 is a kink: {name} has no slope there" in text
    assert wv.trace(chain, [0.5, 0.4]).steps[0].kinks == ()
    near = wv.trace(chain, [0.5, 0.5 - 1e-7], 1.0).steps[0]
    assert (near.kinks, near.near) == ((), (0,))
    assert "differences step over it" in told(wv.trace(chain, [0.5, 0.5 - 1e-7]))


@pytest.mark.parametrize("name", [name for name, r in ACTIVATIONS.items() if not r.branches])
def test_smooth_functions_have_no_kinks(name: str) -> None:
    z = np.concatenate([np.linspace(-30, 30, 121), [np.pi / 2, -np.pi / 2, 1e6, -1e6]])
    chain = Chain([Dense(z[:, None], np.zeros(len(z)), name)])
    step = wv.trace(chain, [1.0]).steps[0]
    assert step.kinks == step.near == ()


def test_the_slope_between_two_gradients_is_shown() -> None:
    passed = wv.trace(example(), [2.3, 1.5], 1.0)
    first = passed.steps[0]
    assert first.slopes is not None and first.d_outs is not None and first.d_sums is not None
    np.testing.assert_allclose(first.slopes, first.outs * (1 - first.outs), rtol=1e-14)
    np.testing.assert_allclose(first.d_outs * first.slopes, first.d_sums, rtol=1e-14)
    shown = f"{first.slopes[0]:.8f}".rstrip("0")
    assert "sigmoid'(sum)" in told(passed) and shown in told(passed)
    assert json.loads(told(passed, "json"))["layers"][0]["slopes"] == first.slopes.tolist()
    for line in told(passed, style="loops", digits=12).splitlines():
        if "'(sum[" in line:
            *_, spelled, result = line.split(" = ")
            assert eval(spelled.replace("·", "*")) == pytest.approx(float(result), abs=1e-9)


def test_steps_of_descent_are_pytorchs() -> None:
    torch = pytest.importorskip("torch")
    chain = example()
    passes = descend(chain, [2.3, 1.5], 1.0, steps=4, learning_rate=0.3)
    module = chain.to_torch().double()
    descent = torch.optim.SGD(module.parameters(), lr=0.3)
    arrays = iter(chain.parameters())
    with torch.no_grad():
        for parameter in module.parameters():
            parameter.copy_(torch.tensor(next(arrays)))
    for passed in passes:
        loss = (module(torch.tensor([[2.3, 1.5]], dtype=torch.float64))[0] - 1.0).square().sum() / 2
        assert passed.value == pytest.approx(loss.item(), rel=1e-10)
        descent.zero_grad()
        loss.backward()
        descent.step()
    for ours, theirs in zip(passes[-1].updated.parameters(), module.parameters(), strict=True):
        np.testing.assert_allclose(ours, theirs.detach().numpy(), rtol=1e-9)
    text = steps_told(passes)
    assert text.startswith("step 1 of 4\n") and "step 4 of 4" in text
    assert len(json.loads(steps_told(passes, "json"))["steps"]) == 4
    with pytest.raises(WarpvizError, match="Steps of descent need a target"):
        descend(chain, [1.0, 2.0], steps=2)
    with pytest.raises(WarpvizError, match="steps expects 1 to 1000, got 0"):
        descend(chain, [1.0, 2.0], 1.0, steps=0)


def test_the_table_of_a_notebook_has_no_hyphen_for_a_minus() -> None:
    first = Dense(np.array([[1.0, -2.0]]), np.array([-0.5]), "leaky_relu:-0.5")
    chain = Chain([first, Dense(np.array([[-1.0]]), np.array([0.25]))])
    for at in ([1.0, 1.0], [0.25, -0.125], [0.5, 1e-8]):
        table = wv.trace(chain, at, -1.0)._repr_markdown_()
        rows = [line for line in table.splitlines() if line.startswith("| ") and "---" not in line]
        assert "\u2212" in table
        assert not [row for row in rows if re.search(r"-\d", row.replace("leaky_relu:-0.5", ""))]


def test_sums_that_overflow_are_told_also_where_the_activation_bounds_them() -> None:
    chain = Chain([Dense(np.array([[2.0]]), np.zeros(1), "tanh"), Dense(np.eye(1), np.zeros(1))])
    with pytest.raises(WarpvizError, match=r"layer 1.* overflows: the sums of its units"):
        wv.trace(chain, [1.5e308])
