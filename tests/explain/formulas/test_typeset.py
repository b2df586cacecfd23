"""Formulas are set as TeX sets them: real TeX, ziamath and mathtext."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

import warpviz as wv
from tests.explain.formulas.chains import EVERY
from tests.output.decoders import need
from warpviz.explain.formulas import outlines, typeset
from warpviz.explain.formulas.breaking import Row


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


def test_a_sign_before_a_number_is_no_subtraction() -> None:
    pytest.importorskip("ziamath")

    def wide(latex: str) -> float:
        return typeset._set(Row(latex)).width

    for before in ("(", "y = ", "(1, "):
        plain, signed = (wide(f"{before}{sign}2 x)") for sign in ("", "- "))
        assert signed - plain < 0.85 * 16  # a minus, and no space around it


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
