"""The colours of a whole film, where a format has a palette."""

from contextlib import closing

import numpy as np

from warpviz.arrays import Pixels
from warpviz.colour import Colour
from warpviz.film.reel.parallel import cores, drawn
from warpviz.film.reel.workers import THREADS
from warpviz.motion.timeline import Moment
from warpviz.output.palette import build_palette
from warpviz.picture.figure import AnyScene
from warpviz.picture.paint import Paints
from warpviz.picture.scene import NETWORK, Scene
from warpviz.theme import signs_of

COLOURS = 80
"""In a film's palette: twice as many make a file an eighth larger, and no picture better to see."""
SHADES = (0.2, 0.4, 0.7, 1.0)
"""From the background to the colours of signs."""


def palette_of(scene: AnyScene, acts: int, painter: Paints, colours: int, jobs: int = 1) -> Pixels:
    """(P, 3): one palette, from the stops and the middle of an act; `jobs` as of a film."""
    last = max(acts, 1) - 1
    looked = [*((k, 0.0) for k in range(last + 1)), (last // 2, 0.5), (last, 1.0)]
    moments = [Moment(k, t, 0.0) for k, t in looked]
    theme = scene.theme
    keep = (theme.background, theme.text, *theme.classes[: len(scene.class_names)])
    signs = _signs(scene)
    keep += signs if 2 * len(keep + signs) <= colours else ()
    # Workers that are processes have not started yet.
    with closing(drawn(painter, moments, None, cores(jobs) if THREADS else 1, ())) as pictures:
        return build_palette((picture[..., :3] for picture in pictures), colours, keep)


def _signs(scene: AnyScene) -> tuple[Colour, ...]:
    """Shades of what is positive and negative, where thin lines or small units tell them apart."""
    if not isinstance(scene, Scene) or not scene.show & {NETWORK, "basis"}:
        return ()
    ground = np.array(scene.theme.background)
    mixed = [
        np.rint(ground + share * (np.array(colour) - ground)).astype(int).tolist()
        for colour in signs_of(scene.theme)
        for share in SHADES
    ]
    return tuple((red, green, blue) for red, green, blue in mixed)
