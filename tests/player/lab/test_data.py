"""Points, tables and formulas of the page: laws, and the grammar of Python."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

import warpviz as wv
from tests.player.lab.nets import as_layers
from tests.player.modules import node
from warpviz.data.lattice import by_formula
from warpviz.data.synthetic import DATASETS
from warpviz.errors import WarpvizError
from warpviz.functions import read, sharp_places, slope, straight, value
from warpviz.functions.statements import sides, where_it_holds
from warpviz.model import ACTIVATIONS

SETS = """
const { makePoints, setNames } = await import("./lab/data/sets.js");
told([setNames(), given[0].map(([name, asked]) => {
  const { x, y, classNames } = makePoints(name, asked);
  return { x: [...x], y: [...y], classNames };
})]);
"""


def test_named_sets_have_python_s_shapes(modules: Path) -> None:
    names = [*DATASETS, "spirals:3", "blobs:5"]
    asked = [(name, {"count": 2000, "noise": None, "seed": 3}) for name in names]
    known, found = node(SETS, modules, asked)
    assert known == [*DATASETS]
    for name, made in zip(names, found, strict=True):
        wanted = wv.load_data(name, n=2000, seed=3)
        x, y = np.array(made["x"]).reshape(-1, 2), np.array(made["y"])
        assert y.tolist() == wanted.y.tolist()
        assert made["classNames"] == list(wanted.class_names)
        for label in range(wanted.n_classes):
            own, other = x[y == label], wanted.x[wanted.y == label]
            # The same distribution: means, spreads and quantiles of samples of so many.
            assert np.abs(own.mean(axis=0) - other.mean(axis=0)).max() < 0.12
            assert np.abs(np.cov(own.T) - np.cov(other.T)).max() < 0.05
            radii = [np.sort(np.hypot(*points.T)) for points in (own, other)]
            assert np.abs(radii[0] - radii[1]).max() < 0.12
        if name == "rings":
            assert np.abs(x - wanted.x).max() < 1e-12


def test_a_seed_and_noise_do_what_they_should(modules: Path) -> None:
    calm = {"count": 1000, "noise": 0, "seed": 1}
    asked = [
        ("moons", calm), ("moons", calm), ("moons", {**calm, "seed": 2}),
        ("rings", calm), ("rings", {**calm, "noise": 0.1}), ("xor", {**calm, "count": 1}),
    ]  # fmt: skip
    _, (first, again, other, plain, noisy, few) = node(SETS, modules, asked)
    assert first == again
    assert first["x"] != other["x"]
    away = np.array(noisy["x"]) - np.array(plain["x"])
    assert np.std(away) == pytest.approx(0.1, rel=0.1)
    assert abs(np.mean(away)) < 0.02
    assert len(few["y"]) == 2


FORMULAS = [
    "z", "max(z, -0.3*z)", "sin(2*z)/2 + z/2", "z/(1 + abs(z))", "1/(1 + exp(-z))",
    "log(1 + exp(z))", "where(z > 0, z, 0.1*z)", "clip(z, -1, 2) - 3", "z**2", "-z**2", "2**-z",
    "z**3 - 2*z", "exp(-z*z)", "where(abs(z) > 0.5, z, 0)", "erf(z)", "tanh(z) + 1e-3",
    "relu(z - 1)**2", "sqrt(z**2 + 4) − z", "min(max(z, 0), 6)/6", "z²·2", "+z - -z",
    "log1p(exp(z))", "expm1(min(z, 0))", "softplus(2*z)/2", "where(z > 1, sin(z), 0)",
    "where(2 <= z, 1, where(z < -1, z, pi))", "(z)", "max(1, z, -z)",
    "where(sin(3*z) > 0, z, 0)", "max(1 - abs(z), 0)", "where(z <= 0, e, z)",
]  # fmt: skip
WRONG = [
    "", "z +", "w", "z > 0", "sin z", "import os", "z.real", "max(z)", "where(z, 1, 2)", "1e13*z",
    "z if z else 1", "(z > 0)*2", "__import__('os')", "z // 2", "abs(z, 1)", "z)", "((z)", "z z",
    "max(z > 0, 1)", "z == 0", "lambda: 0", "'z'", "z[0]", "z; z",
]  # fmt: skip


def test_formulas_are_read_as_python_reads_them(modules: Path) -> None:
    z = np.linspace(-3.13, 3.17, 41)
    code = """
