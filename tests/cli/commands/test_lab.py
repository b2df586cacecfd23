from pathlib import Path

import pytest

from tests.cli.conftest import Run


@pytest.mark.slow
def test_laboratories_of_models_and_of_what_nobody_trained(run: Run, model_file: Path) -> None:
    ran = run("lab --data xor --seed 2 --lesson quarter")
    assert (ran.code, ran.out) == (0, "lab.html\n")
    # Of data whose layers are wider than any here.
    assert run("lab --data checkerboard -o c.html").code == 0
    ran = run(f"lab --model {model_file} --theme light --language de --title Falten -o a.html")
    assert (ran.code, ran.out) == (0, "a.html\n")
    text = Path("a.html").read_text("utf-8")
    assert '<html lang="de"' in text and "<title>Falten</title>" in text
    film = "--seconds 0.2 --hold 0.1 --fps 5 --size 240x180"
    ran = run(f"render --model {model_file} {film} --lab -o b.html -o b.gif")
    assert ran.code == 0 and set(ran.out.split()) == {"b.html", "b.gif"}
    assert 'class="player lab"' in Path("b.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("command", "says"),
    [
        ("lab -o lab.gif", "A laboratory is an .html file, got 'lab.gif'; name one with -o."),
        ("lab --lesson rings", "did you mean 'ring'"),
        ("lab --data iris", "expects points of two features, got 4"),
        ("lab --layers 9", "--layers expects up to 8 hidden layers of up to 8 units"),
        ("render --lab --layers 3,12 -o lab.html", "such as 8,8,3, got '3,12'; `warpviz render`"),
        ("render --lab -o a.gif", "--lab is about a page; name an .html file with -o."),
    ],
)
def test_misuse_is_one_sentence(run: Run, command: str, says: str) -> None:
    ran = run(command)
    assert ran.code == 2 and says in ran.err
    assert not Path("lab.html").exists()
