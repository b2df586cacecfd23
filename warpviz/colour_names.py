"""Colours as users write them: numbers, hexadecimal, names of the web, shades of grey."""

import re
from typing import Any

from warpviz.colour import Colour
from warpviz.errors import WarpvizError
from warpviz.names import unknown_name

WRITTEN = "three numbers of 0 to 255, '#10203f', '#d33', a name of the web or a grey of 0 to 1"
"""What a colour is, in words."""


def colour_of(given: Any) -> Colour:
    """A colour from three numbers of 0 to 255, or from a text.

    Args:
        given: red, green, blue; or "#10203f", "#d33", a name of the web (CSS Color Module Level 4),
            or a shade of grey from "0" for black to "1" for white, as matplotlib takes them.

    Raises:
        WarpvizError: for anything else; a name that is nearly right is told.

    >>> colour_of("#d33"), colour_of("teal"), colour_of("0.2"), colour_of([1, 2, 3])
    ((221, 51, 51), (0, 128, 128), (51, 51, 51), (1, 2, 3))
    """
    if isinstance(given, str):
        return _of_text(given.strip())
    try:
        red, green, blue = (int(part) for part in given)
    except (TypeError, ValueError):
        red = green = blue = -1
    if not all(0 <= part <= 255 for part in (red, green, blue)):
        raise WarpvizError(f"A colour is {WRITTEN}; got {given!r:.40}.")
    return red, green, blue


def _of_text(text: str) -> Colour:
    if re.fullmatch(r"#[0-9a-fA-F]{3}([0-9a-fA-F]{3})?", text):
        digits = text[1:] if len(text) == 7 else "".join(2 * digit for digit in text[1:])
        return _of_digits(digits)
    if re.fullmatch(r"0|1|0?\.\d+|[01]\.0*", text):
        grey = round(255 * float(text))
        return grey, grey, grey
    if not re.fullmatch(r"[A-Za-z]+", text):
        raise WarpvizError(f"A colour is {WRITTEN}; got {text!r:.40}.")
    from PIL.ImageColor import colormap

    names: dict[str, Any] = dict(colormap)
    if text.lower() not in names:
        error = unknown_name("colour", text, names)
        few = len(str(error)) < 200  # a name that is near, not all of them
        raise error if few else WarpvizError(f"Unknown colour {text!r:.40}; a colour is {WRITTEN}.")
    return _of_digits(names[text.lower()].lstrip("#"))


def _of_digits(digits: str) -> Colour:
    red, green, blue = bytes.fromhex(digits)
    return red, green, blue
