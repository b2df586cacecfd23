"""Where things are on slides, in points, and what an act's film is."""

from io import BytesIO
from itertools import count
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import numpy as np
import pytest

from warpviz.errors import WarpvizError
from warpviz.film.slides.acts import acts_of
from warpviz.film.slides.decks import Deck, own_deck, room_of
from warpviz.film.slides.packing import timeless
from warpviz.film.slides.writing import _describe, _in_place, fitted
from warpviz.motion.timeline import Timeline
from warpviz.picture.film import Shot
from warpviz.theme import THEMES

pptx: Any = pytest.importorskip("pptx")
DARK = THEMES["dark"]


def points(shape: Any) -> tuple[float, ...]:
    """Left, top, width and height."""
    sides = (shape.left, shape.top, shape.width, shape.height)
    return tuple(float(side) / 12700 for side in sides)


def kinds(place: Any) -> dict[str, Any]:
    return {each.placeholder_format.type.name: each for each in place.placeholders}


def test_our_own_slides_have_a_title_above_a_body(tmp_path: Path) -> None:
    found = own_deck(tmp_path / "x.pptx", None, DARK)
    master = kinds(found.deck.slide_master)
    assert (found.deck.slide_width, found.deck.slide_height) == (960 * 12700, 540 * 12700)
    assert points(master["TITLE"]) == (36, 22, 888, 54)
    assert points(master["BODY"]) == (36, 86, 888, 436)
    master_of_all = found.deck.slide_master._element
    (style,) = master_of_all.xpath(".//*[local-name()='titleStyle']/*[local-name()='lvl1pPr']")
    sizes = style.xpath("./*[local-name()='defRPr']/@sz")
    assert style.get("algn") == "l" and sizes == ["2800"]
    number, box = room_of(found)
    assert number is not None and box == tuple(round(12700 * side) for side in (36, 86, 888, 436))
    assert found.own and not found.feet


def test_what_has_a_place_of_its_own_is_stretched_with_the_slide(tmp_path: Path) -> None:
    plain = pptx.Presentation()
    wide = own_deck(tmp_path / "x.pptx", "16:9", DARK).deck
    across, down = 960 / 720, 1.0
    checked = 0
    for before, after in zip(plain.slide_layouts, wide.slide_layouts, strict=True):
        for old, new in zip(before.placeholders, after.placeholders, strict=True):
            if old._element.spPr.xfrm is None:
                continue
            want = [points(old)[i] * (across, down)[i % 2] for i in range(4)]
            assert points(new) == pytest.approx(want, abs=1e-3)
            checked += 1
    assert checked > 10
    tall = own_deck(tmp_path / "x.pptx", "a4-portrait", DARK).deck
    old, new = (kinds(deck.slide_layouts[0])["SUBTITLE"] for deck in (plain, tall))
    want = [points(old)[i] * (595 / 720, 842 / 540)[i % 2] for i in range(4)]
    assert points(new) == pytest.approx(want, abs=1e-3)


def bare(name: str, **title: int) -> Deck:
    """A deck of one of the layouts that come with the library, its title moved."""
    deck = pptx.Presentation()
    layout = next(each for each in deck.slide_layouts if each.name == name)
    for side, value in title.items():
        setattr(kinds(layout)["TITLE"], side, value * 12700)
    return Deck(deck, layout, {}, own=False)


def room(name: str, **title: int) -> tuple[float, ...]:
    number, box = room_of(bare(name, **title))
    assert number is None
    return tuple(side / 12700 for side in box)


def test_where_a_layout_has_no_room_it_is_what_title_and_feet_leave() -> None:
    feet = points(kinds(bare("Blank").layout)["FOOTER"])[1]
    below = min(540 - 18, feet - 5)
    assert room("Blank") == pytest.approx((36, 36, 648, below - 36), abs=1e-3)
    place = {"left": 50, "top": 20, "width": 300, "height": 80}
    assert room("Title Only", **place) == pytest.approx((50, 110, 620, below - 110), abs=1e-3)
    for left, seen in ((-40, 0), (400, 180)):
        told = room("Title Only", **{**place, "left": left})
        assert told == pytest.approx((seen, 110, 720 - 2 * seen, below - 110), abs=1e-3)
    # A title at the foot: the room is above it.
    foot = room("Title Only", **{**place, "top": 400})
    assert foot == pytest.approx((50, 18, 620, 400 - 10 - 18), abs=1e-3)


