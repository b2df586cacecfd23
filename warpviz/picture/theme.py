"""Colours of the two themes."""

from dataclasses import dataclass, replace

from warpviz.errors import WarpvizError

Colour = tuple[int, int, int]


@dataclass(frozen=True)
class Theme:
    """What everything is painted with; colours are red, green, blue in 0 … 255.

    Attributes:
        background: behind everything.
        text: captions; contrast with the background at least 4.5 : 1.
        muted: axes, ticks, scale bar; the same contrast.
        line: grid lines on the cloth.
        outline: around dots.
        classes: dots and legend, one a class, safe for colour-blind eyes (after Okabe & Ito 2008,
            https://jfly.uni-koeln.de/color/), in this order.
        cloth: the cloth where a class is predicted for sure, one a class.
        doubt: the cloth where all classes are equally likely.
        shade: what the cloth turns to where it is seen edge-on.
        creases: one a layer.
        boundary: between the classes.
        ramp: whether the classes are levels of a number: all dots are circles, and cloth between
            two levels has a colour between theirs.
    """

    background: Colour
    text: Colour
    muted: Colour
    line: Colour
    outline: Colour
    classes: tuple[Colour, ...]
    cloth: tuple[Colour, ...]
    doubt: Colour
    shade: Colour
    creases: tuple[Colour, ...]
    boundary: Colour
    ramp: bool = False


THEMES: dict[str, Theme] = {
    "dark": Theme(
        background=(13, 17, 26),
        text=(240, 243, 248),
        muted=(150, 160, 178),
        line=(200, 216, 235),
        outline=(8, 10, 16),
        classes=(
            (255, 159, 64), (70, 190, 250), (90, 220, 150), (240, 120, 180),
            (245, 225, 90), (170, 140, 255), (255, 100, 90), (190, 200, 210),
        ),
        cloth=(
            (214, 118, 30), (40, 130, 190), (40, 160, 105), (190, 80, 135),
            (185, 165, 50), (125, 100, 210), (200, 70, 60), (130, 140, 150),
        ),
        doubt=(96, 92, 104),
        shade=(18, 24, 38),
        creases=((255, 236, 150), (255, 150, 200), (150, 255, 210), (200, 180, 255)),
        boundary=(255, 255, 255),
    ),
    "light": Theme(
        background=(255, 255, 255),
        text=(24, 28, 36),
        muted=(92, 100, 114),
        line=(44, 72, 108),
        outline=(255, 255, 255),
        classes=(
            (222, 104, 8), (8, 112, 184), (0, 140, 96), (190, 80, 140),
            (176, 148, 0), (110, 80, 190), (200, 50, 40), (110, 118, 128),
        ),
        cloth=(
            (244, 152, 78), (84, 160, 208), (80, 190, 150), (222, 140, 184),
            (222, 200, 80), (160, 138, 222), (232, 120, 108), (160, 168, 178),
        ),
        doubt=(196, 190, 190),
        shade=(86, 92, 108),
        creases=((150, 90, 0), (160, 20, 90), (0, 110, 80), (80, 50, 160)),
        boundary=(16, 18, 24),
    ),
}  # fmt: skip


def theme(name: str) -> Theme:
    """Look a theme up by name."""
    if name not in THEMES:
        raise WarpvizError(f"theme expects one of {', '.join(THEMES)}, got {name!r}.")
    return THEMES[name]


LEVELS = 13
"""Colours of a number, from low to high."""
RAMPS = {
    # From blue over a middle that stands out from the background to orange, evenly in Oklab; told
    # apart by colour-blind eyes, as blue and orange are.
    "dark": ((46, 100, 220), (214, 214, 220), (255, 140, 30)),
    "light": ((10, 70, 190), (150, 150, 158), (214, 84, 0)),
}


def with_levels(base: Theme, levels: int = LEVELS) -> Theme:
    """A theme whose classes are levels of a number."""
    name = "dark" if sum(base.background) < 384 else "light"
    stops = [_oklab(colour) for colour in RAMPS[name]]
    colours = []
    for level in range(levels):
        place = 2 * level / max(levels - 1, 1)
        k, t = (0, place) if place <= 1 else (1, place - 1)
        mixed = tuple((1 - t) * a + t * b for a, b in zip(stops[k], stops[k + 1], strict=True))
        colours.append(_rgb(mixed))
    return replace(base, classes=tuple(colours), cloth=tuple(colours), ramp=True)


def _oklab(colour: Colour) -> tuple[float, ...]:
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


def _rgb(lab: tuple[float, ...]) -> Colour:
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
