"""What CONTRIBUTING says of rooms and words is so."""

import re
from pathlib import Path

from tests.house.sources import PACKAGE
from tests.test_architecture import FREE, GROUND, MAY_IMPORT

TEXT = (Path(__file__).parents[2] / "CONTRIBUTING.md").read_text(encoding="utf-8")


def test_the_way_of_the_data_goes_through_every_room_and_never_back() -> None:
    (told,) = re.findall(r"^\*\*The way of the data\*\*.*$", TEXT, re.MULTILINE)
    way = [word for word in re.findall(r"`([a-z]+)`", told) if word in MAY_IMPORT]
    rooms = set(MAY_IMPORT) - GROUND
    assert sorted(way) == sorted(rooms)
    for place, room in enumerate(way):
        assert MAY_IMPORT[room] <= set(way[:place]), room
    assert all(f"`{room}`" in told for room in FREE if (PACKAGE / room).is_dir())
    beside = {f"{name}.py" for name in GROUND}
    assert set(re.findall(r"`([a-z]+\.py)`", told)) <= beside


def test_the_glossary_has_each_word_once() -> None:
    table = TEXT.split("| word | means |")[1].split("\n\n")[0]
    rows = re.findall(r"^\| ([a-z, ]+) \| (.+) \|$", table, re.MULTILINE)
    words = [word for first, _ in rows for word in first.split(", ")]
    assert len(words) == len(set(words)) and 18 <= len(rows) <= 25
    asked = {"sheet", "stop", "act", "play", "swing", "panel", "scene", "plan", "reel",
             "keyframe", "state", "layer", "crease", "fold", "region", "probe", "trace",
             "record"}  # fmt: skip
    assert asked <= set(words)
    # Types that a word names are there.
    code = "\n".join(file.read_text(encoding="utf-8") for file in PACKAGE.rglob("*.py"))
    named = ("sheet", "act", "play", "swing", "panel", "scene", "plan", "reel", "timeline",
             "frame", "probe", "trace", "chain")  # fmt: skip
    assert [word for word in named if f"class {word.capitalize()}" not in code] == []