def test_a_picture_is_in_the_middle_as_large_as_it_can_be() -> None:
    assert fitted((640, 480), (100, 50, 640, 1000)) == (100, 310, 640, 480)
    assert fitted((640, 480), (7, 50, 1000, 240)) == (7 + 340, 50, 320, 240)


def test_a_film_whose_size_nobody_chose_has_the_pixels_of_its_place(tmp_path: Path) -> None:
    deck = own_deck(tmp_path / "x.pptx", None, DARK)
    asked: list[Any] = []

    def film(chosen: Any = None, whole: bool = False, fails: bool = False) -> Any:
        def remade(size: Any) -> str:
            asked.append(size)
            if fails:
                raise WarpvizError("Too small.")
            return "remade"

        return SimpleNamespace(
            source=SimpleNamespace(options={"size": chosen}), remade=remade,
            scene=SimpleNamespace(kind=SimpleNamespace(whole=whole)),
        )  # fmt: skip

    # 1,080 pixels are 540 points.
    assert _in_place(film(), deck) == "remade"  # type: ignore[comparison-overlap]
    assert asked == [(1776, 872)]
    for other in (film((640, 480)), film(whole=True)):
        assert _in_place(other, deck) is other
    assert len(asked) == 1
    small = film(fails=True)
    assert _in_place(small, deck) is small and len(asked) == 2


def test_a_deck_says_what_it_is_about(tmp_path: Path) -> None:
    film: Any = SimpleNamespace(title="A fold", description="word " * 100)
    own, other = own_deck(tmp_path / "x.pptx", None, DARK), bare("Blank")
    other.deck.core_properties.author = "A. Lecturer"
    for deck, author in ((own, "warpviz"), (other, "A. Lecturer")):
        _describe(deck, film)
        about = deck.deck.core_properties
        assert (about.title, about.author, about.revision) == ("A fold", author, 1)
        assert 250 <= len(about.comments) <= 255 and about.comments.endswith("word …")
        assert about.last_modified_by == "warpviz" and about.created is None


def test_an_act_ends_on_the_picture_that_the_next_one_begins_with() -> None:
    def film(cyclic: bool = False) -> Any:
        timeline = Timeline(2, seconds=0.5, fps=4.0, lengths=(1.0, 2.0), cyclic=cyclic)
        numbers = count()
        shots = (
            Shot(np.full((1, 1, 3), next(numbers), np.uint8), 7, 0.07) for _ in range(len(timeline))
        )
        return SimpleNamespace(timeline=timeline, fps=4.0, shots=lambda: shots)

    def told(film: Any, whole: bool = False) -> list[list[tuple[int, float]]]:
        found = []
        for act in acts_of(film, whole):
            shots = [(int(shot.pixels[0, 0, 0]), shot.seconds) for shot in act.shots()]
            assert len(shots) == len(act) and act.seconds == pytest.approx(act.steps / 4 + 0.2)
            found.append(shots)
        return found

    first = [(0, 0.25), (1, 0.25), (2, 0.2)]
    second = [(2, 0.25), (3, 0.25), (4, 0.25), (5, 0.25), (6, 0.2)]
    assert told(film()) == [first, second]
    assert told(film(), whole=True) == [[(n, 0.25) for n in range(6)] + [(6, 0.2)]]
    # What ends where it begins has no picture of its last stop.
    assert told(film(cyclic=True)) == [first, [*second[:3], (5, 0.2)]]
    acts = acts_of(film())
    act = next(acts)
    assert [shot.centiseconds for shot in act.shots()] == [25, 25, 20]
    assert act.poster().pixels[0, 0, 0] == 0 and act.poster().centiseconds == 7


def test_a_package_has_no_time_and_packs_what_deflate_makes_smaller() -> None:
    packed = BytesIO()
    with ZipFile(packed, "w") as file:
        for name in ("b.xml", "a.mp4", "c.png"):
            file.writestr(name, b"x" * 99)
    with ZipFile(BytesIO(timeless(packed.getvalue()))) as found:
        told = {one.filename: one for one in found.infolist()}
    assert list(told) == ["a.mp4", "b.xml", "c.png"]
    assert {one.date_time for one in told.values()} == {(1980, 1, 1, 0, 0, 0)}
    assert {one.external_attr >> 16 for one in told.values()} == {0o600}
    assert [one.compress_type for one in told.values()] == [ZIP_STORED, ZIP_DEFLATED, ZIP_STORED]
