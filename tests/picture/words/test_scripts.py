"""Scripts that join, stack or run to the left, in pictures, charts and vectors: shaped and ordered.

Oracles: HarfBuzz itself, Pillow with Raqm on the whole line, pdftotext, Chromium.
"""

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import uharfbuzz as hb
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image, ImageDraw, ImageFont

import warpviz as wv
from warpviz.figures.letters import can_shape_charts, chart_notes, with_directions, with_letters
from warpviz.languages.language import language_of
from warpviz.picture.words.fonts import bundled_font, find_font
from warpviz.picture.words.letters import missing, runs
from warpviz.picture.words.text import part_width, text_mask

FONT = bundled_font()
LINES = ["שלום עולם", "مجموعة أولى", "वर्ग क्षि", "กลุ่มที่", "日本語", "直线折叠纸面"]
MIXED = ["קבוצה 2 abc", "مجموعة 3", "abc قطة 12", "x₁ → שלום", "12 كلب"]


def there(text: str) -> str:
    """A text, unless this machine has no font for it."""
    if missing([text], FONT):
        pytest.skip(f"no installed font has {text}")
    return text


@pytest.mark.parametrize("text", LINES)
def test_letters_are_shaped_as_harfbuzz_shapes_them(text: str) -> None:
    parts = runs(there(text), FONT)
    assert "".join(letters for letters, _ in parts) == text
    for letters, file in parts:
        font = hb.Font(hb.Face(hb.Blob.from_file_path(str(file))))
        font.scale = (64 * 1000, 64 * 1000)
        buffer = hb.Buffer()
        buffer.add_str(letters)
        buffer.guess_segment_properties()
        hb.shape(font, buffer)
        wide = sum(place.x_advance for place in buffer.glyph_positions) / 64 / 1000
        # Pillow's advances are those of whole pixels.
        assert part_width(letters, file, 200) / 200 == pytest.approx(wide, rel=0.02)


@pytest.mark.parametrize("text", MIXED)
def test_mixed_lines_are_ordered_as_raqm_orders_the_whole(text: str) -> None:
    face = ImageFont.truetype(str(FONT), 40, layout_engine=ImageFont.Layout.RAQM)
    page = Image.new("L", (600, 100))
    ImageDraw.Draw(page).text((10, 60), text, fill=255, font=face, anchor="ls")
    expected = np.asarray(page, dtype=float).sum(axis=0) / 255
    own = text_mask(text, FONT, 40).sum(axis=0)
    first, last = np.flatnonzero(expected)[[0, -1]]
    start = np.flatnonzero(own)[0]
    np.testing.assert_allclose(own[start : start + last - first + 1],
                               expected[first : last + 1], atol=0.05)  # fmt: skip


@pytest.mark.parametrize(("code", "letters"), [("ja", "折り畳み"), ("zh", "损失轮次")])
def test_a_language_takes_a_font_that_has_all_its_letters(code: str, letters: str) -> None:
    there(letters)
    font = find_font(None, language_of(code).letters)
    assert font != FONT and {file for _, file in runs(letters, font)} == {font}
    assert find_font(None, language_of("de").letters) == FONT


def test_charts_take_letters_from_installed_fonts() -> None:
    figure = Figure()
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    own, other = axes.set_title("loss"), axes.set_xlabel(there("損失 हिन्दी"))
    kept = own.get_fontfamily()
    with_letters(figure)
    assert own.get_fontfamily() == kept and len(other.get_fontfamily()) == len(kept) + 2
    figure.canvas.draw()  # It would warn of a letter that no font has.


def test_vectors_hold_words_that_are_read_in_their_order(tmp_path: Path) -> None:
    data = replace(wv.load_data("blobs:3", n=60), class_names=("קבוצה 2 abc", "مجموعة 3", "b"))
    film = wv.animate(wv.mlp([2, 2, 3], "relu", seed=0), data, hide=("sheet", "track"))
    film.save(tmp_path / "a.svg", tmp_path / "a.pdf", at=0)
    drawing = (tmp_path / "a.svg").read_text("utf-8")
    assert drawing.count("direction: rtl; ") == 2
    for name in data.class_names[:2]:
        (line,) = [each for each in drawing.splitlines() if f">{name}<" in each]
        assert "direction: rtl; " in line and "text-anchor: end" in line
    assert with_directions(drawing.replace("direction: rtl; ", "")).count("direction: rtl") == 2
    if (program := shutil.which("pdftotext")) is None:
        pytest.skip("needs pdftotext: apt-get install poppler-utils")
    read = subprocess.run([program, tmp_path / "a.pdf", "-"], capture_output=True, check=True)
    words = ("קבוצה", "مجموعة", "abc") if can_shape_charts() else ("abc",)
    assert all(word in read.stdout.decode() for word in words)


def test_a_chart_that_cannot_order_letters_is_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("warpviz.figures.letters.can_shape_charts", lambda: False)
    (note,) = chart_notes(["loss", "الخسارة"])
    assert "matplotlib>=3.11" in note and not chart_notes(["loss"])
    monkeypatch.undo()
    assert can_shape_charts() or chart_notes(["الخسارة"])
