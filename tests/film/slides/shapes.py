"""What is on a slide, as python-pptx reads it."""

from io import BytesIO
from typing import Any

import numpy as np
from PIL import Image

from warpviz.arrays import Pixels


def picture_of(slide: Any) -> Any:
    """The shape that is not the title."""
    (shape,) = [each for each in slide.shapes if each != slide.shapes.title]
    return shape


def poster_of(slide: Any) -> Pixels:
    name = picture_of(slide)._element.blipFill.blip.rEmbed
    with Image.open(BytesIO(slide.part.related_part(name).blob)) as picture:
        return np.asarray(picture.convert("RGB"))