const { knowActivation } = await import("./lab/data/activation.js");
const { ACTIVATIONS } = await import("./formulas.js");
const { FILLS, RECORDS } = await import("./lab/known.js");
const [formulas, wrong, z] = given;
told([formulas.map((text) => {
  const name = knowActivation(text);
  const [value, slope] = [new Float64Array(z.length), new Float64Array(z.length)];
  FILLS[name](Float64Array.from(z), value, slope, 0, z.length, 0);
  return { value: [...value], slope: [...slope], record: RECORDS[name],
    same: z.every((at, i) => Object.is(ACTIVATIONS[name](at), value[i])) };
}), wrong.map((text) => {
  try { return knowActivation(text); } catch (trouble) { return [trouble.message]; }
})]);
"""
    found, refused = node(code, modules, FORMULAS, WRONG, z.tolist())
    for text, made in zip(FORMULAS, found, strict=True):
        tree = read(text)
        assert made["same"], text
        assert made["value"] == pytest.approx(value(tree, z).tolist(), rel=1e-12, abs=1e-14), text
        assert made["slope"] == pytest.approx(value(slope(tree), z).tolist(), rel=1e-11, abs=1e-12)
        pieces, record = straight(tree), made["record"]
        assert (record["breakpoints"] is None) == (pieces is None), text
        if pieces is not None:
            assert record["breakpoints"] == pytest.approx(list(pieces.breaks), abs=1e-14)
            assert [each for (each,) in record["slopes"]] == [line.rise for line in pieces.lines]
        sharp, jumps = sharp_places(tree)
        assert record["sharp"] == pytest.approx(list(sharp), abs=1e-9), text
        assert record["jumps"] == pytest.approx(list(jumps), abs=1e-9), text
        assert record["caption"] == ACTIVATIONS[text].caption, text
        assert record["squashes"] == ("squashes" in ACTIVATIONS[text].does), text
    for text, answer in zip(WRONG, refused, strict=True):
        assert isinstance(answer, list), text
        assert answer[0]
        with pytest.raises(WarpvizError):
            read(text)


def test_names_with_numbers_and_names_of_one_s_own(modules: Path) -> None:
    names = ["leaky_relu:0.2", "leaky_relu:-2", "elu:0.5", "hardtanh:-2:2", "wave=sin(2*z)/2 + z/2",
             "celu:2", "softplus:3", "softshrink:1", "threshold:0.5:-1", "prelu:0.3"]  # fmt: skip
    z = [-2.5, -1.0, -0.2, 0.0, 0.4, 3.0]
    code = """
const { knowActivation, activationNames } = await import("./lab/data/activation.js");
const { ACTIVATIONS } = await import("./formulas.js");
const [names, z] = given;
told([activationNames(), names.map((name) => z.map(ACTIVATIONS[knowActivation(name)]))]);
"""
    known, found = node(code, modules, names, z)
    assert known == [*ACTIVATIONS]
    for name, values in zip(names, found, strict=True):
        assert values == pytest.approx(ACTIVATIONS[name].f(z).tolist(), rel=1e-12, abs=1e-14), name


STATEMENTS = [
    "y > sin(x)", "x**2 + y**2 < 4 and x > 0", "not x > y", "x < y < 1", "x > 0 or y > 0", "x ≥ 1",
    "(x > 0) & (y > 0)", "(x > 0) | ~(y > 0)", "x > 0 and y < log(x)", "x*y != 0", "y <= x^2",
]  # fmt: skip


def test_statements_hold_where_python_s_do(modules: Path) -> None:
    rng = np.random.default_rng(0)
    x, y = rng.uniform(-3, 3, (2, 60))
    code = """
const { statementOf, sidesOf } = await import("./lab/data/statements.js");
const { pointsOfStatement } = await import("./lab/data/sets.js");
const [texts, x, y] = given;
told([texts.map((text) => {
  const holds = statementOf(text);
  return { found: x.map((at, i) => holds(at, y[i])), sides: sidesOf(text) };
}), ["x + y", "x > 0 and y", "x >", "(x > 0) > y"].map((text) => {
  try { return statementOf(text); } catch (trouble) { return [trouble.message]; }
}), (({ x, y, classNames, remark }) => ({ x: [...x], y: [...y], classNames, remark }))(
  pointsOfStatement("y < log(x)", { count: 1800, noise: 0, seed: 0 }))]);
