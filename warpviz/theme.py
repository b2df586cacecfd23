"""Colours of the two themes."""

from dataclasses import dataclass, replace

from warpviz.colour import Colour, oklab_of, rgb_of
from warpviz.names import unknown_name


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
        markers: the marker of each class, as a place in `MARKERS`; () is one after the other.
        ramp: whether the classes are levels of a number: all dots are circles, and cloth between
            two levels has a colour between theirs.
        transparent: whether the background is left out, so that what is behind shines through.
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
    markers: tuple[int, ...] = ()
    ramp: bool = False
    transparent: bool = False

    @property
    def pair(self) -> tuple[Colour, Colour]:
        """The colours of a curve and of another one beside it."""
        return self.classes[0], self.classes[1 % len(self.classes)]


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
"""Name → theme; a new entry is taken wherever a theme is named."""


def signs_of(theme: Theme) -> tuple[Colour, Colour]:
    """The colours of what is positive and what is negative: two creases', far apart in hue.

    Where a theme has one colour for all creases, the text's is the other.

    >>> signs_of(replace(THEMES["dark"], creases=((255, 0, 0),)))
    ((255, 0, 0), (240, 243, 248))
    """
    first, *others = theme.creases
    return first, others[min(2, len(others) - 1)] if others else theme.text


def theme(name: str) -> Theme:
    """Look a theme up by name."""
    if name not in THEMES:
        raise unknown_name("theme", name, THEMES)
    return THEMES[name]


ROUNDS = {
    "dark": (0.0, -0.24, 0.03, -0.06, -0.27, -0.21, -0.18, -0.03),
    "light": (0.0, 0.1, -0.22, -0.13, -0.19, -0.1, 0.04, 0.07),
}
"""How much lighter, in Oklab, each further round of classes is: of all orders of such steps one in
which classes of one marker are furthest apart, for colour-blind eyes too."""
MARKERS = 8
"""Kinds of markers."""
STEP = 3
"""Markers that each further round moves on: so that no colour meets a marker twice."""


def with_classes(base: Theme, count: int) -> Theme:
    """A theme that tells so many classes apart, by colour and marker, up to 64.

    The first eight look as ever; of the others each has a colour and a marker that no class has
    together.
    """
    own = len(base.classes)
    if count <= own or base.ramp:
        return base
    steps = ROUNDS[scheme(base)]
    labels = range(min(count, own * len(steps)))
    classes, cloth = (
        tuple(_lighter(colours[k % len(colours)], steps[k // own]) for k in labels)
        for colours in (base.classes, base.cloth)
    )
    markers = tuple((k % own + STEP * (k // own)) % MARKERS for k in labels)
    return replace(base, classes=classes, cloth=cloth, markers=markers)


def themed(base: Theme, n_classes: int, numbers: bool) -> Theme:
    """A theme for data: of so many classes, of one kind of points, or of levels of a number."""
    if n_classes == 1:  # no class: the colour of words
        return replace(base, classes=(base.text,))
    return with_levels(base) if numbers else with_classes(base, n_classes)


def _lighter(colour: Colour, step: float) -> Colour:
    if step == 0.0:
        return colour
    light, a, b = oklab_of(colour)
    return rgb_of((light + step, a, b))


def scheme(base: Theme) -> str:
    """Whether a theme is "dark" or "light", by its background.

    >>> scheme(THEMES["dark"]), scheme(replace(THEMES["dark"], background=(250, 250, 240)))
    ('dark', 'light')
    """
    return "dark" if sum(base.background) < 384 else "light"


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
    stops = [oklab_of(colour) for colour in RAMPS[scheme(base)]]
    colours = []
    for level in range(levels):
        place = 2 * level / max(levels - 1, 1)
        k, t = (0, place) if place <= 1 else (1, place - 1)
        mixed = tuple((1 - t) * a + t * b for a, b in zip(stops[k], stops[k + 1], strict=True))
        colours.append(rgb_of(mixed))
    return replace(base, classes=tuple(colours), cloth=tuple(colours), ramp=True)
