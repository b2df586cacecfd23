import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from warpviz.errors import WarpvizError
from warpviz.picture.words.fonts import bundled_font, find_font
from warpviz.picture.words.text import faces, put_mask, put_text, text_mask, text_width

FONT = bundled_font()
SAMPLES = ("input (x₁, x₂)", "layer 2 · affine 3→3", "Ågjpqy|", "−0.25", "jff", "WAVE Të")


@pytest.mark.parametrize("text", SAMPLES)
@pytest.mark.parametrize("size", [9, 16, 54])
def test_a_mask_holds_all_that_pillow_draws(text: str, size: int) -> None:
    face = ImageFont.truetype(str(FONT), size, layout_engine=ImageFont.Layout.BASIC)
    page = Image.new("L", (60 * size, 6 * size))
    ImageDraw.Draw(page).text((2 * size, 3 * size), text, fill=255, font=face, anchor="ls")
    expected = np.asarray(page, dtype=float).sum() / 255
    mask = text_mask(text, FONT, size)
    assert mask.sum() == pytest.approx(expected, rel=1e-3, abs=0.5)
    assert mask.min() >= 0
    assert mask.max() <= 1


@pytest.mark.parametrize("text", SAMPLES)
def test_the_width_is_that_of_the_mask(text: str) -> None:
    for size in (9, 24):
        mask = text_mask(text, FONT, size)
        ink = np.flatnonzero(mask.any(axis=0))
        assert ink[-1] + 1 <= text_width(text, FONT, size) + 2
        assert mask.shape[1] <= text_width(text, FONT, size) + 2


def test_lines_of_one_size_share_their_height_and_base_line() -> None:
    heights = {text_mask(text, FONT, 20).shape[0] for text in SAMPLES}
    assert len(heights) == 1
    # Where letters without descender end.
    feet = {int(np.flatnonzero(text_mask(t, FONT, 20).any(axis=1))[-1]) for t in ("xX", "HI", "k")}
    assert len(feet) == 1


def test_an_empty_line_is_drawn_as_nothing() -> None:
    canvas = np.full((3, 20, 30), 7.0, dtype=np.float32)
    put_text(canvas, "", (5, 5), (255, 255, 255), FONT, 12)
    put_text(canvas, "   ", (5, 5), (255, 255, 255), FONT, 12)
    np.testing.assert_array_equal(canvas, 7)


@pytest.mark.parametrize("x", [-20.0, 5.0, 55.0])
@pytest.mark.parametrize("y", [-10.0, 8.0, 33.0])
def test_text_over_the_border_is_cut_there(x: float, y: float) -> None:
    small = np.zeros((3, 40, 80), dtype=np.float32)
    large = np.zeros((3, 120, 240), dtype=np.float32)
    put_text(small, "warp", (x, y), (255, 120, 0), FONT, 18)
    put_text(large, "warp", (x + 80, y + 40), (255, 120, 0), FONT, 18)
    np.testing.assert_array_equal(small, large[:, 40:80, 80:160])
    assert large.any()


def test_opacity_and_colour_mix_as_they_should() -> None:
    canvas = np.full((3, 4, 4), 100.0, dtype=np.float32)
    put_mask(canvas, np.ones((2, 2), dtype=np.float32), 1, 1, (200, 0, 100), 0.25)
    np.testing.assert_allclose(canvas[:, 1, 1], [125, 75, 100])
    np.testing.assert_array_equal(canvas[:, 0, 0], 100)


@pytest.mark.parametrize(("across", "down"), [(0, 0), (1, 0), (0.5, 0.5), (1, 1)])
def test_alignment_puts_the_named_point_of_the_box_there(across: float, down: float) -> None:
    canvas = np.zeros((3, 80, 160), dtype=np.float32)
    put_text(canvas, "mean", (80, 40), (255, 255, 255), FONT, 20, (across, down))
    mask = text_mask("mean", FONT, 20)
    left, top = 80 - across * mask.shape[1], 40 - down * mask.shape[0]
    rows, columns = np.nonzero(canvas[0])
    own_rows, own_columns = np.nonzero(mask)
    assert abs(columns.min() - left - own_columns.min()) <= 1
    assert abs(rows.min() - top - own_rows.min()) <= 1


def test_the_same_text_is_the_same_mask_and_fonts_differ() -> None:
    assert text_mask("abc", FONT, 14) is text_mask("abc", FONT, 14)
    serif = FONT.with_name("DejaVuSerif.ttf")
    assert not np.array_equal(text_mask("abc", FONT, 14), text_mask("abc", serif, 14))


def test_fonts_are_found_by_file_and_by_family() -> None:
    assert find_font(None) == FONT
    assert FONT.is_file()
    assert find_font(str(FONT)) == FONT
    assert find_font("DejaVu Serif").name == "DejaVuSerif.ttf"


def test_what_is_no_font_is_refused_in_one_sentence(tmp_path: Path) -> None:
    text = tmp_path / "letter.ttf"
    text.write_text("no font")
    with pytest.raises(WarpvizError, match=r"expects a TrueType or OpenType font, got '.*letter"):
        find_font(str(text))
    with pytest.raises(WarpvizError, match=r"--font expects .*, got 'No Such Family'"):
        find_font("No Such Family")


def test_the_bundled_font_is_found_without_loading_matplotlib() -> None:
    code = (
        "import sys; from warpviz.picture.words.fonts import find_font; "
        "from warpviz.picture.words.text import text_mask; "
        "text_mask('input (x₁, x₂) → ∂', find_font(None), 16); "
        "print('matplotlib' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


@pytest.mark.parametrize("text", ["Ǻ", "⎧", "ⷶ", "Ấy"])
def test_letters_of_the_own_font_keep_their_size(text: str) -> None:
    """Also where they reach beyond the line; only another font's letters are made to fit."""
    assert {size for _, face, size in faces(text, FONT, 40) if face == FONT} <= {40}
