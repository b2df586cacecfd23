"""The gallery: pieces from a folder of scripts, never over files that git tracks."""

import subprocess
from pathlib import Path

import pytest
from PIL import Image

from tests.cli.conftest import Run
from warpviz.cli.commands import gallery
from warpviz.film.reel.animation import Animation

SMALL = "--size 240x180 --fps 2 --jobs 1"
GOOD = '''"""A good piece."""
import warpviz as wv

def make(**look):
    data = wv.load_data("moons", n=200)
    return wv.animate(wv.mlp([2, 2], seed=0), data, **look)
'''


@pytest.fixture
def scripts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "scripts"
    folder.mkdir()
    (folder / "good.py").write_text(GOOD)
    (folder / "bad.py").write_text('"""A bad piece."""\ndef make(**look):\n    return 1 / 0\n')
    (folder / "empty.py").write_text('"""No piece."""\n')
    found = {path.stem: path for path in sorted(folder.glob("*.py"))}
    monkeypatch.setattr(gallery, "pieces", lambda: found)
    return folder


@pytest.mark.slow
def test_pieces_of_the_checkout_have_titles_and_make_films() -> None:
    found = gallery.pieces()
    assert {"relu", "tanh"} <= set(found)
    for name, script in found.items():
        text = gallery.title(script)
        assert text and text != name
        assert callable(gallery._module(script).make)
    film = gallery.made(found["relu"], {"size": (240, 180), "theme": "light"})
    assert isinstance(film, Animation)
    assert film.size == (240, 180)


def test_list_makes_nothing(run: Run, scripts: Path, tmp_path: Path) -> None:
    ran = run("gallery --list")
    assert ran.out.splitlines() == [
        "bad    A bad piece.",
        "empty  No piece.",
        "good   A good piece.",
    ]
    assert run("gallery good --list").out == "good  A good piece.\n"
    assert [path.name for path in tmp_path.iterdir()] == ["scripts"]


def test_a_bad_piece_does_not_cost_the_others(run: Run, scripts: Path) -> None:
    ran = run(f"gallery {SMALL}")
    assert ran.code == 1
    assert ran.out == "warpviz-gallery/good.gif\n"
    assert "warpviz: bad: Internal error, ZeroDivisionError" in ran.err
    assert "warpviz: empty: empty.py expects a function make" in ran.err
    assert ran.err.endswith("warpviz: 2 of 3 pieces could not be made: bad, empty.\n")


def test_look_is_passed_on(run: Run, scripts: Path) -> None:
    assert run(f"gallery good {SMALL} --theme light --loop 4 -o out").code == 0
    with Image.open("out/good.gif") as image:
        assert image.size == (240, 180)
        assert image.info["loop"] == 3
        assert image.convert("L").getpixel((0, 0)) == 255


def test_never_over_files_that_git_tracks(run: Run, scripts: Path, tmp_path: Path) -> None:
    repository = tmp_path / "repository"
    repository.mkdir()
    (repository / "good.gif").write_bytes(b"kept")
    (repository / "free.gif").write_bytes(b"")
    for words in (["init", "-q"], ["add", "good.gif"]):
        subprocess.run(["git", "-C", str(repository), *words], check=True)
    ran = run("gallery good -o repository")
    assert ran.code == 2
    assert ran.err == (
        "warpviz: git tracks repository/good.gif, and the gallery never writes over such files; "
        "choose another folder with -o.\n"
    )
    assert (repository / "good.gif").read_bytes() == b"kept"
    assert gallery.tracked_by_git(repository, ["free.gif"]) == []


def test_without_git_nothing_is_tracked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert gallery.tracked_by_git(tmp_path, ["a.gif"]) == []
