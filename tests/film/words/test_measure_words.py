"""Lines of measures: what is said of which, and how many words of each have room."""

import pytest

from tests.picture.marks.written import FONT
from tests.player.laid_down import wide
from warpviz.film.words import measures
from warpviz.film.words.measures import measure_lines, measure_words
from warpviz.measure.state import Measures


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (Measures(), ()),
        (Measures(accuracy=0.99999), ("fitted probe 99.9 %",)),
        (Measures(r_squared=0.99999), ("linear R² 0.999",)),
        (Measures(separable=True), ("separable",)),
        (Measures(collapsed=1.0), ("all collapsed",)),
        (Measures(collapsed=0.2, area_factor=2.5), ("area ×2.5",)),
        (Measures(area_factor=0.0), ("area ×0",)),
        (Measures(regions=1), ("1 region",)),
        (Measures(regions=0), ("0 regions",)),
    ],
)
def test_what_is_known_is_said(found: Measures, words: tuple[str, ...]) -> None:
    assert measure_words(found) == words
    assert measure_words(None) == ()


def test_as_many_words_as_the_longest_line_has_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measures, "text_width", wide)
    found = [Measures(separable=True, regions=12), None, Measures(separable=False, regions=1)]
    whole = ("separable · 12 regions", "", "not separable · 1 region")
    for room, lines in (
        (240.0, whole),
        (239.0, ("separable", "", "not separable")),
        (130.0, ("separable", "", "not separable")),
        (129.0, ("",) * 3),
    ):
        assert measure_lines(found, room, FONT, 10 / 0.6) == lines  # type: ignore[arg-type]
    assert measure_lines([None, None], 1.0, FONT, 10) == ("", "")
