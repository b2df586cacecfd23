"""sympy against the chain, the published values, real TeX and mathtext."""

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

import warpviz as wv
from tests.explain.formulas.reading import values
from tests.output.decoders import need
from warpviz.errors import WarpvizError
from warpviz.explain.formulas import outlines, typeset
from warpviz.explain.formulas.breaking import WIDTH, Row, broken, width
from warpviz.explain.formulas.formula import FORMS
from warpviz.explain.formulas.matrices import collapsed
from warpviz.explain.formulas.typeset import save_lines
from warpviz.model.activations import ACTIVATIONS
from warpviz.model.chain import Chain
from warpviz.model.layers import Activation, Dense, Layer, Softmax

REFERENCE = json.loads((Path(__file__).parents[2] / "reference.json").read_text())["formula"]
EVERY = [
    *ACTIVATIONS,
    "leaky_relu:0.3",
    "leaky_relu:1.5",
    "leaky_relu:-0.5",
    "elu:0.5",
    "wave=sin(2*z)/2 + z/2",
    "z/(1 + z**2)",
]
X = np.random.default_rng(0).normal(size=(40, 2)) * 3


def chain_of(weights: Any, biases: Any, activation: str) -> Chain:
    names = [activation] * (len(weights) - 1) + ["identity"]
    return Chain(
        [Dense(np.array(w, float), np.array(b, float), a)
         for w, b, a in zip(weights, biases, names, strict=True)]
    )  # fmt: skip


def sine(name: str) -> Chain:
    return chain_of(REFERENCE[name]["weights"], REFERENCE[name]["biases"], "sin")


def test_the_published_values() -> None:
    told = REFERENCE["sine_chain"]
    chain = sine("sine_chain")
    formula = wv.formula(chain)
    (expression,), (x,) = formula.expressions, formula.inputs
    spelled = re.sub(r"(\d) (\w)", r"\1*\2", told["expression"])
    assert sympy.simplify(expression - sympy.sympify(spelled, {"x": x})) == 0
    assert float(expression.subs(x, 0)) == told["value_float64_at_0"]
    for at, value in told["values_float32"].items():
        assert float(expression.subs(x, float(at))) == pytest.approx(value, abs=2e-3)
    assert formula.latex == (
        r"y = 311 \sin{\left(211 x + 21 \right)} + 312 \sin{\left(221 x + 22 \right)} + 31"
    )


def test_other_biases_by_parameters_apart() -> None:
    chain, other = sine("sine_chain"), sine("sine_chain_other_biases")
    changed = chain.with_parameters(other.parameters())
    assert wv.formula(changed).latex == wv.formula(other).latex
    assert "211 x + 221" in wv.formula(changed).latex


def test_weights_by_rule() -> None:
    def layer(i: int, rows: int, columns: int, name: str) -> Dense:
        w = [[100 * i + 10 * j + k for k in range(1, columns + 1)] for j in range(1, rows + 1)]
        b = [10 * i + j for j in range(1, rows + 1)]
        return Dense(np.array(w, float), np.array(b, float), name)

    chain = Chain([layer(1, 4, 2, "sin"), layer(2, 4, 4, "sin"), layer(3, 2, 4, "identity")])
    formula = wv.formula(chain)
    assert formula.latex.count(r"\sin") == 2 * (4 + 16)
    assert r"\sin{\left(111 x_{1} + 112 x_{2} + 11 \right)}" in formula.latex
    np.testing.assert_allclose(formula(X), chain(X), rtol=1e-9, atol=1e-9)


@pytest.mark.many(quick=1)
@pytest.mark.parametrize("name", EVERY)
def test_expressions_equal_the_chain_and_its_derivative(name: str) -> None:
    chain = wv.mlp([2, 3, 2], name, seed=3)
    formula = wv.formula(chain)
    np.testing.assert_allclose(formula(X), chain(X), rtol=1e-12, atol=1e-12)
    first = formula.expressions[0]
    slope = sympy.lambdify(formula.inputs, first.diff(formula.inputs[0]), ["scipy", "numpy"])
    gradient, _ = chain.backward(X, np.tile([1.0, 0.0], (len(X), 1)))
    np.testing.assert_allclose(slope(*X.T), gradient[:, 0], rtol=1e-8, atol=1e-10)


