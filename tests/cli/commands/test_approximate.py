"""approximate at the command line."""

from pathlib import Path

import pytest

import warpviz as wv
from tests.cli.conftest import Run

QUICK = "--iterations 200 --layers 4,4 --size 480x240 --fps 5 --seconds 1"


@pytest.mark.slow
def test_it_tells_stores_and_films(run: Run) -> None:
    done = run(f"approximate exp {QUICK} --at 0.2 -o e.gif -o e.png")
    lines = done.out.splitlines()
    assert done.code == 0 and lines[-3:] == ["e.npz", "e.png", "e.gif"]
    assert "1.2214027582" in lines[1] and "at 0.2" in lines[0]
    assert wv.load_model("e.npz").widths == (1, 4, 4, 1)
    again = run(f"approximate exp {QUICK} --at 0.2 -o e.gif --resume")
    assert again.code == 0 and again.out.splitlines()[1] == lines[1]


@pytest.mark.slow
def test_a_model_that_nobody_named_stays(run: Run) -> None:
    before = b"somebody's data"
    Path("e.npz").write_bytes(before)
    done = run(f"approximate exp {QUICK} -o e.png")
    assert done.code == 0 and done.out.splitlines()[-1] == "e.png"
    assert Path("e.npz").read_bytes() == before and "e.npz" not in done.out
    assert "e.npz is there already and stays as it is: -o e.npz replaces it" in done.err
    named = run(f"approximate exp {QUICK} -o e.png -o e.npz")
    assert named.code == 0 and wv.load_model("e.npz").widths == (1, 4, 4, 1)


@pytest.mark.slow
def test_comparisons(run: Run) -> None:
    done = run(f"approximate abs --compare identity,relu {QUICK} --layers 8 -o c.gif")
    assert done.code == 0, done.err
    lines = done.out.splitlines()
    assert [line.split()[0] for line in lines[1:5]] == ["identity", "relu", "identity", "relu"]
    assert [line.split()[1] for line in lines[1:5]] == ["4-4", "4-4", "8", "8"]
    assert lines[5:] == ["c-1.npz", "c-2.npz", "c-3.npz", "c-4.npz", "c.gif"]


@pytest.mark.slow
def test_a_comparison_is_of_hidden_layers(run: Run) -> None:
    def last(words: str) -> list[str]:
        assert run(f"approximate exp {QUICK} -o c.png {words}").code == 0
        names = sorted(path.name for path in Path().glob("c*.npz"))
        found = [wv.load_model(name) for name in names]
        for name in names:
            Path(name).unlink()
        return [chain[len(chain) - 1].activation for chain in found]  # type: ignore[union-attr]

    assert last("--compare relu,tanh") == ["identity", "identity"]
    assert last("--compare relu,tanh --output-activation sin") == ["sin", "sin"]
    assert last("--activation tanh") == ["tanh"]
    assert last("--activation tanh --output-activation identity") == ["identity"]
    done = run("approximate exp --output-activation idenity")
    assert done.code == 2 and "did you mean 'identity'?" in done.err


@pytest.mark.slow
def test_limits_of_its_own(run: Run) -> None:
    done = run("approximate", "log(x) + erf(x)", "--limits", "1,3", *QUICK.split(), "-o", "l.gif")
    assert done.code == 0 and "at 1.4" in done.out


@pytest.mark.slow
def test_a_comparison_that_was_cut_goes_on(run: Run) -> None:
    words = f"approximate abs --compare relu,tanh {QUICK} -o c.png"
    first = run(words)
    Path("c-2.npz").unlink()
    again = run(f"{words} --resume")
    assert again.code == 0 and again.out == first.out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("approximate", "FUNCTION is missing"),
        ("approximate exq", "Unknown name 'exq'"),
        ("approximate 1/x", "not a finite number everywhere from -1 to 1"),
        ("approximate x.__class__", "has more than numbers"),
        ("approximate exp --limits 1,0", "x0 < x1"),
        ("approximate exp --layers 0", "expects widths from 1"),
        ("approximate exp --activation rellu", "did you mean 'relu'"),
        ("approximate exp --compare relu,tanh --activation relu", "leave out --activation"),
        ("approximate exp --resume", "There is no exp.npz to go on with"),
        ("approximate exp -o e.xyz", "'.xyz'"),
        ("approximate exp --at 1,2", "--at expects one number"),
        ("approximate none.csv", "'none.csv' does not exist"),
        ("approximate exp --batch 0", "--batch expects a number from 1"),
        ("approximate exp --iterations 0", "--iterations expects a number from 1"),
    ],
)
def test_misuse(run: Run, words: str, told: str) -> None:
    done = run(words)
    assert done.code == 2 and told in done.err and done.err.count("\n") == 1, done.err
    assert not list(Path().iterdir())


@pytest.mark.many(quick=1)
@pytest.mark.parametrize("text", ["-x", "-exp(x)+1", "-3*x", "-(x+1)^2", "-pi*x"])
@pytest.mark.parametrize("first", [True, False])
def test_expressions_that_begin_with_a_minus(run: Run, text: str, first: bool) -> None:
    flags = [*QUICK.split(), "-o", "m.gif"]
    words = [text, *flags] if first else [*flags, text]
    done = run("approximate", *words, "--at", "-0.5")
    assert done.code == 0, done.err
    assert text in done.out.splitlines()[0]


def test_what_is_no_expression_stays_a_flag(run: Run) -> None:
    assert "Unknown option '-q'" in run("approximate exp -q").err
    assert "Unknown option '-x'" in run("render -x").err
    assert run("graph", "--expression", "-a*x", "-o", "g.dot").code == 0


@pytest.mark.slow
def test_a_dead_network_is_named(run: Run) -> None:
    done = run(f"approximate exp --activation relu --seed 7 {QUICK} --layers 16,32 -o d.png")
    assert done.code == 0
    assert "is dead: no unit of layer 3 answers from 0 to 1, so that it says 0" in done.err
    assert "dead" not in run(f"approximate exp {QUICK} -o e.png").err


@pytest.mark.slow
def test_whoever_interrupts_is_told_how_to_go_on(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from warpviz.training.online import Online

    save = Online.save

    def interrupted(self: Online, path: str | Path) -> Path:
        if self.step > 100:
            raise KeyboardInterrupt
        return save(self, path)

    with monkeypatch.context() as patch:
        patch.setattr(Online, "save", interrupted)
        done = run(f"approximate exp {QUICK} -o i.gif")
    assert done.code == 130
    assert "i.npz as of step 100. The same command with --resume goes on" in done.err
    assert run(f"approximate exp {QUICK} -o i.gif --resume").code == 0


@pytest.mark.slow
@pytest.mark.parametrize("suffix", ["gif", "png"])
def test_axes_as_asked(run: Run, suffix: str) -> None:
    for axes in ("linear", "loglog"):
        assert run(f"approximate abs {QUICK} --axes {axes} -o {axes}.{suffix}").code == 0
    assert Path(f"linear.{suffix}").read_bytes() != Path(f"loglog.{suffix}").read_bytes()
    wrong = run("approximate abs --axes log")
    assert wrong.code == 2 and "Unknown kind of axes 'log'" in wrong.err
