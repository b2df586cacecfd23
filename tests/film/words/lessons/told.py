"""A lesson on a square sheet, and its corners."""

import numpy as np

from warpviz.data import Dataset, load_data
from warpviz.film.options import Staging
from warpviz.film.play import Play
from warpviz.film.words.teaching import Lesson, lesson
from warpviz.model import Chain

UNIT = (-1.0, 1.0, -1.0, 1.0)
CORNERS = np.array([[x, y] for x in (-1.0, 1.0) for y in (-1.0, 1.0)])
XOR = load_data("xor", n=80)


def told(chain: Chain, data: Dataset = XOR, options: Staging | None = None) -> Lesson:
    return lesson(Play.of(chain, options or Staging()), data, UNIT)
