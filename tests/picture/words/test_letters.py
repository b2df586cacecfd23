"""Letters that the bundled font lacks, and scripts that join or run to the left."""

import unicodedata
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from matplotlib import font_manager
from matplotlib.ft2font import FT2Font
from PIL import Image, ImageDraw, ImageFont

import warpviz as wv
from warpviz.picture.words import fonts
from warpviz.picture.words.fonts import bundled_font, fallbacks, find_font, letters_of
from warpviz.picture.words.letters import BUNDLED, can_shape, missing, runs
from warpviz.picture.words.text import text_mask, text_width

FONT = bundled_font()
NOBODY_S = chr(0x10FFFD)
"""A letter for private use, which no font has."""
FOREIGN = ("日本語", "हिन्दी")


def test_lines_that_need_no_look_into_the_font() -> None:
    known = FT2Font(str(FONT)).get_charmap()
    for low, high in BUNDLED:
        for code in range(low, high + 1):
            assert code in known or unicodedata.category(chr(code)) == "Cn"


def test_the_shaper_is_there() -> None:
    assert can_shape()


@pytest.mark.parametrize("text", ["שלום", "قطة", "كلب 2 abc"])
@pytest.mark.parametrize("size", [14, 40])
def test_a_mask_is_what_pillow_s_shaper_draws(text: str, size: int) -> None:
    face = ImageFont.truetype(str(FONT), size, layout_engine=ImageFont.Layout.RAQM)
    page = Image.new("L", (20 * size, 4 * size))
    ImageDraw.Draw(page).text((size, 2 * size), text, fill=255, font=face, anchor="ls")
    expected = np.asarray(page, dtype=float)
    columns = np.flatnonzero(expected.any(axis=0))
    mask = text_mask(text, FONT, size)
    own = np.flatnonzero(mask.any(axis=0))
    assert own[-1] - own[0] == columns[-1] - columns[0]
    assert mask.sum() == pytest.approx(expected.sum() / 255, rel=1e-3)


def test_letters_to_the_left_begin_at_the_right_and_join() -> None:
    # Alef is wide, vav narrow: of both the first stands to the right.
    word, first = text_mask("או", FONT, 40), text_mask("א", FONT, 40)
    ink, alone = (np.flatnonzero(mask.any(axis=0)) for mask in (word, first))
    width = alone[-1] - alone[0]
    there, own = word[:, ink[-1] - width : ink[-1] + 1], first[:, alone[0] : alone[-1] + 1]
    assert np.corrcoef(there.ravel(), own.ravel())[0, 1] > 0.8
    assert text_width("ببب", FONT, 40) < 3 * text_width("ب", FONT, 40) - 10


@pytest.mark.parametrize("text", FOREIGN)
def test_letters_of_installed_fonts_stand_in(text: str) -> None:
    if missing([text], FONT):
        pytest.skip("no installed font has these letters")
    line = f"class {text}"
    (latin, own), (rest, other) = runs(line, FONT)
    assert (latin, own, rest) == ("class ", FONT, text) and other != FONT
    assert all(ord(letter) in letters_of(other) for letter in text)
    mask, start = text_mask(line, FONT, 30), text_mask("class ", FONT, 30)
    np.testing.assert_array_equal(mask[:, : start.shape[1] - 4], start[:, :-4])
    # No box: a letter that nobody has is drawn otherwise.
    behind = mask[:, start.shape[1] :]
    assert behind.any() and mask.shape[0] == start.shape[0]
    boxes = text_mask(NOBODY_S * len(text), FONT, 30)
    width = min(behind.shape[1], boxes.shape[1])
    assert not np.array_equal(behind[:, :width], boxes[:, :width])
    assert text_width(line, FONT, 30) <= mask.shape[1]


def test_a_line_goes_on_behind_letters_of_another_font() -> None:
    text = "a 日本 b"
    if missing([text], FONT):
        pytest.skip("no installed font has these letters")
    assert [part for part, _ in runs(text, FONT)] in (["a ", "日本 ", "b"], ["a ", "日本", " b"])


def test_parts_stand_in_the_order_of_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    known = {FONT: frozenset(map(ord, "abc ")), Path("h"): frozenset(map(ord, "אב")),
             Path("j"): frozenset(map(ord, "日"))}  # fmt: skip
    monkeypatch.setattr("warpviz.picture.words.letters.letters_of", known.__getitem__)
    monkeypatch.setattr(
        "warpviz.picture.words.letters.fallbacks", lambda letters: (Path("h"), Path("j"))
    )
    runs.cache_clear()
    # As the Unicode bidirectional algorithm (UAX 9) has them, from the left to the right.
    for text, expected in (
        ("a אב b", ["a ", "אב", " b"]),
        ("אב a 日", ["a ", "日", " ", "אב"]),
        ("日 אב b", ["日 ", "אב", " b"]),
        ("日 אב", ["日 ", "אב"]),
        ("אב 日", ["日", " ", "אב"]),
    ):
        found = [part for part, _ in runs(text, FONT)]
        assert "".join(found) == "".join(expected), text
    runs.cache_clear()


def test_missing_letters_are_told_once() -> None:
    assert missing(["abc", "x₁ → ∂"], FONT) == ""
    assert missing([NOBODY_S, f"a{NOBODY_S}"], FONT) == NOBODY_S
    moons = wv.load_data("moons", n=40)
    data = wv.Dataset(moons.x, moons.y, (f"a{NOBODY_S}", f"b{NOBODY_S}"))
    chain = wv.mlp([2, 2, 2], "relu", seed=0)
    (note,) = [one for one in wv.animate(chain, data).notes if "font" in one]
    assert note == (
        f"No installed font has {NOBODY_S}: boxes stand for them; install a font that does, or "
        "name its file with --font."
    )


def test_fonts_that_are_new_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    class Stale:
        ttflist: tuple[Any, ...] = ()

        def findfont(self, name: str, **_: object) -> str:
            raise ValueError(name)

    monkeypatch.setattr(font_manager, "fontManager", Stale())
    monkeypatch.setattr(fonts, "_FRESH", [])
    fallbacks.cache_clear()
    assert find_font("DejaVu Serif").name == "DejaVuSerif.ttf"
    monkeypatch.setattr(fonts, "_FRESH", [])
    assert fallbacks(frozenset("x")) and fonts._FRESH
    fallbacks.cache_clear()


def test_pictures_for_every_letter_are_no_fonts() -> None:
    assert fallbacks(frozenset(NOBODY_S)) == ()
