"""A film's only panel."""

from typing import Any

from tests.scenes import panel_of
from warpviz.data import Dataset, make_data
from warpviz.film.build import animate
from warpviz.model import Chain
from warpviz.picture.scene import Panel

RINGS = make_data("rings", n=200)


def panel(chain: Chain, data: Dataset = RINGS, **options: Any) -> Panel:
    shown: Panel = panel_of(animate(chain, data, size=(240, 180), **options))
    return shown