@settings(max_examples=15, deadline=None)
@given(
    st.lists(st.integers(1, 3), min_size=2, max_size=4),
    st.sampled_from(["relu", "tanh", "gelu", "sin", "elu:0.5"]),
    st.integers(0, 99),
)
def test_random_nets(widths: list[int], name: str, seed: int) -> None:
    chain = wv.mlp(widths, name, seed=seed, softmax=widths[-1] > 1)
    x = np.random.default_rng(seed).normal(size=(20, widths[0]))
    np.testing.assert_allclose(wv.formula(chain)(x), chain(x), rtol=1e-12, atol=1e-12)


def test_letters_with_the_numbers_put_in_are_the_chain() -> None:
    chain = wv.mlp([2, 2, 1], "tanh", seed=1, softmax=False)
    formula = wv.formula(chain, letters=True)
    assert r"w_{21}^{(1)} x_{1}" in formula.latex and r"b_{1}^{(2)}" in formula.latex
    values: dict[Any, float] = {}
    for k, layer in enumerate((layer for layer in chain if isinstance(layer, Dense)), 1):
        for (i, j), w in np.ndenumerate(layer.weight):
            values[sympy.Symbol(f"w_{{{i + 1}{j + 1}}}^{{({k})}}", real=True)] = w
        for i, b in enumerate(layer.bias):
            values[sympy.Symbol(f"b_{{{i + 1}}}^{{({k})}}", real=True)] = b
    expression = formula.expressions[0].subs(values)
    at = dict(zip(formula.inputs, X[0], strict=True))
    assert float(expression.subs(at)) == pytest.approx(chain(X[:1])[0, 0], rel=1e-12)


def test_digits_round_numbers_in_latex_alone() -> None:
    chain = Chain([Dense(np.array([[1.23456789, -0.000123456]]), np.array([1234.5678]))])
    assert wv.formula(chain, digits=3).latex == "y = 1.23 x_{1} - 0.000123 x_{2} + 1230"
    np.testing.assert_allclose(wv.formula(chain, digits=1)(X), chain(X), rtol=1e-14)


def test_affine_layers_alone_collapse() -> None:
    chain = wv.mlp([3, 4, 4, 2], "identity", seed=1, softmax=False)
    whole = collapsed(chain)
    assert whole is not None
    x = np.random.default_rng(1).normal(size=(9, 3))
    np.testing.assert_allclose(x @ whole[0].T + whole[1], chain(x), atol=1e-12)
    latex = wv.formula(chain, form="matrix").latex
    assert r"W = W^{(3)} W^{(2)} W^{(1)}" in latex and latex.count("pmatrix") == 2 * 8
    assert collapsed(wv.mlp([2, 2, 2], "relu")) is None


def test_piecewise_formulas_hold_where_they_say() -> None:
    sides = Dense(np.array([[1.0], [-1.0]]), np.zeros(2), "relu")
    fold = Chain([sides, Dense(np.ones((1, 2)), np.zeros(1))])
    assert wv.formula(fold, form="piecewise", limits=(-2, 3)).lines == [
        r"y = - x \quad -2 \leq x \leq 0",
        r"y = x \quad 0 \leq x \leq 3",
    ]
    chain = wv.mlp([2, 3, 1], "relu", seed=4, softmax=False)
    lines = wv.formula(chain, form="piecewise", digits=12).lines
    x1, x2 = sympy.symbols("x_1 x_2")
    for line in lines:
        right, _, place = line.partition(r" \quad \text{between } ")
        text = right.removeprefix("y = ").replace("x_{1}", "*x1").replace("x_{2}", "*x2")
        text = text.replace(" *", "*") if text[0] != "*" else text[1:]
        corners = np.array(eval(f"[{place}]"))
        centre = corners.mean(axis=0)
        value = sympy.sympify(text.replace("- *", "- ").replace("+ *", "+ "), {"x1": x1, "x2": x2})
        told = float(value.subs({x1: centre[0], x2: centre[1]}))
        assert told == pytest.approx(chain(centre[None])[0, 0], abs=1e-9)


