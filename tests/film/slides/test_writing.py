"""Slides read back by python-pptx, their videos by ffmpeg, the whole by LibreOffice."""

import os
import re
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import numpy as np
import pytest
from PIL import Image

import warpviz as wv
from tests.film.slides.conftest import film_of
from tests.output.decoders import need
from tests.output.moving import psnr
from tests.output.test_video import decoded, probe
from warpviz.arrays import Pixels
from warpviz.checking.whole import look_into
from warpviz.errors import WarpvizError
from warpviz.film.reel.animation import Animation
from warpviz.film.slides.acts import REST
from warpviz.film.slides.writing import save_slides


def picture_of(slide: Any) -> Any:
    """The shape that is not the title."""
    (shape,) = [each for each in slide.shapes if each != slide.shapes.title]
    return shape


def poster_of(slide: Any) -> Pixels:
    name = picture_of(slide)._element.blipFill.blip.rEmbed
    with Image.open(BytesIO(slide.part.related_part(name).blob)) as picture:
        return np.asarray(picture.convert("RGB"))


def video_of(slide: Any, folder: Path) -> Path:
    """The video of a slide, by both of the ways in which the slide refers to it."""
    linked = slide._element.xpath(".//a:videoFile/@r:link")
    embedded = slide._element.xpath(".//*[local-name()='media']/@r:embed")
    parts = {slide.part.related_part(name).partname for name in linked + embedded}
    assert len(linked) == len(embedded) == len(parts) == 1
    path = folder / "act.mp4"
    path.write_bytes(slide.part.related_part(linked[0]).blob)
    return path


def test_a_slide_a_stop_with_its_title(film: Animation, deck: Any) -> None:
    titles = [slide.shapes.title.text for slide in deck.slides]
    assert [title[0].lower() + title[1:] for title in titles] == list(film.scene.stops)
    assert deck.slide_width / deck.slide_height == pytest.approx(16 / 9, abs=1e-3)
    kinds = [bool(slide._element.xpath(".//a:videoFile")) for slide in deck.slides]
    assert kinds == [True] * film.timeline.acts + [False]
    for slide in deck.slides:
        shape = picture_of(slide)
        assert shape.is_placeholder  # The layout's own: it moves with it.
        assert shape.width / shape.height == pytest.approx(322 / 242, abs=0.01)
        assert shape.left >= 0 and shape.left + shape.width <= deck.slide_width
        assert shape.top > slide.shapes.title.top
        assert shape.top + shape.height <= deck.slide_height


def test_what_is_said(film: Animation, deck: Any) -> None:
    scenes: list[Any] = [film_of(caption=c, size=(960, 480)).scene for c in ("why", "formula")]
    (taught,), (formulas,) = (scene.panels for scene in scenes)
    for number, slide in enumerate(deck.slides):
        notes = slide.notes_slide.notes_text_frame.text
        alternative = picture_of(slide)._element.nvPicPr.cNvPr.get("descr")
        assert alternative.startswith(slide.shapes.title.text)
        lines = [taught.remarks[number]]
        assert taught.remarks[number] in alternative
        if number < len(taught.acts):
            lines += [f"▶ {taught.acts[number]}", formulas.acts[number]]
            assert taught.acts[number] in alternative
        assert notes.split("\n") == lines + [film.description] * (number == 0)
    about = deck.core_properties
    assert (about.title, about.author) == (film.title, "warpviz")
    assert len(about.comments) <= 255 and film.description.startswith(about.comments[:-1].strip())


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
def test_nothing_jumps_from_slide_to_slide(film: Animation, deck: Any, tmp_path: Path) -> None:
    slides = list(deck.slides)
    acts = film.timeline.acts
    np.testing.assert_array_equal(poster_of(slides[-1]), film.frame(acts - 1, 1.0).pixels)
    for k, slide in enumerate(slides[:-1]):
        np.testing.assert_array_equal(poster_of(slide), film.frame(k, 0.0).pixels)
        path = video_of(slide, tmp_path)
        told, pictures = probe(path), decoded(path)
        (stream,) = told["streams"]
        assert (stream["codec_name"], stream["pix_fmt"]) == ("h264", "yuv420p")
        assert told["format"]["nb_streams"] == 1 and not told["chapters"]
        # Half a second of ten frames a second, the first picture with it, and the rest at the end.
        count = 1 + film.timeline.steps(k) - 1 + round(REST * film.fps)
        assert len(pictures) == int(stream["nb_read_frames"]) == count
        assert psnr(pictures[0], poster_of(slide)) > 32
        assert psnr(pictures[-1], poster_of(slides[k + 1])) > 32
        milliseconds = float(slide._element.xpath(".//p:cmd[@cmd='playFrom(0.0)']//@dur")[0])
        assert milliseconds == pytest.approx(1000 * count / film.fps)


