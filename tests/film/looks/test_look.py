import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

import warpviz as wv
from tests.output.decoders import need
from warpviz.data.synthetic import make_data
from warpviz.film.looks.look import Look
from warpviz.own_theme import cloth_of
from warpviz.player.payload import film_tree
from warpviz.theme import THEMES

DATA = make_data("xor", n=40)
CHAIN = wv.mlp([2, 2, 2], "relu", seed=0)


def test_of_our_own_colours_nothing_is_told() -> None:
    assert Look().notes(DATA) == Look(theme="light").notes() == ()
    assert len(Look(theme={"text": "white"}).notes()) == 1
    assert len(Look(colors=["red", "#f00"]).notes(DATA)) == 2


@pytest.mark.parametrize("colors", ["red", [], {}, [None], 3])
def test_colors_are_checked_before_the_classes_are_known(colors: Any) -> None:
    with pytest.raises(wv.WarpvizError):
        Look(colors=colors)


def test_a_file_is_read_once(tmp_path: Path) -> None:
    file = tmp_path / "a.toml"
    file.write_text('text = "teal"')
    look = Look(theme=file)
    file.unlink()
    assert look.colours.text == (0, 128, 128)


def test_dots_cloth_legend_and_notes_have_the_colors() -> None:
    film = wv.animate(CHAIN, DATA, colors=["#d33", "teal"], size=(320, 240))
    assert film.scene.theme.classes[:2] == ((221, 51, 51), (0, 128, 128))
    shown = {tuple(each) for each in film.frame(0, 0.0).pixels.reshape(-1, 3).tolist()}
    # Where dots of a class lie over each other, and in the legend, its colour is nearly pure.
    for colour in film.scene.theme.classes[:2]:
        assert min(max(abs(a - b) for a, b in zip(colour, one, strict=True)) for one in shown) <= 8
    assert any(note.startswith("Contrast with the background") for note in film.notes)


def test_the_players_other_theme_keeps_the_colors() -> None:
    film = wv.animate(CHAIN, DATA, colors=["#d33", "teal"], size=(320, 240))
    tree = film_tree(film)
    assert (tree["theme"], set(tree["themes"])) == ("dark", {"dark", "light"})
    for name, each in tree["themes"].items():
        assert each["classes"][1] == (0, 128, 128)
        assert each["cloth"][1] == cloth_of((0, 128, 128), THEMES[name])
    own = film_tree(wv.animate(CHAIN, DATA, theme={"background": "#123"}, size=(320, 240)))
    assert (own["theme"], set(own["themes"])) == ("own", {"own", "dark", "light"})
    assert own["themes"]["dark"]["classes"] == THEMES["dark"].classes
    one = film_tree(wv.animate(CHAIN, DATA.x, size=(320, 240)))
    assert [each["classes"][0] for each in one["themes"].values()] == [
        each.text for each in THEMES.values()
    ]


def test_a_film_without_a_background_is_told_to_be_so_and_refused_where_it_cannot(
    tmp_path: Path,
) -> None:
    film = wv.animate(CHAIN, DATA, transparent=True, theme="light", size=(320, 240), seconds=0.2)
    assert "for a light slide" in film.notes[-1] and film.transparent
    assert film.poster().pixels.shape == (240, 320, 4)
    for name in ("a.gif", "a.mp4", "a.mkv", "a.html"):
        with pytest.raises(wv.WarpvizError, match="without a background: its pixels cannot"):
            film.save(tmp_path / "b.png", tmp_path / name)
    assert not list(tmp_path.iterdir())
    with pytest.raises(wv.WarpvizError, match=r"did you mean '\.gif'"):
        film.save(tmp_path / "a.gfi")
    # A page has the theme's background, and so has what a notebook shows.
    tree = film_tree(film)
    assert (tree["theme"], set(tree["themes"])) == ("light", {"dark", "light"})
    assert "transparent" not in tree["themes"]["light"]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["a.png", "a.tif", "a.avif", "a.svg", "a.pdf"])
def test_stills_and_strips_are_clear_too(name: str, tmp_path: Path) -> None:
    film = wv.animate(CHAIN, DATA, transparent=True, theme="light", size=(320, 240))
    wishes: list[dict[str, Any]] = [{"at": 1.5}, {"filmstrip": True}]
    for number, wanted in enumerate(wishes):
        path = tmp_path / f"{number}{name}"
        film.save(path, **wanted)
        if path.suffix == ".svg":
            ground = path.read_text().partition('<g id="patch_1">')[2].partition("</g>")[0]
            assert "fill: none" in ground
            continue
        if path.suffix == ".pdf":
            need("pdftocairo")
            made = tmp_path / "made"
            command = ["pdftocairo", "-png", "-transp", "-singlefile", str(path), str(made)]
            subprocess.run(command, check=True)
            path = made.with_suffix(".png")
        with Image.open(path) as image:
            pixels = np.asarray(image.convert("RGBA"))
        assert pixels[0, 0, 3] == 0 and (pixels[..., 3] == 255).any()
