"""Functions of one number, written as formulas, and all that follows from the formula alone.

text ── read ──► Node ─┬─ value        numbers, by numpy
                       ├─ slope        the derivative, a Node again
                       ├─ straight     exact pieces, where it is made of straight ones
                       ├─ written      Python, C, JavaScript, plain signs
                       └─ latex        for papers
"""

from warpviz.functions.domain import edges, roots
from warpviz.functions.lines import Straight, straight
from warpviz.functions.node import Node
from warpviz.functions.numbers import value, values
from warpviz.functions.printing import LANGUAGES, shared, written
from warpviz.functions.reading import read
from warpviz.functions.sizes import sign
from warpviz.functions.slopes import slope
from warpviz.functions.switches import branches, sharp_places
from warpviz.functions.tex import latex

__all__ = [
    "LANGUAGES",
    "Node",
    "Straight",
    "branches",
    "edges",
    "latex",
    "read",
    "roots",
    "shared",
    "sharp_places",
    "sign",
    "slope",
    "straight",
    "value",
    "values",
    "written",
]
