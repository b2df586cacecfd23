"""What films of training are of, and how they are seen."""

from typing import Any

import warpviz as wv

DATA = wv.load_data("rings", n=120)
SMALL: dict[str, Any] = {"size": (480, 240), "fps": 10.0, "seconds": 2.0}
