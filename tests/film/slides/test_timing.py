"""Videos of slides play on the click and stay: by the standard, and as LibreOffice has them."""

import re
import subprocess
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import numpy as np
import pytest
from PIL import Image

from tests.film.slides.shapes import picture_of, poster_of
from tests.output.decoders import need


def test_videos_play_on_the_click_and_stay(deck: Any) -> None:
    """As ECMA-376 Part 1, § 19.5 has it: fill="hold" keeps what was shown last."""
    for slide in list(deck.slides)[:-1]:
        found = slide._element.xpath
        assert len(found("./p:timing")) == 1
        shape = str(picture_of(slide).shape_id)
        assert set(found(".//p:timing//p:spTgt/@spid")) == {shape}
        (play,) = found(".//p:cTn[@nodeType='mainSeq']//p:cmd")
        assert play.get("cmd") == "playFrom(0.0)"
        # A click on the video, which is most of the slide, is one as all others.
        assert len(found(".//p:timing//p:seq")) == 1
        (effect,) = found(".//p:cTn[@nodeType='mainSeq']//p:cTn[@nodeType='clickEffect']")
        assert effect.get("presetClass") == "mediacall" and effect.get("fill") == "hold"
        (media,) = found(".//p:video/p:cMediaNode")
        assert found(".//p:video/p:cMediaNode/p:cTn/@fill") == ["hold"]
        assert media.get("showWhenStopped") in (None, "1")
        assert found(".//p:timing//@repeatCount") == []
        numbers = found(".//p:timing//p:cTn/@id")
        assert len(set(numbers)) == len(numbers)


@pytest.mark.slow
def test_libreoffice_shows_the_slides(deck: Any, written: Path, tmp_path: Path) -> None:
    need("soffice", "pdftoppm")
    office = ["soffice", f"-env:UserInstallation={(tmp_path / 'user').as_uri()}", "--headless"]
    for kind in ("odp", "pdf"):
        command = [*office, "--convert-to", kind, "--outdir", str(tmp_path), str(written)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
    with ZipFile(tmp_path / "fold.odp") as packed:
        assert sum(name.endswith(".mp4") for name in packed.namelist()) == len(deck.slides) - 1
        told = packed.read("content.xml").decode()
    # As it understands them: with the next click they play, and hold what they show last.
    plays = re.findall(r'<anim:command [^>]*smil:fill="hold"[^>]*anim:command="play"', told)
    clicks = told.count('presentation:node-type="on-click"')
    assert len(plays) == clicks == told.count('smil:begin="next"') == len(deck.slides) - 1
    subprocess.run(["pdftoppm", "-r", "48", "-png", tmp_path / "fold.pdf", tmp_path / "page"])
    pages = sorted(tmp_path.glob("page-*.png"))
    assert len(pages) == len(deck.slides)
    for path, slide in zip(pages, deck.slides, strict=True):
        with Image.open(path) as page:
            shape, scale = picture_of(slide), page.width / deck.slide_width
            box = shape.left, shape.top, shape.left + shape.width, shape.top + shape.height
            left, top, right, bottom = (round(side * scale) for side in box)
            seen = page.convert("RGB").crop((left, top, right, bottom))
            corner = page.convert("RGB").getpixel((3, 3))
        # The ground of the film is the slide's.
        assert corner == (13, 17, 26)
        shown = np.asarray(seen.resize((80, 60), Image.Resampling.BOX), dtype=float)
        own = Image.fromarray(poster_of(slide)).resize((80, 60), Image.Resampling.BOX)
        assert np.abs(shown - np.asarray(own, dtype=float)).mean() < 6
