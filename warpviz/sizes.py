"""Sizes of pictures as text."""

from warpviz.errors import WarpvizError


def size_of(text: str) -> tuple[int, int]:
    """Width and height from a text.

    Raises:
        WarpvizError: for what is no size.

    >>> size_of("640x480"), size_of("640×480")
    ((640, 480), (640, 480))
    """
    try:
        width, height = (int(side) for side in text.lower().replace("×", "x").split("x"))
    except ValueError:
        raise WarpvizError(f"size expects pixels such as 640x480, got {text!r:.40}.") from None
    return width, height
