"""What stands at the foot of a lecturer's slides (number, footer, date), put on new ones too."""

from collections.abc import Iterable, Mapping
from copy import deepcopy
from typing import Any

FEET = ("DATE", "FOOTER", "SLIDE_NUMBER")
"""Kinds of placeholders."""


def kind_of(placeholder: Any) -> str:
    """The kind of a placeholder, by its name in python-pptx."""
    return str(placeholder.placeholder_format.type.name)


def feet_of(slides: Iterable[Any]) -> dict[str, Any]:
    """Kind → the element of each foot that slides have; of several the last one's."""
    return {
        kind_of(each): deepcopy(each._element)
        for slide in slides
        for each in slide.placeholders
        if kind_of(each) in FEET
    }


def put_feet(slide: Any, feet: Mapping[str, Any]) -> None:
    """Put those feet on a slide for which its layout has a place."""
    for place in slide.slide_layout.placeholders:
        if (kind := kind_of(place)) in feet:
            foot = deepcopy(feet[kind])
            foot.ph.set("idx", str(place.placeholder_format.idx))
            numbers = (int(number) for number in slide._element.xpath("//@id") if number.isdigit())
            foot.nvSpPr.cNvPr.set("id", str(1 + max(numbers)))
            slide.shapes._spTree.append(foot)
