"""The pieces, their pictures and the page that shows them."""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.scenes import scene_of
from warpviz import activations_table, load_data, mlp, train
from warpviz.cli.commands.gallery import made, pieces, title

ROOT = Path(__file__).parents[2]
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
    film = made(script, {"size": (360, 270), "theme": "light", "jobs": 1})
    assert film.size == (360, 270)
    assert film.frame(0, 0.5).pixels.shape == (270, 360, 3)


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


@pytest.mark.slow
def test_two_units_a_layer_close_no_boundary_where_the_activation_is_monotone() -> None:
    """arXiv:1807.01194, counted by the piece and by filling the regions of a grid."""
    from scipy.ndimage import label  # type: ignore[import-untyped]

    film = made(GALLERY / "closed.py", {"size": (360, 270), "jobs": 1})
    titles = [panel.title for panel in scene_of(film).panels]
    counts = {title.split()[0]: int(title.split()[2]) for title in titles}
    assert all(title.endswith("of 10 closed") for title in titles) and len(counts) == 9
    data = load_data("rings", seed=0)
    side = np.linspace(-1.1, 1.1, 181)
    grid = np.stack(np.meshgrid(side, side), axis=-1).reshape(-1, 2)
    for name, count in counts.items():
        (row,) = activations_table(name)
        assert (count == 0) == row["monotone"], name
        ends = train(mlp([2, 2, 2, 2], name, seed=0), data, starts=10).ends
        assert len(ends) == 10
        inner = 0
        for chain in ends:
            won = chain.logits()(grid).argmax(axis=1).reshape(181, 181)
            closed = False
            for each in (0, 1):
                # A region is closed if it touches no side of the picture.
                parts, found = label(won == each, structure=np.ones((3, 3)))
                outer = {*parts[0], *parts[-1], *parts[:, 0], *parts[:, -1]}
                closed |= bool(set(range(1, found + 1)) - outer)
            inner += closed
        assert inner == count, name
