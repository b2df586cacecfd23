"""The kinds of scene, and where each cannot go: nowhere else are they told apart."""

from dataclasses import dataclass

from warpviz.errors import WarpvizError


@dataclass(frozen=True)
class Kind:
    """A kind of scene.

    Attributes:
        name: what tables of painters and of trees know it by.
        no_vectors: why it has no vectors, and so no strip of them; "" where it has.
        no_strip: why it has no strip in pixels either.
        whole: whether it does not rest at its stops, and so is one act on a slide.
    """

    name: str
    no_vectors: str = ""
    no_strip: str = ""
    whole: bool = False


_STILL = "write .png, .jpg, .tif, .bmp or .avif with --at, in Python at=, for a still."
CLOTH = Kind("cloth")
CLASSIC = Kind(
    "classic",
    no_vectors="The classic film is drawn in pixels; write .png instead of vectors.",
)
FIGURE = Kind(
    "figure",
    no_vectors=f"A film with a chart is drawn in pixels; {_STILL}",
    no_strip=f"A film with a chart has no strip; {_STILL}",
    whole=True,
)


def refuse(reason: str) -> None:
    """Tell why something cannot be, if there is a reason.

    Raises:
        WarpvizError: with the reason.
    """
    if reason:
        raise WarpvizError(reason)