def document(lines: str) -> str:
    return (
        "\\documentclass{article}\\usepackage{amsmath}\\usepackage[landscape,paperwidth=200cm,"
        f"paperheight=50cm]{{geometry}}\\begin{{document}}\\[{lines}\\]\\end{{document}}"
    )


@pytest.mark.many(quick=1)
@pytest.mark.parametrize("form", ["nested", "layers", "matrix"])
def test_a_real_tex_compiles_it(form: str, tmp_path: Path) -> None:
    need("pdflatex")
    for name in ("gelu", "elu:0.5", "leaky_relu:0.2", "sigmoid", "softplus"):
        chain = wv.mlp([2, 5, 3, 2], name, seed=1)
        text = wv.formula(chain, form=form, letters=name == "gelu").latex
        (tmp_path / "f.tex").write_text(document(text))
        done = subprocess.run(
            [shutil.which("pdflatex") or "", "-halt-on-error", "f.tex"],
            cwd=tmp_path, capture_output=True, text=True,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout[-800:]


@pytest.mark.many(quick=1)
@pytest.mark.parametrize("name", EVERY)
@pytest.mark.parametrize("set_by", ["ziamath", "mathtext"])
def test_it_is_drawn(
    set_by: str, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if set_by == "ziamath":
        pytest.importorskip("ziamath")
    else:
        for module in (outlines, typeset):
            monkeypatch.setattr(module, "typesetter", lambda: None)
    chain = wv.mlp([2, 2, 2], name, seed=1)
    # What stands around an activation is the same for all.
    for form in ("nested", "layers", "matrix") if name == EVERY[0] else ("layers",):
        path = wv.formula(chain, form=form, digits=2).save(tmp_path / "f.svg")
        drawn = re.findall(r'd="(M[^"]*)"', path.read_text())
        assert sum(path.count("z") for path in drawn) > 20  # closed outlines of signs


def test_matrices_stand_on_the_axis() -> None:
    pytest.importorskip("ziamath")

    def middle(text: str) -> float:
        low, high = outlines.outline(text, 16).path.get_extents().get_points()[:, 1]
        return float(low + high) / 2

    for rows in (1, 2, 3, 5, 8):
        column = r" \\ ".join(["-0.5"] * rows)
        assert middle(rf"\begin{{pmatrix}} {column} \end{{pmatrix}}") == pytest.approx(
            middle("="), abs=0.05 * 16
        )


@pytest.mark.slow
def test_pictures_and_notebooks(tmp_path: Path) -> None:
    formula = wv.formula(wv.mlp([2, 2, 2], "tanh", seed=1))
    for name in ("f.png", "f.pdf", "f.svg", "f.tex"):
        assert formula.save(tmp_path / name, theme="dark").stat().st_size > 100
    once = formula.save(tmp_path / "f.svg").read_bytes()
    assert formula.save(tmp_path / "f.svg").read_bytes() == once
    assert formula._repr_latex_().startswith("$\\displaystyle \\begin{aligned}")


def test_what_cannot_be_written(tmp_path: Path) -> None:
    wide = wv.mlp([2, 64, 64, 2], "relu")
    with pytest.raises(WarpvizError, match=r"terms; write it layer by layer.*--form layers"):
        _ = wv.formula(wv.mlp([2, 64, 64, 8, 2], "relu")).latex
    assert wv.formula(wide, form="layers", letters=True).lines
    with pytest.raises(WarpvizError, match="did you mean 'nested'"):
        wv.formula(wide, form="nestet")
    with pytest.raises(
        WarpvizError, match="Only chains whose activations are made of straight pieces"
    ):
        _ = wv.formula(wv.mlp([2, 2, 2], "tanh"), form="piecewise").lines
    with pytest.raises(WarpvizError, match=r"written as \.svg"):
        save_lines(["x"], tmp_path / "f.gif", "light")
    assert set(FORMS) == {"nested", "layers", "matrix", "piecewise"}


@pytest.mark.parametrize("name", ["silu", "softplus", "sigmoid", "elu:0.5"])
def test_no_number_has_more_digits_than_asked_for(name: str) -> None:
    chain = chain_of([[[0.3]], [[1.7]]], [[0.2], [0.1]], name)
    for form in ("nested", "layers", "matrix"):
        numbers = re.findall(r"\d+\.\d+", wv.formula(chain, form=form, digits=3).latex)
        assert numbers and all(len(one.replace(".", "").lstrip("0")) <= 3 for one in numbers)


def test_seventeen_digits_read_back_as_the_same_number() -> None:
    chain = Chain([Dense(np.array([[1 / 3]]), np.array([2 / 7]))])
    numbers = re.findall(r"\d+\.\d+", wv.formula(chain, digits=17).latex)
    assert [float(one) for one in numbers] == [1 / 3, 2 / 7]


def test_regions_of_a_softmax_chain_are_those_of_its_logits(tmp_path: Path) -> None:
    formula = wv.formula(wv.mlp([1, 2, 2], "relu", seed=1), form="piecewise")
    assert formula.lines[0].startswith("z_{1} = ")
    assert formula.lines[-1] == r"\mathbf{y} = \operatorname{softmax}\left(\mathbf{z}\right)"
    assert formula.save(tmp_path / "p.svg").stat().st_size > 1000


def test_slopes_that_are_small_are_slopes() -> None:
    sides = Dense(np.array([[1.0], [1.0]]), np.array([0.0, -0.5]), "relu")
    chain = Chain([sides, Dense(np.array([[1e-9, 3e-9]]), np.zeros(1))])
    assert len(wv.formula(chain, form="piecewise").lines) == 3


@pytest.mark.parametrize("name", EVERY)
def test_the_latex_says_what_the_chain_computes(name: str) -> None:
    plain = wv.mlp([2, 3, 3, 2], name, seed=3)
    # The reader's softmax is the plain one, which overflows early.
    x = X / 4 if name == "square" else X
    for chain in (
        plain, plain.split(), Chain([*plain.logits(), Softmax(log=True)]),
        Chain([Activation(name), *plain.logits(), Activation("relu"), Activation(name)]),
        Chain([*plain, Dense(np.array([[1.0, -2.0], [0.0, 1e-9]]), np.zeros(2))]),
    ):  # fmt: skip
        for form in ("nested", "layers"):
            lines = wv.formula(chain, form=form, digits=17).lines
            known = values(lines, {"x_{1}": x[:, 0], "x_{2}": x[:, 1]})
            told = np.column_stack([known["y_{1}"], known["y_{2}"]])
            np.testing.assert_allclose(told, chain(x), rtol=1e-10, atol=1e-12)
            names = [line.partition(" = ")[0] for line in lines]
            assert len(names) == len(set(names)), names


def test_a_bias_stays_readable() -> None:
    chain = chain_of([[[0.5, -0.3]], [[1.5]]], [[0.1], [-2]], "sigmoid")
    assert wv.formula(chain).lines == [
        r"y = 1.5 \sigma{\left(0.5 x_{1} - 0.3 x_{2} + 0.1 \right)} - 2",
        r"\sigma(z) = \frac{1}{1 + e^{-z}}",
    ]
    assert wv.formula(chain, letters=True).lines[0] == (
        r"y = w_{11}^{(2)} \sigma{\left(w_{11}^{(1)} x_{1} + w_{12}^{(1)} x_{2} + b_{1}^{(1)} "
        r"\right)} + b_{1}^{(2)}"
    )


@pytest.mark.slow
@pytest.mark.parametrize("name", ["sigmoid", "silu", "softplus", "gelu", "relu"])
def test_deep_and_wide_nets_are_written(name: str) -> None:
    wide = wv.formula(wv.mlp([2, 8, 8, 2], name, seed=1))
    assert wide.latex.count("x_{1}") == 2 * 8 * 8
    assert len(wv.formula(wv.mlp([2, 3, 3, 2], name, seed=1)).expressions) == 2
    deep = wv.mlp([1] * 600, name, seed=1, softmax=False)
    assert len(wv.formula(deep, form="layers").lines) >= 599
    assert wv.formula(deep).lines[0].startswith("y = ")
    try:
        _ = wv.formula(deep).expressions
    except WarpvizError as error:
        assert "layer by layer" in str(error)


def test_large_logits_do_not_overflow() -> None:
    scale = Dense(np.array([[800.0, 0.0], [0.0, -800.0]]), np.zeros(2))
    x = np.array([[1.0, 1.0], [-1.0, 1.0], [1.0, -1.0], [-1.0, -1.0], [0.0, 0.0]])
    ends: list[Layer] = [Softmax(), Softmax(log=True)]
    ends += [Activation(name) for name in ("softplus", "sigmoid", "silu")]
    for last in ends:
        chain = Chain([scale, last])
        formula = wv.formula(chain)
        np.testing.assert_allclose(formula(x), chain(x), rtol=1e-12)
        nested = sympy.lambdify(formula.inputs, list(formula.expressions), "numpy")
        np.testing.assert_allclose(np.column_stack(nested(*x.T)), chain(x), rtol=1e-12)
        exact = float(formula.expressions[1].subs(dict(zip(formula.inputs, x[0], strict=True))))
        assert exact == pytest.approx(chain(x)[0, 1], rel=1e-12)


@pytest.mark.parametrize("name", ["sigmoid", "softplus", "silu"])
def test_named_functions_are_their_exponentials(name: str) -> None:
    z = sympy.Symbol("z", real=True)
    chain = Chain([Activation(name), Softmax(log=True)], width=2)
    first = wv.formula(chain).expressions[0]
    plain = first.rewrite(sympy.exp)
    x1, x2 = wv.formula(chain).inputs
    for at in (-2.0, 0.3, 5.0):
        here = {x1: at, x2: 0.4}
        assert float(plain.subs(here)) == pytest.approx(float(first.subs(here)), rel=1e-12)
        slopes = [float(one.diff(x1).subs(here)) for one in (plain, first)]
        assert slopes[0] == pytest.approx(slopes[1], rel=1e-10)
    assert not plain.atoms(sympy.Function) - plain.atoms(sympy.exp, sympy.log), z


@pytest.mark.parametrize("letters", [False, True])
def test_long_formulas_break_before_plus_and_minus(letters: bool) -> None:
    for widths in ([1, 16, 32, 1], [2, 5, 4, 3]):
        chain = wv.mlp(widths, "tanh", seed=1)
        form = "layers" if widths[1] == 16 else "nested"
        for line in wv.formula(chain, form=form, letters=letters).lines:
            rows = broken(line)
            assert all(width(row.latex) <= WIDTH + 4 for row in rows)
            assert all(row.latex[:2] in ("+ ", "- ") for row in rows[1:])

            def bare(text: str) -> str:
                return re.sub(r"\{?\\left\(| ?\\right\)\}?|[()]|\s", "|", text).replace("|", "")

            assert bare("".join(row.latex for row in rows)) == bare(line)
            assert all(row.latex.count(r"\left") == row.latex.count(r"\right") for row in rows)


def test_matrices_stay_in_one_row() -> None:
    lines = wv.formula(wv.mlp([1, 16, 32, 1], "tanh", seed=1), form="matrix").lines
    assert all(len(broken(line)) == 1 for line in lines) and len(lines[1]) > 3000


def test_a_sign_before_a_number_is_no_subtraction() -> None:
    pytest.importorskip("ziamath")

    def wide(latex: str) -> float:
        return typeset._set(Row(latex)).width

    for before in ("(", "y = ", "(1, "):
        plain, signed = (wide(f"{before}{sign}2 x)") for sign in ("", "- "))
        assert signed - plain < 0.85 * 16  # a minus, and no space around it


def test_a_notebook_shows_layers_where_nested_is_long() -> None:
    small, large = wv.mlp([2, 2, 1], "tanh", seed=1), wv.mlp([1, 16, 32, 1], "tanh", seed=1)
    huge = wv.mlp([2, 64, 64, 8, 2], "tanh", seed=1)
    assert "h_{1}" not in wv.formula(small)._repr_latex_()
    for chain in (large, huge):
        assert "h_{1}^{(1)}" in wv.formula(chain)._repr_latex_()
    assert "h_{1}" not in wv.formula(large, form="nested")._repr_latex_()


@pytest.mark.parametrize("seed", range(12))
def test_every_form_and_caption_gives_a_state_one_number(seed: int) -> None:
    rng = np.random.default_rng(seed)
    names = rng.choice(["identity", "relu", "tanh"], rng.integers(1, 6))
    widths = [2, *rng.integers(1, 4, len(names)), 3]
    plain = wv.mlp(widths, list(names), seed=seed)
    idle = [Activation("identity")] * int(rng.integers(0, 3))
    for chain in (
        plain,
        plain.split(),
        Chain([*idle, *plain.logits(), *idle, Softmax(), *idle]),
    ):
        nested, layered = (wv.formula(chain, form=form).lines for form in ("nested", "layers"))

        def softmaxes(lines: list[str]) -> list[str]:
            return [line.partition(" = ")[2] for line in lines if r"{\sum_" in line]

        assert softmaxes(nested) == softmaxes(layered)
        # The logits are named by how many layers have weights, whatever is written as one.
        count = sum(isinstance(layer, Dense) for layer in chain)
        assert re.match(rf"[zh]_\{{1\}}\^\{{\({count}\)", nested[0])
        known = values(wv.formula(chain, digits=17).lines, {"x_{1}": X[:, 0], "x_{2}": X[:, 1]})
        ends = [name for name in known if name.startswith(("y_", "p_"))]
        np.testing.assert_allclose(np.column_stack([known[e] for e in ends])[:, :3], chain(X))


@pytest.mark.slow
@pytest.mark.parametrize("set_by", ["ziamath", "mathtext"])
@pytest.mark.parametrize("factor", ["1", "x_{1}", "1 + l"])
@pytest.mark.parametrize("name", [r"\max", r"\tanh", r"\operatorname{leaky}"])
def test_a_factor_does_not_stand_glued_to_a_name(
    name: str, factor: str, set_by: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if set_by == "ziamath":
        pytest.importorskip("ziamath")
    else:
        for module in (outlines, typeset):
            monkeypatch.setattr(module, "typesetter", lambda: None)

    def widths(*texts: str) -> list[float]:
        return [typeset._set(Row(text)).width for text in texts]

    # In TeX a thin space, a sixth of an em, stands between a factor and a name.
    apart, first, second = widths(rf"{factor} {name}(x)", factor, f"{name}(x)")
    assert apart - first - second > typeset.SIZE / 6 - 0.8
    glued = widths(rf"{factor}{{}}{name}(x)")[0]
    assert apart - glued > typeset.SIZE / 6 - 0.1


def test_units_with_numbers_of_their_own_are_written_each() -> None:
    chain = wv.mlp([2, 3, 2], "prelu:0.1:-0.5:2.0", seed=3).logits()
    formula = wv.formula(chain, form="nested", digits=17)
    known = values(formula.lines, {"x_{1}": X[:, 0], "x_{2}": X[:, 1]})
    told = np.column_stack([known["z_{1}"], known["z_{2}"]]) if "z_{1}" in known else None
    told = np.column_stack([known["y_{1}"], known["y_{2}"]]) if told is None else told
    np.testing.assert_allclose(told, chain(X), rtol=1e-10, atol=1e-12)
    outputs = [sympy.lambdify(formula.inputs, one) for one in formula.expressions]
    there = np.column_stack([[f(*row) for row in X.tolist()] for f in outputs])
    np.testing.assert_allclose(there.astype(float), chain(X), rtol=1e-10, atol=1e-12)
