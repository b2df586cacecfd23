from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest

from warpviz.arrays import Floats
from warpviz.colour import Colour, contrast
from warpviz.errors import WarpvizError
from warpviz.picture.marks.dots import marker_of
from warpviz.theme import THEMES, theme, themed, with_classes

TEXTS = ("text", "muted")
# Viénot, Brettel & Mollon 1999, on linear RGB.
VIENOT: dict[str, Floats] = {
    "normal": np.eye(3),
    "protanopia": np.array([[0.11238, 0.88762, 0], [0.11238, 0.88762, 0], [0.00401, -0.00401, 1]]),
    "deuteranopia": np.array(
        [[0.29275, 0.70725, 0], [0.29275, 0.70725, 0], [-0.02234, 0.02234, 1]]
    ),
}


def linear(colour: Colour) -> Floats:
    value = np.array(colour) / 255
    return np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)


def lab(light: Floats) -> Floats:
    """CIE L*a*b* of linear sRGB, white D65."""
    xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    x, y, z = xyz @ np.clip(light, 0, 1) / (0.9505, 1.0, 1.089)
    f = [np.cbrt(v) if v > (6 / 29) ** 3 else v / (3 * (6 / 29) ** 2) + 4 / 29 for v in (x, y, z)]
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def apart(a: Colour, b: Colour, eyes: str) -> float:
    return float(np.linalg.norm(lab(VIENOT[eyes] @ linear(a)) - lab(VIENOT[eyes] @ linear(b))))


def test_contrast_has_the_published_values() -> None:
    # WCAG: #767676 on white is the lightest grey above 4.5 : 1, #777777 fails.
    assert contrast((118, 118, 118), (255, 255, 255)) == pytest.approx(4.54, abs=0.01)
    assert contrast((119, 119, 119), (255, 255, 255)) == pytest.approx(4.48, abs=0.01)
    assert contrast((255, 0, 0), (255, 255, 255)) == pytest.approx(3.998, abs=0.01)
    assert contrast((0, 0, 0), (255, 255, 255)) == contrast((255, 255, 255), (0, 0, 0)) == 21


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("part", TEXTS)
def test_text_can_be_read(name: str, part: str) -> None:
    assert contrast(getattr(THEMES[name], part), THEMES[name].background) >= 4.5


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("eyes", VIENOT)
def test_the_first_four_classes_differ_for_all_eyes(name: str, eyes: str) -> None:
    found = {
        (a, b): apart(THEMES[name].classes[a], THEMES[name].classes[b], eyes)
        for a, b in combinations(range(4), 2)
    }
    bound = 25 if eyes == "normal" else 15
    assert min(found.values()) > bound, found


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("eyes", VIENOT)
def test_two_and_three_classes_differ_clearly(name: str, eyes: str) -> None:
    for a, b in combinations(range(3), 2):
        assert apart(THEMES[name].classes[a], THEMES[name].classes[b], eyes) > 20, (a, b)


@pytest.mark.parametrize("name", THEMES)
def test_all_classes_differ_and_stand_out(name: str) -> None:
    look = THEMES[name]
    assert min(apart(a, b, "normal") for a, b in combinations(look.classes, 2)) > 15
    assert len(look.cloth) == len(look.classes) >= 8
    # WCAG 2.2 asks 3 : 1 of graphics; a dot has an outline too, so 2.5 will do.
    assert min(contrast(colour, look.background) for colour in look.classes) > 2.5


@pytest.mark.parametrize("name", THEMES)
def test_dots_differ_from_the_cloth_under_them(name: str) -> None:
    look = THEMES[name]
    opacity = 0.44
    for dot, cell in zip(look.classes, look.cloth, strict=True):
        under = opacity * np.array(cell) + (1 - opacity) * np.array(look.background)
        seen: Colour = (int(under[0]), int(under[1]), int(under[2]))
        assert max(apart(dot, seen, "normal"), apart(look.outline, seen, "normal")) > 15


@pytest.mark.parametrize("name", THEMES)
def test_every_colour_is_in_range(name: str) -> None:
    look = THEMES[name]
    colours = [look.background, look.text, look.muted, look.line, look.outline, look.doubt]
    colours += [look.shade, look.boundary, *look.classes, *look.cloth, *look.creases]
    for colour in colours:
        assert len(colour) == 3
        assert all(isinstance(v, int) and 0 <= v <= 255 for v in colour)


def test_an_unknown_theme_is_refused_with_the_known_ones() -> None:
    assert theme("dark") is THEMES["dark"]
    with pytest.raises(WarpvizError, match=r"Unknown theme 'drak'; did you mean 'dark'"):
        theme("drak")


# Machado, Oliveira & Fernandes 2009, severity 1, on linear RGB.
TRITANOPIA = np.array(
    [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
     [0.004733, 0.691367, 0.303900]]
)  # fmt: skip


@pytest.mark.parametrize("name", THEMES)
def test_sixty_four_classes_are_told_apart(name: str) -> None:
    many = with_classes(THEMES[name], 64)
    looks = [(marker_of(k, many), many.classes[k]) for k in range(64)]
    assert len(set(looks)) == len(set(many.classes)) == 64
    eyes = {**VIENOT, "tritanopia": TRITANOPIA}
    seen = {kind: [lab(matrix @ linear(c)) for _, c in looks] for kind, matrix in eyes.items()}
    # Where markers are the same, colours differ visibly (2.3 is just noticeable), to all eyes.
    for a, b in combinations(range(64), 2):
        if looks[a][0] == looks[b][0]:
            for kind, colours in seen.items():
                assert np.linalg.norm(colours[a] - colours[b]) > 3.0, (kind, a, b)


@pytest.mark.parametrize("name", THEMES)
def test_few_classes_look_as_ever(name: str) -> None:
    base = THEMES[name]
    assert with_classes(base, 8) == base == with_classes(base, 2)
    many = with_classes(base, 20)
    assert many.classes[:8] == base.classes and many.cloth[:8] == base.cloth
    assert [marker_of(k, many) for k in range(8)] == [marker_of(k, base) for k in range(8)]
    assert len(many.classes) == len(many.cloth) == len(many.markers) == 20
    assert themed(base, 20, True).ramp and not themed(base, 20, True).markers


def test_colours_of_one_s_own_are_told_apart_too() -> None:
    own = replace(THEMES["dark"], classes=THEMES["dark"].classes[:3])
    many = with_classes(own, 24)
    assert len({(marker_of(k, many), many.classes[k]) for k in range(24)}) == 24
