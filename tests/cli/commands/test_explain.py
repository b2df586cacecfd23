"""formula, graph, trace, plot and export at the command line."""

import json
from pathlib import Path

import pytest
from PIL import Image

from tests.cli.conftest import Run
from tests.output.decoders import need

SINE = {"layers": [{"weight": [[211], [221]], "bias": [21, 22], "activation": "sin"},
                   {"weight": [[311, 312]], "bias": [31]}]}  # fmt: skip
TANH = {"layers": [
    {"weight": [[0.5, -0.3], [0.8, 0.2]], "bias": [0.1, 0.2], "activation": "tanh"},
    {"weight": [[1.0, -0.7], [0.2, 0.4]], "bias": [0.3, 0.0]},
]}  # fmt: skip


@pytest.fixture(autouse=True)
def models(tmp_path: Path) -> None:
    (tmp_path / "sine.json").write_text(json.dumps(SINE))
    (tmp_path / "tanh.json").write_text(json.dumps(TANH))


def test_formula_prints_or_draws(run: Run) -> None:
    done = run("formula sine.json")
    assert done.out == (
        "y = 311 \\sin{\\left(211 x + 21 \\right)} + 312 \\sin{\\left(221 x + 22 \\right)} + 31\n"
    )
    assert "w_{21}^{(1)}" in run("formula tanh.json --letters").out
    assert "pmatrix" in run("formula tanh.json --form matrix --digits 2").out
    done = run("formula tanh.json --form layers -o f.svg -o f.tex --theme dark")
    assert done.out == "f.svg\nf.tex\n" and Path("f.tex").read_text().startswith("\\begin{aligned}")


@pytest.mark.slow
def test_graph_in_all_forms(run: Run) -> None:
    need("dot")
    for words in (
        "--gradient w111", "--at 0.3,-0.2", "--form network --theme dark", "--numbers",
        "--output 2 --loss half-squared --target 1 --gradient b11 --share",
    ):  # fmt: skip
        done = run(f"graph tanh.json {words} -o g.svg -o g.dot")
        assert (done.code, done.out) == (0, "g.svg\ng.dot\n") and " nodes, " in done.err
    done = run("graph", "--expression", "a + b*sin(x)^2", "-o", "e.dot")
    assert done.code == 0 and "8 nodes, 7 edges" in done.err


def test_trace_tells_every_number(run: Run) -> None:
    assert "0.31" in run("trace tanh.json --at 0.3,-0.2").out
    done = run("trace tanh.json --at 0.05,0.1 --target 0,1 --format json")
    assert json.loads(done.out)["layers"][1]["weight"] == TANH["layers"][1]["weight"]
    assert "sum[1] = 0.5·0.05" in run("trace tanh.json --at 0.05,0.1 --style loops").out
    assert "| W | weights |" in run("trace tanh.json --at 0.05,-0.1 --format markdown").out


def test_trace_goes_on_where_it_ended(run: Run) -> None:
    words = "--at 0.05,0.1 --target 0,1 --learning-rate 0.5"
    done = run(f"trace tanh.json {words} --steps 3 -o next.json -o next.npz")
    assert done.out.startswith("step 1 of 3\n") and done.out.endswith("next.json\nnext.npz\n")
    fourth = json.loads(run(f"trace tanh.json {words} --steps 4 --format json").out)["steps"][3]
    for name in ("next.json", "next.npz"):
        again = json.loads(run(f"trace {name} {words} --format json -o x.json").out)
        assert again == fourth
    assert run("trace tanh.json --at 1,2 --steps 2").err.count("need a target") == 1
    assert "stored as .npz, .json or .onnx" in run(f"trace tanh.json {words} -o n.gif").err


@pytest.mark.slow
def test_plot_draws_curves_and_planes(run: Run) -> None:
    assert run("plot sine.json --limits 0,5 -o p.svg").out == "p.svg\n"
    assert ">x</text>" in Path("p.svg").read_text().replace("\n", "")
    assert run("plot tanh.json --limits -2,2,-2,2 --output 2 --transparent -o q.png").code == 0
    with Image.open("q.png") as image:
        assert image.mode == "RGBA" and image.getpixel((2, 2)) == (255, 255, 255, 0)


def test_export_writes_both(run: Run) -> None:
    assert run("export tanh.json -o net.py -o net.c").out == "net.py\nnet.c\n"
    assert "def predict(x):" in Path("net.py").read_text()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("formula tanh.json --form nestet", "did you mean 'nested'"),
        ("formula tanh.json --digits 0", "digits expects 1 to 17"),
        ("formula tanh.json -o f.gif", "A formula is written as .svg"),
        ("formula none.json", "'none.json' does not exist"),
        ("graph", "expects a model, or --expression"),
        ("graph tanh.json -o g.gif", "A graph is written as .svg"),
        ("graph tanh.json --form values -o g.dot", "add --at 0.3,-0.2"),
        ("graph tanh.json --form network --share -o g.dot", "The network form has no --share"),
        ("graph tanh.json --gradient w9 -o g.dot", "no weight 'w9'"),
        ("graph tanh.json --expression a -o g.dot", "--expression stands alone"),
        ("graph --expression x.__class__ -o g.dot", "has more than numbers"),
        ("graph tanh.json --output 3 -o g.dot", "output expects 1 to 2, got 3"),
        ("trace tanh.json", "expects a point; add --at"),
        ("trace tanh.json --at 1", "takes 2 numbers, got 1"),
        ("trace tanh.json --at 1,2 --loss squared", "need a target"),
        ("trace tanh.json --at 1,2 --format txt", "did you mean 'text'"),
        ("plot tanh.json --limits 0,5", "x0,x1,y0,y1 that rise"),
        ("plot tanh.json -o p.gif", "A plot is written as .svg"),
        ("export tanh.json", "expects a file to write"),
        ("export tanh.json -o net.js", "written as .py or .c"),
    ],
)
def test_misuse_is_one_sentence(run: Run, words: str, told: str) -> None:
    done = run(words)
    assert done.code == 2 and told in done.err and done.err.count("\n") == 1, done.err
    assert done.out == ""
