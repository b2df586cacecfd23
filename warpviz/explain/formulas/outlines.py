"""A line of mathematics as the outlines of its signs, in points, the y axis upwards."""

import re
import warnings
from dataclasses import dataclass
from functools import cache
from typing import Any
from xml.etree import ElementTree

import numpy as np

SIZES = {"M": 1, "L": 1, "Q": 2, "C": 3, "Z": 0}
"""Points that follow each command of a path."""


@dataclass(frozen=True, eq=False)
class Outline:
    """Outlines of a line.

    Attributes:
        path: a path of matplotlib.
        width: of the line, in points.
        height: likewise.
        top: y of the upper edge.
    """

    path: Any
    width: float
    height: float
    top: float


@cache
def typesetter() -> Any:
    """The ziamath package, None where it or its reader of LaTeX is not installed."""
    with warnings.catch_warnings():
        # It finds its font in a way that Python 3.11 calls old.
        warnings.simplefilter("ignore", DeprecationWarning)
        try:
            import latex2mathml  # noqa: F401
            import ziamath
        except ImportError:
            return None
    return ziamath


def outline(text: str, size: float) -> Outline:
    """Set a line of LaTeX, or of mathtext where there is no typesetter, in letters of a size."""
    if typesetter() is None:
        from matplotlib.font_manager import FontProperties
        from matplotlib.textpath import TextPath

        path = TextPath((0, 0), text, prop=FontProperties(size=size))
        low, high = path.get_extents().get_points()
        return Outline(path, high[0], high[1] - low[1], high[1])
    import ziafont

    # Plain paths, instead of symbols that are used by name.
    before, ziafont.config.svg2 = ziafont.config.svg2, False
    try:
        # Its sizes count pixels of 1/96 inch in a picture of 1/72: a point is a point here.
        tree = ElementTree.fromstring(typesetter().Latex(text, size=size).svg())
    finally:
        ziafont.config.svg2 = before
    left, above, width, height = map(float, tree.attrib["viewBox"].split())
    return Outline(_path(tree), left + width, height, -above)


def _path(tree: Any) -> Any:
    from matplotlib.path import Path

    points: list[tuple[float, float]] = []
    codes: list[int] = []
    known = {"M": Path.MOVETO, "L": Path.LINETO, "Q": Path.CURVE3, "C": Path.CURVE4}
    for element in tree.iter():
        name = element.tag.rpartition("}")[2]
        if name == "rect":
            x, y, wide, high = (float(element.attrib[key]) for key in ("x", "y", "width", "height"))
            commands = f"M {x} {y} L {x + wide} {y} L {x + wide} {y + high} L {x} {y + high} Z"
        elif name == "path":
            commands = element.attrib["d"]
        else:
            continue
        words = re.findall(r"[MLQCZ]|[-+.\deE]+", commands)
        place = 0
        while place < len(words):
            command, count = words[place], SIZES[words[place]]
            numbers = [float(word) for word in words[place + 1 : place + 1 + 2 * count]]
            place += 1 + 2 * count
            if command == "Z":
                points.append((0.0, 0.0))
                codes.append(int(Path.CLOSEPOLY))
                continue
            points += zip(numbers[::2], numbers[1::2], strict=True)
            codes += [int(known[command])] * count
    return Path(np.array(points).reshape(-1, 2) * (1, -1), np.array(codes, dtype=np.uint8))