def test_the_same_film_makes_the_same_bytes(film: Animation, written: Path, tmp_path: Path) -> None:
    (again,) = film.save(tmp_path / "again.pptx")
    assert again.path.read_bytes() == written.read_bytes()
    assert again.bytes == written.stat().st_size
    with ZipFile(written) as packed:
        assert {part.date_time[0] for part in packed.infolist()} == {1980}
    assert look_into(written).told == "4 slides, 3 videos, 21 frames in all"


@pytest.mark.slow
def test_bytes_depend_on_no_hash_and_no_clock(tmp_path: Path) -> None:
    code = "import sys; from tests.film.slides.conftest import film_of; film_of().save(sys.argv[1])"
    made = []
    for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo")):
        path = tmp_path / f"{seed}.pptx"
        variables = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone}
        subprocess.run([sys.executable, "-c", code, str(path)], env=variables, check=True)
        made.append(path.read_bytes())
    assert made[0] == made[1]


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


def test_a_lecturers_deck(film: Animation, template: Any, tmp_path: Path) -> None:
    path, old = template
    pptx: Any = pytest.importorskip("pptx")
    film.save(tmp_path / "x.pptx", template=str(path))
    deck = pptx.Presentation(str(tmp_path / "x.pptx"))
    assert (deck.slide_width, deck.slide_height) == (old.slide_width, old.slide_height)
    assert len(deck.slides) == len(film.scene.stops)
    assert deck.core_properties.author == "A. Lecturer"
    for slide in deck.slides:
        assert slide.slide_layout.name == "Title and Content"
        kinds = [each.placeholder_format.type.name for each in slide.placeholders]
        assert sorted(kinds) == ["OBJECT", "SLIDE_NUMBER", "TITLE"]
        numbers = [each.shape_id for each in slide.shapes]
        assert len(set(numbers)) == len(numbers)
    with ZipFile(tmp_path / "x.pptx") as packed:
        names = packed.namelist()
        assert len(names) == len(set(names))
        told = b"".join(packed.read(name) for name in names if name.endswith(".xml"))
    assert b"Old 0" not in told


def test_slides_of_another_ratio(film: Animation, tmp_path: Path) -> None:
    pptx: Any = pytest.importorskip("pptx")
    film.save(tmp_path / "x.pptx", page="4:3")
    deck = pptx.Presentation(str(tmp_path / "x.pptx"))
    assert deck.slide_width / deck.slide_height == pytest.approx(4 / 3)
    for slide in deck.slides:
        shape = picture_of(slide)
        assert shape.left + shape.width <= deck.slide_width
        assert shape.top + shape.height <= deck.slide_height


@pytest.mark.slow
def test_a_film_whose_size_nobody_chose_is_sharp(tmp_path: Path) -> None:
    (written,) = film_of(size=None, fps=2.0).save(tmp_path / "x.pptx")
    pptx: Any = pytest.importorskip("pptx")
    deck = pptx.Presentation(str(written.path))
    height, width, _ = poster_of(deck.slides[0]).shape
    shape = picture_of(deck.slides[0])
    assert width / height == pytest.approx(shape.width / shape.height, abs=0.01)
    assert height / 1080 == pytest.approx(shape.height / deck.slide_height, abs=0.005)
    assert height > 800


@pytest.mark.slow
def test_a_film_that_does_not_rest_is_one_slide(tmp_path: Path) -> None:
    from warpviz.curves.film import animate_activations

    film = animate_activations("relu", fps=4.0, seconds=1.0)
    (written,) = film.save(tmp_path / "x.pptx")
    pptx: Any = pytest.importorskip("pptx")
    (slide,) = pptx.Presentation(str(written.path)).slides
    assert slide.shapes.title.text == film.title
    assert film.description in slide.notes_slide.notes_text_frame.text
    np.testing.assert_array_equal(poster_of(slide), film.frame(0, 0.0).pixels)
    frames = decoded(video_of(slide, tmp_path))
    assert psnr(frames[-1], film.frame(film.timeline.acts - 1, 1.0).pixels) > 30
    assert len(frames) == written.frames


