"""By what a film's camera and motions are chosen, for the page that chooses them live."""

import json
from typing import Any

import numpy as np

from warpviz.film import panel
from warpviz.film.options import REST
from warpviz.film.words import score
from warpviz.motion import camera, framing, interpolate, polar, projection, rotation, zoom
from warpviz.picture import layout
from warpviz.picture.words import legend

SCENE_MODULES = tuple(
    f"lab/scene/{name}"
    for name in (
        "matrices", "rotation", "swing", "views", "directions", "framing", "captions", "thinned",
        "panels", "scene", "legend",
    )
)  # fmt: skip
"""What is live of a film: names of the files in `js/`, each after those that it imports from."""
SEEING: dict[str, Any] = {
    "TURNS": {
        "RANK": polar.RANK, "OPEN": polar.OPEN, "EQUAL": polar.EQUAL,
        "STILL": rotation.STILL, "HALF_TURN": rotation.HALF_TURN, "NEW": rotation.NEW,
        "UPRIGHT": interpolate.UPRIGHT, "FIT": interpolate.FIT,
    },
    "CAMERA": {
        "TILTS": camera.TILTS.tolist(), "AZIMUTHS": camera.AZIMUTHS.tolist(),
        "LIFT": list(map(float, camera.LIFT)), "CALM": camera.CALM,
        "BETWEEN": list(camera.BETWEEN), "ON_THE_WAY": camera.ON_THE_WAY,
        "STEP": float(camera.STEP), "TURNLESS": camera.STILL, "FLAT": camera.FLAT,
    },
    "FRAMING": {
        "FILL": framing.FILL, "COLLAPSED": framing.COLLAPSED,
        "TIMES": np.asarray(zoom.TIMES).tolist(), "JUMP": zoom.STEP,
    },
    "VIEWS": {"TIED": projection.TIED, "PLANAR": projection.FLAT},
    "DOTS": {"ALL": panel.ALL_DRAWN, "EVEN": panel.EVEN, "APART": panel.APART},
    "LEGEND": {
        "FEW": legend.FEW, "ROW": legend.LEGEND_ROW, "MOST": legend.MOST_LEGEND,
        "SMALLEST": legend.SMALLEST_LETTERS,
        "CAPTION": layout.CAPTION_ROW, "BESIDE": layout.BESIDE,
    },
    "REST": REST,
    "LEARNT": score.LEARNT,
}  # fmt: skip
"""By topic, as plain values; what each means stands where it is."""


def seeing_module() -> str:
    """The text of `lab/seeing.js`."""
    return f"export const SEEING = {json.dumps(SEEING)};\n"
