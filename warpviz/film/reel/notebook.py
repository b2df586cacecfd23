"""What a notebook shows of a film."""

import base64

from warpviz.film.reel.reel import Reel
from warpviz.output.stills import encoded
from warpviz.player.page import frame_of


def bundle(film: Reel) -> dict[str, str]:
    """The player, isolated in a frame, a poster for viewers that run no scripts, and a line."""
    return {
        "text/html": frame_of(film),
        "image/png": base64.b64encode(encoded(film.poster())).decode(),
        "text/plain": repr(film),
    }
