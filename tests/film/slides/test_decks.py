"""Which layout slides take, and what of a template may stay."""

from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from warpviz.colour import hexadecimal
from warpviz.errors import WarpvizError
from warpviz.film.slides.decks import check_template, deck_of, own_deck, room_of
from warpviz.theme import THEMES

pptx: Any = pytest.importorskip("pptx")
SECTIONS = (
    '<p:extLst xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"><p:ext '
    'uri="{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"><p14:sectionLst '
    'xmlns:p14="http://schemas.microsoft.com/office/powerpoint/2010/main"><p14:section name="a" '
    'id="{6F4C9E2A-0000-4000-8000-000000000001}"><p14:sldIdLst><p14:sldId id="256"/>'
    "</p14:sldIdLst></p14:section></p14:sectionLst></p:ext></p:extLst>"
)


def without(tmp_path: Path, *names: str) -> Path:
    """A deck whose layouts are those that are named."""
    deck = pptx.Presentation()
    for layout in list(deck.slide_layouts):
        if layout.name not in names:
            deck.slide_layouts.remove(layout)
    deck.save(str(tmp_path / "t.pptx"))
    return tmp_path / "t.pptx"


@pytest.mark.parametrize(
    ("layouts", "chosen", "fills"),
    [
        (("Title Slide", "Title and Content", "Two Content", "Title Only"), "Title and Content", 1),
        (("Title Slide", "Title Only", "Comparison", "Blank"), "Title Only", None),
        (("Title Slide", "Picture with Caption", "Blank"), "Picture with Caption", 1),
        (("Blank",), "Blank", None),
    ],
)
def test_the_layout_with_room(
    layouts: tuple[str, ...], chosen: str, fills: int | None, tmp_path: Path
) -> None:
    found = deck_of(tmp_path / "x.pptx", without(tmp_path, *layouts))
    assert found.layout.name == chosen
    number, (left, top, width, height) = room_of(found)
    assert number == fills
    deck = found.deck
    assert 0 <= left and left + width <= deck.slide_width and width > deck.slide_width / 3
    assert 0 <= top and top + height <= deck.slide_height and height > deck.slide_height / 3
    titles = [each for each in found.layout.placeholders if each.placeholder_format.idx == 0]
    if titles and fills is None:
        assert top >= titles[0].top + titles[0].height


def test_a_title_at_the_foot(tmp_path: Path) -> None:
    path = without(tmp_path, "Title Only")
    deck = pptx.Presentation(str(path))
    title = deck.slide_layouts[0].placeholders[0]
    title.left, title.top, title.width, title.height = 0, deck.slide_height * 3 // 4, 9, 10**6
    deck.save(str(path))
    _, (_, top, _, height) = room_of(deck_of(tmp_path / "x.pptx", path))
    assert 0 <= top < top + height <= deck.slide_height * 3 // 4


def test_nothing_refers_to_slides_that_are_left_out(template: Any, tmp_path: Path) -> None:
    path, deck = template
    deck.part._element.append(pptx.oxml.parse_xml(SECTIONS))
    deck.save(str(path))
    found = deck_of(tmp_path / "x.pptx", path)
    assert len(found.deck.slides) == 0 and set(found.feet) == {"SLIDE_NUMBER"}
    target = BytesIO()
    found.deck.save(target)
    with ZipFile(target) as packed:
        assert b"sectionLst" not in packed.read("ppt/presentation.xml")
        assert not [name for name in packed.namelist() if "slides/slide" in name]


def test_a_potx_is_a_template_too(template: Any, tmp_path: Path) -> None:
    path, _ = template
    potx = tmp_path / "t.potx"
    with ZipFile(path) as source, ZipFile(potx, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            if name == "[Content_Types].xml":
                part = part.replace(b"presentation.main+xml", b"template.main+xml")
            target.writestr(name, part)
    with pytest.raises(ValueError, match="not a PowerPoint file"):
        pptx.Presentation(str(potx))
    assert deck_of(tmp_path / "x.pptx", potx).layout.name == "Title and Content"


def test_other_files_are_no_templates(tmp_path: Path) -> None:
    (tmp_path / "a.pptx").write_bytes(b"PK\x03\x04 and no more")
    with ZipFile(tmp_path / "b.pptx", "w") as other:
        other.writestr("[Content_Types].xml", "<Types/>")
    with ZipFile(tmp_path / "c.pptx", "w") as other:
        other.writestr("a.txt", "a")
    # Whole but for one part, which only shows when a slide is made.
    pptx.Presentation().save(str(tmp_path / "d.pptx"))
    with ZipFile(tmp_path / "d.pptx") as source, ZipFile(tmp_path / "e.pptx", "w") as other:
        for part in source.namelist():
            told = source.read(part)
            if part == "ppt/slideLayouts/_rels/slideLayout2.xml.rels":
                told = told.replace(b'/slideMaster"', b'/nothing"')
            other.writestr(part, told)
    for name in "abce":
        with pytest.raises(WarpvizError, match=f"template .*{name}.pptx: it is no deck"):
            check_template(tmp_path / "x.pptx", tmp_path / f"{name}.pptx")


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_our_own_deck_has_the_films_colours(theme: str, tmp_path: Path) -> None:
    found = own_deck(tmp_path / "x.pptx", "4:3", THEMES[theme])
    target = BytesIO()
    found.deck.save(target)
    with ZipFile(target) as packed:
        told = packed.read("ppt/theme/theme1.xml").decode().upper()
    for name, colour in (("LT1", THEMES[theme].background), ("DK1", THEMES[theme].text)):
        assert f'<A:{name}><A:SRGBCLR VAL="{hexadecimal(colour)[1:].upper()}"/>' in told
    assert found.deck.slide_width * 3 == found.deck.slide_height * 4


def test_slides_in_the_size_of_paper_lie(tmp_path: Path) -> None:
    deck = own_deck(tmp_path / "x.pptx", "a4", THEMES["light"]).deck
    assert deck.slide_width / deck.slide_height == pytest.approx(2**0.5, abs=2e-3)
