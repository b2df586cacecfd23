"""Colours as numbers: Oklab, where equal distances look equally different, and contrast."""

import numpy as np

from warpviz.arrays import Floats, Pixels

# Linear sRGB to cone responses, and their cube roots to Oklab.
_CONES = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)


_OPPONENTS = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)


def oklab(colors: Pixels) -> Floats:
    """(..., 3) sRGB uint8 → (..., 3) Oklab, where equal distances look about equally different.

    A just visible difference is about 0.02. Source: Ottosson, A perceptual color space for image
    processing, 2020.

    >>> oklab(np.array([255, 255, 255], dtype=np.uint8)).round(3) + 0.0
    array([1., 0., 0.])
    """
    value = colors / 255.0
    linear = np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)
    result: Floats = np.cbrt(linear @ _CONES.T) @ _OPPONENTS.T
    return result


Colour = tuple[int, int, int]


def oklab_of(colour: Colour) -> tuple[float, ...]:
    """Oklab of an sRGB colour (Ottosson 2020)."""
    r, g, b = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
        for c in (value / 255 for value in colour)
    )
    l = (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b) ** (1 / 3)  # noqa: E741
    m = (0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b) ** (1 / 3)
    s = (0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b) ** (1 / 3)
    return (
        0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
        1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
        0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s,
    )


def rgb_of(lab: tuple[float, ...]) -> Colour:
    """The sRGB colour of an Oklab one, the nearest that there is."""
    a, b = lab[1], lab[2]
    l = (lab[0] + 0.3963377774 * a + 0.2158037573 * b) ** 3  # noqa: E741
    m = (lab[0] - 0.1055613458 * a - 0.0638541728 * b) ** 3
    s = (lab[0] - 0.0894841775 * a - 1.2914855480 * b) ** 3
    linear = (
        4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
        -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
        -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s,
    )
    curved = (12.92 * c if c <= 0.0031308 else 1.055 * c ** (1 / 2.4) - 0.055 for c in linear)
    red, green, blue = (min(max(round(255 * c), 0), 255) for c in curved)
    return red, green, blue


def contrast(a: Colour, b: Colour) -> float:
    """The contrast ratio of two colours, 1 … 21 (WCAG 2.2, relative luminance).

    >>> round(contrast((0, 0, 0), (255, 255, 255)))
    21
    """

    def luminance(colour: Colour) -> float:
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
                  for c in (v / 255 for v in colour)]  # fmt: skip
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(a), luminance(b)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def mixed(a: Colour, b: Colour, share: float) -> Colour:
    """A colour with so much of b in it, 0 … 1.

    >>> mixed((255, 255, 255), (55, 5, 0), 0.1)
    (235, 230, 230)
    """
    red, green, blue = (round((1 - share) * x + share * y) for x, y in zip(a, b, strict=True))
    return red, green, blue


def hexadecimal(colour: Colour) -> str:
    """A colour as the web and graphviz write it.

    >>> hexadecimal((13, 17, 26))
    '#0d111a'
    """
    return "#{:02x}{:02x}{:02x}".format(*colour)
