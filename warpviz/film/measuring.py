"""What each layer has done, in numbers: the measures of every stop of a film.

data ──states──► probe, separability, Fisher ratio ─┐
Ground ──slopes──► area factor, collapsed share ────┼─► Measures, one a stop
       ──images──► overlap;  regions so far ────────┘
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from warpviz.arrays import Floats
from warpviz.data.dataset import Dataset
from warpviz.film.ground import Ground
from warpviz.film.play import Play
from warpviz.geometry.coverage import overlap
from warpviz.geometry.measures import Measures, measure
from warpviz.geometry.sheet import Limits
from warpviz.model.chain import Chain
from warpviz.picture.text import text_width

DOT = " · "


def layer_measures(
    chain: Chain, data: Dataset, limits: Limits | None = None
) -> tuple[Measures, ...]:
    """Measures of the input, then after every step of the split chain, up to the logits.

    Exact where the chain is piecewise linear; elsewhere slopes and overlap are sampled on
    96 × 96 squares of the sheet, and there is no number of regions.

    Args:
        chain: takes the data's features; a softmax at its end is left out.
        data: of any number of features.
        limits: x0, x1, y0, y1 of the sheet; None leaves a margin around the data.

    Returns:
        K measures for the K states of `chain.logits().split()`. Overlap is None where a state is
        wider than a plane: how often it covers itself then depends on where it is seen from.

    Raises:
        WarpvizError: the chain does not take the data, or a state overflows.

    >>> from warpviz.data import load_data
    >>> from warpviz.model import mlp
    >>> found = layer_measures(mlp([2, 3, 2], "relu", seed=0), load_data("xor", n=40))
    >>> len(found), found[0].regions, found[0].area_factor, found[0].overlap
    (4, 1, 1.0, 1.0)
    """
    played = chain.logits().split()
    ground = Ground.of(played, data, limits)
    return _measured(played, data, ground, played.states(data.x), played.states(ground.vertices))


def play_measures(
    play: Play, data: Dataset, limits: Limits | None = None
) -> tuple[Measures | None, ...]:
    """Measures of every stop of a film; None between two units that act one after the other."""
    ground = Ground.of(play.chain, data, limits)
    states, images = (play.chain.states(x) for x in (data.x, ground.vertices))
    whole = _measured(play.chain, data, ground, states, images)
    found: list[Measures | None] = [whole[0]]
    for act in play.acts:
        last = act.unit < 0 or act.unit == play.chain.widths[act.layer + 1] - 1
        found.append(whole[act.layer + 1] if last else None)
    return tuple(found)


def _measured(
    chain: Chain,
    data: Dataset,
    ground: Ground,
    states: Sequence[Floats],
    images: Sequence[Floats],
) -> tuple[Measures, ...]:
    return tuple(
        measure(
            state,
            data.y,
            targets=data.targets,
            jacobians=slope,
            areas=ground.areas,
            regions=regions,
            overlap=_overlap(image, ground),
        )
        for state, slope, image, regions in zip(
            states, ground.slopes(chain), images, ground.regions, strict=True
        )
    )


def _overlap(image: Floats, ground: Ground) -> float | None:
    if image.shape[1] > 2:
        return None
    plane = np.zeros((len(image), 2))
    plane[:, : image.shape[1]] = image
    return overlap(plane, ground.corners, ground.offsets)


def measure_words(measures: Measures | None) -> tuple[str, ...]:
    """A state in a few words, the most telling first; what is not known is left out.

    >>> measure_words(Measures(accuracy=0.9833, separable=False, area_factor=0.42, regions=14))
    ('probe 98.3 %', 'not separable', 'area ×0.42', '14 regions')
    """
    if measures is None:
        return ()
    words = []
    if measures.accuracy is not None:
        words.append(f"probe {percent(measures.accuracy)}")
    if measures.r_squared is not None:
        words.append(f"linear R² {rounded_down(measures.r_squared)}")
    if measures.separable is not None:
        words.append("separable" if measures.separable else "not separable")
    if measures.collapsed is not None and measures.area_factor is None:
        words.append("all collapsed")
    elif measures.area_factor is not None:
        words.append(f"area ×{short_number(measures.area_factor)}")
    if measures.regions is not None:
        words.append(f"{measures.regions} region{'s' * (measures.regions != 1)}")
    return tuple(words)


def measure_lines(
    found: Sequence[Measures | None], room: float, font: Path, size: int
) -> tuple[str, ...]:
    """A line for every stop, as many words of each as fit all stops into so many pixels."""
    words = [measure_words(measures) for measures in found]
    for count in range(max(map(len, words), default=0), 0, -1):
        lines = tuple(DOT.join(each[:count]) for each in words)
        if all(text_width(line, font, size) <= room for line in lines):
            return lines
    return ("",) * len(words)


def percent(share: float, digits: int = 1) -> str:
    """A share 0 … 1 with so many digits, rounded down: 100.0 % is all of it.

    >>> percent(0.99999), percent(1.0), percent(0.86), percent(2999 / 3000), percent(0.999, 0)
    ('99.9 %', '100.0 %', '86.0 %', '99.9 %', '99 %')
    """
    return f"{rounded_down(100 * share, digits)} %"


def rounded_down(value: float, digits: int = 3) -> str:
    """A number with so many digits behind the point, none of which claims more than is so.

    >>> rounded_down(0.99996), rounded_down(1.0), rounded_down(-0.00001), rounded_down(29.0, 0)
    ('0.999', '1.000', '−0.001', '29')
    """
    steps = 10.0**digits
    # A billionth of a step: 0.29 · 100 is a hair less than 29.
    return f"{np.floor(value * steps + 1e-9) / steps:.{digits}f}".replace("-", "−")


def short_number(value: float) -> str:
    """Two significant digits; an exponent only where there would be many zeros.

    >>> [short_number(x) for x in (3.14159, 0.4, 12.3, 1234.5, 0.000321, 1.0, 2.34e7, 4e-9)]
    ['3.1', '0.4', '12', '1234', '0.00032', '1', '2.3e7', '4e−9']
    """
    if value and not 1e-4 <= abs(value) < 1e6:
        mantissa, exponent = f"{value:.1e}".split("e")
        return f"{mantissa.removesuffix('.0')}e{int(exponent)}".replace("-", "−")
    if abs(value) >= 10:
        return f"{value:.0f}".replace("-", "−")
    digits = 1 - int(np.floor(np.log10(abs(value)))) if value else 0
    text = f"{value:.{digits}f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace("-", "−")
