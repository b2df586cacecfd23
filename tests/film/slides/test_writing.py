"""Slides read back by python-pptx: what is said on them, and in whose deck."""

import sys
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from tests.film.slides.conftest import film_of
from tests.film.slides.shapes import picture_of, poster_of
from warpviz.errors import WarpvizError
from warpviz.film.reel.animation import Animation
from warpviz.film.slides.writing import save_slides


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
