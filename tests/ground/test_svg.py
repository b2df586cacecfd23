"""Read by a parser of XML, and drawn by matplotlib's own names of colours."""

from xml.etree import ElementTree

import numpy as np
import pytest

from warpviz import svg
from warpviz.picture.raster.dots import MARKERS

RED, BLUE = (255, 0, 0), (0, 0, 255)
NAME = "{http://www.w3.org/2000/svg}"


def test_a_drawing_is_xml_with_a_title_and_its_parts_in_order() -> None:
    parts = [
        svg.line((1.0, 2.0), (30.04, 4.0), RED, 1.5),
        svg.circle(5.0, 6.0, 2.5, RED, BLUE),
        svg.words(7.0, 8.0, "a < b & c", size=9.5, anchor="end"),
    ]
    root = ElementTree.fromstring(svg.drawing(100.4, 50.0, parts, "x < y"))
    assert root.attrib["viewBox"] == "0 0 100 50" and root.attrib["role"] == "img"
    title, ground, line, circle, text = root
    assert (title.text, text.text) == ("x < y", "a < b & c")
    assert ground.attrib["fill"] == "#{:02x}{:02x}{:02x}".format(*svg.LOOK.background)
    assert [line.attrib[key] for key in ("x1", "y1", "x2", "y2")] == ["1.0", "2.0", "30.0", "4.0"]
    assert (line.attrib["stroke"], line.attrib["stroke-opacity"]) == ("#ff0000", "0.80")
    assert (circle.attrib["fill"], circle.attrib["stroke"]) == ("#ff0000", "#0000ff")
    assert [circle.attrib[key] for key in ("cx", "cy", "r")] == ["5.0", "6.0", "2.5"]
    assert (text.attrib["font-size"], text.attrib["text-anchor"]) == ("9.5", "end")


def test_markers_are_those_of_films() -> None:
    for place, outline in enumerate(MARKERS.values()):
        found = ElementTree.fromstring(svg.mark(place, (50.0, 60.0), 10.0, RED, BLUE))
        if place == 0:
            assert found.tag == "circle" and found.attrib["r"] == "10"
            continue
        corners = [tuple(map(float, pair.split(","))) for pair in found.attrib["points"].split()]
        theirs = outline * 10 + (50.0, 60.0)
        assert len(corners) == len(theirs)
        for corner in theirs:
            assert np.abs(np.array(corners) - corner).max(axis=1).min() <= 0.051


@pytest.mark.parametrize(
    ("wide", "width", "opacity"), [(0.0, "0.30", "0.30"), (9.0, "9.00", "1.00")]
)
def test_thin_lines_are_faint_but_seen(wide: float, width: str, opacity: str) -> None:
    line = ElementTree.fromstring(svg.line((0.0, 0.0), (1.0, 1.0), RED, wide))
    assert (line.attrib["stroke-width"], line.attrib["stroke-opacity"]) == (width, opacity)