"""
    found, refused, points = node(code, modules, STATEMENTS, x.tolist(), y.tolist())
    for text, made in zip(STATEMENTS, found, strict=True):
        holds, defined = where_it_holds(text, {"x": x, "y": y})
        assert [one["defined"] for one in made["found"]] == defined.tolist(), text
        assert [one["holds"] for one in made["found"]] == np.logical_and(holds, defined).tolist(), (
            text
        )
        if text.isascii() and "^" not in text:
            assert ["".join(side.split()) for side in made["sides"]] == [
                "".join(side.split()) for side in sides(text)
            ]
    assert all(isinstance(answer, list) for answer in refused)
    wanted = by_formula("y < log(x)")
    assert points["y"] == wanted.y.tolist()
    assert np.abs(np.array(points["x"]).reshape(-1, 2) - wanted.x).max() < 1e-12
    assert points["classNames"] == list(wanted.class_names)
    assert "903" in points["remark"] or "882" in points["remark"]


TABLES: dict[str, tuple[str, list[str], list[str]]] = {
    "height,weight,kind\n-0.6,0.4,cat\n0.7,-0.3,dog\n0.1,0.2,cat\n": (
        "comma", ["cat", "dog"], ["height", "weight"]),
    "1,5;2,5;0\n2,5;1,5;1\n0,5;0,5;0\n": ("semicolon", ["0", "1"], ["column 1", "column 2"]),
    "# made today\nx\ty\tlabel\n1\t2\ta\n3\t4\tb\n\n5\t?\ta\n": ("tabs", ["a", "b"], ["x", "y"]),
    "1 2 10\n3 4 9\n5 6 10\n": ("spaces", ["9", "10"], ["column 1", "column 2"]),
    'kind,"the x",y\n"a, b",1,2\nc,3,4\n': ("quotes", ["a, b", "c"], ["the x", "y"]),
}  # fmt: skip


def test_tables_are_read_as_people_write_them(modules: Path) -> None:
    code = """
const { readTable, csvOf } = await import("./lab/data/table.js");
const [texts, wrong] = given;
const told1 = ({ x, y, classNames, features, remark }) => (
  { x: [...x], y: [...y], classNames, features, remark });
told([texts.map((text) => told1(readTable(text))), wrong.map((text) => {
  try { return readTable(text); } catch (trouble) { return [trouble.message]; }
}), csvOf(readTable(texts[0])), told1(readTable(csvOf(readTable(texts[4]))))]);
"""
    wrong = ["", "a,b\n1,2\n", "1,2,a\n1,2\n", "x,y,label\n"]
    found, refused, csv, again = node(code, modules, list(TABLES), wrong)
    for (how, names, features), made in zip(TABLES.values(), found, strict=True):
        assert made["classNames"] == names, how
        assert made["features"] == features, how
        x = np.array(made["x"]).reshape(-1, 2)
        assert np.abs(x.mean(axis=0)).max() < 1e-12
        assert x.std(axis=0) == pytest.approx(1.0)
    assert found[1]["y"] == [0, 1, 0]
    assert "1 line" in found[2]["remark"]
    assert found[3]["y"] == [1, 0, 1]
    assert all(isinstance(answer, list) for answer in refused)
    assert csv.startswith("height,weight,label\n")
    assert again["classNames"] == ["a, b", "c"]


def test_a_csv_of_the_page_is_read_by_python(modules: Path, tmp_path: Path) -> None:
    code = """
const { makePoints } = await import("./lab/data/sets.js");
const { csvOf } = await import("./lab/data/table.js");
const points = makePoints("moons", { count: 40, noise: 0, seed: 1 });
told([csvOf(points), [...points.x]]);
"""
    text, x = node(code, modules)
    (tmp_path / "data.csv").write_text(text, encoding="utf-8")
    data = wv.load_data(str(tmp_path / "data.csv"))
    assert list(data.class_names) == ["lower", "upper"]
    assert data.x.ravel().tolist() == x


def test_formulas_of_a_net_say_what_it_computes(modules: Path) -> None:
    net = wv.mlp([2, 2, 2], "tanh", seed=0)
    code = """
const { formulaText } = await import("./lab/data/formula.js");
told(["plain", "latex"].map((form) => formulaText(given[0], form)));
"""
    layers: list[dict[str, Any]] = as_layers(net)
    layers[0]["weight"], layers[0]["bias"] = [1, -2.5, 0, 1e-7], [0.5, -1]
    plain, latex = node(code, modules, layers)
    assert plain[:4] == ["z⁽¹⁾₁ = x₁ − 2.5·x₂ + 0.5", "z⁽¹⁾₂ = 1e-7·x₂ − 1".replace("-7", "−7"),
                         "h⁽¹⁾₁ = tanh(z⁽¹⁾₁)", "h⁽¹⁾₂ = tanh(z⁽¹⁾₂)"]  # fmt: skip
    assert latex[0] == "z^{(1)}_{1} = x_{1} - 2.5 x_{2} + 0.5"
    assert latex[2] == r"h^{(1)}_{1} = \tanh(z^{(1)}_{1})"
    assert len(plain) == 8