def test_a_stop_on_a_turntable_is_one_slide_that_turns(tmp_path: Path) -> None:
    pptx: Any = pytest.importorskip("pptx")
    film = film_of(turntable=1, hold=None)
    film.save(tmp_path / "x.pptx")
    (slide,) = pptx.Presentation(str(tmp_path / "x.pptx")).slides
    assert slide.shapes.title.text.lower() == film.scene.stops[0]
    assert "▶" not in slide.notes_slide.notes_text_frame.text
    assert len(decoded(video_of(slide, tmp_path))) >= len(film)


def test_words_from_the_right_to_the_left(template: Any, deck: Any, tmp_path: Path) -> None:
    pptx: Any = pytest.importorskip("pptx")
    film = film_of(language="ar")
    for own, side in ((None, "r"), (str(template[0]), None)):
        film.save(tmp_path / "x.pptx", template=own)
        for slide in pptx.Presentation(str(tmp_path / "x.pptx")).slides:
            title = slide.shapes.title.text_frame.paragraphs[0]._p.pPr
            assert (title.get("rtl"), title.get("algn")) == ("1", side)
            for paragraph in slide.notes_slide.notes_text_frame.paragraphs:
                assert (paragraph._p.pPr.get("rtl"), paragraph._p.pPr.get("algn")) == ("1", "r")
    assert not any(slide._element.xpath(".//a:pPr/@rtl") for slide in deck.slides)


def test_a_film_of_states_and_one_of_a_single_state(tmp_path: Path) -> None:
    pptx: Any = pytest.importorskip("pptx")
    x = np.random.default_rng(0).normal(size=(20, 2))
    look: dict[str, Any] = {"size": (240, 180), "fps": 4.0, "seconds": 0.5, "jobs": 1}
    for states, names in (([x, x * 2], ["a", "b"]), ([x], ["a"])):
        wv.animate(states, x[:, 0] > 0, names=names, **look).save(tmp_path / "x.pptx")
        deck = pptx.Presentation(str(tmp_path / "x.pptx"))
        assert [slide.shapes.title.text.lower() for slide in deck.slides] == names


def test_the_last_slide_of_a_clip_announces_no_act(film: Animation, tmp_path: Path) -> None:
    pptx: Any = pytest.importorskip("pptx")
    film.clip(1, 1).save(tmp_path / "x.pptx")
    first, last = pptx.Presentation(str(tmp_path / "x.pptx")).slides
    notes = [slide.notes_slide.notes_text_frame.text for slide in (first, last)]
    assert "▶" in notes[0] and "▶" not in notes[1]
    titles = [slide.shapes.title.text.lower() for slide in (first, last)]
    assert len(set(titles)) == 2 and set(titles) < {*film.scene.stops}
    np.testing.assert_array_equal(poster_of(first), film.clip(1, 1).frame(0, 0.0).pixels)


def test_what_cannot_be_is_said_first(
    film: Animation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "x.pptx"
    path.write_text("earlier")
    (tmp_path / "no.pptx").write_text("no deck")
    for told, says in (
        ({"max_size": 1000}, "max_size is of one film"),
        ({"template": str(tmp_path / "no.pptx")}, r"Cannot read the template .*no\.pptx: it is no"),
        ({"template": str(tmp_path / "none.pptx")}, "No such file or directory; name a .pptx"),
        ({"template": "a.pptx", "page": "4:3"}, "leave out page"),
    ):
        with pytest.raises(WarpvizError, match=says):
            film.save(path, **told)
    monkeypatch.setitem(sys.modules, "pptx", None)
    with pytest.raises(WarpvizError, match=r"python-pptx; .* pip install 'warpviz\[slides\]'"):
        film.save(path)
    assert path.read_text() == "earlier"


def test_a_film_that_breaks_leaves_the_earlier_file(
    film: Animation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "x.pptx"
    path.write_text("earlier")

    def breaks(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("warpviz.film.slides.writing.timeless", breaks)
    with pytest.raises(KeyboardInterrupt):
        save_slides(film, path)
    assert path.read_text() == "earlier" and list(tmp_path.iterdir()) == [path]
