"""What films of training are of, and how they are seen."""

from typing import Any

import warpviz as wv
from warpviz.picture.figure import FigureScene

DATA = wv.load_data("rings", n=120)
SMALL: dict[str, Any] = {"size": (480, 240), "fps": 10.0, "seconds": 2.0}


def figure(film: wv.Animation) -> FigureScene:
    assert isinstance(film.scene, FigureScene)
    return film.scene
