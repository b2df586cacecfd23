"""Long formulas are broken where one breaks them by hand."""

import re

import pytest

import warpviz as wv
from warpviz.explain.formulas.breaking import WIDTH, broken, width


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
