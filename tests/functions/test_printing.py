import json
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest

from tests.functions.formulas import FORMULAS, POINTS
from warpviz.functions import latex, read, value, written
from warpviz.player.engine import engine_source


def close(found: np.ndarray, text: str) -> None:
    expected = value(read(text), POINTS)
    np.testing.assert_allclose(found, expected, rtol=1e-12, atol=4e-15 * 41, err_msg=text)


def test_python() -> None:
    import math

    for text in FORMULAS:
        with np.errstate(all="ignore"):
            found = eval(written(read(text), "python"), {"np": np, "math": math}, {"z": POINTS})
        close(np.broadcast_to(found, POINTS.shape), text)


def test_plain_signs_read_back_as_the_same_formula() -> None:
    for text in FORMULAS:
        plain = written(read(text), "plain").replace("ln(", "log(").replace("√(", "sqrt(")
        plain = plain.replace("σ(", "sigmoid(")
        if "|" in plain or " if " in plain:
            continue
        close(value(read(plain), POINTS), text)


@pytest.mark.skipif(shutil.which("gcc") is None, reason="needs gcc: apt-get install gcc")
def test_c(tmp_path: Path) -> None:
    cases = "\n".join(
        f"double f{i}(double z) {{ return {written(read(text), 'c')}; }}"
        for i, text in enumerate(FORMULAS)
    )
    calls = "\n".join(f'printf("%.17g\\n", f{i}(z));' for i in range(len(FORMULAS)))
    (tmp_path / "f.c").write_text(
        f"#include <math.h>\n#include <stdio.h>\n{cases}\n"
        f'int main(void) {{ double z; while (scanf("%lf", &z) == 1) {{ {calls} }} return 0; }}\n'
    )
    flags = ["-std=c99", "-Wall", "-Wextra", "-Werror", "-pedantic", "-Wno-missing-prototypes"]
    program = tmp_path / "f"
    subprocess.run(["gcc", *flags, tmp_path / "f.c", "-o", program, "-lm"], check=True)
    given = "\n".join(map(repr, POINTS.tolist()))
    told = subprocess.run([program], input=given, capture_output=True, text=True, check=True)
    found = np.array(told.stdout.split(), dtype=float).reshape(len(POINTS), len(FORMULAS))
    for column, text in zip(found.T, FORMULAS, strict=True):
        close(column, text)


@pytest.mark.skipif(shutil.which("node") is None, reason="needs Node.js: apt-get install nodejs")
def test_javascript(tmp_path: Path) -> None:
    script = (
        f"{engine_source(FORMULAS)}\nconst z = JSON.parse(require('fs').readFileSync(0));\n"
        "console.log(JSON.stringify(Object.values(ACTIVATIONS).map((f) => z.map(f))));"
    )
    file = tmp_path / "f.cjs"
    file.write_text(script, encoding="utf-8")
    told = subprocess.run(
        ["node", file], input=json.dumps(POINTS.tolist()), capture_output=True, text=True,
        check=True,
    )  # fmt: skip
    for column, text in zip(json.loads(told.stdout), FORMULAS, strict=True):
        close(np.array(column, dtype=float), text)


def test_latex_is_taken_by_mathtext() -> None:
    from matplotlib.mathtext import MathTextParser

    for text in FORMULAS:
        told = latex(read(text))
        assert told.count("{") == told.count("}")
        if r"\begin" not in told:
            MathTextParser("path").parse(f"${told.replace('operatorname', 'mathrm')}$")


@pytest.mark.parametrize(
    ("formula", "python", "plain"),
    [
        ("z + (z + 1)", "z + z + 1", "z + z + 1"),
        ("z - (z + 1)", "z - (z + 1)", "z − (z + 1)"),
        ("z - (z - 1)", "z - (z - 1)", "z − (z − 1)"),
        ("z * (z * 2)", "z * z * 2", "z·z·2"),
        ("z / (z * 2)", "z / (z * 2)", "z/(z·2)"),
        ("z * (z + 1)", "z * (z + 1)", "z·(z + 1)"),
        ("z + -2", "z + (-2)", "z + (−2)"),
        ("z * -2", "z * (-2)", "z·(−2)"),
        ("z - -2", "z - (-2)", "z − (−2)"),
    ],
)
def test_brackets_stand_where_they_are_needed(formula: str, python: str, plain: str) -> None:
    found = written(read(formula), "python")
    assert found.replace(".0", "") == python
    assert written(read(formula), "plain") == plain
