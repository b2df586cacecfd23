"""How right a model is, said at its last stop where it has not learnt its data."""

from dataclasses import replace

import numpy as np

from warpviz.arrays import Floats
from warpviz.data.dataset import Dataset
from warpviz.film.play import Play
from warpviz.film.words.numbers import percent, rounded_down
from warpviz.languages.language import ENGLISH, Language
from warpviz.measure.state import r_squared

LEARNT = 0.99
"""Share of points that a model tells right which has learnt its data."""
EXPLAINED = 0.5
"""R² of a model that has learnt numbers."""


def with_score(play: Play, data: Dataset) -> Play:
    """The last stop tells how right a model is that has not learnt its data."""
    words = score_words(play.chain(data.x), data, play.say)
    return replace(play, stops=(*play.stops[:-1], f"{play.stops[-1]}{words}"))


def score_words(outputs: Floats, data: Dataset, say: Language = ENGLISH) -> str:
    """How right outputs (N, C) are, "" where a model has learnt its data."""
    if not data.labelled:
        return ""
    if data.targets is not None:
        found = r_squared(data.targets, outputs[:, 0])
        return "" if found >= EXPLAINED else f" · R² {rounded_down(found)}"
    right = float(np.mean(outputs.argmax(axis=1) == data.y))
    return "" if right >= LEARNT else f" · {say('{share} right', share=percent(right))}"
