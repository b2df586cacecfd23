"""What a notebook shows of a film."""

import base64

from warpviz.film.reel.reel import Reel
from warpviz.output.stills import encoded
from warpviz.player.page import frame_of


def bundle(film: Reel) -> dict[str, str]:
    """The player, isolated in a frame, a poster for viewers that run no scripts, and a line."""
    return {
        "text/html": frame_of(film),
        "image/png": poster_of(film),
        "text/plain": repr(film),
    }


def poster_of(film: Reel) -> str:
    """The picture that stands for a film, as a notebook stores a PNG."""
    return base64.b64encode(encoded(film.poster())).decode()
