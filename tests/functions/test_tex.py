"""What one would write by hand; that matplotlib takes it is tested beside the printing."""

import pytest

from warpviz.functions import read
from warpviz.functions.tex import latex


@pytest.mark.parametrize(
    ("formula", "text"),
    [
        ("z + 1 - z", r"z + 1 - z"),
        ("z - (z + 1)", r"z - \left(z + 1\right)"),
        ("z - (z - 1)", r"z - \left(z - 1\right)"),
        ("z + (z + 1)", r"z + z + 1"),
        ("z * (z + 1)", r"z\,\left(z + 1\right)"),
        ("(z + 1) * z", r"\left(z + 1\right)\,z"),
        ("-2 * z", r"-2\,z"),
        ("-(-2 * z)", r"-\left(-2\,z\right)"),
        ("z * (-2 * z)", r"z\,\left(-2\,z\right)"),
        ("z - -2", r"z - \left(-2\right)"),
        ("z + -2 * z", r"z + \left(-2\,z\right)"),
        ("(z + 1) / (z - 1)", r"\frac{z + 1}{z - 1}"),
        ("(z + 1) ** 2", r"\left(z + 1\right)^{2}"),
        ("(-z) ** 2", r"\left(-z\right)^{2}"),
        ("sin(z) ** 2", r"\sin(z)^{2}"),
        ("-(z + 1)", r"-\left(z + 1\right)"),
        ("-(2 * z)", r"-2\,z"),
        ("abs(z)", r"\left|z\right|"),
        ("sqrt(z + 1)", r"\sqrt{z + 1}"),
        ("relu(z)", r"\max(0, z)"),
        ("log1p(z)", r"\ln(1 + z)"),
        ("expm1(z)", r"e^{z} - 1"),
        ("2 * expm1(z)", r"2\,\left(e^{z} - 1\right)"),
        ("where(z < 0, 0, z)", r"\begin{cases} 0 & z < 0 \\ z & \text{otherwise} \end{cases}"),
        ("where(z <= 0, 0, z)", r"\begin{cases} 0 & z \le 0 \\ z & \text{otherwise} \end{cases}"),
        ("sigmoid(z)", r"\sigma(z)"),
        ("max(z, 2 * z)", r"\max(z, 2\,z)"),
    ],
)
def test_brackets_stand_where_they_are_needed_and_nowhere_else(formula: str, text: str) -> None:
    assert latex(read(formula)) == text
