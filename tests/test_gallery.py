"""The pieces, their pictures and the page that shows them."""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from warpviz.cli.commands.gallery import made, pieces, title

ROOT = Path(__file__).parents[1]
GALLERY = ROOT / "gallery"
PICTURES = GALLERY / "pictures"
PIECES = sorted(path for path in GALLERY.glob("*.py"))
PAGE = (GALLERY / "README.md").read_text(encoding="utf-8")
MB = 10**6

with_names = pytest.mark.parametrize("script", PIECES, ids=lambda path: path.stem)


def test_the_verb_finds_the_pieces_of_the_checkout() -> None:
    assert list(pieces().values()) == PIECES
    assert len(PIECES) >= 9


@with_names
def test_a_piece_is_short_with_a_title(script: Path) -> None:
    text = script.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 25
    assert re.fullmatch(r"[A-Z].*\.", title(script))
    assert f'make().save("{script.stem}.gif")' in text


@pytest.mark.slow
@with_names
def test_a_piece_makes_one_film_of_the_size_asked_for(
    script: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The classic recipe trains 50,000 epochs: a few are enough to see that the piece runs.
    monkeypatch.setattr("warpviz.training.recipe.Recipe.n_epochs", 5)
    film = made(script, {"size": (300, 240), "theme": "light", "jobs": 1})
    assert film.size == (300, 240)
    assert film.frame(0, 0.5).pixels.shape == (240, 300, 3)


@with_names
def test_a_piece_is_shown_with_its_picture(script: Path) -> None:
    assert f"]({script.name})" in PAGE
    assert re.search(rf"!\[[^]]{{20,}}\]\(pictures/{script.stem}\.gif\)", PAGE)


def test_pictures_are_small_films_of_pieces() -> None:
    pictures = sorted(PICTURES.glob("*.gif"))
    stems = {path.stem.removesuffix("-light") for path in pictures}
    pages = {path.stem for path in (PICTURES.parent / "frameworks").glob("*.md")}
    assert stems == {path.stem for path in PIECES} | pages
    assert sum(path.stat().st_size for path in pictures) < 25 * MB
    for path in pictures:
        assert path.stat().st_size < 2 * MB, path.name
        with Image.open(path) as film:
            assert getattr(film, "n_frames", 1) > 1, path.name


def test_pieces_use_the_front_door_and_nothing_private() -> None:
    for script in PIECES:
        for node in ast.walk(ast.parse(script.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom):
                assert not any(alias.name.startswith("_") for alias in node.names), script.name


@pytest.mark.slow
def test_a_piece_runs_as_a_script(tmp_path: Path) -> None:
    script = GALLERY / "page_flip.py"
    here = os.environ | {"PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, str(script)], cwd=tmp_path, env=here, check=True)
    assert [path.name for path in tmp_path.iterdir()] == ["page_flip.gif"]
